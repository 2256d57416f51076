import { filledIn } from '../../protocol/filledIn.ts';

/**
 * What an action tells the person about its result, as a closed set of codes with arguments: English is written here,
 * the editor translates by code.
 */
export interface Note {
  readonly code: NoteCode;
  readonly args: readonly NoteArgument[];
}

/** A note as an argument is a part of a sentence. */
export type NoteArgument = string | number | Note;

export const note = (code: NoteCode, ...args: readonly NoteArgument[]): Note => ({ code, args });

/** The note or a part of it has this code. */
export const tellsOf = (given: Note | undefined, code: NoteCode): boolean =>
  given !== undefined &&
  (given.code === code || given.args.some((argument) => typeof argument === 'object' && tellsOf(argument, code)));

/** The note in English. */
export const noteText = ({ code, args }: Note): string => filledIn(englishNotes[code], args.map(argumentText));

const argumentText = (argument: NoteArgument): string =>
  typeof argument === 'object' ? noteText(argument) : String(argument);

export type NoteCode = keyof typeof englishNotes;

/** Code → English, `{0}` … being the arguments. */
const englishNotes = {
  // what kind of result it is
  doneAs: 'Done as “{0}”: the model is too small to be told in words.',
  byRules: 'Changed by fixed rules, word by word; nothing was made up.',
  mendedByRules: 'Mended by fixed rules: they know common misspellings, confusions and slips, not all of grammar.',
  shortenedByRules: 'Shortened by leaving words and sentences out; nothing was rephrased.',
  sentencesLeftOut: 'Sentences left out: {0}. What they say is least connected to the rest.',
  bulletsByRules: 'One point per sentence, in the words of the text.',
  proseByRules: 'The items in the words of the list.',
  columnsUnnamed: 'The headings of the columns are yours to fill in.',
  whyIsYours: 'It says what changed where; why it changed is yours to add.',
  extractiveSummary:
    'An extractive summary: its sentences are those of the text, word by word. All {0} words were read.',
  writtenSummary: 'Written by the model from all {0} words, in parts: {1}.',
  quotedAnswer:
    'The sentences of the text that have most to do with the question, not an answer: the model is too small to be trusted with one.',
  headingsFromText: 'The headings are phrases of the text below them.',
  modelTitles: 'Titles by the model, then phrases of the text.',
  phraseTitle: 'The title is made of phrases of the text.',
  rankedWords: "In the order in which they fit into the sentence, by the model's likelihood; yours has {0}.",
  madeUp: 'The model made this up from how the text goes on: check what it claims.',
  byPassages: 'Done to {0} passages, one after the other: for what concerns all of them together, select less.',
  smallModel:
    'The model ({0} million parameters) is too small to follow instructions reliably: read the result with care.',
  // what was left alone, and why
  sentencesStay:
    '{0} of {1} sentences stay as they are: what the model wrote for them failed its checks (mostly: {2}).',
  passagesStay: '{0} of {1} passages stay as they are: what the model wrote for them failed its checks (mostly: {2}).',
  paragraphsStay: '{0} of {1} paragraphs stay as they are (mostly: {2}).',
  stoppedEarly: 'Stopped early.',
  answerCut: 'The answer was longer than the model may write, and ends early.',
  onlyRelevantRead: 'The text has {0} words: the model read the {1} sentences that have most to do with the question.',
  onlyBeginningRead: 'The diff is long: the model read its beginning.',
  // why there is no result
  nothingSelected: 'Nothing is selected.',
  selectionTooLarge: 'The selection has more than {0} million characters.',
  noText: 'This does not look like text.',
  instructionMissing: '“{0}” needs to be told what to do.',
  withinCode: 'The selection stands in code, math or front matter, which actions leave alone.',
  wouldBreakRow: 'This action would break the row of the table.',
  wayUnknown: '“{0}” cannot be done by {1}.',
  largerModelNeeded: '“{0}” needs a larger model than one of {1} million parameters.',
  noChatTemplate: 'This model has no chat template: it cannot follow instructions.',
  noProse: 'There is no prose in the selection.',
  noSentences: 'There are no whole sentences in the selection.',
  tooShortToExpand: 'Select a whole paragraph: there is too little to go on with.',
  rulesFindNothing: 'The rules find nothing to change here.',
  nothingToChange: 'There is nothing to change.',
  sameText: 'The model gave the text back as it was.',
  emptyAnswer: 'The model wrote nothing.',
  failedChecks: 'What was written failed its checks ({0}).',
  doesNotFit: "The text does not fit into the model's context of {0} tokens.",
  needsList: 'Select a list: at least two items, with nothing but one line before them.',
  noCommonSeparator:
    'No table: every item needs the same separator, such as “name: value”, and the same number of parts.',
  noDiff: 'This is no diff in the format of git.',
  nothingShared: 'No sentence of the text shares a word with the question.',
  noHeadingsNeeded: 'The text is too short for headings, or has them already.',
  noGoodHeading: 'No heading was good enough.',
  noGoodTitle: 'No title that the model wrote speaks of the text.',
  tooShortForTitle: 'The text is too short for a title.',
  selectWord: 'Select one word, or a phrase of at most {0} words.',
  noWordFits: 'No other word that the model knows fits in this place.',
  // what a check found, also within the notes above
  partsLost: 'lost: {0}',
  partsInvented: 'not in the text: {0}',
  tooLong: 'too long ({0} words for {1})',
  tooShort: 'too short ({0} words for {1})',
  otherLanguage: 'the text is in {0}, the result in {1}',
  saidTwice: 'says twice: {0}',
  saidThrice: 'says three times: {0}',
  talksAboutTask: 'talks about the task: “{0}”',
  repeatsInstruction: 'repeats the instruction',
  inQuotes: 'stands in quotes',
  noWordLeft: 'none of the words is left',
  fewWordsLeft: 'only {0} of {1} content words are left',
  newWords: '{0} of {1} content words are new',
  wrongForm: 'does not have the form asked for',
  and: '{0}; {1}',
  // the same in general, for several sentences
  checkProtected: 'a number, name or link was lost or made up',
  checkLength: 'its length',
  checkLanguage: 'another language',
  checkRepetition: 'it repeated itself',
  checkChatter: 'it talked about the task',
  checkFaithful: 'it said something else',
  checkForm: 'not the form asked for',
  tooLongForModel: 'too long for the model',
  noWholeSentence: 'no whole sentence came',
} as const;
