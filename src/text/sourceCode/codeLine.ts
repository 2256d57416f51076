import { indentation } from '../indentation.ts';
import { matchAt } from '../matchAt.ts';
import type { CodeStyle, Delimited } from './codeStyle.ts';

/** A comment or string that a line leaves open. */
export interface OpenPart extends Delimited {
  readonly kind: 'comment' | 'string' | 'scalar' | 'joined';
  /** openers of nested comments that are not closed, itself included */
  readonly depth: number;
  /** columns before its opener: where the words of a docstring begin; a scalar ends with a line that is indented no more */
  readonly column: number;
}

/** A comment of one line, as offsets in the line: its marks, and the words between them. */
export interface CommentPart {
  readonly start: number;
  readonly wordsStart: number;
  readonly wordsEnd: number;
  readonly end: number;
  /** it goes on below, or comes from above */
  readonly kind: 'line' | 'block';
  /** the line begins within it */
  readonly continues: boolean;
}

export interface CodeLine {
  readonly open: OpenPart | undefined;
  /** the last comment of the line */
  readonly comment: CommentPart | undefined;
  /** there is program text before the comment, or behind it */
  readonly before: boolean;
  readonly behind: boolean;
}

/** What a docstring cannot stand behind: the string is a value there. */
const opensValue = /(?:[(,=+[%|&\\]|\b(?:return|yield|in|and|or|not))$/u;
/** A string further to the right documents nothing. */
const maxDocColumn = 120;
/** What may stand before a docstring on its line. */
const docPrefix = /^\s*(?:[rRuU]?|@(?:module|type)?doc\s(?:~[sS])?)$/u;
const hereDocument = /<<<?[-~]?\s?(["']?)([A-Za-z_]\w{0,60})\1/uy;

/**
 * Walks over one line of program text: strings hide the marks of comments, and comments hide everything. Linear.
 * @param above the end of the last line that held program text
 */
export function readCodeLine(style: CodeStyle, line: string, open: OpenPart | undefined, above: string): CodeLine {
  if (open?.kind === 'scalar') {
    const goesOn = line.trim() === '' || indentation(line) > open.column;
    if (!goesOn) return readCodeLine(style, line, undefined, above);
    return { open, comment: undefined, before: line.trim() !== '', behind: false };
  }
  if (open?.kind === 'joined') return joinedLine(line, open);
  if (open?.close.startsWith('\n')) {
    const isOver = line.trim().replace(/[;,)]{1,9}$/u, '') === open.close.slice(1);
    return { open: isOver ? undefined : open, comment: undefined, before: line.trim() !== '', behind: false };
  }
  const walk = new Walk(style, line, above);
  walk.run(open);
  const { comment } = walk;
  const before = line.slice(0, comment?.start ?? line.length).trim() !== '' && !(comment?.continues ?? false);
  const behind = comment !== undefined && line.slice(comment.end).trim() !== '';
  return { open: walk.open, comment, before: comment ? before : line.trim() !== '', behind };
}

/** Below a line that ended in a backslash: more of its value, or of its comment. */
function joinedLine(line: string, above: OpenPart): CodeLine {
  const open = joinsNext(line, above.escapes) ? above : undefined;
  if (above.open === '') return { open, comment: undefined, before: line.trim() !== '', behind: false };
  const wordsEnd = open === undefined ? line.length : line.length - 1;
  const comment: CommentPart = { start: 0, wordsStart: 0, wordsEnd, end: line.length, kind: 'line', continues: true };
  return { open, comment, before: false, behind: false };
}

/** @param escapes a backslash before it takes its meaning away */
function joinsNext(line: string, escapes: true | undefined): boolean {
  let end = line.length;
  while (end > 0 && line[end - 1] === '\\') end--;
  return escapes ? (line.length - end) % 2 === 1 : end < line.length;
}

class Walk {
  open: OpenPart | undefined;
  comment: CommentPart | undefined;

  readonly #style: CodeStyle;
  readonly #line: string;
  readonly #above: string;

  constructor(style: CodeStyle, line: string, above: string) {
    this.#style = style;
    this.#line = line;
    this.#above = above;
  }

  run(from: OpenPart | undefined): void {
    const [style, line] = [this.#style, this.#line];
    let at = from ? this.#through(from, { at: 0, start: 0, continues: true }) : 0;
    let here: OpenPart | undefined;
    while (at < line.length && this.open === undefined) {
      const literal = style.literals && matchAt(style.literals, line, at);
      if (literal) {
        at += literal[0].length;
        continue;
      }
      const lineMark = style.line.find((mark) => this.#standsAt(mark, at));
      const block = style.block.find(({ open }) => line.startsWith(open, at) && (at === 0 || !open.startsWith('=')));
      if (block && !(lineMark && lineMark.trim().length > block.open.length)) {
        at = this.#through(opened(block, 'comment', at), { at: at + block.open.length, start: at, continues: false });
      } else if (lineMark !== undefined) {
        const wordsStart = at + lineMark.trim().length;
        const early = style.lineEnd === undefined ? -1 : line.indexOf(style.lineEnd, wordsStart);
        const end = early < 0 ? line.length : early;
        this.comment = { start: at, wordsStart, wordsEnd: end, end, kind: 'line', continues: false };
        at = line.length;
      } else {
        const string = this.#stringAt(at);
        if (string) at = this.#string(string, at);
        else if (line[at] === "'" && style.characters)
          at += /^'(?:\\.[^']{0,8}|[^\\'])'/u.exec(line.slice(at, at + 14))?.[0].length ?? 1;
        else if (line[at] === '\\') at += 2;
        else {
          if (style.hereDocuments && line.startsWith('<<', at)) here ??= this.#hereDocument(at);
          at += 1;
        }
      }
    }
    this.open ??= here ?? (style.blockScalars && blockScalar.test(line) ? scalarBelow(line) : this.#joined());
  }

  /** What the line's last backslash takes into the next line. */
  #joined(): OpenPart | undefined {
    const [style, line] = [this.#style, this.#line];
    const inComment = this.comment?.kind === 'line' && this.comment.end === line.length;
    const escapes = style.joinedComments === 'always' ? undefined : true;
    if (inComment ? style.joinedComments === undefined : style.joinedValues === undefined) return undefined;
    if (!joinsNext(line, escapes)) return undefined;
    if (inComment) this.comment = { ...this.comment!, wordsEnd: Math.max(this.comment!.wordsStart, line.length - 1) };
    const open = inComment ? line.slice(this.comment!.start, this.comment!.wordsStart) : '';
    return { kind: 'joined', open, close: '', depth: 1, column: 0, ...(escapes && { escapes }) };
  }

  #stringAt(at: number): Delimited | undefined {
    const [line, style] = [this.#line, this.#style];
    if (style.quotesBegin && at > 0 && !/[\s[{,(-]/u.test(line[at - 1]!)) return undefined;
    for (const { open, close, escapes } of style.patterns ?? []) {
      const opener = matchAt(open, line, at);
      if (opener) return { open: opener[0], close: close(opener), ...(escapes && { escapes }) };
    }
    return style.strings.find(({ open }) => line.startsWith(open, at));
  }

  /** A mark that begins with a blank stands at the beginning of the line or behind one. */
  #standsAt(mark: string, at: number): boolean {
    const isFirst = () => this.#line.slice(0, at).trim() === '';
    if (mark.startsWith('\n')) return this.#line.startsWith(mark.slice(1), at) && isFirst();
    if (!mark.startsWith(' ')) return this.#line.startsWith(mark, at);
    return this.#line.startsWith(mark.slice(1), at) && (at === 0 || /\s/u.test(this.#line[at - 1]!));
  }

  #string(string: Delimited, at: number): number {
    const behind = at + string.open.length;
    const mayBeDoc = this.#style.docstrings && string.open.length === 3 && at < maxDocColumn;
    const isDoc = mayBeDoc && docPrefix.test(this.#line.slice(0, at)) && !opensValue.test(this.#above);
    const part = opened(string, isDoc ? 'comment' : 'string', at);
    return this.#through(part, { at: behind, start: isDoc ? 0 : -1, continues: false });
  }

  /** To the end of a comment or string, or of the line. */
  #through(part: OpenPart, { at, start, continues }: { at: number; start: number; continues: boolean }): number {
    const [line, style] = [this.#line, this.#style];
    let { depth } = part;
    let next = at;
    while (next < line.length) {
      if (line.startsWith(part.close, next)) {
        depth -= 1;
        if (depth === 0) break;
        next += part.close.length;
      } else if (part.kind === 'comment' && style.nested && line.startsWith(part.open, next)) {
        depth += 1;
        next += part.open.length;
      } else next += part.escapes && line[next] === '\\' ? 2 : 1;
    }
    const isClosed = next < line.length;
    const end = isClosed ? next + part.close.length : line.length;
    if (part.kind === 'comment') {
      this.comment = { start, wordsStart: at, wordsEnd: Math.min(next, line.length), end, kind: 'block', continues };
    }
    // a backslash before the line's end: a string of one line goes on below
    if (!isClosed && (!part.oneLine || next > line.length)) this.open = { ...part, depth };
    return end;
  }

  #hereDocument(at: number): OpenPart | undefined {
    hereDocument.lastIndex = at;
    const found = hereDocument.exec(this.#line.slice(0, at + 100));
    if (!found) return undefined;
    return { kind: 'string', open: '', close: `\n${found[2]!}`, depth: 1, column: 0 };
  }
}

/** `key: |`, `- >-` */
const blockScalar = /(?:^|[:-])[ \t]{1,40}(?:[!&]\S{1,80}[ \t]{1,40})?[|>][-+\d]{0,2}[ \t]{0,40}(?:#.*)?$/u;

/** What is indented more deeply than the line, or than the key in an item. */
function scalarBelow(line: string): OpenPart {
  const marks = /^\s*(?:-[ \t]+(?=[^\s|>]))*/u.exec(line)![0];
  return { kind: 'scalar', open: '', close: '', depth: 1, column: indentation(`${marks.replace(/-/gu, ' ')}x`) };
}

const opened = (part: Delimited, kind: OpenPart['kind'], column: number): OpenPart => ({
  ...part,
  kind,
  depth: 1,
  column,
});
