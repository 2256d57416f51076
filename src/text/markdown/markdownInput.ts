import type { Input } from '@lezer/common';

/** Deeper containers than a person writes are text: the parser's work grows with the depth of each line. */
const maxDepth = 60;
const maxIndent = 240;
const manyMarkers = new RegExp(String.raw`^(?:[ \t]*(?:>|[-*+](?=[ \t])|\d{1,9}[.)](?=[ \t]))){${maxDepth}}`, 'u');

/**
 * A text as the block parser reads it: line feeds only, each line by itself. Every character stays at its offset: a
 * carriage return before a line feed becomes a blank, one alone a line feed.
 */
export class MarkdownInput implements Input {
  readonly lineChunks = false;
  readonly #lineFeed = { mark: '\n', from: 0, at: -1 };
  readonly #return = { mark: '\r', from: 0, at: -1 };

  readonly #text: string;
  readonly #probe: string;

  /** @param probe characters that are read behind the text, within its last line */
  constructor(text: string, probe = '') {
    this.#text = text;
    this.#probe = probe;
  }

  get length(): number {
    return this.#text.length + this.#probe.length;
  }

  chunk(from: number): string {
    const newline = this.#next(this.#lineFeed, from);
    const end = Math.min(this.#text.length, newline + 1);
    const carriageReturn = this.#next(this.#return, from);
    if (carriageReturn < end) {
      const isPair = this.#text.charCodeAt(carriageReturn + 1) === 0x0a;
      return shallow(`${this.#text.slice(from, carriageReturn)}${isPair ? ' ' : ''}\n`);
    }
    const probe = newline > this.#text.length ? this.#probe.slice(Math.max(0, from - end)) : '';
    return shallow(this.#text.slice(from, end) + probe);
  }

  /** The first place of a mark at or behind `from`; it is looked for again only behind the last one. */
  #next(known: { readonly mark: string; from: number; at: number }, from: number): number {
    if (from >= known.from && from <= known.at) return known.at;
    const found = this.#text.indexOf(known.mark, from);
    known.from = from;
    known.at = found < 0 ? Number.POSITIVE_INFINITY : found;
    return known.at;
  }

  read(from: number, to: number): string {
    return this.#text.slice(from, to).replace(/\r(?!\n)/gu, '\n') + (to > this.#text.length ? this.#probe : '');
  }
}

function shallow(line: string): string {
  const first = line.charCodeAt(0);
  const isWord = (first >= 0x61 && first <= 0x7a) || (first >= 0x41 && first <= 0x5a) || first > 0x7f;
  if (isWord || line.length < maxDepth) return line;
  const deep = manyMarkers.exec(line)?.[0].length ?? 0;
  if (deep > 0) return masked(line, deep);
  return line.length > maxIndent && /^[ \t]+$/u.test(line.slice(0, maxIndent)) && line.trim() !== ''
    ? masked(line, maxIndent)
    : line;
}

const masked = (line: string, from: number): string => line.slice(0, from) + line.slice(from).replace(/[^\n]/gu, 'x');
