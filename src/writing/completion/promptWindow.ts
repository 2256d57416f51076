import { splitsCharacter } from './segment.ts';

/** The part of a document that the model reads. */
export interface PromptWindow {
  /** with line feeds only, without a byte-order mark and without half characters; ends at the caret */
  readonly text: string;
  /** offset in the document's prefix where the window begins */
  readonly start: number;
  /** the document's own characters from there on, a few: by them the place is known again */
  readonly opening: string;
}

/** Where a window began: the next one in the document is to begin there, too. */
export type WindowStart = Pick<PromptWindow, 'start' | 'opening'>;

/**
 * The window of the last request in this document. `none`: there was no request, or the last one was for another document.
 * `cold`: the model has just been started and has everything to read, while a writer waits.
 */
export type LastWindow = WindowStart | 'none' | 'cold';

/** Characters per token, roughly: alphabets, and scripts whose characters are words or syllables. */
const charsPerToken = { alphabetic: 4, dense: 0.8 };
const sampledChars = 1_000;
/** At a fresh caret the window takes this part of its size; then it grows with what is typed, up to the whole. */
const freshFraction = 0.6;
/** The part that a fresh window takes where the model has just been started and a writer waits for its first answer. */
const coldFraction = 0.075;
/** A good place to begin is looked for in this part of a fresh window. */
const boundaryFraction = 1 / 4;
const openingChars = 32;
/** At most this part of the window goes to the title and the headings above it. */
const headerFraction = 1 / 8;

/**
 * The text before the caret, cut at the front to at most about `promptTokens`. Where the window of the last request began
 * the next one begins, too, until it has outgrown its size: all keystrokes until then share their prompt's beginning,
 * and with it the model's key/value cache. Reading a window afresh is what a writer waits for; so a fresh one is shorter.
 *
 * @param headingsAt lines of the headings, outermost first, that enclose an offset of `prefix`
 */
export function promptWindow(
  prefix: string,
  promptTokens: number,
  headingsAt: (offset: number) => readonly string[],
  last: LastWindow = 'none',
): PromptWindow {
  const maxChars = Math.round(promptTokens * tokenWidth(prefix));
  const isKept =
    typeof last === 'object' && prefix.startsWith(last.opening, last.start) && holds(last.start, prefix, maxChars);
  const fraction = last === 'cold' ? coldFraction : freshFraction;
  const start = isKept ? last.start : freshStart(prefix, Math.round(fraction * maxChars));
  const opening = prefix.slice(start, start + openingChars);
  const title = start === 0 ? '' : header(headingsAt(start), maxChars * headerFraction);
  return { text: title + asPromptText(prefix.slice(start)), start, opening };
}

/** Is a window from `start` on neither too long nor, with more text before it, too short? */
function holds(start: number, prefix: string, maxChars: number): boolean {
  const chars = prefix.length - start;
  return chars <= maxChars && chars >= (start === 0 ? 0 : (freshFraction / 2) * maxChars);
}

function tokenWidth(prefix: string): number {
  const sample = prefix.slice(-sampledChars);
  const dense = sample.match(/[\u2E80-\u9FFF\uAC00-\uD7AF\uF900-\uFAFF]/gu)?.length ?? 0;
  return dense > sample.length * 0.3 ? charsPerToken.dense : charsPerToken.alphabetic;
}

function freshStart(prefix: string, chars: number): number {
  if (prefix.length <= chars) return 0;
  const from = prefix.length - chars;
  const searched = Math.max(1, Math.floor(chars * boundaryFraction));
  return from + boundaryIn(prefix.slice(from, from + searched), prefix.slice(from - 16, from));
}

/** A good place to begin: after a blank line, else a line end, a sentence end, a blank, else between two characters. */
function boundaryIn(text: string, before: string): number {
  for (const boundary of [/\n[ \t\r]*\n\s*/u, /\n/u, /[.!?。！？]["'”’)]*\s+/u, /\s+/u]) {
    const match = boundary.exec(text);
    if (match && match.index + match[0].length < text.length) return match.index + match[0].length;
  }
  let offset = 0;
  while (offset < text.length && splitsCharacter(before + text.slice(0, offset), text.slice(offset))) offset++;
  return offset;
}

/** Title first, then the innermost headings that still fit, in the document's own markup. */
function header(lines: readonly string[], maxChars: number): string {
  const [title, ...path] = lines;
  if (title === undefined || title.length > maxChars) return '';
  let room = maxChars - title.length;
  const kept: string[] = [];
  for (const line of path.toReversed()) {
    room -= line.length + 2;
    if (room < 0) break;
    kept.unshift(line);
  }
  return `${[title, ...kept].join('\n\n')}\n\n`;
}

/** What the tokenizer may see: no byte-order mark, one kind of line end, no lone surrogates. */
export function asPromptText(text: string): string {
  return text
    .replace(/^\uFEFF/u, '')
    .replaceAll('\r\n', '\n')
    .replace(/\p{Surrogate}/gu, '\uFFFD');
}
