import { isInName, protectedStretches } from '../protection/protectedStretches.ts';
import { applyEdits, type Edit } from '../wordChanges.ts';
import common from './commonMisspellings.json';
import { isBeside, isInEmphasis, isPartOfName } from './phraseTable.ts';

let words: ReadonlyMap<string, string> | undefined;

/** From each misspelling of the list to its word. */
const knownMisspellings = (): ReadonlyMap<string, string> => {
  words ??= new Map(
    Object.entries(common).flatMap(([word, spellings]) => spellings.split(' ').map((each) => [each, word] as const)),
  );
  return words;
};

/**
 * Mends the spellings of commonMisspellings.json: those of typos-dict 0.14 (MIT or Apache-2.0) with one word that may be
 * meant, a frequent one, which are no word of English nor of another language that dictionaries were at hand for.
 */
export function mendSpelling(text: string): string {
  const known = knownMisspellings();
  const isProtected = protectedStretches(text, { withNumbers: true });
  const edits: Edit[] = [];
  for (const { index: start, 0: found } of text.matchAll(
    /(?<![\p{L}\p{N}_'’*$&%<>{~^-])\p{L}\p{Ll}{3,30}(?![\p{L}\p{N}_'’-])/gu,
  )) {
    const word = known.get(found.toLowerCase());
    if (word === undefined || isBeside(text, start + found.length, word)) continue;
    const span = { start, end: start + found.length };
    if (isProtected(span) || isInName(text, span) || isPartOfName(text, span) || isInEmphasis(text, span)) continue;
    edits.push({ ...span, replacement: found.charAt(0) + word.slice(1) });
  }
  return applyEdits(text, edits);
}
