import { sentenceEnd } from '../../completion/sentenceEnd.ts';
import { holdsSentences, type TextBlock, textBlocks } from './textBlocks.ts';

/** A stretch of the text, as UTF-16 offsets. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

/** A sentence and the block that it stands in. */
export interface Sentence extends Span {
  readonly block: TextBlock;
}

/** Characters in which the end of a sentence is looked for: bounds the work on text without any. */
const maxSentenceChars = 4_000;

/** The sentences of a stretch without the blanks between them; together they hold every visible character. */
export function sentencesOf(text: string, { start, end }: Span): Span[] {
  const spans: Span[] = [];
  for (let at = skipBlanks(text, start, end); at < end; at = skipBlanks(text, at, end)) {
    const rest = text.slice(at, Math.min(end, at + maxSentenceChars));
    const length = sentenceEnd(rest, text.slice(Math.max(start, at - 40), at)) ?? rest.length;
    const sentence = rest.slice(0, length).trimEnd();
    spans.push({ start: at, end: at + sentence.length });
    at += Math.max(1, length);
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
export const unwrapped = (sentence: string): string => sentence.replace(/[ \t]*\r?\n[ \t]*(?:>[ \t]?)*/gu, ' ').trim();

/** Past blanks, and past the markers with which the lines of a quote begin. */
function skipBlanks(text: string, from: number, end: number): number {
  let at = from;
  while (at < end && (/[\s\uFEFF]/u.test(text[at]!) || isQuoteMarker(text, at))) at++;
  return at;
}

const isQuoteMarker = (text: string, at: number) =>
  text[at] === '>' && /\n[ \t>]*$/u.test(text.slice(Math.max(0, at - 20), at));
