import type { TextSpan } from './fileVerdict.ts';

/** A "paragraph" longer than this is a text without blank lines; its lines are the paragraphs then. */
const maxParagraphChars = 5_000;

/**
 * The paragraphs of a text, in order, without the blank lines between them. A line of quotation marks alone is blank, and a
 * paragraph ends where a quotation begins or ends: so a mail is known again in all that quote it.
 */
export function paragraphSpans(text: string): TextSpan[] {
  return piecesBetween(text, { start: 0, end: text.length }, /\n(?:[ \t>]*\n)+/gu)
    .flatMap((paragraph) => equallyQuoted(text, paragraph))
    .flatMap((paragraph) =>
      paragraph.end - paragraph.start > maxParagraphChars ? piecesBetween(text, paragraph, /\n/gu) : [paragraph],
    );
}

/** Cut wherever the lines have more or fewer marks of a quotation before them than the line above. */
function equallyQuoted(text: string, { start, end }: TextSpan): TextSpan[] {
  const pieces: TextSpan[] = [];
  let from = start;
  let depth = quotationMarksAt(text, start);
  for (
    let newline = text.indexOf('\n', start);
    newline >= 0 && newline < end;
    newline = text.indexOf('\n', newline + 1)
  ) {
    const next = quotationMarksAt(text, newline + 1);
    if (next === depth) continue;
    pieces.push({ start: from, end: newline });
    from = newline + 1;
    depth = next;
  }
  return [...pieces, { start: from, end }];
}

function quotationMarksAt(text: string, lineStart: number): number {
  let marks = 0;
  for (let at = lineStart; /[ \t>]/u.test(text.charAt(at)); at++) if (text[at] === '>') marks++;
  return marks;
}

/** The text of some of its paragraphs: those that followed one another keep what stood between them. */
export function joinParagraphs(text: string, spans: readonly TextSpan[]): string {
  let joined = '';
  let previousEnd = 0;
  for (const { start, end } of spans) {
    const between = text.slice(previousEnd, start);
    joined += `${joined === '' ? '' : gapAs(between)}${text.slice(start, end)}`;
    previousEnd = end;
  }
  return joined;
}

/** A line end, lines of quotation marks alone, or one blank line for any other gap. */
const gapAs = (between: string): string =>
  between === '\n' || (between.includes('>') && /^[\s>]*$/u.test(between)) ? between : '\n\n';

/** Without the blank pieces, and without blank lines and blanks around a piece; its indentation stays. */
function piecesBetween(text: string, { start, end }: TextSpan, separator: RegExp): TextSpan[] {
  const part = text.slice(start, end);
  const pieces: TextSpan[] = [];
  let from = 0;
  const add = (to: number) => {
    const piece = part.slice(from, to);
    const blankLines = /^(?:[ \t]*\n)*/u.exec(piece)![0].length;
    const length = piece.trimEnd().length;
    if (length > 0) pieces.push({ start: start + from + blankLines, end: start + from + length });
  };
  for (const { 0: match, index } of part.matchAll(separator)) {
    add(index);
    from = index + match.length;
  }
  add(part.length);
  return pieces;
}
