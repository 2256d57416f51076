import { type BlockKind, type Container, kindOfWords } from '../block.ts';
import { indentation } from '../indentation.ts';
import { blankLine, type LineReading, type LineState } from '../lineLanguage.ts';
import { ownCopy } from '../ownCopy.ts';

export interface OrgState extends LineState {
  /** a block, drawer or formula whose lines are not read */
  readonly opaque: { readonly kind: BlockKind; readonly close: string } | undefined;
  /** blocks that hold words (quote, center …), outermost first */
  readonly blocks: readonly Open[];
  /** the list items that are open in them, outermost first */
  readonly items: readonly Item[];
  readonly blankLines: number;
  readonly bodySeen: boolean;
  /** lines of the last block so far */
  readonly lines: number;
}

interface Open {
  /** in lower case */
  readonly close: string;
  readonly containers: readonly Container[];
}

interface Item {
  readonly column: number;
  readonly containers: readonly Container[];
}

export const initialState: OrgState = {
  line: blankLine,
  headings: [],
  opaque: undefined,
  blocks: [],
  items: [],
  blankLines: 0,
  bodySeen: false,
  lines: 0,
};

const maxDepth = 60;
const headline =
  /^(\*+)[ \t]+(?:(?:TODO|DONE|NEXT|WAITING|CANCELLED|CANCELED|HOLD)(?:[ \t]+|$))?(?:\[#[A-Z\d]\][ \t]+)?/u;
const blockBegin = /^[ \t]*#\+begin_(\S+)/iu;
const keyword = /^[ \t]*#\+([\w-]+)(?:\[[^\]]*\])?:[ \t]*/u;
const drawer = /^[ \t]*:[\w-]+:[ \t]*$/u;
const environment = /^[ \t]*\\begin\{([a-zA-Z*]+)\}/u;
const itemMark = /^[ \t]*((?:[-+]|(?<=[ \t])\*|(\d+)[.)])(?:[ \t]+|$)(?:\[@\w+\][ \t]*)?(\[[ X-]\](?:[ \t]+|$))?)/u;
const footnote = /^\[fn:[\w-]+\][ \t]*/u;
const unread: Readonly<Record<string, BlockKind>> = {
  src: 'code',
  example: 'code',
  export: 'code',
  latex: 'code',
  html: 'code',
  comment: 'comment',
  verse: 'markup',
};

export function step(state: OrgState, line: string, start: number): OrgState {
  const { opaque } = state;
  const text = line.trim();
  const isHeadline = headline.test(line);
  if (opaque !== undefined && !(isHeadline && opaque.close === ':end:')) return inOpaque(state, line, opaque);
  if (text === '') return afterBlank(state);
  if (isHeadline) return titled(state, line);
  if (/^#(?:[ \t]|$)/u.test(text)) return lineIs(state, line, 'comment');
  const block = blockBegin.exec(line)?.[1]?.toLowerCase();
  if (block !== undefined) return begun(state, line, { name: block, start });
  if (state.blocks.some(({ close }) => close === text.toLowerCase())) return ended(state, line, text.toLowerCase());
  const key = keyword.exec(line);
  if (key && /^caption$/iu.test(key[1]!)) return captioned(state, line, { marks: key[0], start });
  if (key) return keyed(state, line, key);
  if (drawer.test(line)) return lineIs(state, line, 'frontMatter', { opaque: { kind: 'frontMatter', close: ':end:' } });
  const formula = text.startsWith('\\[') ? '\\]' : environment.exec(line) && `\\end{${environment.exec(line)![1]}}`;
  if (formula) {
    const isOpen = !text.includes(formula, 2);
    return lineIs(state, line, 'math', isOpen ? { opaque: { kind: 'math', close: formula } } : {});
  }
  if (text.startsWith('|') || /^\+-[-+]*\+$/u.test(text)) return lineIs(state, line, 'table');
  if (/^:(?:[ \t]|$)/u.test(text)) return lineIs(state, line, 'code');
  if (/^-{5,}$/u.test(text) || /^(?:SCHEDULED|DEADLINE|CLOSED|CLOCK):/u.test(text))
    return lineIs(state, line, 'markup');
  return words(state, line, start);
}

function inOpaque(state: OrgState, line: string, opaque: NonNullable<OrgState['opaque']>): OrgState {
  const { kind, close } = opaque;
  const text = line.trim().toLowerCase();
  const isClosed = kind === 'math' ? line.includes(close) : text === close;
  return lineIs(state, line, kind, { opaque: isClosed ? undefined : opaque });
}

/** Two blank lines end all lists. */
const afterBlank = (state: OrgState): OrgState => ({
  ...state,
  line: blankLine,
  items: state.blankLines > 0 ? [] : state.items,
  blankLines: state.blankLines + 1,
  lines: 0,
});

/** A line whose words are not read; it goes on with such a line above it. */
function lineIs(state: OrgState, line: string, kind: BlockKind, more: Partial<OrgState> = {}): OrgState {
  const continues = state.line.kind === kind;
  const contentStart = line.length - line.trimStart().length;
  const contentEnd = Math.max(contentStart, line.trimEnd().length);
  const reading: LineReading = {
    ...blankLine,
    kind,
    continues,
    contentStart,
    contentEnd,
    containers: containersOf(state),
  };
  return { ...state, blankLines: 0, line: reading, lines: continues ? state.lines + 1 : 1, ...more };
}

const containersOf = ({ items, blocks }: OrgState): readonly Container[] =>
  items.at(-1)?.containers ?? blocks.at(-1)?.containers ?? [];

/** Longer headings say little about where one is. */
const maxHeadingChars = 200;

function titled(state: OrgState, line: string): OrgState {
  const [marks, stars] = headline.exec(line)!;
  const level = Math.min(6, stars!.length);
  const text = line.trimEnd();
  const tags = text.endsWith(':') ? text.lastIndexOf(' ') : -1;
  const isTags = tags >= marks.length && /^:[\p{L}\p{N}_@#%:]+$/u.test(text.slice(tags + 1));
  const contentEnd = Math.max(marks.length, (isTags ? text.slice(0, tags) : text).trimEnd().length);
  const heading = { level, line: ownCopy(text.slice(0, maxHeadingChars)) };
  return {
    ...initialState,
    bodySeen: true,
    headings: [...state.headings.filter((above) => above.level < level), heading],
    line: { ...blankLine, kind: 'heading', contentStart: marks.length, contentEnd, level },
    lines: 1,
  };
}

function begun(state: OrgState, line: string, { name, start }: { name: string; start: number }): OrgState {
  const close = `#+end_${name}`;
  const kind = Object.hasOwn(unread, name) ? unread[name] : undefined;
  if (kind !== undefined) return { ...lineIs({ ...state, line: blankLine }, line, kind), opaque: { kind, close } };
  const outer = containersOf(state);
  const container: Container = {
    kind: name === 'quote' ? 'quote' : 'note',
    start: start + line.length - line.trimStart().length,
    marker: '',
    ordered: false,
    task: false,
  };
  const containers = outer.length < maxDepth ? [...outer, container] : outer;
  const blocks = state.blocks.length < maxDepth ? [...state.blocks, { close, containers }] : state.blocks;
  return lineIs(state, line, 'markup', { blocks, items: [] });
}

function ended(state: OrgState, line: string, close: string): OrgState {
  const open = state.blocks.findLastIndex((block) => block.close === close);
  return lineIs({ ...state, blocks: state.blocks.slice(0, open), items: [] }, line, 'markup');
}

function keyed(state: OrgState, line: string, [marks, name]: RegExpExecArray): OrgState {
  if (!/^(?:sub)?title$/iu.test(name!)) return lineIs(state, line, state.bodySeen ? 'markup' : 'frontMatter');
  const level = name!.length > 5 ? 1 : 0;
  const contentEnd = Math.max(marks!.length, line.trimEnd().length);
  const heading = { level, line: ownCopy(line.trim().slice(0, maxHeadingChars)) };
  const reading = { ...blankLine, kind: 'heading' as const, contentStart: marks!.length, contentEnd, level };
  return {
    ...state,
    line: reading,
    lines: 1,
    headings: [...state.headings.filter((above) => above.level < level), heading],
  };
}

/** The words of a caption; what stands below is what it names. */
function captioned(state: OrgState, line: string, { marks, start }: { marks: string; start: number }): OrgState {
  const marker = marks.trimStart();
  const at = start + marks.length - marker.length;
  const note: Container = { kind: 'note', start: at, marker, ordered: false, task: false };
  const contentEnd = Math.max(marks.length, line.trimEnd().length);
  const outer = containersOf(state);
  const containers = outer.length < maxDepth ? [...outer, note] : outer;
  const kind = kindOfWords(containers);
  const level = levelOf(kind, containers);
  const reading = { ...blankLine, kind, contentStart: marks.length, contentEnd, level, containers };
  return { ...state, bodySeen: true, blankLines: 0, line: reading, lines: 1 };
}

/** How deep an item stands in others. */
const levelOf = (kind: BlockKind, containers: readonly Container[]): number =>
  kind === 'listItem' ? Math.max(0, containers.filter((each) => each.kind === 'listItem').length - 1) : 0;

function words(state: OrgState, line: string, start: number): OrgState {
  const mark = itemMark.exec(line) ?? undefined;
  const note = mark ? undefined : (footnote.exec(line)?.[0] ?? undefined);
  const column = indentation(line);
  const items = state.items.filter((item) => item.column < column);
  const outer = containersOf({ ...state, items: note ? [] : items });
  const marks = mark?.[0] ?? note ?? '';
  const before = marks.length - (mark?.[1] ?? note ?? '').length;
  const container: Container = {
    kind: mark ? 'listItem' : 'note',
    start: start + before,
    marker: marks.slice(before),
    ordered: mark?.[2] !== undefined,
    task: mark?.[3] !== undefined,
  };
  const isNew = marks !== '';
  const containers = isNew && outer.length < maxDepth ? [...outer, container] : outer;
  const open =
    isNew && items.length < maxDepth ? [...(note ? [] : items), { column: note ? -1 : column, containers }] : items;
  const after = { ...state, items: open };
  const kind = kindOfWords(containers);
  const above = state.line;
  const continues = !isNew && above.kind === kind && above.containers.length === containers.length;
  const contentStart = isNew ? marks.length : line.length - line.trimStart().length;
  const contentEnd = Math.max(contentStart, line.trimEnd().length);
  const level = levelOf(kind, containers);
  const opensItem = mark !== undefined;
  return {
    ...after,
    bodySeen: true,
    blankLines: 0,
    line: { kind, continues, contentStart, contentEnd, level, containers, opensItem },
    lines: continues ? state.lines + 1 : 1,
  };
}
