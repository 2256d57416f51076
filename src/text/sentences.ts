import { type Block, holdsSentences, type InlineSpan, type SpanKind, type TextReading } from './block.ts';
import { heldPhrases } from './heldPhrases.ts';
import { languageOfText } from './language.ts';
import { type GrammarName, ofGrammar } from './languages.ts';
import { sentenceEnds } from './sentenceEnd.ts';
import { merged, type Span, spansAmong } from './span.ts';
import { needsBlank } from './unspaced.ts';

/** A sentence and the block that it stands in. */
export interface Sentence extends Span {
  readonly block: Block;
}

/** Longer sentences are cut: bounds the work of whoever compares sentences of text without any end. */
const maxSentenceChars = 4_000;

/** All sentences of prose, items and quotes, or of some of these blocks, in order. */
export function allSentences(reading: TextReading, blocks = reading.blocks.filter(holdsSentences)): Sentence[] {
  const language = languageOfText(reading.text);
  return blocks.flatMap((block) => sentencesOf(reading, block, languageOfText(wordsOf(reading, block)) ?? language));
}

/**
 * The sentences of one block without the blanks between them; together they hold every visible character of its words.
 * Nothing ends within code, a formula, an address, a command or a phrase in emphasis.
 * @param language whose rules hold; by the block's own words when left out
 */
export function sentencesOf(
  reading: TextReading,
  block: Block,
  language = languageOfText(wordsOf(reading, block)),
): Sentence[] {
  const { contentStart, contentEnd } = block;
  const words = masked(reading, block);
  const sentences: Sentence[] = [];
  const add = (from: number, to: number) => {
    for (let start = skipBlanks(words, from); start < to; start = skipBlanks(words, start)) {
      const end = start + cutLength(words.slice(start, Math.min(to, start + maxSentenceChars + 1)));
      sentences.push({ start: contentStart + start, end: contentStart + end, block });
      start = end;
    }
  };
  let at = 0;
  const links = merged([...linksOf(reading, block), ...heldPhrases(reading, block)]).map(({ start, end }) => ({
    start: start - contentStart,
    end: end - contentStart,
  }));
  let link = 0;
  for (const end of sentenceEnds(words, language)) {
    while (link < links.length && links[link]!.end < end) link++;
    if (link < links.length && links[link]!.start < end && end < links[link]!.end) continue;
    add(at, end);
    at = end;
  }
  add(at, contentEnd - contentStart);
  return sentences;
}

const wordsOf = ({ text }: TextReading, { contentStart, contentEnd }: Block): string =>
  text.slice(contentStart, contentEnd);

/** A stretch of a block on one line: without what its further lines begin with, such as quote marks. */
export function unwrapped(reading: TextReading, block: Block, { start, end }: Span = contentOf(block)): string {
  let words = '';
  let at = start;
  for (const span of spansAmong(reading.spansOf(block), { start, end })) {
    if (span.kind !== 'prefix' || span.start < start) continue;
    words += reading.text.slice(at, span.start);
    at = Math.min(end, span.end);
  }
  return onOneLine(words + reading.text.slice(at, end));
}

/** The lines of a text joined as its script joins them. */
export function onOneLine(text: string): string {
  const lines = text.split(/\r\n|\r|\n/u).flatMap((line) => line.trim() || []);
  return lines.flatMap((line, i) => (i > 0 && needsBlank(lines[i - 1]!, line) ? [' ', line] : line)).join('');
}

export const contentOf = ({ contentStart, contentEnd }: Block): Span => ({ start: contentStart, end: contentEnd });

/** Links, and notes within a line, with their labels, which belong together. */
export function linksOf(reading: TextReading, block: Block): Span[] {
  const links: Span[] = [];
  let open: number | undefined;
  for (const { kind, start, end } of reading.spansOf(block)) {
    const opens = (kind === 'link' || kind === 'target') && /[[|:]/u.test(reading.text[end - 1]!);
    if (opens && reading.text[start] !== ']') open ??= start;
    else if (open !== undefined && reading.text[start] === ']') {
      links.push({ start: open, end });
      open = undefined;
    }
  }
  return links;
}

/** What stands for a character of a span: letters for what is read aloud, closing marks for what is not. */
const masks: Readonly<Record<SpanKind, string>> = {
  code: 'X',
  math: 'X',
  target: 'X',
  link: '*',
  citation: '*',
  comment: '*',
  command: '*',
  raw: '*',
  prefix: ' ',
};

/** The block's words with all that is no text of the sentence hidden, character by character. */
function masked(reading: TextReading, block: Block): string {
  const { text } = reading;
  const parts: string[] = [];
  let at = block.contentStart;
  for (const span of reading.spansOf(block)) {
    parts.push(text.slice(at, span.start), maskOf(text, span));
    at = span.end;
  }
  parts.push(text.slice(at, block.contentEnd));
  const closer = ofGrammar(closingMarks, reading.languageId);
  const hidden = parts.join('');
  const words = closer ? hidden.replace(closer, (mark) => '*'.repeat(mark.length)) : hidden;
  const lineBreak = ofGrammar(lineBreaks, reading.languageId);
  return lineBreak ? words.replace(lineBreak, (mark) => '*'.repeat(mark.length)) : words;
}

const strokes = /(?<=[.!?…])(?:~~|==)(?=\s|$)/gu;
/** Behind the end of a sentence: marks of emphasis that are not such in all languages. */
const closingMarks: Readonly<Partial<Record<GrammarName, RegExp>>> = {
  markdown: strokes,
  mdx: strokes,
  org: /(?<=[.!?…])[/+](?=\s|$)/gu,
  asciidoc: /(?<=[.!?…])#{1,2}(?=\s|$)/gu,
};

const backslash = /\\(?=\r?\n)/gu;
/** The mark at the end of a line that ends it in print, too. */
const lineBreaks: Readonly<Partial<Record<GrammarName, RegExp>>> = {
  markdown: backslash,
  mdx: backslash,
  typst: backslash,
  asciidoc: / \+(?=\r?\n)/gu,
  org: /\\\\(?=\r?\n)/gu,
};

/** Words of some lines without these marks. */
export const withoutLineBreaks = (words: string, languageId: string): string => {
  const lineBreak = ofGrammar(lineBreaks, languageId);
  return lineBreak ? `${words}\n`.replace(lineBreak, '').slice(0, -1) : words;
};

function maskOf(text: string, { kind, start, end }: InlineSpan): string {
  const mask = end - start > 1 ? masks[kind] : kind === 'prefix' ? ' ' : '*';
  return text.slice(start, end).replace(/[^\n\r]/g, mask); // without the flag u: one unit by one unit
}

function skipBlanks(text: string, from: number): number {
  let at = from;
  while (at < text.length && /[\s\uFEFF]/u.test(text[at]!)) at++;
  return at;
}

/** At a blank where there is one, and never within a character. */
function cutLength(sentence: string): number {
  if (sentence.length <= maxSentenceChars) return sentence.trimEnd().length;
  const blank = sentence.lastIndexOf(' ', maxSentenceChars);
  if (blank > 0) return sentence.slice(0, blank).trimEnd().length;
  return /[\uDC00-\uDFFF]/u.test(sentence[maxSentenceChars]!) ? maxSentenceChars - 1 : maxSentenceChars;
}
