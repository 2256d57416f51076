import { bareWords as bareWordsOf } from '../../completion/segment.ts';

/** Each step of the engine's segmenter copies its whole input: short inputs keep the work linear. */
const chunkChars = 1_000;

/** The bare words of a text of any length, in small letters and without punctuation, with their offsets. */
export function* bareWords(text: string): Generator<{ readonly word: string; readonly start: number }> {
  for (const { chunk, start } of chunks(text)) {
    for (const { word, start: within } of bareWordsOf(chunk)) yield { word, start: start + within };
  }
}

/** A word of Latin letters with marks around it; the segmenter would not cut it, and takes ten times as long to say so. */
const plainWord = /^[("“‘*_]*[a-zA-ZÀ-ÖØ-öø-ɏ]+[)"”’*_,;!?]*[.:]?$/u;

/** Words of a text, as a person counts them. */
export function wordCount(text: string): number {
  let count = 0;
  for (const { chunk } of chunks(text)) {
    for (const [token] of chunk.matchAll(/\S+/gu)) count += plainWord.test(token) ? 1 : bareWordsOf(token).length;
  }
  return count;
}

/** As a part of a regular expression. */
export const escaped = (words: string): string => words.replace(/[.*+?^${}()|[\]\\]/gu, '\\$&');

/** Where words stand by themselves, in whatever case. */
export const placesOf = (words: string, text: string): number[] =>
  [...text.matchAll(new RegExp(String.raw`(?<![\p{L}\p{N}])${escaped(words)}(?![\p{L}\p{N}])`, 'giu'))].map(
    ({ index }) => index,
  );

/** Pieces that end at a blank where there is one. */
export function* chunks(text: string): Generator<{ readonly chunk: string; readonly start: number }> {
  for (let start = 0; start < text.length; ) {
    let end = Math.min(text.length, start + chunkChars);
    if (end < text.length) {
      const blank = Math.max(text.lastIndexOf(' ', end), text.lastIndexOf('\n', end));
      if (blank > start) end = blank;
      else if (/[\uDC00-\uDFFF]/u.test(text[end]!)) end++;
    }
    yield { chunk: text.slice(start, end), start };
    start = end;
  }
}
