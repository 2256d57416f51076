import type { DocumentText } from './passage.ts';
import { type PlacedChange, withChanges } from './proposalSession.ts';

export interface PreviewSides {
  readonly before: string;
  readonly after: string;
  /** UTF-16 offset in the document at which both begin */
  readonly start: number;
  /** line of the first passage, counted from 0 */
  readonly line: number;
}

/** Text shown on either side of the passages; of most documents that is all of it. */
const contextChars = 50_000;

/** A document as it is and as it would be; of a long one only the neighbourhood of the passages, in whole lines. */
export function previewSides(
  document: DocumentText,
  places: readonly { readonly start: number; readonly end: number }[],
  changes: readonly PlacedChange[],
): PreviewSides {
  const first = Math.min(...places.map(({ start }) => start));
  const last = Math.max(...places.map(({ end }) => end));
  const from = Math.max(0, first - contextChars);
  const above = wholeLinesAbove(document.slice(from, first), from === 0);
  const below = wholeLinesBelow(document.slice(last, last + contextChars + 1));
  const start = first - above.length;
  const before = above + document.slice(first, last) + below;
  const shifted = changes.map((change) => ({ ...change, start: change.start - start, end: change.end - start }));
  return { before, after: withChanges(before, shifted), start, line: above.split('\n').length - 1 };
}

/**
 * The change that stands at an offset of the right side, else the next one, else the last.
 * @param start where the sides begin in the document
 */
export function changeOnRightSide(
  changes: readonly PlacedChange[],
  start: number,
  offset: number,
): PlacedChange | undefined {
  let shift = -start;
  for (const change of changes) {
    if (offset <= change.start + shift + change.replacement.length) return change;
    shift += change.replacement.length - change.original.length;
  }
  return changes.at(-1);
}

const wholeLinesAbove = (text: string, isWhole: boolean) => (isWhole ? text : text.slice(text.indexOf('\n') + 1));

const wholeLinesBelow = (text: string) =>
  text.length <= contextChars ? text : text.slice(0, text.lastIndexOf('\n') + 1);

/** More than a few would make a text of two texts. */
const maxChanges = 40;

export interface Room {
  readonly lineAt: (offset: number) => number;
  /** characters that the editor puts between the words of one line before it cuts them off */
  readonly maxCharsPerLine: number;
}

/** True when changes can be shown between the words of the text: short ones that put no line breaks in. */
export function fitsInPlace(changes: readonly PlacedChange[], { lineAt, maxCharsPerLine }: Room): boolean {
  if (changes.length > maxChanges) return false;
  const chars = new Map<number, number>();
  for (const { end, replacement } of changes) {
    if (/[\r\n]/u.test(replacement)) return false;
    const line = lineAt(end);
    const inLine = (chars.get(line) ?? 0) + replacement.length;
    if (inLine > maxCharsPerLine) return false;
    chars.set(line, inLine);
  }
  return true;
}
