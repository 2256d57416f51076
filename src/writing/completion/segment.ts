/** Words and characters as a writer sees them (Unicode annex 29 through `Intl.Segmenter`). */

const segmenters: Partial<Record<'word' | 'grapheme', Intl.Segmenter>> = {};

/**
 * Of the machine's language. Made when it is first needed: making one takes longer than all the rest of the extension's
 * activation.
 */
export const segmenter = (granularity: 'word' | 'grapheme'): Intl.Segmenter => {
  segmenters[granularity] ??= new Intl.Segmenter(undefined, { granularity });
  return segmenters[granularity];
};

/** Scripts written without spaces between words. */
const unspaced = String.raw`[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\u3001-\u303F\uFF01-\uFF60]`;
const unspacedEnd = new RegExp(`${unspaced}$`, 'u');
const unspacedStart = new RegExp(`^${unspaced}`, 'u');
const wordCharacterEnd = /[\p{L}\p{N}\p{M}_]$/u;
/** What underlines before a blank or a mark closes emphasis. */
const wordCharacterStart = /^_{0,2}[\p{L}\p{N}\p{M}]/u;
const closing = /^[\p{Pe}\p{Pf}\p{Po}'"’-]+$/u;

export const endsUnspaced = (text: string): boolean => unspacedEnd.test(text);
export const startsUnspaced = (text: string): boolean => unspacedStart.test(text);
/** The text ends in a letter, a digit or a mark on one. */
export const endsInWord = (text: string): boolean => wordCharacterEnd.test(text);
export const startsInWord = (text: string): boolean => wordCharacterStart.test(text);

/**
 * What accept-word takes: the blanks and opening marks before the next word, the word, and the punctuation attached to
 * it. In Chinese, Japanese and Thai a word is the segmenter's. All of the text when no further word follows.
 */
export function nextWord(text: string): string {
  let end = 0;
  let seenWord = false;
  for (const { segment, index, isWordLike } of segmenter('word').segment(text)) {
    if (seenWord && (isWordLike === true || !closing.test(segment))) break;
    seenWord ||= isWordLike === true;
    end = index + segment.length;
  }
  return text.slice(0, end);
}

/** Cuts the text into the pieces that repeated accept-word would take; their concatenation is the text. */
export function wordPieces(text: string): string[] {
  const pieces: string[] = [];
  for (let rest = text; rest !== ''; rest = rest.slice(pieces.at(-1)!.length)) pieces.push(nextWord(rest));
  return pieces;
}

/** The bare words of a text, in small letters and without punctuation: what comparisons of wording use. */
export function bareWords(text: string): { readonly word: string; readonly start: number }[] {
  return [...segmenter('word').segment(text)]
    .filter(({ isWordLike }) => isWordLike === true)
    .map(({ segment, index }) => ({ word: segment.toLowerCase(), start: index }));
}

/** Characters that one can see: grapheme clusters that are not blank. */
export function visibleLength(text: string): number {
  let count = 0;
  for (const { segment } of segmenter('grapheme').segment(text)) if (segment.trim() !== '') count++;
  return count;
}

/** Columns that a line takes in an editor: wide characters count twice. */
export function columns(text: string): number {
  if (/^[ -~]*$/u.test(text)) return text.length;
  let count = 0;
  for (const { segment } of segmenter('grapheme').segment(text)) count += startsUnspaced(segment) ? 2 : 1;
  return count;
}

/** True when `left` and `right` together would form one character, so that nothing may come between them. */
export function splitsCharacter(left: string, right: string): boolean {
  if (left === '' || right === '') return false;
  const joined = left.slice(-16) + right.slice(0, 16);
  const middle = Math.min(16, left.length);
  return segmenter('grapheme').segment(joined).containing(middle)?.index !== middle;
}

/** Text that was cut somewhere, up to the last whole word: without what may be only a word's beginning, and its blanks. */
export function withoutLastWord(text: string): string {
  let end = text.length;
  while (end > 0 && !/\s/u.test(text[end - 1]!)) end--;
  return text.slice(0, end).trimEnd();
}
