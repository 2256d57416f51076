import { type BlockKind, type Container, kindOfWords } from '../block.ts';
import { blankLine, type LineReading, type LineState } from '../lineLanguage.ts';
import { ownCopy } from '../ownCopy.ts';
import { isFile } from './commands.ts';
import { environmentAbove, type Frame, modeOf, overBlankLine, push } from './frame.ts';
import type { Piece, Scan } from './piece.ts';
import { LineScanner } from './scan.ts';

export interface LatexState extends LineState {
  /** the innermost thing that is open */
  readonly frame: Frame | undefined;
  readonly part: 'preamble' | 'body' | 'behind';
  /** how often a document began and did not end: examples in a document begin and end documents, too */
  readonly documents: number;
  /** words stood above */
  readonly bodySeen: boolean;
  /** lines of the last block so far */
  readonly lines: number;
}

export const initialState: LatexState = {
  line: blankLine,
  headings: [],
  frame: undefined,
  part: 'body',
  documents: 0,
  bodySeen: false,
  lines: 0,
};

/** Lines of program text: chunks of knitr or Sweave, and LaTeX's own language. */
const programs = [
  { name: '<<', start: /^\s*<<.*>>=\s*$/u, end: /^(?:@\s|\s*@\s*(?:%.*)?$)/u },
  {
    name: '\\ExplSyntaxOn',
    start: /^\s*\\ExplSyntaxOn(?![a-zA-Z])(?!.*\\ExplSyntaxOff)/u,
    end: /\\ExplSyntaxOff(?![a-zA-Z])/u,
  },
];

const programOf = (frame: Frame | undefined) => programs.find(({ name }) => name === frame?.name);

export const isProgram = (frame: Frame | undefined): boolean => programOf(frame) !== undefined;

export function step(state: LatexState, line: string, start: number): LatexState {
  const { frame, part } = state;
  if (part === 'behind') return whole(state, line, line.trim() === '' ? 'blank' : 'comment');
  const program = programOf(frame);
  if (program !== undefined) {
    const after = whole(state, line, 'code');
    return program.end.test(line) ? { ...after, frame: frame?.parent } : after;
  }
  if (line.trim() === '') return afterBlank(state);
  const begun = blockOf(frame) === undefined ? programs.find(({ start }) => start.test(line)) : undefined;
  if (begun !== undefined) {
    const environment = { kind: 'verbatim', block: 'code' } as const;
    const inside = push(frame, { kind: 'environment', name: begun.name, mode: 'text', environment });
    return { ...whole({ ...state, line: blankLine }, line, 'code'), frame: inside };
  }
  const scan = new LineScanner(line, start, frame).scan();
  const after = inDocument({ ...state, frame: scan.frame }, scan);
  return part === 'preamble' || after.part === 'preamble'
    ? preamble(after, line, scan)
    : read(after, state, { line, scan });
}

/** The first `\begin{document}` ends the preamble and whatever it left open; the `\end` of the first one ends the text. */
export function inDocument(state: LatexState, { document }: Pick<Scan, 'document'>): LatexState {
  const { documents, part, bodySeen } = state;
  if (document === 'class') return documents === 0 && !bodySeen ? { ...state, part: 'preamble' } : state;
  if (document === 'begin') {
    return documents === 0
      ? { ...state, documents: 1, part: 'body', frame: undefined }
      : { ...state, documents: documents + 1 };
  }
  if (document !== 'end' || documents === 0) return state;
  return { ...state, documents: documents - 1, part: documents === 1 ? 'behind' : part };
}

function afterBlank(state: LatexState): LatexState {
  const frame = overBlankLine(state.frame);
  const block = blockOf(frame);
  if (block !== undefined) return whole({ ...state, frame }, '', block);
  return { ...state, line: blankLine, frame, lines: 0 };
}

/** What all lines are in the innermost environment or formula of its own. */
function blockOf(frame: Frame | undefined): BlockKind | undefined {
  if (frame === undefined) return undefined;
  if (frame.kind === 'math') return frame.name === '$$' || frame.name === '\\]' ? 'math' : undefined;
  const block = frame.environment?.block ?? environmentAbove(frame, () => true)?.environment?.block;
  return block === 'prose' ? undefined : block;
}

