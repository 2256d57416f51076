import type { PlacedChange } from '../proposalSession.ts';

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
