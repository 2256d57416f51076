import { articleFaults } from '../rules/articles.ts';
import { numberWordsFrom } from '../text/numberWords.ts';
import type { TaggedWord, Tagger } from './tagger.ts';

/**
 * What a tagger can find wrong with an English sentence. It finds too much in some right sentences: only what a change
 * adds is a fault of the change, which {@link addsFaults} tells.
 */

type Words = readonly TaggedWord[];
/** Is there this fault at this word? */
type Fault = (words: Words, at: number) => boolean;

const plurals = new Set(
  ['these those many several few both various numerous'.split(' '), numberWordsFrom(2, 10).split('|')].flat(),
);
const singulars = new Set('a an each every another this much one'.split(' '));
/** Nouns whose form does not tell their number, or tells the wrong one. */
const unnumbered =
  /^(?:data|media|series|species|means|news|staff|police|people|sheep|fish|deer|aircraft|percent|criteria|mathematics|physics|statistics|economics|headquarters|\W*|.*(?:ss|us|is))$/u;
const nominative = new Set('i he she we they'.split(' '));
const prepositions = new Set(
  'for of with by from about at on without into upon during despite besides via near toward towards because'.split(' '),
);
const forms = {
  be: new Set("be is are am was were been being 's 're 'm".split(' ')),
  do: new Set('do does did'.split(' ')),
  have: new Set("have has had 've".split(' ')),
};
const uncounted = new Set('a an the every each'.split(' '));

const tagAt = (words: Words, at: number): string => words[at]?.tag ?? '.';
const wordAt = (words: Words, at: number): string => words[at]?.word ?? '';
const isNoun = (tag: string): boolean => tag.startsWith('NN');
const isMark = (tag: string): boolean => !/^[A-Z]/u.test(tag);
/** A mark behind which no word of the same clause comes: brackets and quotes may hold it. */
const endsClause = (tag: string): boolean => /^[.,:]$/u.test(tag);
const isVerb = (tag: string): boolean => tag.startsWith('VB') || tag === 'MD';

/** The last noun of the group that begins here: `these old stone | houses`. */
function headAt(words: Words, from: number): number | undefined {
  let at = from;
  while (/^(?:JJ[RS]?|RB[RS]?|VB[NG]|CD|PRP\$)$/u.test(tagAt(words, at))) at++;
  if (!isNoun(tagAt(words, at))) return undefined;
  while (isNoun(tagAt(words, at + 1))) at++;
  return tagAt(words, at + 1) === 'POS' ? undefined : at;
}

function numberAt(words: Words, at: number): 'singular' | 'plural' | undefined {
  if (unnumbered.test(wordAt(words, at))) return undefined;
  return /^NNP?S$/u.test(tagAt(words, at)) ? 'plural' : 'singular';
}

/** `these facility`, `every results`, `many material` */
const determinerNumber: Fault = (words, at) => {
  const word = wordAt(words, at);
  if (!plurals.has(word) && !singulars.has(word)) return false;
  const isCounted = /^(?:few|many|couple|lot|number|great|good|dozen|hundred|thousand|million|little|bit)$/u;
  if (isCounted.test(wordAt(words, at + 1)) || tagAt(words, at + 1) === 'CD') return false;
  const head = headAt(words, at + 1);
  const number = head === undefined ? undefined : numberAt(words, head);
  return number !== undefined && number !== (plurals.has(word) ? 'plural' : 'singular');
};

/** The next word that is no adverb. */
function afterAdverbs(words: Words, from: number): number {
  let at = from;
  while (/^RB[RS]?$/u.test(tagAt(words, at))) at++;
  return at;
}

const opensClause = (words: Words, at: number): boolean =>
  at === 0 || isMark(tagAt(words, at - 1)) || /^(?:CC|WDT|WRB|WP)$/u.test(tagAt(words, at - 1));

