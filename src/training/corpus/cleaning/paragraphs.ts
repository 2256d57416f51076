import type { TextSpan } from './fileVerdict.ts';

/** A "paragraph" longer than this is a text without blank lines; its lines are the paragraphs then. */
const maxParagraphChars = 5_000;

/** The paragraphs of a text, in order, without the blank lines between them. */
export function paragraphSpans(text: string): TextSpan[] {
  return piecesBetween(text, { start: 0, end: text.length }, /\n(?:[ \t]*\n)+/gu).flatMap((paragraph) =>
    paragraph.end - paragraph.start > maxParagraphChars ? piecesBetween(text, paragraph, /\n/gu) : [paragraph],
  );
}

/** The text of some of its paragraphs: those that followed one another keep their line end or blank line. */
export function joinParagraphs(text: string, spans: readonly TextSpan[]): string {
  let joined = '';
  let previousEnd = 0;
  for (const { start, end } of spans) {
    const between = text.slice(previousEnd, start);
    const isNextLine = between === '\n';
    joined += `${joined === '' ? '' : isNextLine ? '\n' : '\n\n'}${text.slice(start, end)}`;
    previousEnd = end;
  }
  return joined;
}

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
