/** The label that a link definition or any other line of markup defines; [] when it defines none. */
export function labelOf(text: string, start: number, end: number): string[] {
  const label = /^[\s>]*\[((?:[^[\]\\]|\\.){1,999})\]:/u.exec(text.slice(start, Math.min(end, start + 1_200)))?.[1];
  return label === undefined ? [] : [normalLabel(label)];
}

/** Labels are the same in capitals, and with other blanks. */
export const normalLabel = (label: string): string => label.trim().replace(/\s+/gu, ' ').toLowerCase();