const takesPlural = new Set("are were have do 're 've".split(' '));
const takesSingular = new Set('is was has does'.split(' '));

/** `he do`, `they was`, `the results was` */
const subjectVerb: Fault = (words, at) => {
  const verb = afterAdverbs(words, at + 1);
  const word = wordAt(words, at);
  const isSingularVerb = takesSingular.has(wordAt(words, verb)) || tagAt(words, verb) === 'VBZ';
  const isPluralVerb = takesPlural.has(wordAt(words, verb)) || tagAt(words, verb) === 'VBP';
  if (/^(?:he|she|it)$/u.test(word)) return opensClause(words, at) && isPluralVerb && wordAt(words, verb) !== "'s";
  if (/^(?:we|they|you)$/u.test(word)) return isSingularVerb && wordAt(words, verb) !== "'s";
  if (!opensClause(words, at)) return false;
  const head = headAt(words, tagAt(words, at) === 'DT' ? at + 1 : at);
  const number = head === undefined ? undefined : numberAt(words, head);
  if (number === undefined) return false;
  const next = wordAt(words, afterAdverbs(words, head! + 1));
  return number === 'plural' ? takesSingular.has(next) : takesPlural.has(next);
};

/** `for that you submit`, `of submit`, `with they`, `to used` */
const afterPreposition: Fault = (words, at) => {
  const word = wordAt(words, at);
  const [next, tag] = [wordAt(words, at + 1), tagAt(words, at + 1)];
  if (word === 'to') return /^(?:VB[DZ]|MD)$/u.test(tag) || (tag === 'VBN' && !isNoun(tagAt(words, at + 2)));
  if (!prepositions.has(word) || !/^(?:IN|RP)$/u.test(tagAt(words, at))) return false;
  if (next === 'that') return wordAt(words, at + 2) === 'the' || /^PRP$|^EX$/u.test(tagAt(words, at + 2));
  return /^(?:VB|VBP|VBZ|VBD|MD|TO)$/u.test(tag) || (nominative.has(next) && word !== 'because');
};

/** `can went`, `does not goes`, `is use`, `has go` */
const afterAuxiliary: Fault = (words, at) => {
  const next = afterAdverbs(words, at + 1);
  const tag = tagAt(words, next);
  const word = wordAt(words, at);
  if (tagAt(words, at) === 'MD') return /^(?:VB[DZG]|MD|TO)$/u.test(tag);
  if (forms.do.has(word) && next > at + 1) return /^VB[DZGN]$/u.test(tag);
  if (forms.be.has(word)) return /^VBP?$/u.test(tag) && !forms.be.has(wordAt(words, next));
  return forms.have.has(word) && tag === 'VB';
};

/** `a, ` and `the of`: an article without its noun */
const withoutNoun: Fault = (words, at) =>
  uncounted.has(wordAt(words, at)) &&
  tagAt(words, at) === 'DT' &&
  (endsClause(tagAt(words, at + 1)) || /^(?:IN|MD|CC|TO|PRP|DT|VBZ|VBP|WDT|EX)$/u.test(tagAt(words, at + 1)));

/** `most the people`, `many my friends` */
const quantifierBeforeArticle: Fault = (words, at) =>
  /^(?:most|many|some|much|several|any|few)$/u.test(wordAt(words, at)) &&
  (/^(?:the|these|those|them|us|it)$/u.test(wordAt(words, at + 1)) || tagAt(words, at + 1) === 'PRP$');

/** A preposition or an article at the end of a clause. */
const dangling: Fault = (words, at) =>
  /^(?:of|for|with|by|from|the|a|an|and|or|to)$/u.test(wordAt(words, at)) && endsClause(tagAt(words, at + 1));

/** `pointing at it'll be deleted`: the pronoun belongs to what stands before it. */
const contractedObject: Fault = (words, at) =>
  /^(?:it|you)$/u.test(wordAt(words, at)) &&
  /^'(?:ll|s|re|ve|d)$/u.test(wordAt(words, at + 1)) &&
  (prepositions.has(wordAt(words, at - 1)) || /^VB/u.test(tagAt(words, at - 1)) || wordAt(words, at - 1) === 'to');

