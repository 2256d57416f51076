import { formatMessage } from '../../protocol/formatMessage.ts';

/**
 * What an action tells the person about its result, as a closed set of codes with arguments. English is written here and
 * nowhere else; it is also the key by which the editor finds a translation.
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
export const noteText = ({ code, args }: Note): string => formatMessage(englishNotes[code], args.map(argumentText));

const argumentText = (argument: NoteArgument): string =>
  typeof argument === 'object' ? noteText(argument) : String(argument);

export type NoteCode = keyof typeof englishNotes;

/** Code → English, `{0}` … being the arguments. */
export const englishNotes = {
  // what kind of result it is
  doneAs: 'Done as “{0}”: the model is too small to be told in words.',
  byRules: 'Changed by fixed rules, word by word; nothing was made up.',
  mendedByRules: 'Corrected by fixed rules: they know common misspellings and mix-ups, not all of grammar.',
  shortenedByRules: 'Filler and repetitions were taken out; what says something of its own stays.',
  sentencesLeftOut: 'Sentences left out: {0}. They say again what others say, or nothing.',
  bulletsByRules: 'One point per sentence, in the words of the text.',
  listMarks: 'Only the marks of the items change; their words, levels and task boxes stay.',
  proseByRules: 'The items in the words of the list.',
  columnsUnnamed: 'The columns have no names yet: choose “Name the Columns…”, or fill them in yourself.',
  whyIsYours: 'It says what changed and where. Add why it changed.',
  extractiveSummary: 'The summary quotes sentences of your text, word for word. All {0} words were read.',
  writtenSummary: 'Written by the model from all {0} words, in parts: {1}.',
  quotedAnswer: 'Quoted from your text, word for word. All of it was read.',
  headingsFromText: 'The headings are phrases of the text below them.',
  modelTitles: 'Titles by the model, then phrases of the text.',
  phraseTitle: 'The title is made of phrases of the text.',
  doneByPipeline: 'Done by {0}, a model made for this, sentence by sentence. Check the result.',
  summarizedByPipeline: 'Written by {0}, a model made for this, from all {1} words. Check what it claims.',
  wordsByPipeline: 'Words that {0} finds likely in this place, the likeliest first.',
  rankedWords: 'Best fit first, by the model’s probability; your word has {0}.',
  madeUp: 'The model made this up to continue the text. Check what it claims.',
  byPassages: 'Done passage by passage ({0} in all). Select less text for changes that concern all of it.',
  smallModel: 'The model is too small to follow instructions reliably ({0} million parameters). Check the result.',
  // what was left alone, and why
  sentencesStay:
    '{0} of {1} sentences are unchanged, because the model’s text did not pass the checks (mostly: {2}). A larger model may do better.',
  passagesStay:
    '{0} of {1} passages are unchanged, because the model’s text did not pass the checks (mostly: {2}). A larger model may do better.',
  paragraphsStay: '{0} of {1} paragraphs are unchanged (mostly: {2}).',
  stoppedEarly: 'Stopped early.',
  answerCut: 'The answer reached the maximum length and ends early.',
  onlyRelevantRead: 'The text has {0} words. The model read the {1} sentences that are closest to the question.',
  onlyBeginningRead: 'The diff is long. The model read only its beginning.',
  // why there is no result
  nothingSelected: 'Nothing is selected.',
  takesTooLong: 'This takes too long for so much text. Select less of it.',
  selectionTooLarge: 'The selection has more than {0} million characters.',
  noText: 'This does not look like text.',
  instructionMissing: '“{0}” needs an instruction.',
  wishContradicts: 'The instruction contradicts itself. Nothing was changed.',
  withinCode: 'This is code, math, a comment or front matter, which actions do not change.',
  withinTable: 'This is a table, whose cells this action does not change.',
  withinHeading: 'This is a heading. The action works on paragraphs, lists and quotes.',
  wouldBreakRow: 'This action would break the table row.',
  wayUnknown: '“{0}” cannot be done by {1}.',
  pipelineMissing: '“{0}” can be done by a model made for it. None that suits is installed.',
  largerModelNeeded: 'The model in use is too small for “{0}” ({1} million parameters). Choose a larger one.',
  measuredTooSmall:
    '“{0}” needs a larger model: of {1} results that people read with a model of this size, {2} did what they should.',
  noChatTemplate: 'This model cannot follow instructions: it has no chat template that can be used.',
  noProse: 'There is no prose here. Put the caret in a paragraph, or select some text.',
  noSentences: 'There are no whole sentences in the selection.',
  tooShortToExpand: 'There is too little text to expand. Select a whole paragraph.',
  rulesFindNothing: 'No change to suggest: the rules find nothing here.',
  nothingToSpare:
    'Hardly any filler found: the sentences say something of their own. Summarize picks the most important ones.',
  nothingToChange: 'No change to suggest.',
  sameText: 'No change to suggest: the model left the text as it is.',
  emptyAnswer: 'The model wrote nothing.',
  failedChecks: 'Nothing is proposed, because the model’s text did not pass the checks ({0}).',
  instructionTooLong:
    'The instruction is too long for the model: of the {0} tokens that it can read at once, a quarter may be the instruction.',
  doesNotFit: 'The text is too long for the model: it can read {0} tokens at once.',
  needsList: 'Select a list of at least two items, with no more than one line before it.',
  listWouldLose: 'This list has levels, boxes or several paragraphs in an item, which would be lost. It stays a list.',
  blocksStay: 'Headings, lists, tables, code and all else that is no paragraph stay as they are.',
  nothingForBullets: 'There is no paragraph that could become a list.',
  cellsDoNotFit: 'The cells hold marks that a table of this markup cannot hold.',
  headsGuessed: 'The first row was taken for the headings of the columns.',
  numbersGone: 'The numbers of the list are left out: {0}.',
  tooManyBlocks: 'Select the list or the rows alone: what stands between them would be lost.',
  noCommonSeparator:
    'For a table, every item needs the same separator, such as “name: value”, and the same number of parts.',
  noDiff: 'This is not a diff in Git’s format.',
  textDoesNotSay: 'The text does not say.',
  noHeadingsNeeded: 'No places for headings found: the text has fewer than two parts of about {0} words without one.',
  noGoodHeading: 'No places for headings found: of {0} parts without one, fewer than two name their subject twice.',
  hasTitle: 'The text begins with a title already. Select the text below it to name that part.',
  columnsMiscounted: 'The table has {0} columns, and {1} names were given.',
  noGoodTitle: 'The model found no title that fits the text.',
  noTitlePhrase: 'No title found: the text names nothing that it is plainly about.',
  wordAlone: 'Select a word within a sentence: alone it could be anything.',
  selectWord: 'Select one word, or a phrase of at most {0} words.',
  noWordFits: 'The model knows no other word that fits here.',
  // what a check found, also within the notes above
  partsLost: 'it lost {0}',
  partsInvented: 'it made up {0}',
  tooLong: 'it is too long, {0} words for {1}',
  tooShort: 'it is too short, {0} words for {1}',
  otherLanguage: 'the text is in {0}, the result in {1}',
  saidTwice: 'it repeats “{0}”',
  saidThrice: 'it says three times “{0}”',
  talksAboutTask: 'it talks about the task: “{0}”',
  repeatsInstruction: 'it repeats the instruction',
  inQuotes: 'it is in quotation marks',
  noWordLeft: 'it keeps none of the words',
  fewWordsLeft: 'it keeps only {0} of {1} content words',
  newWords: '{0} of {1} content words are new',
  wrongForm: 'it does not have the form asked for',
  and: '{0}; {1}',
  // the same in general, for several sentences
  checkBlocks: 'a heading, list, table or code around it would change',
  checkProtected: 'a number, name or link was lost or made up',
  checkLength: 'the wrong length',
  checkLanguage: 'another language',
  checkRepetition: 'it repeated itself',
  checkChatter: 'it talked about the task',
  checkFaithful: 'it changed the meaning',
  checkForm: 'not the form asked for',
  wishSentences: 'it has {0} sentences, and {1} were asked for',
  wishWords: 'it has {0} words, and {1} were named',
  wishItems: 'the list has {0} items, and {1} were asked for',
  wishNumbered: 'it is no numbered list',
  wishList: 'it is no list',
  wishTable: 'it is no table',
  wishParagraphs: 'it was to be {0} paragraphs of running text',
  wishLines: 'not every sentence has a line of its own',
  wishMarked: 'nothing in it is marked',
  wishLetters: 'not all letters are as asked for',
  wishQuote: 'it is no quote block',
  wishSorted: 'it is not in alphabetical order',
  wishLoses: 'it leaves out: {0}',
  wishAdds: 'it adds: {0}',
  wishDoubles: 'it says more than once: {0}',
  wishReorders: 'it changes the order of the text',
  wishShorter: 'it is not as short as asked for',
  wishLonger: 'it is not longer',
  wishWithout: 'it still has a {0}',
  meaningChanged: 'it changed the meaning: {0}',
  meaningDuty: 'must, may or should',
  meaningPerson: 'who is meant',
  meaningNegation: 'whether or not',
  meaningComparison: 'more or less, before or after',
  meaningAmount: 'how many, how often or how sure',
  meaningTense: 'was, is or will be',
  meaningNumber: 'a number',
  meaningDate: 'a date',
  meaningQuote: 'a quotation',
  meaningLink: 'a link',
  meaningPicture: 'an emoji',
  tooLongForModel: 'too long for the model',
  noWholeSentence: 'no whole sentence came',
  nothingWritten: 'nothing was written',
} as const;
