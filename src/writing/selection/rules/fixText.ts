import { protectedParts } from '../protection/protectedParts.ts';
import { languageOfText } from '../text/language.ts';
import type { Span } from '../text/sentences.ts';
import { applyEdits, type Edit } from '../wordChanges.ts';
import { confusions, misspellings } from './misspellings.ts';
import { capitalized, replacePhrases } from './phraseTable.ts';

/**
 * Mends the mistakes that rules can tell for certain: well-known misspellings and confusions, doubled words, `a` and
 * `an`, blanks around marks, capitals. Correct text comes back as it was; what rules cannot tell stays.
 */
export function fixText(text: string): string {
  const english = (languageOfText(text) ?? 'en') === 'en';
  const spelled = english ? replacePhrases(replacePhrases(text, misspellings, true), confusions, true) : text;
  const rules = english ? [...anyLanguage, ...englishOnly] : anyLanguage;
  return rules.reduce((fixed, rule) => applyRule(fixed, rule), spelled);
}

/** What to look for and what it becomes; undefined leaves it. */
interface Rule {
  readonly pattern: RegExp;
  readonly mend: (match: RegExpExecArray, text: string) => string | undefined;
}

const anyLanguage: readonly Rule[] = [
  { pattern: /(?<=[\p{L}\p{N})”’"])[ \t]+(?=[,;](?:\s|$)|[.](?:\s|$)(?!\s?\.))/gu, mend: () => '' }, // a blank before a mark
  { pattern: /(?<=\p{Ll}{2}[,;])(?=\p{L}{2})/gu, mend: () => ' ' }, // none behind one
  { pattern: /(?<=[\p{L},;])[ ]{2,}(?=\p{Ll})/gu, mend: () => ' ' },
  { pattern: /(?<=\S)([,;])[ ]?\1+/gu, mend: ([, mark]) => mark },
];

const articles: Rule = { pattern: /(?<![\p{L}\p{N}.'’-])([Aa]n?)([ \t]+)([\p{L}][\p{L}-]*)/gu, mend: article };

/** `a` and `an` as the words behind them sound, for text whose words were just exchanged. */
export const mendArticles = (text: string): string => applyRule(text, articles);

const englishOnly: readonly Rule[] = [
  { pattern: /(?<![\p{L}\p{N}.-])(\p{L}{2,}|a)[ \t]+\1(?![\p{L}\p{N}-])/giu, mend: doubledWord },
  articles,
  { pattern: /(?<![\p{L}\p{N}.\-'’/])i(?=(?:['’](?:m|ve|ll|d))?[ \t\n](?!e\.))/gu, mend: () => 'I' },
  { pattern: /(?<=\p{Ll}{2}[.!?][ \t]+)(\p{Ll})(?=\p{Ll}*[ \t,])/gu, mend: sentenceStart },
  {
    pattern: /(?<![\p{L}\p{N}-])(?:mon|tues|wednes|thurs|fri|satur|sun)day(?=s?(?![\p{L}\p{N}-]))/gu,
    mend: ([day]) => capitalized(day),
  },
  {
    pattern:
      /(?<![\p{L}\p{N}-])(?:january|february|april|june|july|september|october|november|december)(?![\p{L}\p{N}-])/gu,
    mend: ([month]) => capitalized(month),
  },
  {
    pattern:
      /(?<=(?:^|[.!?;,]\s+|\b(?:and|but|so|because)\s+)(?:he|she|it)\s+)(?:have|do|go|are|don['’]t|doesnt)(?=\s+(?!been\b))/giu,
    mend: thirdPerson,
  },
  {
    pattern:
      /(?<=(?:^|[.!?;,]\s+|\b(?:and|but|so|because|if|when)\s+)(?:we|they|you)\s+)(?:was|is|has|doesn['’]t)(?!\p{L})/giu,
    mend: plural,
  },
];

/** Words that are rightly said twice. */
const sayTwice =
  /^(?:had|that|is|her|so|very|very|no|ha|bye|knock|now|there|well|many|much|far|blah|la|na|in|on|really|long|do|you|it)$/iu;

function doubledWord([, word]: RegExpExecArray): string | undefined {
  return sayTwice.test(word!) || /^\p{Lu}\p{Ll}+$/u.test(word!) ? undefined : word;
}

const vowelSound = /^(?:[aio]|e(?!u|we)|u(?!ni(?!n|m)|s[aeiu]|t[ei]|ri|ra|bi|k|fo)|hour|honest|honou?r|heir)/iu;
const consonantSound = /^(?:one(?!\w*ro)|once|ouija|eu|ewe|u(?:ni(?![nm])|s[aeiu]|t[eio]|ri|ra|bi|k|fo))/iu;

function article([, found, blank, word]: RegExpExecArray): string | undefined {
  if (/\p{Lu}/u.test(word!.slice(1)) || word!.length < 3 || found === 'A' || /^(?:herb|historic|hotel)/iu.test(word!))
    return undefined; // spelled-out letters, and words that people disagree about
  const needsN = vowelSound.test(word!) && !consonantSound.test(word!);
  const has = found!.length === 2;
  return needsN === has ? undefined : `${found![0]}${needsN ? 'n' : ''}${blank}${word}`;
}

/** Only where the text has the habit of beginning sentences with capitals. */
function sentenceStart([letter]: RegExpExecArray, text: string): string | undefined {
  const starts = text.match(/(?<=[.!?][ \t]+)\p{L}/gu) ?? [];
  const capitals = starts.filter((start) => /\p{Lu}/u.test(start)).length;
  const opensWithCapital = /^[^\p{L}]*\p{Lu}/u.test(text);
  return (capitals >= starts.length / 2 && capitals > 0) || (capitals === 0 && opensWithCapital && starts.length <= 2)
    ? letter.toUpperCase()
    : undefined;
}

const singular: Readonly<Record<string, string>> = {
  have: 'has',
  do: 'does',
  go: 'goes',
  are: 'is',
  doesnt: "doesn't",
};

function thirdPerson([verb]: RegExpExecArray): string | undefined {
  return /^don/iu.test(verb) ? verb.replace(/^don/iu, 'doesn') : singular[verb.toLowerCase()];
}

function plural([verb]: RegExpExecArray): string | undefined {
  const mended: Readonly<Record<string, string>> = { was: 'were', is: 'are', has: 'have' };
  return /^doesn/iu.test(verb) ? verb.replace(/^doesn/iu, 'don') : mended[verb.toLowerCase()];
}

function applyRule(text: string, { pattern, mend }: Rule): string {
  const parts: readonly Span[] = protectedParts(text).filter(({ kind }) => kind !== 'name');
  const edits: Edit[] = [];
  for (const match of text.matchAll(pattern)) {
    const start = match.index;
    const end = start + match[0].length;
    if (parts.some((part) => start < part.end && part.start < Math.max(end, start + 1))) continue;
    const replacement = mend(match, text);
    if (replacement !== undefined && replacement !== match[0]) edits.push({ start, end, replacement });
  }
  return applyEdits(text, edits);
}
