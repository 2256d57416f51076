import type { Span } from '../../../text/span.ts';
import { isInName, protectedStretches } from '../protection/protectedStretches.ts';
import { applyEdits, type Edit } from '../wordChanges.ts';
import common from './commonMisspellings.json';
import { isBeside, isInEmphasis, isPartOfName } from './phraseTable.ts';
import { oncePerText, sentenceAround } from './textRule.ts';

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
    /(?<![\p{L}\p{N}_'’*$&%<>{~^-])\p{L}\p{Ll}{3,30}(?![\p{L}\p{N}_'’-]|\]?\[\p{L})/gu,
  )) {
    const word = known.get(found.toLowerCase());
    if (word === undefined || isBeside(text, start + found.length, word)) continue;
    const span = { start, end: start + found.length };
    if (
      /^\p{Lu}/u.test(found) &&
      /(?:ed|ing)$/u.test(word) &&
      /^['’ ](?:s|is|was|has|had|and)\s/u.test(text.slice(span.end, span.end + 6))
    )
      continue; // `Offred is`: who does it
    if (isInForeignSentence(text, start) || isNameOfThing(text, span, word)) continue;
    if (isProtected(span) || isInName(text, span) || isPartOfName(text, span) || isInEmphasis(text, span)) continue;
    edits.push({ ...span, replacement: found.charAt(0) + word.slice(1) });
  }
  return applyEdits(text, edits);
}

/** Little words of other languages, or of English as it was, that are in no English sentence, but in one that mixes them, often for fun. */
const isForeign = (text: string): boolean =>
  /(?<![\p{L}'’-])(?:mit|und|nicht|ist|eine[mnrs]?|f[uü]r|auf|est|avec|pour|dans|sont|[Uu]ne|por|para|het|een|niet|voor|och|hys|hir|myn|mai|haue|vpon|euer|sayd|selfe|shal|greate|olde|monei|oathe)(?![\p{L}'’-])/u.test(
    text,
  );

/** `the sring function`, `The hte binding`: a short word that somebody gave to a thing. */
export function isNameOfThing(text: string, { start, end }: Span, word: string): boolean {
  const found = text.slice(start, end);
  if (found.length > maxNameChars) return false;
  const before = text
    .slice(Math.max(0, start - 20), start)
    .trimEnd()
    .toLowerCase();
  return (
    new RegExp(String.raw`(?<!\p{L})${word}$`, 'u').test(before) ||
    new RegExp(String.raw`(?<!\p{L})${found}(?:\(|\s+${things}(?!\p{L}))`, 'iu').test(
      text.slice(Math.max(0, start - nearChars), end + nearChars),
    )
  );
}

const maxNameChars = 5;
/** A name is explained where it is used. */
const nearChars = 1000;
const things =
  '(?:functions?|methods?|commands?|options?|flags?|modules?|keywords?|class(?:es)?|macros?|devices?|devicetree|drivers?|bindings?|packages?|subsystem|tool)';

/** The sentence mixes languages: who can tell what is misspelt there? */
export const isInForeignSentence = (text: string, at: number): boolean =>
  mayBeForeign(text) && isForeign(sentenceAround(text, at));

const mayBeForeign = oncePerText((text) => isForeign(text));