/** A line without words of its own. */
function whole(state: LatexState, line: string, kind: BlockKind): LatexState {
  const continues = state.line.kind === kind;
  const contentStart = line.length - line.trimStart().length;
  const contentEnd = Math.max(contentStart, line.trimEnd().length);
  const reading: LineReading = { ...blankLine, kind, continues, contentStart, contentEnd };
  return { ...state, line: reading, lines: continues ? state.lines + 1 : 1 };
}

/** Only a title and an abstract are words there. */
function preamble(state: LatexState, line: string, scan: Scan): LatexState {
  const isWords = scan.pieces.some(({ kind, frame }) => kind === 'heading' || (kind === 'text' && isAbstract(frame)));
  return isWords ? read(state, state, { line, scan }) : whole(state, line, 'frontMatter');
}

const isAbstract = (frame: Frame | undefined): boolean => frame?.name === 'abstract';

const hasWord = (line: string, { start, end }: Piece): boolean =>
  line[start] !== '\\' && /[\p{L}\p{N}]/u.test(line.slice(start, end));
const isLayout = ({ kind }: Piece): boolean => kind === 'structure' || kind === 'item' || kind === 'display';

/** @param before the state above the line; `after` has what the line leaves open */
function read(after: LatexState, before: LatexState, { line, scan }: { line: string; scan: Scan }): LatexState {
  const { pieces } = scan;
  const words = pieces.filter((piece) => (piece.kind === 'text' || piece.kind === 'unknown') && hasWord(line, piece));
  const heading = pieces.find((piece) => piece.kind === 'heading' && hasWord(line, piece));
  const titled = withHeading(after, line, pieces);
  if (words.length === 0 && heading !== undefined) return headingIs(titled, before, { line, pieces });
  const first = words[0];
  const item = pieces.find(({ kind }) => kind === 'item');
  const row = first ? blockOf(first.frame) : (begun(pieces) ?? blockOf(before.frame) ?? blockOf(after.frame));
  if (row !== undefined) return whole(withKind(titled, before), line, row);
  if (first === undefined) return wordless(titled, before, { line, pieces, item });
  return wordsAre(titled, before, { line, pieces, first, item });
}

/** Code or a comment that begins among the rows of a table or of literature is what its first line is. */
function begun(pieces: readonly Piece[]): BlockKind | undefined {
  const block = pieces.find(({ kind }) => kind === 'display')?.frame?.environment?.block;
  return block === 'code' || block === 'comment' ? block : undefined;
}

const withKind = (state: LatexState, { line, lines }: LatexState): LatexState => ({ ...state, line, lines });

interface Read {
  readonly line: string;
  readonly pieces: readonly Piece[];
  readonly item: Piece | undefined;
}

function wordless(state: LatexState, before: LatexState, { line, pieces, item }: Read): LatexState {
  const display = pieces.find(({ kind }) => kind === 'display');
  if (item !== undefined) {
    const containers = item.frame?.containers ?? [];
    const reading = {
      ...blankLine,
      kind: 'listItem' as const,
      contentStart: item.end,
      contentEnd: item.end,
      containers,
    };
    return { ...state, line: { ...reading, level: nestingOf(containers), opensItem: true }, lines: 1 };
  }
  if (display !== undefined) {
    const block = display.frame?.environment?.block ?? 'math';
    return whole(state, line, block === 'prose' ? 'math' : block);
  }
  const used = pieces.filter(({ start, end }) => line.slice(start, end).trim() !== '');
  if (used.every(({ kind }) => kind === 'comment')) return whole(state, line, 'comment');
  const isInline = used.every(
    ({ kind, frame }) => kind !== 'structure' && kind !== 'command' && !isFile(frame?.name ?? ''),
  );
  if (isInline && isWords(before.line.kind)) return continued(state, before, line);
  return whole(state, line, used.some(({ kind }) => kind === 'math') && isInline ? 'math' : 'markup');
}

