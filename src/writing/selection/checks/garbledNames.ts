import type { TextReading } from '../../../text/block.ts';
import { protectedParts } from '../protection/protectedParts.ts';
import { isMisspelt } from '../rules/wordKinds.ts';

/** A shorter piece of a name may be a word, and one that lacks less an inflection. */
const minPiece = 4;
const minMissing = 3;

const wordsOf = (text: string): string[] =>
  (text.match(/\p{L}[\p{L}’'-]*/gu) ?? []).map((word) => word.replace(/[’']s?$|-$/u, ''));

/**
 * Tells which word of a result is nearly a name of the text, as models spell names that they have not learnt: `Satto` for
 * `Sato`, or a piece of a longer one. Title case hides such words from the check of names.
 */
export function garbledNamesOf(source: TextReading): (result: string) => string | undefined {
  const known = new Set(wordsOf(source.text).map((word) => word.toLowerCase()));
  const names = [
    ...new Set(
      protectedParts(source)
        .filter(({ kind }) => kind === 'name')
        .flatMap(({ text }) => wordsOf(text)),
    ),
  ];
  return (result) =>
    wordsOf(result).find(
      (word) =>
        (oddCapitals.test(word) && !source.text.includes(word)) ||
        (!known.has(word.toLowerCase()) && names.some((name) => isGarbled(word.toLowerCase(), name.toLowerCase()))),
    );
}

/** `TwAIN`: tokens of different spellings. */
const oddCapitals = /\p{Ll}\p{Lu}{2}|\p{Lu}{2}\p{Ll}{2}/u;

function isGarbled(word: string, name: string): boolean {
  if (word.startsWith(name)) return false; // `Americans`
  if (!name.startsWith(word) && !name.endsWith(word)) return isMisspelt(name, word);
  return word.length >= minPiece && word.length <= name.length - minMissing; // `America` is none of `American`
}
