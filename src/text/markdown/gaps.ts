import type { Tree } from '@lezer/common';

/**
 * The middle of a long block: whole lines that are known to belong to it. A text may be parsed without them: whether a
 * block goes on or ends depends on its first lines and on each that follows. Offsets in the text.
 */
export interface Gap {
  readonly start: number;
  readonly end: number;
}

/** A text from an offset on, without its gaps. */
export function withoutGaps(text: string, from: number, gaps: readonly Gap[]): string {
  const parts: string[] = [];
  let at = from;
  for (const { start, end } of gaps) {
    parts.push(text.slice(at, start));
    at = end;
  }
  return parts.join('') + text.slice(at);
}

/** The offset in the text of a place in what was parsed of it. */
export function placeInText(place: number, from: number, gaps: readonly Gap[]): number {
  let at = from + place;
  for (const { start, end } of gaps) if (at >= start) at += end - start; // a gap belongs to the block above it
  return at;
}

/** Lines at the beginning of a block that tell what it is: a table's first two, and what may stand above it. */
const headLines = 4;
/** Lines at the end of a block that has ended. */
const tailLines = 4;
/** What could make of the line above it a title or a table's first row. */
const underline = /^[ \t>]*[-=:|+][-=:|+ \t]*$/u;
const longBlocks = new Set(
  'Paragraph FencedCode CodeBlock HTMLBlock CommentBlock ProcessingInstructionBlock Table MathBlock HiddenBlock RawCode'.split(
    ' ',
  ),
);

interface Parsed {
  readonly text: string;
  readonly tree: Tree;
  readonly from: number;
  readonly gaps: readonly Gap[];
}

/**
 * What may be left out of a text when it is parsed again.
 * @param blockChars characters that are kept at the end of a block in which the text ends; shorter gaps are not made
 * @returns the gaps with which it was parsed, if there are no further ones
 */
export function gapsIn(parsed: Parsed, blockChars: number): readonly Gap[] {
  const { text, tree, from, gaps } = parsed;
  const found: Gap[] = [];
  let isNew = false;
  tree.iterate({
    enter: ({ name, from: start, to }) => {
      if (!longBlocks.has(name)) return;
      const block = { start: placeInText(start, from, gaps), end: Math.min(text.length, placeInText(to, from, gaps)) };
      const known = gaps.find((gap) => block.start < gap.start && gap.end <= block.end);
      const gap = to - start < 2 * blockChars ? known : (gapOf(text, block, { known, blockChars }) ?? known);
      if (gap !== undefined) found.push(gap);
      isNew ||= gap !== known;
    },
  });
  return isNew || found.length !== gaps.length ? found : gaps;
}

function gapOf(
  text: string,
  block: Gap,
  { known, blockChars }: { readonly known: Gap | undefined; readonly blockChars: number },
): Gap | undefined {
  if (text[block.start] === '[') return undefined; // a link definition ends by how long it is
  const start = known?.start ?? afterLines(text, block.start, headLines);
  const hasEnded = block.end < text.length;
  const end = hasEnded ? beforeLines(text, block.end, tailLines) : lineStart(text, text.length - blockChars);
  if (start < 0 || end - (known?.end ?? start) < blockChars) return undefined;
  const line = text.slice(end, end + 200).split(/[\r\n]/u, 1)[0]!;
  return underline.test(line) ? undefined : { start, end };
}

/** The beginning of the line so many lines below; -1 where the text has not so many. */
function afterLines(text: string, from: number, lines: number): number {
  let at = from;
  for (let line = 0; line < lines; line++) {
    at = text.indexOf('\n', at) + 1;
    if (at === 0) return -1;
  }
  return at;
}

function beforeLines(text: string, from: number, lines: number): number {
  let at = from;
  for (let line = 0; line < lines && at > 0; line++) at = text.lastIndexOf('\n', at - 1);
  return Math.max(0, at + 1);
}

const lineStart = (text: string, at: number): number => text.lastIndexOf('\n', at - 1) + 1;
