import { merged, type Span } from '../../../text/span.ts';
import { hiddenPart } from './hidden.ts';

const number = /(?<![\p{L}\p{N}_])\d[\p{N}.,:/’'–-]*(?:[ ]?[%‰°])?/gu;
const mark = new RegExp(hiddenPart, 'gu');

/**
 * Tells whether a stretch of a text touches something that rules may not edit: what is hidden from them, and numbers.
 * Most rules find nothing in most paragraphs, so both are looked for at the first question.
 * @param more further stretches to stay out of
 */
export function protectedStretches(
  text: string,
  { withNumbers, more = () => [] }: { readonly withNumbers: boolean; readonly more?: () => readonly Span[] },
): (stretch: Span) => boolean {
  let parts: readonly Span[] | undefined;
  return (stretch) => {
    parts ??= merged([...found(text, mark), ...(withNumbers ? found(text, number) : []), ...more()]);
    return touches(parts, stretch);
  };
}

const found = (text: string, pattern: RegExp): Span[] =>
  [...text.matchAll(pattern)].map(({ index, 0: part }) => ({ start: index, end: index + part.length }));

/** Does the first span that ends behind the stretch's start begin before its end? An empty stretch counts as one character. */
function touches(spans: readonly Span[], { start, end }: Span): boolean {
  let low = 0;
  let high = spans.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (spans[middle]!.end > start) high = middle;
    else low = middle + 1;
  }
  const span = spans[low];
  return span !== undefined && span.start < Math.max(end, start + 1);
}

/** Characters of a name that are looked at on each side: no file name is longer. */
const nameChars = 200;
/** Marks that no word has: a path, a file's name, an address, an identifier, `:smile:`. */
const inNames = /^[.:](?=\p{L})|[/\\@_#]|[\p{L}\p{N}]\.(?=[\p{L}\p{N}])|::|->|\p{Ll}\p{Lu}|=/u;

/** The stretch begins or ends within a name made by a machine, such as `notes/friday.txt`: no word of it is a slip. */
export const isInName = (text: string, { start, end }: Span): boolean =>
  inNames.test(tokenAt(text, start)) || inNames.test(tokenAt(text, Math.max(start, end - 1)));

/** What stands around a place up to the next blanks, without the marks of the sentence. */
function tokenAt(text: string, at: number): string {
  const left = /(?<![^\s,;()[\]{}"“”])[^\s,;()[\]{}"“”]*$/u.exec(text.slice(Math.max(0, at - nameChars), at))![0];
  const right = /^[^\s,;()[\]{}"“”]*/u.exec(text.slice(at, at + nameChars))![0];
  return (left + right).replace(/(?<![.!?:*_])[.!?:*_]+$/u, '').replace(/^[*_]+/u, '');
}
