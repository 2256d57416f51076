import { type Block, holdsSentences, type InlineSpan, type TextReading } from '../../../text/block.ts';
import { recognizedLanguage } from '../../../text/documentLanguage.ts';
import { isProgramText, ofGrammar } from '../../../text/languages.ts';
import { readText } from '../../../text/readText.ts';
import { allSentences, linksOf, type Sentence } from '../../../text/sentences.ts';
import { type Span, spansAmong } from '../../../text/span.ts';
import { hasTrait } from '../actionCatalogue.ts';
import type { ActionRequest } from '../selectionAction.ts';
import { withForeignHidden } from './foreignStretches.ts';
import { noteLines, withCapitals } from './looseText.ts';
import { withVerbatim } from './verbatimPhrases.ts';

/** A text of its own. */
export const readWhole = (text: string, languageId: string): TextReading => remembered(readText(text, languageId));

/** Words by themselves; those of a comment stand without its marks. */
export const readWords = (text: string, languageId: string): TextReading =>
  readWhole(text, isProgramText(languageId) ? 'markdown' : languageId);

/** Several steps of an action ask for the spans of the same blocks. */
function remembered(reading: TextReading): TextReading {
  const known = new Map<Block, readonly InlineSpan[]>();
  const spansOf = (block: Block) => {
    let spans = known.get(block);
    if (!spans) {
      spans = withVerbatim(reading.text, block, reading.spansOf(block));
      known.set(block, spans);
    }
    return spans;
  };
  return { ...reading, spansOf };
}

/** What a selection is known by: its text, and what stands around it in its document. */
export interface Selected {
  readonly text: string;
  readonly languageId: string;
  readonly before?: string;
  readonly after?: string;
}

/**
 * The blocks of a selection as they are in the whole document: what begins above it or ends below it is cut at its
 * borders and keeps its kind. Offsets are the selection's; those of containers may lie before it.
 */
export function readSelection({ text, languageId, before = '', after = '' }: Selected): TextReading {
  if (before === '' && after === '') return readWhole(text, languageId);
  const document = readWhole(before + text + after, languageId);
  const from = before.length;
  const to = from + text.length;
  const clamp = (offset: number) => Math.min(Math.max(offset, from), to) - from;
  const originals = new Map<Block, Block>();
  for (const block of document.blocks) {
    const isWithin = block.start < to && (block.end > from || (block.start === block.end && block.start >= from));
    if (!isWithin) continue;
    const containers = block.containers.map((container) => ({ ...container, start: container.start - from }));
    const clipped: Block = {
      ...block,
      start: clamp(block.start),
      end: clamp(block.end),
      contentStart: clamp(block.contentStart),
      contentEnd: clamp(block.contentEnd),
      containers,
      opensItem: block.opensItem && block.start >= from,
    };
    originals.set(clipped, block);
  }
  const spansOf = (block: Block): InlineSpan[] =>
    document
      .spansOf(originals.get(block)!)
      .map((span) => ({ ...span, start: clamp(span.start), end: clamp(span.end) }))
      .filter(({ start, end }) => start < end);
  return remembered({ text, languageId, blocks: [...originals.keys()], spansOf });
}

/**
 * The text of a request; what it says itself is in another language is not reworded.
 * @param reading of the same text for an action that rewords nothing, where there is one
 */
export function readRequest(request: ActionRequest, reading = readSelection(request)): TextReading {
  return hasTrait(request.action, 'rewords') ? withForeignHidden(reading, request.textLanguage ?? 'en') : reading;
}

/** The blocks that actions work on: those with words of a person, and not an image or a code span alone. */
export const proseBlocks = (reading: TextReading): Block[] => reading.blocks.filter((block) => isProse(reading, block));

export const holdsProse = (reading: TextReading): boolean => reading.blocks.some((block) => isProse(reading, block));

const isProse = (reading: TextReading, block: Block): boolean => holdsSentences(block) && hasWords(reading, block);

function hasWords(reading: TextReading, block: Block): boolean {
  let at = block.contentStart;
  const stretches = [...reading.spansOf(block), { start: block.contentEnd, end: block.contentEnd }].map((span) => {
    const stretch = reading.text.slice(at, span.start);
    at = span.end;
    return stretch;
  });
  return stretches.some((stretch) => /[\p{L}\p{N}]/u.test(stretch));
}

