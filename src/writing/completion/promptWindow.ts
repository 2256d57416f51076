import { splitsCharacter } from './segment.ts';

/** The part of a document that the model reads. */
export interface PromptWindow {
  /** with line feeds only, without a byte-order mark and without half characters; ends at the caret */
  readonly text: string;
  /** offset in the document's prefix where the window begins */
  readonly start: number;
}

/** Characters per token, roughly: alphabets, and scripts whose characters are words or syllables. */
const charsPerToken = { alphabetic: 4, dense: 0.8 };
const sampledChars = 1_000;
/** The window's start moves in steps of this part of the window, so that keystrokes share their prompt's beginning. */
const stepFraction = 1 / 4;
/** At most this part of the window goes to the title and the headings above it. */
const headerFraction = 1 / 8;

/**
 * The text before the caret, cut at the front to about `promptTokens`. The cut depends on the length of the text in
 * coarse steps and on the text near the cut, never on what is typed at the caret: until the next step all keystrokes
 * share their prompt's beginning, and with it the model's key/value cache.
 *
 * @param headingsAt lines of the headings, outermost first, that enclose an offset of `prefix`
 */
export function promptWindow(
  prefix: string,
  promptTokens: number,
  headingsAt: (offset: number) => readonly string[],
): PromptWindow {
  const maxChars = Math.round(promptTokens * tokenWidth(prefix));
  const start = windowStart(prefix, maxChars);
  if (start === 0) return { text: asPromptText(prefix), start };
  return { text: header(headingsAt(start), maxChars * headerFraction) + asPromptText(prefix.slice(start)), start };
}

function tokenWidth(prefix: string): number {
  const sample = prefix.slice(-sampledChars);
  const dense = sample.match(/[\u2E80-\u9FFF\uAC00-\uD7AF\uF900-\uFAFF]/gu)?.length ?? 0;
  return dense > sample.length * 0.3 ? charsPerToken.dense : charsPerToken.alphabetic;
}

function windowStart(prefix: string, maxChars: number): number {
  if (prefix.length <= maxChars) return 0;
  const step = Math.max(1, Math.floor(maxChars * stepFraction));
  const from = Math.ceil((prefix.length - maxChars) / step) * step;
  return from + boundaryIn(prefix.slice(from, from + step), prefix.slice(from - 16, from));
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
