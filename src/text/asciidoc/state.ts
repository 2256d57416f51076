import { type BlockKind, type Container, kindOfWords } from '../block.ts';
import { blankLine, type LineReading, type LineState } from '../lineLanguage.ts';

export interface AdocState extends LineState {
  /** the innermost delimited block */
  readonly open: Open | undefined;
  /** the lists that are open in it, outermost first */
  readonly lists: readonly List[];
  /** the paragraph that the last line belongs to */
  readonly paragraph: Paragraph | undefined;
  /** of the attribute list above */
  readonly style: string | undefined;
  /** `+` stood above: the next block belongs to the list item */
  readonly attached: boolean;
  /** up to the first blank line below the title */
  readonly header: 'before' | 'inside' | 'behind';
  /** an attribute entry that goes on in the next line */
  readonly entryGoesOn: boolean;
  /** lines of the last block so far */
  readonly lines: number;
}

export interface Open {
  readonly parent: Open | undefined;
  readonly depth: number;
  readonly close: string;
  /** undefined: it holds blocks */
  readonly block: BlockKind | undefined;
  readonly containers: readonly Container[];
  /** the lists around it */
  readonly lists: readonly List[];
}

export interface List {
  readonly marker: string;
  /** a term whose description is still to come */
  readonly awaitsWords: boolean;
  readonly containers: readonly Container[];
}

export interface Paragraph {
  readonly kind: BlockKind;
  /** its only line so far, if a row of marks below makes a title of it */
  readonly title: string | undefined;
}

export const maxDepth = 60;

export const initialState: AdocState = {
  line: blankLine,
  headings: [],
  open: undefined,
  lists: [],
  paragraph: undefined,
  style: undefined,
  attached: false,
  header: 'before',
  entryGoesOn: false,
  lines: 0,
};

export const containersOf = ({ lists, open }: AdocState): readonly Container[] =>
  lists.at(-1)?.containers ?? open?.containers ?? [];

interface Reading {
  readonly continues?: boolean;
  readonly contentStart?: number;
  readonly opensItem?: boolean;
  readonly level?: number;
}

/** The state after a line of a kind; a paragraph, style or `+` above is used up unless it is given on. */
export function lineIs(
  state: AdocState,
  line: string,
  kind: BlockKind,
  reading: Reading & Partial<AdocState> = {},
): AdocState {
  const { continues = false, contentStart = blanksAt(line), opensItem = false, level, ...more } = reading;
  const after = { ...state, paragraph: undefined, style: undefined, attached: false, entryGoesOn: false, ...more };
  const containers = containersOf(after);
  const items = containers.filter((container) => container.kind === 'listItem').length;
  const lineReading: LineReading = {
    kind,
    continues,
    contentStart,
    contentEnd: Math.max(contentStart, line.trimEnd().length),
    level: level ?? (kind === 'listItem' ? Math.max(0, items - 1) : 0),
    containers,
    opensItem,
  };
  return { ...after, line: lineReading, lines: continues ? state.lines + 1 : 1 };
}

/** The state after a line of words in the containers that are open. */
export const wordsAre = (state: AdocState, line: string, reading: Reading & Partial<AdocState>): AdocState => {
  const kind = kindOfWords(containersOf({ ...state, ...reading }));
  return lineIs(state, line, kind, { paragraph: { kind, title: undefined }, ...reading });
};

export const blanksAt = (line: string): number => line.length - line.trimStart().length;
