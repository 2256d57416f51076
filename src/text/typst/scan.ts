import type { SpanKind } from '../block.ts';

/** Something that is open: program text in brackets or up to the line's end, content in brackets, raw text … */
export interface Frame {
  readonly parent: Frame | undefined;
  readonly kind: 'statement' | 'code' | 'content' | 'brackets' | 'math' | 'raw' | 'comment';
  /** what closes it */
  readonly close: string;
  /** comments in a comment */
  readonly nested: number;
}

export interface Piece {
  readonly kind: 'text' | Extract<SpanKind, 'code' | 'math' | 'citation' | 'comment' | 'command'>;
  readonly start: number;
  readonly end: number;
}

const push = (parent: Frame | undefined, kind: Frame['kind'], close: string): Frame => ({
  parent,
  kind,
  close,
  nested: 0,
});

const markupMarks =
  /\\[\s\S]?|(?<!:)\/\/|\/\*|`+|\$|#|\[|\]|(?<![\p{L}\p{N}])@[\p{L}\p{N}_][\p{L}\p{N}_:.-]*|<[\p{L}\p{N}_][\p{L}\p{N}_:.-]*>/gu;
const codeMarks = /"(?:[^"\\]|\\[\s\S]?)*"?|\/\/|\/\*|`+|\$|[()[\]{}]|;/gu;
const keyword = /(?:let|set|show|import|include|if|for|while|return|context|break|continue)(?![\p{L}\p{N}_-])/uy;
const path = /[\p{L}_][\p{L}\p{N}_-]*(?:\.[\p{L}_][\p{L}\p{N}_-]*)*/uy;

/** Reads one line, going on from what is open above it. Every character is looked at a bounded number of times. */
export class LineScanner {
  readonly pieces: Piece[] = [];
  /** the line ends in the name of a function or variable */
  endsInName = false;
  #at = 0;

  constructor(
    readonly line: string,
    public frame: Frame | undefined,
  ) {}

  scan(): this {
    while (this.#at < this.line.length) {
      const { frame } = this;
      if (frame?.kind === 'raw') this.#until(frame, 'code');
      else if (frame?.kind === 'math') this.#formula(frame);
      else if (frame?.kind === 'comment') this.#comment(frame);
      else if (frame?.kind === 'statement' || frame?.kind === 'code') this.#code(frame);
      else this.#markup(frame);
    }
    while (this.frame?.kind === 'statement') this.frame = this.frame.parent;
    return this;
  }

  #add(kind: Piece['kind'], end: number): void {
    if (end > this.#at) this.pieces.push({ kind, start: this.#at, end });
    this.#at = end;
  }

  #until(frame: Frame, kind: Piece['kind']): void {
    const end = this.line.indexOf(frame.close, this.#at);
    this.#add(kind, end < 0 ? this.line.length : end + frame.close.length);
    if (end >= 0) this.#pop(frame);
  }

  #formula(frame: Frame): void {
    let end = this.line.indexOf('$', this.#at);
    while (end > 0 && this.line[end - 1] === '\\') end = this.line.indexOf('$', end + 1);
    this.#add('math', end < 0 ? this.line.length : end + 1);
    if (end >= 0) this.#pop(frame);
  }

  #comment(frame: Frame): void {
    commentMarks.lastIndex = this.#at;
    const mark = commentMarks.exec(this.line);
    this.#add('comment', mark ? commentMarks.lastIndex : this.line.length);
    if (mark === null) return;
    const nested = frame.nested + (mark[0] === '/*' ? 1 : -1);
    if (nested < 0) this.#pop(frame);
    else this.frame = { ...frame, nested };
  }

  /** What closes is followed by more of the same expression: `#f(x)[…](y).z`. */
  #pop(frame: Frame): void {
    this.frame = frame.parent;
    if ((frame.kind === 'code' || frame.kind === 'content') && !isCode(frame.parent)) this.#expression();
  }

  #opens(kind: Frame['kind'], close: string, length: number): void {
    this.#add(
      kind === 'raw' ? 'code' : kind === 'math' ? 'math' : kind === 'comment' ? 'comment' : 'command',
      this.#at + length,
    );
    this.frame = push(this.frame, kind, close);
  }

  /** Marks that program text and markup have in common; false: this is none of them. */
  #common(mark: string): boolean {
    if (mark === '//') this.#add('comment', this.line.length);
    else if (mark === '/*') this.#opens('comment', '*/', 2);
    else if (mark === '$') this.#opens('math', '$', 1);
    else if (mark.startsWith('`') && mark.length === 2) this.#add('code', this.#at + 2);
    else if (mark.startsWith('`')) this.#opens('raw', mark, mark.length);
    else return false;
    return true;
  }

  #code(frame: Frame): void {
    codeMarks.lastIndex = this.#at;
    const mark = codeMarks.exec(this.line);
    this.#add('command', mark?.index ?? this.line.length);
    if (mark === null || this.#common(mark[0])) return;
    const [found] = mark;
    if (found === '(') this.#opens('code', ')', 1);
    else if (found === '{') this.#opens('code', '}', 1);
    else if (found === '[') this.#opens('content', ']', 1);
    else {
      this.#add('command', this.#at + found.length);
      if (found === frame.close || (found === ';' && frame.kind === 'statement')) this.#pop(frame);
    }
  }

  #markup(frame: Frame | undefined): void {
    markupMarks.lastIndex = this.#at;
    const mark = markupMarks.exec(this.line);
    this.#add('text', mark?.index ?? this.line.length);
    if (mark === null || this.#common(mark[0])) return;
    const [found] = mark;
    if (found === '#') this.#hash();
    else if (found === '[') {
      this.#add('text', this.#at + 1);
      if (frame !== undefined) this.frame = push(frame, 'brackets', ']');
    } else if (found === ']') {
      this.#add(frame?.kind === 'brackets' ? 'text' : 'command', this.#at + 1);
      if (frame !== undefined) this.#pop(frame);
    } else if (found.startsWith('@') || found.startsWith('<'))
      this.#add('citation', this.#at + withoutMarksBehind(found));
    else this.#add('text', this.#at + found.length);
  }

  /** `#let x = …`, `#f(x)[…]`, `#{…}` */
  #hash(): void {
    keyword.lastIndex = this.#at + 1;
    if (keyword.test(this.line)) {
      this.#add('command', keyword.lastIndex);
      this.frame = push(this.frame, 'statement', '');
      return;
    }
    path.lastIndex = this.#at + 1;
    const isName = path.test(this.line);
    this.#add('command', isName ? path.lastIndex : this.#at + 1);
    this.endsInName = this.#at === this.line.length;
    if (isName || /[({[]/u.test(this.line[this.#at] ?? '')) this.#expression();
  }

  #expression(): void {
    const next = this.line[this.#at];
    if (next === '(') this.#opens('code', ')', 1);
    else if (next === '{') this.#opens('code', '}', 1);
    else if (next === '[') this.#opens('content', ']', 1);
    else if (next === '.' || next === ';') {
      path.lastIndex = this.#at + 1;
      if (next === '.' && !path.test(this.line)) return;
      this.#add('command', next === '.' ? path.lastIndex : this.#at + 1);
      if (next === '.') this.#expression();
    }
  }
}

const commentMarks = /\/\*|\*\//gu;

/** The length of a label without the punctuation behind it. */
function withoutMarksBehind(label: string): number {
  let end = label.length;
  while (end > 0 && '.:-'.includes(label[end - 1]!)) end--;
  return end;
}

const isCode = (frame: Frame | undefined): boolean => frame?.kind === 'code' || frame?.kind === 'statement';