/** The spans of a block that lie within a stretch of it, cut at its borders. */
export function spansWithin(reading: TextReading, block: Block, { start, end }: Span): InlineSpan[] {
  return spansAmong(reading.spansOf(block), { start, end }).map((span) => ({
    ...span,
    start: Math.max(start, span.start),
    end: Math.min(end, span.end),
  }));
}

/** All sentences of those blocks, in order; of notes without full stops each line. */
export function proseSentences(reading: TextReading): Sentence[] {
  const sentences = allSentences(withCapitals(reading), proseBlocks(reading));
  return sentences.flatMap((sentence) => {
    const lines = noteLines(reading.text, sentence);
    const isPlain = lines && !reading.spansOf(sentence.block).some(({ kind }) => kind === 'prefix');
    return isPlain ? lines.map(({ start, end }) => ({ start, end, block: sentence.block })) : sentence;
  });
}

/** The spans of a block with each link as a whole: what is no separator, whatever it holds. */
export function unsplitSpans(reading: TextReading, block: Block, within: Span): Span[] {
  const spans: Span[] = [...linksOf(reading, block), ...reading.spansOf(block)].sort(
    (a, b) => a.start - b.start || b.end - a.end,
  );
  let at = within.start;
  return spans.flatMap((span) => {
    const [start, end] = [Math.max(span.start, at), Math.min(span.end, within.end)];
    if (start >= end || span.start < at) return [];
    at = end;
    return [{ start, end }];
  });
}

/** Nothing to see: HTML has blanks between its blocks. */
export const isEmpty = ({ text }: TextReading, { kind, start, end }: Block): boolean =>
  kind === 'blank' || text.slice(start, end).trim() === '';

/** The stretch that a paragraph takes, with what its lines begin with. */
export interface Paragraph extends Span {
  readonly prefix: string;
}

/** Undefined for one with markup of its own before or behind its words, which would be lost. */
export function paragraphOf({ text }: TextReading, block: Block): Paragraph | undefined {
  const { start, end, contentStart, contentEnd } = block;
  const [opener, closer] = [text.slice(start, contentStart), text.slice(contentEnd, end)];
  if (/^\s*<p>\s*$/iu.test(opener) && /^\s*<\/p>\s*$/iu.test(closer)) {
    const end = contentEnd + closer.trimEnd().length;
    return { start: start + opener.indexOf('<'), end, prefix: '' };
  }
  if (closer.trim() !== '') return undefined;
  if (/^[ \t>]*$/u.test(opener)) return { start, end: contentEnd, prefix: opener };
  return opener.trim() === '' ? { start: contentStart, end: contentEnd, prefix: '' } : undefined;
}

/** Enough of a document to tell its language. */
const languageChars = 20_000;

/** Rules for one language run on texts in it alone. Whoever writes in English waits for nothing here. */
export async function withLanguage(request: ActionRequest): Promise<ActionRequest> {
  if (request.textLanguage !== undefined || hasTrait(request.action, 'ofDiff')) return request;
  const { before = '', text, after = '', languageId } = request;
  const around = before.slice(-languageChars / 2) + text.slice(0, languageChars) + after.slice(0, languageChars / 2);
  const textLanguage = await recognizedLanguage(around, languageId);
  return textLanguage === undefined ? request : { ...request, textLanguage };
}

/** NUL characters, or many that no text holds. */
export function isBinary(text: string): boolean {
  const sample = text.slice(0, 10_000);
  let odd = 0;
  for (let i = 0; i < sample.length; i++) {
    const code = sample.charCodeAt(i);
    if (code === 0) return true;
    if (code < 32 && code !== 9 && code !== 10 && code !== 12 && code !== 13) odd++;
    if (code === 0xfffd) odd++;
  }
  return odd > sample.length / 20;
}

/** In a mail, what it answers to stands behind `>`. */
export const isSomebodyElses = ({ languageId }: TextReading, { kind }: Block): boolean =>
  kind === 'quote' && ofGrammar(quotesOthers, languageId) === true;
const quotesOthers = { plainText: true } as const;
