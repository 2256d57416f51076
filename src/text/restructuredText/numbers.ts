import type { NumberMark, RstLine } from './state.ts';

/** What the number before an item's words asks of the line below it. */
export function numberMarkOf(at: RstLine, [, inParentheses, bare, suffix]: RegExpExecArray): NumberMark {
  const number = inParentheses ?? bare!;
  const start = at.start + at.offsetOf(at.column);
  const following = numberAfter(number);
  const written = (next: string) => (inParentheses === undefined ? `${next}${suffix}` : `(${next})`);
  const next = following === undefined ? undefined : [`${written(following)} `, `${written('#')} `];
  return { start, next };
}

/** undefined: a letter that may be a Roman number, or a Roman number */
function numberAfter(number: string): string | undefined {
  if (number === '#') return number;
  if (/^[0-9]+$/u.test(number)) return String(Number(number) + 1);
  if (number.length > 1 || /[ivxlcdm]/iu.test(number)) return undefined;
  return String.fromCharCode(number.charCodeAt(0) + 1);
}
