import type { Block, BlockKind, Container, InlineSpan } from './block.ts';
import { LineScan } from './lineScan.ts';
import { spansAmongPrefixes } from './prefixes.ts';
import type { BlockReading, CaretLine, Heading, TextLanguage } from './textLanguage.ts';
import type { ZoneKind } from './zone.ts';

/**
 * A language whose lines can be judged one after the other. It describes itself once: the same state, changed by the
 * same `step`, serves the reading of a whole text and the zone at a caret.
 */
export interface LineLanguage<State extends LineState> {
  /** before the first line */
  readonly initial: State;
  /**
   * The state after a line. Pure: states are shared and kept.
   * @param line without its line end
   * @param start the line's offset in the text
   */
  step(state: State, line: string, start: number): State;
  /** @param state before the caret's line */
  zone(caret: CaretLine, state: State): ZoneKind;
  /**
   * What stays as it is among the words of a block: offsets in `words`, in order, without overlap.
   * @param words the block's words; the prefixes of its further lines are as many blanks
   */
  spans(words: string, block: Block, before: Before<State>): readonly InlineSpan[];
}

/** What stands before a block's words. */
export interface Before<State> {
  /** after the line above the block */
  readonly state: State;
  /** from the block's first line to its words */
  readonly lead: string;
}

/** What has to be known of all lines above a place. Small and immutable: many are kept. */
export interface LineState {
  /** what the last line was */
  readonly line: LineReading;
  /** the headings that enclose the next line, outermost first */
  readonly headings: readonly Heading[];
}

/** What one line is. */
export interface LineReading {
  readonly kind: BlockKind;
  /** it belongs to the block of the line above it (blank lines below each other always do) */
  readonly continues: boolean;
  /** where its words begin and end in the line; equal where it has none (an underline, a row of marks) */
  readonly contentStart: number;
  readonly contentEnd: number;
  /** as the block's */
  readonly level: number;
  readonly containers: readonly Container[];
  readonly opensItem: boolean;
  /** what the block above turns out to be now that this line is known: a title by its underline */
  readonly recast?: Partial<Omit<Block, 'start' | 'end'>>;
}

/** A line that is no words, or words without markers, in no container. */
export const plainLine = (kind: BlockKind, line: string, continues: boolean): LineReading => ({
  kind,
  continues,
  contentStart: line.length - line.trimStart().length,
  contentEnd: line.trimEnd().length,
  level: 0,
  containers: [],
  opensItem: false,
});

export const blankLine: LineReading = {
  kind: 'blank',
  continues: false,
  contentStart: 0,
  contentEnd: 0,
  level: 0,
  containers: [],
  opensItem: false,
};

export function lineLanguage<State extends LineState>(language: LineLanguage<State>): TextLanguage {
  return {
    read: (text) => blocksOfLines(language, text),
    caretScan: () => {
      const scan = new LineScan(language);
      return {
        zoneAt: (prefix, line) => language.zone(line, scan.stateAt(prefix, prefix.length)),
        headingsAt: (prefix, offset) => scan.stateAt(prefix, offset).headings,
      };
    },
  };
}

type Open = { -readonly [Key in keyof Block]: Block[Key] };

/** Reads a text line by line and joins the lines that belong together to blocks. */
function blocksOfLines<State extends LineState>(language: LineLanguage<State>, text: string): BlockReading {
  const blocks: Open[] = [];
  const prefixes = new Map<Block, InlineSpan[]>();
  const statesBefore = new Map<Block, State>();
  let state = language.initial;
  for (const { start, end } of linesOf(text)) {
    if (start === text.length && start > 0) break; // nothing stands behind the last line break
    const above = state;
    state = language.step(above, text.slice(start, end), start);
    const { line } = state;
    const open = blocks.at(-1);
    if (open !== undefined && line.recast) Object.assign(open, line.recast);
    if (open === undefined || !(line.continues || (line.kind === 'blank' && open.kind === 'blank'))) {
      const block = blockOfLine(line, start, end);
      blocks.push(block);
      statesBefore.set(block, above);
      continue;
    }
    if (hasWords(line)) {
      const prefix = { kind: 'prefix', start, end: start + line.contentStart } as const;
      if (!hasWords(open)) open.contentStart = prefix.end;
      else if (prefix.end > start) push(prefixes, open, prefix);
      open.contentEnd = start + line.contentEnd;
    }
    open.end = end;
  }
  const spansOf = (block: Block): InlineSpan[] => {
    const before = {
      state: statesBefore.get(block) ?? language.initial,
      lead: text.slice(block.start, block.contentStart),
    };
    const scan = (words: string) => language.spans(words, block, before);
    return spansAmongPrefixes(text, block, { prefixes: prefixes.get(block) ?? [], scan });
  };
  return { blocks, spansOf };
}

const hasWords = (part: Pick<Block | LineReading, 'contentStart' | 'contentEnd'>) =>
  part.contentEnd > part.contentStart;

function blockOfLine(line: LineReading, start: number, end: number): Open {
  const { kind, level, containers, opensItem } = line;
  const contentStart = start + line.contentStart;
  const contentEnd = start + Math.max(line.contentStart, line.contentEnd);
  return { kind, start, end, contentStart, contentEnd, level, containers, opensItem };
}

function push(prefixes: Map<Block, InlineSpan[]>, block: Block, prefix: InlineSpan): void {
  const known = prefixes.get(block);
  if (known) known.push(prefix);
  else prefixes.set(block, [prefix]);
}

/** The lines of a text without their line ends (`\n`, `\r\n`, `\r`); the last one is '' behind a last line break. */
function* linesOf(text: string): Generator<{ readonly start: number; readonly end: number }> {
  let start = 0;
  for (const { 0: lineBreak, index } of text.matchAll(/\r\n?|\n/gu)) {
    yield { start, end: index };
    start = index + lineBreak.length;
  }
  yield { start, end: text.length };
}
