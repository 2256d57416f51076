import type { Span } from '../span.ts';
import { maxOpenChars } from './inlinePatterns.ts';

/** An opening one that may begin a link or an image. */
export interface Bracket {
  readonly at: number;
  readonly image: boolean;
}

/** Deeper parentheses in an address are none (as in the reference implementations). */
const maxParentheses = 32;
const maxTitleChars = 2_000;

/** What stands behind a link's label: `(address "title")`. */
export interface LinkTail {
  /** behind the closing parenthesis */
  readonly end: number;
}

/** Reads `(address "title")` at an offset; undefined where none stands, `open` where it is not closed. */
export function linkTail(text: string, start: number): LinkTail | 'open' | undefined {
  let at = skipSpace(text, start + 1);
  if (text[at] === '<') {
    const close = angleEnd(text, at + 1);
    if (typeof close !== 'number') return close;
    at = close;
  } else {
    const end = bareEnd(text, at);
    if (end === undefined) return undefined;
    at = end;
  }
  const title = skipSpace(text, at);
  if (title > at && /["'(]/u.test(text[title] ?? '')) {
    const end = titleEnd(text, title);
    if (end === 'open') return 'open';
    if (end === undefined) return undefined;
    at = end;
  }
  at = skipSpace(text, at);
  if (at >= text.length) return 'open';
  return text[at] === ')' ? { end: at + 1 } : undefined;
}

function angleEnd(text: string, from: number): number | 'open' | undefined {
  for (let at = from; at < text.length && at < from + maxTitleChars; at++) {
    const character = text[at];
    if (character === '\\') at++;
    else if (character === '>') return at + 1;
    else if (character === '<' || character === '\n') return undefined;
  }
  return from + maxTitleChars >= text.length ? 'open' : undefined;
}

/** The end of an address without angle brackets: its parentheses are balanced. */
function bareEnd(text: string, from: number): number | undefined {
  let depth = 0;
  let at = from;
  for (; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code <= 0x20 || code === 0x7f) break;
    if (code === 0x5c) at++;
    else if (code === 0x28 && ++depth > maxParentheses) return undefined;
    else if (code === 0x29 && --depth < 0) break;
  }
  return Math.min(at, text.length);
}

function titleEnd(text: string, from: number): number | 'open' | undefined {
  const close = text[from] === '(' ? ')' : text[from]!;
  for (let at = from + 1; at < text.length; at++) {
    if (at > from + maxTitleChars) return undefined;
    if (text[at] === '\\') at++;
    else if (text[at] === close) return at + 1;
    else if (close === ')' && text[at] === '(') return undefined;
  }
  return 'open';
}

function skipSpace(text: string, from: number): number {
  let at = from;
  while (at < text.length && /\s/u.test(text[at]!)) at++;
  return at;
}

/** The syntax of `[[page]]` or `[[page|words]]`, whose closer is known; nothing where it is none. */
export function wikiLink(text: string, at: number, close: number): readonly Span[] {
  const inner = text.slice(at + 2, Math.min(close, at + maxOpenChars + 2));
  if (inner.length >= maxOpenChars || /[[\]\n]/u.test(inner) || inner === '') return [];
  const bar = inner.indexOf('|');
  if (bar < 0 || text[at - 1] === '!') return [{ start: at, end: close + 2 }];
  return [
    { start: at, end: at + 2 + bar + 1 },
    { start: close, end: close + 2 },
  ];
}