const isWords = (kind: BlockKind): boolean => kind === 'prose' || kind === 'listItem' || kind === 'quote';

/** A citation or a formula in a line of its own, in the middle of a paragraph. */
function continued(state: LatexState, before: LatexState, line: string): LatexState {
  const contentStart = line.length - line.trimStart().length;
  const reading = {
    ...before.line,
    continues: true,
    contentStart,
    contentEnd: line.trimEnd().length,
    opensItem: false,
  };
  return { ...state, line: reading, lines: before.lines + 1 };
}

/** Words, from the first one on, or from what belongs to it, up to what ends the line. */
function wordsAre(state: LatexState, before: LatexState, read: Read & { readonly first: Piece }): LatexState {
  const { line, pieces, first, item } = read;
  const at = pieces.indexOf(first);
  let from = at;
  while (from > 0 && !isLayout(pieces[from - 1]!)) from--;
  let to = pieces.length;
  while (to > at + 1 && (isLayout(pieces[to - 1]!) || pieces[to - 1]!.kind === 'comment')) to--;
  const start = pieces[from]!.start;
  const contentStart = start + blanksAt(line.slice(start));
  const contentEnd = Math.max(contentStart, line.slice(0, pieces[to - 1]!.end).trimEnd().length);
  const containers = first.frame?.containers ?? [];
  const kind = kindOfWords(containers);
  const opensItem = item !== undefined && item.start < contentStart;
  const same =
    before.line.containers === containers || (containers.length === 0 && before.line.containers.length === 0);
  const continues = from === 0 && before.line.kind === kind && same;
  return {
    ...state,
    bodySeen: true,
    line: {
      kind,
      continues,
      contentStart,
      contentEnd,
      level: kind === 'listItem' ? nestingOf(containers) : 0,
      containers,
      opensItem,
    },
    lines: continues ? before.lines + 1 : 1,
  };
}

const blanksAt = (text: string): number => text.length - text.trimStart().length;

const nestingOf = (containers: readonly Container[]): number =>
  Math.max(0, containers.filter(({ kind }) => kind === 'listItem').length - 1);

/** A heading: its argument's text. */
function headingIs(state: LatexState, before: LatexState, { line, pieces }: Omit<Read, 'item'>): LatexState {
  const from = pieces.findIndex(
    ({ kind, frame }) => kind !== 'structure' && modeOf(frame) !== 'text' && frame?.mode === 'heading',
  );
  const first = pieces[from] ?? pieces.find(({ kind }) => kind === 'heading')!;
  const closing = pieces.find(({ kind, start }) => kind === 'structure' && start > first.start && line[start] === '}');
  const level =
    pieces.find(({ kind, level }) => kind === 'structure' && level > 0)?.level ??
    (before.line.kind === 'heading' ? before.line.level : 0);
  const continues = before.line.kind === 'heading' && before.frame?.mode === 'heading';
  const contentStart = first.start + blanksAt(line.slice(first.start));
  const contentEnd = Math.max(contentStart, line.slice(0, closing?.start).trimEnd().length);
  return {
    ...state,
    line: { ...blankLine, kind: 'heading', continues, contentStart, contentEnd, level },
    lines: continues ? before.lines + 1 : 1,
  };
}

/** Longer headings say little about where one is. */
const maxHeadingChars = 200;

function withHeading(state: LatexState, line: string, pieces: readonly Piece[]): LatexState {
  const isOne = pieces.some(({ kind }) => kind === 'heading');
  const structure = isOne ? pieces.filter(({ kind }) => kind === 'structure') : [];
  const command = structure.find(({ start }) => line[start] === '\\') ?? structure.find(({ level }) => level > 0);
  if (command === undefined) return state;
  const { level } = command;
  const heading = { level, line: ownCopy(line.trim().slice(0, maxHeadingChars)) };
  return { ...state, headings: [...state.headings.filter((above) => above.level < level), heading] };
}
