import type { ZoneKind } from '../../text/zone.ts';
import type { CaretKind } from '../completion/gate.ts';

/** What the report's page says, in English; the extension translates it. */
export const englishReportTexts = {
  title: 'What Inkling would have saved you',
  typed: '{0} characters of {1} files were typed again, key by key, with the suggestions of {2}.',
  typedOne: '{0} characters of one file were typed again, key by key, with the suggestions of {1}.',
  pageIsAlone: 'This page holds passages of your files. It loads nothing, runs no script and sends nothing.',
  isAlways: 'Everything that the model said was shown, however unsure it was: no writer gets it like that.',
  isMidLine: 'What follows a passage stood right of the caret while it was filled in.',
  hasSlips: '{0} of the letters were mistyped and taken back; these keys count, too, with suggestions and without.',
  knowsOwnWords: 'Other files whose words were known: {0}',
  asSet: 'Your own settings of suggestions held. How often they are shown: {0}.',
  withAdapter:
    'The model ran with the adapter “{0}”. Files that it has learned from it knows already; with new texts it saves less.',
  adapterRefused: 'The adapter “{0}” could not be used: the model ran without it.',
  notTheServer:
    'While you write, suggestions come from a server. Nothing was sent to it: this is what the model on this machine would have saved.',
  interval: 'With other files like these it would lie between {0} and {1} (95%).',

  saved: 'Keys saved',
  savedMeans:
    '{0} keys in place of {1}. An accepted suggestion costs one key, or one key for each word that is taken of it.',
  net: 'Net of wrong ones',
  netMeans: 'The same, with one key more for every suggestion that was read in vain.',
  right: 'Right when shown',
  rightMeans: '{0} of {1} suggestions began with the very word that came next.',
  wrong: 'Shown in vain',
  wrongMeans: 'Of {0} places at which the model was asked, {1} showed something that was not right.',

  curve: 'How often it is right, and how often it speaks',
  curveMeans:
    'Had only the surest suggestions been shown, they would have been right so often (upwards) at so many places (to the right). Stricter settings go left, more generous ones go right. The dot is this run.',
  curveAcross: 'shown, of all places',
  curveUp: 'right when shown',
  curveEmpty: 'Fewer than {0} suggestions were shown: too few for a picture.',
  asNumbers: 'The same as numbers',

  byKind: 'Where in a word',
  byKindMeans: 'Keys saved by where the caret stood, as a share of all keys; the bars add up to the whole.',
  byZone: 'In what kind of text',
  byZoneMeans: 'Keys saved by what the caret stood in. Code, links and the like stay silent.',
  byFile: 'File by file',
  byFileMeans: 'Keys saved in each file, the longest first.',
  moreFiles: '{0} more files',
  place: 'Place',
  file: 'File',
  places: 'Asked',
  shown: 'Shown',
  characters: 'Characters',

  examples: 'Some of what was shown',
  examplesMeans:
    'Chosen by chance: before the caret, what was suggested (underlined: taken; struck out: not right), and what you wrote.',
  examplesRight: 'Right',
  examplesWrong: 'Not right',
  noExamples: 'There was none.',
  line: '{0}, line {1}',
  wrote: 'you wrote',
  how: 'How this was counted',
  howMeans:
    'A writer who knows the text types it character by character. Whenever a suggestion comes up, its longest run of right words is accepted; then typing goes on. Time for reading is not counted, nor that one might like a suggestion better than what stands there. A real writer wins less where attention is dear, and more where a suggestion helps to find a word.',
} as const;

export type ReportText = keyof typeof englishReportTexts;

/** Names of groups of carets, in English; the extension translates them. */
export const englishGroupNames: Readonly<Record<CaretKind | ZoneKind, string>> = {
  midWord: 'inside a word',
  wordEnd: 'at the end of a word',
  afterSpace: 'after a space',
  sentenceStart: 'at the start of a sentence',
  prose: 'paragraphs',
  heading: 'headings',
  listItem: 'list items',
  quote: 'quotations',
  tableCell: 'table cells',
  commitSubject: 'subjects of commits',
  commitBody: 'texts of commits',
  comment: 'comments',
  codeSpan: 'words in code type',
  math: 'formulas',
  code: 'code',
  frontMatter: 'front matter',
  linkTarget: 'addresses and paths',
  citation: 'citations and keys',
  command: 'commands',
  directive: 'directives',
  markup: 'tags',
};
