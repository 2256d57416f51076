import type { TextReading } from '../../../text/block.ts';
import { greatest } from '../../../text/greatest.ts';
import type { Span } from '../../../text/span.ts';

/** Texts whose author sets no capitals or no full stops: mails and notes that are typed in a hurry. */

/** Behind a mark that ends a sentence, or where a paragraph begins. */
const beginnings =
  /(?:^|\n[ \t]{0,40}\r?\n|(?<!(?<!\p{L})(?:[ap]\.m|etc|vs|[dm]r|mr?s|prof|st|no|fig|\.\.))[.!?]["”’)]{0,5}\s)\s{0,40}["“(]?(\p{L})/gu;
/** Of the beginnings at most this share may be capitals. */
const maxCapitals = 0.25;
const fewestBeginnings = 2;

/**
 * The same reading of a text in small letters, with a capital wherever a sentence begins: what tells sentences by their
 * capitals finds them, and all offsets stay. Other texts are given back as they are.
 */
export function withCapitals(reading: TextReading): TextReading {
  const { text } = reading;
  const letters = [...text.matchAll(beginnings)].map(({ index, 0: { length } }) => index + length - 1);
  const small = letters.filter((at) => /\p{Ll}/u.test(text[at]!));
  if (small.length < fewestBeginnings || letters.length - small.length > maxCapitals * letters.length) return reading;
  let [capitalized, end] = ['', 0];
  for (const at of small) {
    const capital = text[at]!.toUpperCase();
    capitalized += text.slice(end, at) + (capital.length === 1 ? capital : text[at]);
    end = at + 1;
  }
  return { ...reading, text: capitalized + text.slice(end) };
}

/** What breaks a line in print, at its end: in Markdown two blanks or a backslash, in HTML an element. */
export const lineBreak = /(?:<br ?\/?>\s*|\\| {2})$/iu;
const edgeBreaks = /^(?:\s{0,9}<br ?\/?>){1,9}\s{0,9}|(?:\s{0,9}<br ?\/?>){1,9}\s{0,9}$/giu;

/** A line that becomes a point or a cell needs no break at its edges. */
export const withoutEdgeBreaks = (line: string): string => line.replace(edgeBreaks, '');

/** The lines of a stretch of text, and whether each ends where there was room for the next one's first word. */
export function brokenLines(text: string, { start, end }: Span): readonly (Span & { readonly hasRoom: boolean })[] {
  const lines = [...text.slice(start, end).matchAll(/[^\r\n]+/gu)];
  const width = greatest(lines.map(({ 0: line }) => line.length));
  return lines.map(({ index, 0: line }, i) => {
    const next = lines[i + 1]?.[0].trim().split(/\s+/u)[0] ?? '';
    return {
      start: start + index,
      end: start + index + line.trimEnd().length,
      hasRoom: lineBreak.test(line) || line.trimEnd().length + 1 + next.length <= width,
    };
  });
}

const fewestNotes = 3;

/** Notes below each other, one a line: most lines end where there was room, and none in the middle of a clause. */
export function noteLines(text: string, stretch: Span): readonly Span[] | undefined {
  const lines = brokenLines(text, stretch);
  const breaks = lines.slice(0, -1);
  const areNotes =
    lines.length >= fewestNotes &&
    2 * breaks.filter(({ hasRoom }) => hasRoom).length >= breaks.length &&
    !breaks.some(({ start, end }) =>
      /[,;–—-]$|(?:^|\s)(?:and|or|the|an?|of|to|in|with|und|et|y)$/iu.test(text.slice(start, end)),
    );
  return areNotes ? lines : undefined;
}
