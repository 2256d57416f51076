import type { CaretLine } from './textLanguage.ts';

/** The caret's line up to the caret, and as many lines above it, as far as they are known. */
export function wordsAbove({ linePrefix, paragraphPrefix }: CaretLine, lines: number): string {
  let start = paragraphPrefix.length - linePrefix.length;
  for (let line = 0; line < lines && start > 0; line++) start = paragraphPrefix.lastIndexOf('\n', start - 2) + 1;
  return paragraphPrefix.slice(Math.max(0, start));
}
