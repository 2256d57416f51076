import type { NoteCode } from '../notes.ts';
import { countOf, numberWords, tensAndUnits } from '../text/numberWords.ts';

/** What a rewrite must leave as it is; each kind is one question about a sentence before and after. */
export type MeaningKind =
  | 'duty' // must, may not, may, should
  | 'person' // who speaks, is spoken to or spoken of
  | 'negation'
  | 'comparison' // more and less, at least and at most, before and after
  | 'amount' // all, most, some; always, often; perhaps, certainly
  | 'tense'
  | 'number' // also in words
  | 'date' // months, days of the week, yesterday
  | 'quote'
  | 'link'
  | 'picture'; // emoji and the like

/** What is wrong with a change of each kind, for the person. */
export const meaningNotes: Readonly<Record<MeaningKind, NoteCode>> = {
  duty: 'meaningDuty',
  person: 'meaningPerson',
  negation: 'meaningNegation',
  comparison: 'meaningComparison',
  amount: 'meaningAmount',
  tense: 'meaningTense',
  number: 'meaningNumber',
  date: 'meaningDate',
  quote: 'meaningQuote',
  link: 'meaningLink',
  picture: 'meaningPicture',
};

/** English words, in groups that do not mean the same. */
type Groups = readonly RegExp[];

