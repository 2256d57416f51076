import { isFunctionWord } from '../text/contentWords.ts';
import { applyRule, oncePerText, speaksFreely, type TextRule } from './textRule.ts';

/** `a` and `an` as the words behind them sound; where spelling does not tell the sound, the writer is right. */
export const articles: TextRule = {
  pattern:
    /(?<![\p{L}\p{N}.'’_$%\\-])([Aa]n?)([ \t]+)([\p{L}][\p{L}-]*)(?![\p{L}-])(?![\p{L}\p{N}_:/.]*[_:/(]|\.\p{L})/gu,
  mend: ({ index, 0: whole, 1: found, 2: blank, 3: word }, text) => {
    if (found === 'a' && (index === 0 || isVariable(text) || word === 'according')) return undefined;
    const isName = /^\p{Lu}/u.test(word!) && (found === 'An' || !/^[ai]/iu.test(word!)) && !/^European/u.test(word!); // An Yang, an Oneida woman
    const before = text.slice(Math.max(0, index - 9), index);
    if (/^an$/iu.test(found!) && (/\d[ \t]*$/u.test(before) || speaksFreely(text))) return undefined; // for `and`: `5.12 an newer`
    if (found === 'a' && neverDescribed.test(word!)) return undefined; // `as a alone`: a letter that is spoken of
    if (found === 'an' && negated.test(word!)) return undefined; // `an usual format` may be an unusual one
    if (found === 'an' && /^[flmnrsx]\p{Ll}{2}$/u.test(word!) && !short.test(word!)) return undefined; // `an spu context`
    if (/ed$/u.test(word!) && /^\s+by\b/u.test(text.slice(index + whole.length))) return undefined; // `for a established by it`
    if (/\b(?:be|been)\s+$/u.test(before) && /ed$/u.test(word!)) return undefined; // `will be a allocated`: it has one too many
    if (uncounted.test(word!) && endsNounGroup(text, index + whole.length)) return undefined; // neither article is right
    if (found === 'A' || isName || isSpelledOut(word!) || isFunctionWord(word!.toLowerCase()) || /ally$/iu.test(word!))
      return undefined;
    const sound = firstSound(word!);
    const has = found!.length === 2 ? 'vowel' : 'consonant';
    return sound === undefined || sound === has
      ? undefined
      : `${found![0]}${sound === 'vowel' ? 'n' : ''}${blank}${word}`;
  },
};

const neverDescribed =
  /^(?:alone|ago|again|along|apart|away|aside|afterwards|anyway|instead|itself|exists?|equals?|isn|aren)$/iu;

/** Behind `an` their opposites in `un-` and `in-` are as likely. */
const negated =
  /^(?:usual|secure|armed|likely|expected|known|named|identified|finished|precedented|believable|forgettable|happy|even|fair|equal|common|comfortable|pleasant|necessary|healthy|conventional|related|visible|adequate|definite|dependent|accurate|complete|correct|stable|tolerable|evitable|formal|significant|sufficient|consistent|coherent|capable|finite|sane|human|just|real|balanced|bounded|signed|sorted|structured|supported|trusted|used|wanted|tested|documented|published|limited|restricted|resolved|specified|successful|safe|saved|selected|defined|initialized|initialised|mounted|packed|typed|sure|wise|willing)$/iu;

/** Names of three letters may be spelled out; these are words. */
const short =
  /^(?:new|red|man|men|map|set|sub|sum|run|row|raw|log|low|lot|fix|few|fat|fun|fee|max|min|mix|net|sad|sea|see|shy|sky|sin|six|son|sun|fan|fog|fox|far|law|leg|lid|lie|lip|mad|mat|mud|mug|nap|nod|nut|rat|rib|rod|rug)$/u;

const uncounted =
  /^(?:information|advice|equipment|evidence|infrastructure|education|assistance|employment|access|input|knowledge|software|hardware|luggage|furniture|news|work|research|progress|feedback)$/iu;

const endsNounGroup = (text: string, end: number): boolean =>
  /^(?:[.,;:!?)]|$|\s+(?:on|of|about|to|in|for|from|that|which|is|was|and|or|by|at|with)\b)/iu.test(
    text.slice(end, end + 20),
  );

/** `a` is a variable among others: `x is a member of a`. */
export const isVariable = oncePerText((text) => /(?<![\p{L}\p{N}.'’/_-])[b-hj-z](?![\p{L}\p{N}.'’/_-])/u.test(text));

/** For text whose words were just exchanged. */
export const mendArticles = (text: string): string => applyRule(text, articles);

/** How many articles a sentence has that do not sound like the word behind them. */
export const articleFaults = (sentence: string): number =>
  [...sentence.matchAll(articles.pattern)].filter((match) => articles.mend(match, sentence) !== undefined).length;

/** `MRI`, `xterm`, `n-way`: letters, whose names are spoken. */
const isSpelledOut = (word: string): boolean =>
  word.length < 3 || /\p{Lu}/u.test(word.slice(1)) || /^\p{L}-/u.test(word) || !/[aeiouy]/iu.test(word.slice(0, 4));

const vowel = /^(?:[ai]|e(?!u|we)|o(?!n(?:e|ce)(?!ro)|uija)|hour|honest|honou?r|heir(?!a)|hors$)/iu;
const vowelU = /^u(?:n(?!i|anim|ar[iy])|p|nder|gly|ltra|tter|tmost|rge|rban|rn|mbrella|sher)/iu;
/** With a letter behind them that makes them a sound: `school`, but not `ssh` or `sql`. */
const consonant =
  /^(?:[bcdgjkpqtvw]|y[aeiou]|h[aeiouy]|[lmnr][aeiouy]|f[lr]?[aeiouy]|s(?:c[hr]?|h|k|l|m|n|p[lr]?|qu|t[r]?|w)?[aeiouy])/iu;
const consonantVowel =
  /^(?:eu(?!ler)|ewe|one(?!ro)|once|ouija|unanim|unar[iy]|uni(?:t|on|que|form|vers|corn|later|fied|fy|cycle|son|sex)|us(?:e|able|age|ual|urp)|euro|uprobe|ute|util|utop|uran|ubiq|uku|ukra)/iu;
/** Spoken in two ways, or written with `an` for centuries. */
const unsettled =
  /^(?:uniform|unanim|unity$|usurp|herit|hostil|humble|herb|histor|hotel|hilarious|habitual|heroic|hypothe|hallucin|homage|hombre|haut|union|nary|hundred|hyster|hesit|heart|hatred|hope|happ|heroin|husband|housemaid|handsome|hurried|faq|sos|led$)/iu;

function firstSound(word: string): 'vowel' | 'consonant' | undefined {
  if (unsettled.test(word)) return undefined;
  if (consonantVowel.test(word)) return 'consonant';
  if (vowel.test(word) || vowelU.test(word)) return 'vowel';
  return consonant.test(word) ? 'consonant' : undefined;
}
