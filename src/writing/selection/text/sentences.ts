import { languageOfText } from '../../../text/language.ts';
import { sentenceEnds } from '../../../text/sentenceEnd.ts';
import { onOneLine } from '../../../text/sentences.ts';
import type { Span } from '../../../text/span.ts';
import { holdsSentences, type TextBlock, textBlocks } from './textBlocks.ts';

/** A sentence and the block that it stands in. */
export interface Sentence extends Span {
  readonly block: TextBlock;
}

/** The sentences of a stretch without the blanks between them; together they hold every visible character. */
export function sentencesOf(text: string, { start, end }: Span): Span[] {
  const words = text.slice(start, end);
  const spans: Span[] = [];
  let at = 0;
  for (const to of [...sentenceEnds(words, languageOfText(words) ?? languageOfText(text)), words.length]) {
    const from = skipBlanks(text, start + at, start + to);
    const sentence = text.slice(from, start + to).trimEnd();
    if (sentence !== '') spans.push({ start: from, end: from + sentence.length });
    at = to;
  }
  return spans;
}

/** All sentences of prose, items and quotes, in order. */
export function allSentences(text: string, blocks: readonly TextBlock[] = textBlocks(text)): Sentence[] {
  return blocks
    .filter(holdsSentences)
    .flatMap((block) =>
      sentencesOf(text, { start: block.contentStart, end: block.end }).map((span) => ({ ...span, block })),
    );
}

/** A sentence on one line: line breaks with what they indent, and quote markers, become a blank. */
export const unwrapped = (sentence: string): string => onOneLine(sentence.replace(/(?<=\n)[ \t]*(?:>[ \t]?)+/gu, ''));

/** Past blanks, and past the markers with which the lines of a quote begin. */
function skipBlanks(text: string, from: number, end: number): number {
  let at = from;
  while (at < end && (/[\s\uFEFF]/u.test(text[at]!) || isQuoteMarker(text, at))) at++;
  return at;
}

const isQuoteMarker = (text: string, at: number) =>
  text[at] === '>' && /\n[ \t>]*$/u.test(text.slice(Math.max(0, at - 20), at));
