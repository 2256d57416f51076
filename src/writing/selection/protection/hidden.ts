import type { InlineSpan } from '../../../text/block.ts';
import type { Span } from '../../../text/span.ts';

/** The characters that no text uses for its own: one of them stands for each thing that rules must not see. */
const firstPrivate = 0xe000;
const lastPrivate = 0xf8ff;

export const hiddenPart = /[\uE000-\uF8FF]/u;

/** A stretch of a text in which everything that is no text of a person stands as one mark. */
export interface HiddenParts {
  readonly words: string;
  readonly count: number;
  /** Puts the parts back, in order; to be called with pieces of `words` from left to right. */
  restore(words: string): string;
  /** as many marks as there are parts */
  isWhole(words: string): boolean;
}

/** @param spans in order, without overlap; indentation is a blank like others and stays */
export function hideParts(
  text: string,
  { start, end }: Span,
  spans: readonly Pick<InlineSpan, 'start' | 'end'>[],
): HiddenParts {
  const source = text.slice(start, end);
  const mark = unusedMark(source);
  const parts: string[] = [];
  let words = '';
  let at = start;
  for (const span of spans) {
    const part = text.slice(span.start, span.end);
    if (part.trim() === '') continue;
    words += text.slice(at, span.start) + mark;
    parts.push(part);
    at = span.end;
  }
  words += text.slice(at, end);
  let next = 0;
  return {
    words,
    count: parts.length,
    restore: (given) => given.replaceAll(mark, () => parts[next++] ?? ''),
    isWhole: (given) => given.split(mark).length === parts.length + 1,
  };
}

/** Text that uses all of them is none; then the last one stands for its own. */
function unusedMark(text: string): string {
  for (let code = firstPrivate; code < lastPrivate; code++) {
    if (!text.includes(String.fromCharCode(code))) return String.fromCharCode(code);
  }
  return String.fromCharCode(lastPrivate);
}

/**
 * Lets rules change a stretch of a text without what is hidden: they can neither look into it nor change it. A change
 * that drops one of the parts is not made.
 */
export function changedAround(
  text: string,
  span: Span,
  { spans, change }: { readonly spans: readonly InlineSpan[]; readonly change: (words: string) => string },
): string {
  const hidden = hideParts(text, span, spans);
  const changed = change(hidden.words);
  return hidden.isWhole(changed) ? hidden.restore(changed) : text.slice(span.start, span.end);
}