const duties: Groups = [
  /\b(?:must(?!n['’]t| not)|ha(?:ve|s|d) to|needs? to|shall(?! not)|(?:is|are|was|were) (?:required|obliged|to be)|requires?|mandatory|obligatory)\b/iu,
  /\b(?:must not|mustn['’]t|may not|cannot|can['’]t|can not|shall not|(?:not|never) (?:allowed|permitted|be)|do(?:es)? not|don['’]t|doesn['’]t|forbidden|prohibited|no longer)\b/iu,
  /\b(?:may(?! not)|might|(?:is|are|be) (?:allowed|permitted)|optional(?:ly)?)\b/iu,
  /\b(?:should|ought to|recommend(?:s|ed)?|advis(?:e|es|ed|able)|suggest(?:s|ed)?)\b/iu,
];
const persons: Groups = [
  /\b(?:I|me|my|mine|myself|I['’]\p{Ll}+)\b/u,
  /\b(?:we|us|our|ours|ourselves|we['’]\p{Ll}+)\b/iu,
  /\b(?:you|your|yours|yourself|you['’]\p{Ll}+)\b/iu,
  /\b(?:he|him|his|himself)\b/iu,
  /\b(?:she|her|hers|herself)\b/iu,
];
const comparisons: Groups = [
  /\b(?:more(?! or less)|higher|larger|greater|bigger|longer|faster|better|earlier than|rises?|rose|grew|grows?|increas\w+|above|exceed\w*)\b/iu,
  /\b(?:less|fewer|lower|smaller|shorter|slower|worse|falls?|fell|shrank|decreas\w+|below)\b/iu,
  /\b(?:at least|no (?:fewer|less) than|minimum)\b/iu,
  /\b(?:at most|no more than|up to|maximum|not exceed)\b/iu,
  /\b(?:before|prior to|until|till|by the time)\b/iu,
  /\b(?:after|afterwards|since|once|following)\b/iu,
  /\bthan\b/iu,
  /\bas \w+ as\b/iu,
];
const amounts: Groups = [
  /\b(?:all|every|everybody|everyone|everything|each|always|entire(?:ly)?|whole)\b/iu,
  /\b(?:most(?:ly)?|majority|usually|generally)\b/iu,
  /\b(?:some|several|a few|sometimes|occasionally|partly)\b/iu,
  /\b(?:many|much|often|frequently)\b/iu,
  /\b(?:only|just one|alone|merely|exclusively)\b/iu,
  /\b(?:perhaps|maybe|possibly|probably|apparently|seem(?:s|ed)?|appears? to|likely|about|approximately|around|nearly|almost|hardly)\b/iu,
];

/** Undefined groups say nothing: the word is left out or paraphrased without another taking its place. */
const differ = (groups: Groups, source: string, result: string): boolean =>
  groups.some((group) => group.test(source) !== group.test(result));

const negations =
  /\b(?:not|never|no|none|nobody|nothing|nowhere|neither|nor|cannot|without|unable|impossible|fail(?:s|ed)? to|lacks?)\b|n['’]t\b/giu;

const future = /\b(?:will|shall|going to)\b|['’]ll\b|\bwon['’]t\b/iu;
const past = /\b(?:was|were|had|did|wasn['’]t|weren['’]t|hadn['’]t|didn['’]t)\b/iu;
const present =
  /\b(?:is|are|am|has|have|does|do|isn['’]t|aren['’]t|hasn['’]t|haven['’]t|doesn['’]t|don['’]t)\b|\b\p{L}+['’](?:re|m|ve)\b/iu;

/** Future comes or goes, or what was is now what is. Verbs without an auxiliary tell nothing. */
const changesTense = (source: string, result: string): boolean =>
  future.test(source) !== future.test(result) ||
  (past.test(source) && !present.test(source) && present.test(result) && !past.test(result)) ||
  (present.test(source) && !past.test(source) && past.test(result) && !present.test(result));

const otherNumbers: ReadonlyMap<string, string> = new Map([
  ...Object.entries(numberWords)
    .filter(([word]) => word !== 'one') // an article as often as a number
    .map(([word, value]) => [word, String(value)] as const),
  ...Object.entries({ dozen: '12', half: '1/2', twice: '2', double: '2', both: '2', quarter: '1/4' }),
]);
const figureOrWord = new RegExp(`\\d+(?:[.,:]\\d+)*|(?<!\\p{L})${tensAndUnits}(?!\\p{L})|\\p{L}+`, 'gu');

/** Figures and number words alike. */
const numbersIn = (text: string): Set<string> =>
  new Set(
    (text.toLowerCase().match(figureOrWord) ?? []).flatMap((word) => {
      if (/^\d/u.test(word)) return [word.replace(/(?<=\d),(?=\d{3})/gu, '')];
      return (word.includes('-') ? String(countOf(word)) : otherNumbers.get(word)) ?? [];
    }),
  );

const dates =
  /\b(?:January|February|March|April|May(?= \d|,? (?:19|20)\d\d)|(?<=\d |in |of )May|June|July|August|September|October|November|December|(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)days?|yesterday|today|tomorrow|tonight|(?:last|next|this) (?:week|month|year))\b|\d{4}-\d\d-\d\d/giu;
const datesIn = (text: string): Set<string> => new Set((text.match(dates) ?? []).map((date) => date.toLowerCase()));

const quotation = /[“"«„]([^“”"«»„]{1,400})[”"»“]/gu;
const bare = (text: string): string => (text.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? []).join(' ');
/** What stands between quotation marks, by its words. */
const quotesIn = (text: string): Set<string> =>
  new Set([...text.matchAll(quotation)].map(([, quoted]) => bare(quoted!)));
const longWords = (text: string): Set<string> => new Set(bare(text).match(/\S{4,}/gu) ?? []);
/** Half of what somebody said, or more of it, is now said by the writer. */
function unquotes(source: string, result: string): boolean {
  const [before, after] = [source, result].map((text) => longWords(text.replace(quotation, ' '))) as [
    Set<string>,
    Set<string>,
  ];
  return [...quotesIn(source)].some((quoted) => {
    const own = [...longWords(quoted)].filter((word) => !before.has(word));
    return own.length > 0 && own.filter((word) => after.has(word)).length * 2 >= own.length;
  });
}
const loneQuotes = (text: string): number => (text.match(/"/gu)?.length ?? 0) % 2;
const changesQuotes = (source: string, result: string): boolean =>
  !same(quotesIn(source), quotesIn(result)) ||
  unquotes(source, result) ||
  loneQuotes(source) !== loneQuotes(result) ||
  (count(source, /“/gu) === count(source, /”/gu)) !== (count(result, /“/gu) === count(result, /”/gu));
const count = (where: string, what: RegExp): number => where.match(what)?.length ?? 0;

const linksIn = (where: string): Set<string> =>
  new Set(
    where.match(
      /https?:\/\/[^\s)>\]]{1,2000}|\]\([^)\s]{1,2000}\)|(?<![\w.+-])[\w.+-]{1,64}@[\w-]{1,64}\.\w{1,24}/gu,
    ) ?? [],
  );
const picturesIn = (where: string): Set<string> => new Set(where.match(/\p{Extended_Pictographic}/gu) ?? []);

const same = (a: ReadonlySet<string>, b: ReadonlySet<string>): boolean =>
  a.size === b.size && [...a].every((each) => b.has(each));

const changes: Readonly<Record<MeaningKind, (source: string, result: string) => boolean>> = {
  duty: (source, result) => differ(duties, source, result),
  // a person may go, as in the passive; a new one changes who does it
  person: (source, result) => persons.some((person) => person.test(result) && !person.test(source)),
  negation: (source, result) => count(source, negations) !== count(result, negations),
  comparison: (source, result) => differ(comparisons, source, result),
  amount: (source, result) => differ(amounts, source, result),
  tense: changesTense,
  number: (source, result) => !same(numbersIn(source), numbersIn(result)),
  date: (source, result) => !same(datesIn(source), datesIn(result)),
  quote: changesQuotes,
  link: (source, result) => !same(linksIn(source), linksIn(result)),
  picture: (source, result) => !same(picturesIn(source), picturesIn(result)),
};

/** What a shorter text may leave out, but not bring in. */
const losable: ReadonlySet<MeaningKind> = new Set(['comparison', 'amount', 'number', 'date', 'quote', 'picture']);

/**
 * What a rewrite changes of the meaning of a sentence; undefined when nothing that can be told. In doubt it is a change:
 * the sentence of the writer stays then. Words are English; figures, quotations, links and pictures of any language.
 * @param mayLose of a result that is to be shorter
 */
export const changedMeaning = (
  source: string,
  result: string,
  { mayLose = false }: { readonly mayLose?: boolean } = {},
): MeaningKind | undefined =>
  (Object.keys(changes) as MeaningKind[]).find((kind) =>
    // with the source's own words behind it, only what is new in the result makes a difference
    changes[kind](source, mayLose && losable.has(kind) ? `${result}\n${source}` : result),
  );

/** One kind alone. */
export const changesKind = (kind: MeaningKind, source: string, result: string): boolean =>
  changes[kind](source, result);
