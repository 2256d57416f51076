import { l10n } from 'vscode';
import { actionCatalogue } from '../../writing/selection/actionCatalogue.ts';
import type { Note, NoteArgument, NoteCode } from '../../writing/selection/notes.ts';
import { actionTitle } from './actionTitles.ts';

/** What an action tells about its result, in the person's language. */
export function noteText({ code, args }: Note): string {
  const [first, ...others] = args.map(argumentText);
  if (first === undefined) return texts[code]();
  return texts[code](namesAction.has(code) ? translatedTitle(first) : first, ...others);
}

const argumentText = (argument: NoteArgument): string =>
  typeof argument === 'object' ? noteText(argument) : String(argument);

/** Notes whose first argument is the title of an action. */
const namesAction: ReadonlySet<NoteCode> = new Set(['doneAs', 'instructionMissing', 'wayUnknown', 'largerModelNeeded']);

function translatedTitle(english: string): string {
  const action = Object.values(actionCatalogue).find(({ title }) => title === english);
  return action ? actionTitle(action.id) : english;
}

const texts: Readonly<Record<NoteCode, (...args: string[]) => string>> = {
  doneAs: (...args) => l10n.t('Done as “{0}”: the model is too small to be told in words.', ...args),
  byRules: () => l10n.t('Changed by fixed rules, word by word; nothing was made up.'),
  mendedByRules: () =>
    l10n.t('Mended by fixed rules: they know common misspellings, confusions and slips, not all of grammar.'),
  shortenedByRules: () => l10n.t('Shortened by leaving words and sentences out; nothing was rephrased.'),
  sentencesLeftOut: (...args) =>
    l10n.t('Sentences left out: {0}. What they say is least connected to the rest.', ...args),
  bulletsByRules: () => l10n.t('One point per sentence, in the words of the text.'),
  proseByRules: () => l10n.t('The items in the words of the list.'),
  columnsUnnamed: () => l10n.t('The headings of the columns are yours to fill in.'),
  whyIsYours: () => l10n.t('It says what changed where; why it changed is yours to add.'),
  extractiveSummary: (...args) =>
    l10n.t(
      'An extractive summary: its sentences are those of the text, word by word. All {0} words were read.',
      ...args,
    ),
  writtenSummary: (...args) => l10n.t('Written by the model from all {0} words, in parts: {1}.', ...args),
  quotedAnswer: () =>
    l10n.t(
      'The sentences of the text that have most to do with the question, not an answer: the model is too small to be trusted with one.',
    ),
  headingsFromText: () => l10n.t('The headings are phrases of the text below them.'),
  modelTitles: () => l10n.t('Titles by the model, then phrases of the text.'),
  phraseTitle: () => l10n.t('The title is made of phrases of the text.'),
  rankedWords: (...args) =>
    l10n.t('In the order in which they fit into the sentence, by the model’s likelihood; yours has {0}.', ...args),
  madeUp: () => l10n.t('The model made this up from how the text goes on: check what it claims.'),
  byPassages: (...args) =>
    l10n.t('Done to {0} passages, one after the other: for what concerns all of them together, select less.', ...args),
  smallModel: (...args) =>
    l10n.t(
      'The model ({0} million parameters) is too small to follow instructions reliably: read the result with care.',
      ...args,
    ),
  sentencesStay: (...args) =>
    l10n.t(
      '{0} of {1} sentences stay as they are: what the model wrote for them failed its checks (mostly: {2}).',
      ...args,
    ),
  passagesStay: (...args) =>
    l10n.t(
      '{0} of {1} passages stay as they are: what the model wrote for them failed its checks (mostly: {2}).',
      ...args,
    ),
  paragraphsStay: (...args) => l10n.t('{0} of {1} paragraphs stay as they are (mostly: {2}).', ...args),
  stoppedEarly: () => l10n.t('Stopped early.'),
  answerCut: () => l10n.t('The answer was longer than the model may write, and ends early.'),
  onlyRelevantRead: (...args) =>
    l10n.t('The text has {0} words: the model read the {1} sentences that have most to do with the question.', ...args),
  onlyBeginningRead: () => l10n.t('The diff is long: the model read its beginning.'),
  nothingSelected: () => l10n.t('Nothing is selected.'),
  selectionTooLarge: (...args) => l10n.t('The selection has more than {0} million characters.', ...args),
  noText: () => l10n.t('This does not look like text.'),
  instructionMissing: (...args) => l10n.t('“{0}” needs to be told what to do.', ...args),
  withinCode: () => l10n.t('The selection stands in code, math or front matter, which actions leave alone.'),
  wouldBreakRow: () => l10n.t('This action would break the row of the table.'),
  wayUnknown: (...args) => l10n.t('“{0}” cannot be done by {1}.', ...args),
  largerModelNeeded: (...args) => l10n.t('“{0}” needs a larger model than one of {1} million parameters.', ...args),
  noChatTemplate: () => l10n.t('This model has no chat template: it cannot follow instructions.'),
  noProse: () => l10n.t('There is no prose in the selection.'),
  noSentences: () => l10n.t('There are no whole sentences in the selection.'),
  tooShortToExpand: () => l10n.t('Select a whole paragraph: there is too little to go on with.'),
  rulesFindNothing: () => l10n.t('The rules find nothing to change here.'),
  nothingToChange: () => l10n.t('There is nothing to change.'),
  sameText: () => l10n.t('The model gave the text back as it was.'),
  emptyAnswer: () => l10n.t('The model wrote nothing.'),
  failedChecks: (...args) => l10n.t('What was written failed its checks ({0}).', ...args),
  doesNotFit: (...args) => l10n.t('The text does not fit into the model’s context of {0} tokens.', ...args),
  needsList: () => l10n.t('Select a list: at least two items, with nothing but one line before them.'),
  noCommonSeparator: () =>
    l10n.t('No table: every item needs the same separator, such as “name: value”, and the same number of parts.'),
  noDiff: () => l10n.t('This is no diff in the format of git.'),
  nothingShared: () => l10n.t('No sentence of the text shares a word with the question.'),
  noHeadingsNeeded: () => l10n.t('The text is too short for headings, or has them already.'),
  noGoodHeading: () => l10n.t('No heading was good enough.'),
  noGoodTitle: () => l10n.t('No title that the model wrote speaks of the text.'),
  tooShortForTitle: () => l10n.t('The text is too short for a title.'),
  selectWord: (...args) => l10n.t('Select one word, or a phrase of at most {0} words.', ...args),
  noWordFits: () => l10n.t('No other word that the model knows fits in this place.'),
  partsLost: (...args) => l10n.t('lost: {0}', ...args),
  partsInvented: (...args) => l10n.t('not in the text: {0}', ...args),
  tooLong: (...args) => l10n.t('too long ({0} words for {1})', ...args),
  tooShort: (...args) => l10n.t('too short ({0} words for {1})', ...args),
  otherLanguage: (...args) => l10n.t('the text is in {0}, the result in {1}', ...args),
  saidTwice: (...args) => l10n.t('says twice: {0}', ...args),
  saidThrice: (...args) => l10n.t('says three times: {0}', ...args),
  talksAboutTask: (...args) => l10n.t('talks about the task: “{0}”', ...args),
  repeatsInstruction: () => l10n.t('repeats the instruction'),
  inQuotes: () => l10n.t('stands in quotes'),
  noWordLeft: () => l10n.t('none of the words is left'),
  fewWordsLeft: (...args) => l10n.t('only {0} of {1} content words are left', ...args),
  newWords: (...args) => l10n.t('{0} of {1} content words are new', ...args),
  wrongForm: () => l10n.t('does not have the form asked for'),
  and: (first, second) => `${first}; ${second}`,
  checkProtected: () => l10n.t('a number, name or link was lost or made up'),
  checkLength: () => l10n.t('its length'),
  checkLanguage: () => l10n.t('another language'),
  checkRepetition: () => l10n.t('it repeated itself'),
  checkChatter: () => l10n.t('it talked about the task'),
  checkFaithful: () => l10n.t('it said something else'),
  checkForm: () => l10n.t('not the form asked for'),
  tooLongForModel: () => l10n.t('too long for the model'),
  noWholeSentence: () => l10n.t('no whole sentence came'),
};