const doubleComparison: Fault = (words, at) =>
  /^(?:more|most)$/u.test(wordAt(words, at)) && /^JJ[RS]$/u.test(tagAt(words, at + 1));

const doubledWord: Fault = (words, at) =>
  wordAt(words, at) === wordAt(words, at + 1) && /^\p{L}/u.test(wordAt(words, at));

/** Verbs that want an object, or cannot have a clause behind them. */
const objects: readonly [verb: RegExp, wrong: RegExp][] = [
  [/^(?:request|purchase|assist|require|verify|use|buy|remove)(?:s|d|ed|es)?$/u, /^(?:TO|VBP?|MD)$/u],
  [/^(?:assist|help)(?:s|ed|ing)?$/u, /^VBZ$/u],
  [/^(?:tell|tells|told|assist|assists|assisted|use|uses|want|wants)$/u, /^(?:IN|WDT|\.)$/u],
];

/** `request to send`, `tell that`, `assist him find` */
const wrongObject: Fault = (words, at) => {
  const word = wordAt(words, at);
  if (!isVerb(tagAt(words, at)) || forms.be.has(wordAt(words, at - 1))) return false;
  if (/^(?:assist|request|verify|purchase)/u.test(word)) {
    const start = /^(?:DT|PRP\$?)$/u.test(tagAt(words, at + 1)) ? at + 2 : at + 1;
    const end = headAt(words, start) ?? start - 1;
    if (/^(?:VBP?|TO)$/u.test(tagAt(words, end + 1))) return true;
  }
  return objects.some(([verb, wrong]) => verb.test(word) && wrong.test(tagAt(words, at + 1)));
};

const faults: Readonly<Record<string, Fault>> = {
  determinerNumber,
  subjectVerb,
  afterPreposition,
  afterAuxiliary,
  withoutNoun,
  quantifierBeforeArticle,
  dangling,
  contractedObject,
  doubleComparison,
  doubledWord,
  wrongObject,
};

/** What is wrong with a sentence's marks and borders, without any grammar. */
const marks: Readonly<Record<string, RegExp>> = {
  doubledMark: /[,;:]\s*[,;:.!?]|(?<!\.)\.\.(?!\.)/gu,
  blankBeforeMark: /[\p{L}\p{N}]\s+[,.;:!?](?=\s|$)/gu,
  emptyBrackets: /\(\s*\)|\[\s*\]/gu,
  doubledBlank: /\S[ \t]{2,}\S/gu,
  smallStart: /^["“'(*_]*\p{Ll}/gu,
  leftover: /^["“'(*_]*(?:\p{L}+,)?\s*[,.;:!?]|^["“'(*_]*\p{L}+,$/gu,
};

/** How often something is wrong with a sentence. */
type Count = (sentence: string, words: Words) => number;

const counts: readonly Count[] = [
  ...Object.values(faults).map(
    (isHere): Count =>
      (_, words) =>
        words.filter((_, at) => isHere(words, at)).length,
  ),
  ...Object.values(marks).map(
    (pattern): Count =>
      (sentence) =>
        sentence.match(pattern)?.length ?? 0,
  ),
  articleFaults,
  (_, words) => (words.length > 2 && !words.some(({ tag }) => isVerb(tag)) ? 1 : 0),
  (sentence) => (/[.!?:;…]["”’»)\]*_]*\s*$/u.test(sentence) ? 0 : 1),
];

/** Has the new sentence a fault that the old one does not have as often? */
export function addsFaults(before: string, after: string, tag: Tagger): boolean {
  const words = tag(after);
  return counts.some((count) => {
    const found = count(after, words);
    return found > 0 && found > count(before, tag(before));
  });
}
