import { type BlockKind, type Container, kindOfWords } from '../block.ts';
import { indentation } from '../indentation.ts';
import { blankLine, type LineReading, type LineState } from '../lineLanguage.ts';
import { ownCopy } from '../ownCopy.ts';
import type { Frame, Piece } from './frame.ts';
import { LineScanner } from './scan.ts';

export interface TypstState extends LineState {
  /** the innermost thing that is open */
  readonly frame: Frame | undefined;
  /** the list items that are open, outermost first */
  readonly items: readonly Item[];
  /** lines of the last block so far */
  readonly lines: number;
}

interface Item {
  readonly column: number;
  readonly containers: readonly Container[];
}

export const initialState: TypstState = { line: blankLine, headings: [], frame: undefined, items: [], lines: 0 };

const heading = /^[ \t]*(={1,6})[ \t]+(?=\S)/u;
const itemMark = /^[ \t]*((?:[-+]|(\d{1,9})\.)[ \t]+)(?=\S)/u;
const termMark = /^[ \t]*(\/[ \t]{1,8}[^\s:][^:]{0,200}:[ \t]+)(?=\S)/u;
const maxDepth = 60;

export function step(state: TypstState, line: string, start: number): TypstState {
  if (line.trim() === '') return afterBlank(state);
  const inMarkup = isMarkup(state.frame);
  const { pieces, frame } = new LineScanner(line, state.frame).scan();
  const after = { ...state, frame };
  const words = pieces.filter(
    (piece) => piece.kind === 'text' && /[\p{L}\p{N}]/u.test(line.slice(piece.start, piece.end)),
  );
  if (words.length === 0) return wordless(after, state, { line, pieces });
  if (!inMarkup)
    return wordsAre(after, state, {
      line,
      contentStart: words[0]!.start,
      contentEnd: words.at(-1)!.end,
      opensItem: false,
      layout: true,
    });
  const title = heading.exec(line);
  if (title) return titled(after, line, title);
  const column = indentation(line);
  const mark = itemMark.exec(line) ?? termMark.exec(line);
  const items = state.items.filter((item) =>
    mark ? item.column < column : item.column < column || state.line.kind !== 'blank',
  );
  const outer = state.line.kind === 'blank' || mark ? items : items.filter((item) => item.column < column);
  if (mark === null)
    return wordsAre({ ...after, items: outer }, state, {
      line,
      contentStart: blanksAt(line),
      opensItem: false,
      layout: false,
    });
  const isTerm = mark[0].trimStart().startsWith('/');
  const container: Container = {
    kind: isTerm ? 'note' : 'listItem',
    start: start + blanksAt(line),
    marker: mark[1]!,
    ordered: mark[2] !== undefined || mark[1]!.startsWith('+'),
    task: false,
  };
  const around = outer.at(-1)?.containers ?? [];
  const item = { column, containers: around.length < maxDepth ? [...around, container] : around };
  const open = outer.length < maxDepth ? [...outer, item] : outer;
  return wordsAre({ ...after, items: open }, state, {
    line,
    contentStart: mark[0].length,
    opensItem: !isTerm,
    layout: true,
  });
}

const isMarkup = (frame: Frame | undefined): boolean =>
  frame === undefined || (!frame.inMath && (frame.kind === 'content' || frame.kind === 'brackets'));

function afterBlank(state: TypstState): TypstState {
  const { frame } = state;
  const kind: BlockKind | undefined =
    frame?.kind === 'raw' ? 'code' : frame?.kind === 'comment' ? 'comment' : undefined;
  const isInline = frame?.kind === 'raw' && frame.close === '`';
  if (kind !== undefined && !isInline)
    return { ...state, line: { ...blankLine, kind, continues: state.line.kind === kind } };
  return { ...state, line: blankLine, frame: isInline ? frame.parent : frame, lines: 0 };
}

const blanksAt = (text: string): number => text.length - text.trimStart().length;

function wordless(
  after: TypstState,
  before: TypstState,
  { line, pieces }: { line: string; pieces: readonly Piece[] },
): TypstState {
  const used = pieces.filter(({ start, end }) => line.slice(start, end).trim() !== '');
  const only = (kind: Piece['kind']) => used.every((piece) => piece.kind === kind || piece.kind === 'comment');
  const isBlock = /^\s*(?:`{3}|\$(?:\s|$))/u.test(line) || !isMarkup(before.frame);
  const isComment = used.every(({ kind }) => kind === 'comment');
  const kind: BlockKind = isComment ? 'comment' : only('code') ? 'code' : only('math') ? 'math' : 'markup';
  const isInline = !isBlock && used.every((piece) => piece.kind !== 'command') && !isComment;
  if (isInline && isWords(before.line.kind))
    return wordsAre(after, before, { line, contentStart: blanksAt(line), opensItem: false, layout: false });
  const continues = before.line.kind === kind;
  const contentStart = blanksAt(line);
  const reading: LineReading = { ...blankLine, kind, continues, contentStart, contentEnd: line.trimEnd().length };
  return { ...after, line: reading, lines: continues ? before.lines + 1 : 1 };
}

const isWords = (kind: BlockKind): boolean => kind === 'prose' || kind === 'listItem' || kind === 'quote';

interface Words {
  readonly line: string;
  readonly contentStart: number;
  /** undefined: the line's end */
  readonly contentEnd?: number;
  readonly opensItem: boolean;
  /** it begins a block of its own */
  readonly layout: boolean;
}

function wordsAre(
  state: TypstState,
  before: TypstState,
  { line, contentStart, opensItem, layout, contentEnd: end }: Words,
): TypstState {
  const containers = state.items.at(-1)?.containers ?? [];
  const kind = kindOfWords(containers);
  const continues = !layout && before.line.kind === kind && before.line.containers.length === containers.length;
  const level = kind === 'listItem' ? Math.max(0, containers.length - 1) : 0;
  const contentEnd = Math.max(contentStart, line.slice(0, end).trimEnd().length);
  const reading = { kind, continues, contentStart, contentEnd, level, containers, opensItem };
  return { ...state, line: reading, lines: continues ? before.lines + 1 : 1 };
}

/** Longer headings say little about where one is. */
const maxHeadingChars = 200;

function titled(state: TypstState, line: string, title: RegExpExecArray): TypstState {
  const level = title[1]!.length;
  const words = line.trimEnd();
  const label = words.endsWith('>') ? words.lastIndexOf('<') : -1;
  const isLabel = label > title[0].length && /^[\w:.-]+$/u.test(words.slice(label + 1, -1));
  const contentEnd = isLabel ? label : words.length;
  const found = { level, line: ownCopy(line.trim().slice(0, maxHeadingChars)) };
  return {
    ...state,
    items: [],
    headings: [...state.headings.filter((above) => above.level < level), found],
    line: {
      ...blankLine,
      kind: 'heading',
      contentStart: title[0].length,
      contentEnd: line.slice(0, contentEnd).trimEnd().length,
      level,
    },
    lines: 1,
  };
}
