import { matchAt } from '../matchAt.ts';
import { addressLength, withoutMarksBehind } from './addresses.ts';
import { type Control, type Frame, isCode, type Piece, push } from './frame.ts';

const markupMarks =
  /\\[\s\S]?|https?:\/\/|\/\/|\/\*|`+|\$|#|\[|\]|(?<![\p{L}\p{N}])@[\p{L}\p{N}_][\p{L}\p{N}_:.-]*|<[\p{L}\p{N}_][\p{L}\p{N}_:.-]*>/gu;
const codeMarks = /"|\/\/|\/\*|`+|\$|[()[\]{}]|;/gu;
const markHere = new RegExp(codeMarks.source, 'uy');
const mathMarks = /\\[\s\S]?|"|\/\/|\/\*|#|\$/gu;
const commentMarks = /\/\*|\*\//gu;
const stringRest = /(?:[^"\\]|\\[\s\S]?)*/uy;
const keyword = /(?:let|set|show|import|include|return)(?![\p{L}\p{N}_-])/uy;
const controlWord = /(?:if|for|while|context)(?![\p{L}\p{N}_-])/uy;
const elseWord = /[ \t]*else(?![\p{L}\p{N}_-])/uy;
const operator = /[ \t]*(?:[-+*/=!<>]=|=>|[-+*<>=]|\/(?![/*])|(?:and|or|in|not[ \t]+in)(?![\p{L}\p{N}_-]))/uy;
const negation = /not(?![\p{L}\p{N}_-])/uy;
const blanks = /[ \t]+/uy;
const path = /[\p{L}_][\p{L}\p{N}_-]*(?:\.[\p{L}_][\p{L}\p{N}_-]*)*/uy;
const number = /\d+(?:\.\d+)?(?:[eE]\d+)?(?:[a-z]+|%)?/uy;

/** Reads one line, going on from what is open above it. Every character is looked at a bounded number of times. */
export class LineScanner {
  readonly pieces: Piece[] = [];
  /** the line ends in the name of a function or variable */
  endsInName = false;
  /** the innermost thing that is open at the line's end, which may close it */
  endsIn: Frame | undefined;
  #at = 0;

  constructor(
    readonly line: string,
    public frame: Frame | undefined,
  ) {}

  scan(): this {
    while (this.#at < this.line.length) {
      const { frame } = this;
      if (frame?.kind === 'raw') this.#until(frame);
      else if (frame?.kind === 'math') this.#formula(frame);
      else if (frame?.kind === 'comment') this.#comment(frame);
      else if (frame?.kind === 'string') this.#string(frame);
      else if (frame?.kind === 'control') this.#control(frame);
      else if (frame?.kind === 'statement' || frame?.kind === 'code') this.#code(frame);
      else this.#markup(frame);
    }
    this.endsIn = this.frame;
    while (this.frame?.kind === 'statement' || this.frame?.kind === 'control') this.frame = this.frame.parent;
    return this;
  }

  #add(kind: Piece['kind'], end: number): void {
    const shown = this.frame?.inMath && kind !== 'comment' ? 'math' : kind;
    if (end > this.#at) this.pieces.push({ kind: shown, start: this.#at, end });
    this.#at = end;
  }

  #until(frame: Frame): void {
    const end = this.line.indexOf(frame.close, this.#at);
    this.#add('code', end < 0 ? this.line.length : end + frame.close.length);
    if (end >= 0) this.#pop(frame);
  }

  #string(frame: Frame): void {
    stringRest.lastIndex = this.#at;
    stringRest.test(this.line);
    const end = stringRest.lastIndex;
    this.#add('command', Math.min(end + 1, this.line.length));
    if (end < this.line.length) this.#pop(frame);
  }

  #formula(frame: Frame): void {
    const mark = this.#find(mathMarks, 'math');
    if (mark === undefined) return;
    if (mark === '#') this.#hash();
    else if (mark !== '$' && this.#common(mark)) return;
    else {
      this.#add('math', this.#at + mark.length);
      if (mark === '$') this.#pop(frame);
    }
  }

  #comment(frame: Frame): void {
    const mark = this.#find(commentMarks, 'comment');
    if (mark === undefined) return;
    this.#add('comment', this.#at + mark.length);
    const nested = frame.nested + (mark === '/*' ? 1 : -1);
    if (nested < 0) this.#pop(frame);
    else this.frame = { ...frame, nested };
  }

  /** What closes is followed by more of the same expression: `#f(x)[…](y).z`. */
  #pop({ kind, parent }: Frame): void {
    this.frame = parent;
    if ((kind === 'code' || kind === 'content' || kind === 'string') && !isCode(parent)) this.#expression();
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
    else if (mark === '"') this.#opens('string', '"', 1);
    else if (mark.startsWith('`') && mark.length === 2) this.#add('code', this.#at + 2);
    else if (mark.startsWith('`')) this.#opens('raw', mark, mark.length);
    else return false;
    return true;
  }

  /** Opens what a bracket opens in program text. */
  #bracket(mark: string | undefined): boolean {
    if (mark === '(') this.#opens('code', ')', 1);
    else if (mark === '{') this.#opens('code', '}', 1);
    else if (mark === '[') this.#opens('content', ']', 1);
    else return false;
    return true;
  }

  #code(frame: Frame): void {
    const mark = this.#find(codeMarks, 'command');
    if (mark === undefined || this.#common(mark) || this.#bracket(mark)) return;
    const isStatement = frame.kind === 'statement';
    const endsAround = isStatement && mark === ']'; // it closes the content around the statement
    if (!endsAround) this.#add('command', this.#at + mark.length);
    if (endsAround || mark === frame.close || (mark === ';' && isStatement)) this.#pop(frame);
  }

  /** @param frame its word is the last piece */
  #begins(frame: Frame): void {
    const { start, end } = this.pieces.at(-1)!;
    const word = this.line.slice(start, end).replace('#', '');
    this.frame = { ...frame, control: { word, next: 'value' } };
  }

  #control(frame: Frame): void {
    const { word, next } = frame.control!;
    const goOn = (then: Control['next']) => {
      this.frame = { ...frame, control: { word, next: then } };
    };
    if (next === 'value') this.#value(frame, goOn);
    else if (next === 'operator') this.#behindValue(frame, goOn);
    else if (next === 'body') {
      if (word === 'if' && this.#takes(elseWord)) goOn('else');
      else {
        this.#pop(frame);
        if (!isCode(frame.parent)) this.#expression();
      }
    } else if (this.#takes(blanks)) return;
    else if (this.#takes(controlWord)) this.#begins(frame);
    else if (/[{[]/u.test(this.line[this.#at]!)) {
      this.frame = { ...frame, control: { word: 'else', next: 'body' } };
      this.#bracket(this.line[this.#at]);
    } else this.frame = push(frame.parent, 'statement', '');
  }

  #value(frame: Frame, goOn: (next: Control['next']) => void): void {
    if (this.#takes(blanks) || this.#takes(negation)) return;
    if (this.#takes(controlWord)) this.#begins(frame);
    else if (this.#takes(path) || this.#takes(number)) goOn('operator');
    else {
      const mark = matchAt(markHere, this.line, this.#at)?.[0];
      if (mark === undefined)
        this.#add('command', this.#at + 1); // a sign
      else {
        if (!mark.startsWith('/')) goOn('operator');
        if (!this.#common(mark) && !this.#bracket(mark)) this.frame = push(frame.parent, 'statement', '');
      }
    }
  }

  #behindValue(frame: Frame, goOn: (next: Control['next']) => void): void {
    const isDirect = /[([]/u.test(this.line[this.#at]!) && !/[ \t]/u.test(this.line[this.#at - 1] ?? ' ');
    if (isDirect) this.#bracket(this.line[this.#at]);
    else if (this.line[this.#at] === '.' && this.#takes(path, 1)) return;
    else if (frame.control!.word === 'context') {
      this.#pop(frame);
      if (!isCode(frame.parent) && this.line[this.#at] === ';') this.#add('command', this.#at + 1);
    } else if (this.#takes(operator)) goOn('value');
    else if (this.#takes(blanks)) return;
    else if (/[{[]/u.test(this.line[this.#at]!)) {
      goOn('body');
      this.#bracket(this.line[this.#at]);
    } else if (/\/[/*]/u.test(this.line.slice(this.#at, this.#at + 2)))
      this.#common(this.line.slice(this.#at, this.#at + 2));
    else this.frame = push(frame.parent, 'statement', '');
  }

  #markup(frame: Frame | undefined): void {
    const mark = this.#find(markupMarks, 'text');
    if (mark === undefined || this.#common(mark)) return;
    if (mark === '#') this.#hash();
    else if (mark === '[') {
      this.#add('text', this.#at + 1);
      if (frame !== undefined) this.frame = push(frame, 'brackets', ']');
    } else if (mark === ']') {
      this.#add(frame?.kind === 'brackets' ? 'text' : 'command', this.#at + 1);
      if (frame !== undefined) this.#pop(frame);
    } else if (mark.startsWith('http')) this.#add('target', this.#at + addressLength(this.line, this.#at));
    else if (mark.startsWith('@') || mark.startsWith('<')) this.#add('citation', this.#at + withoutMarksBehind(mark));
    else this.#add('text', this.#at + mark.length);
  }

  /** Goes to the next mark, with all before it as one piece. */
  #find(marks: RegExp, kind: Piece['kind']): string | undefined {
    const mark = matchAt(marks, this.line, this.#at);
    this.#add(kind, mark?.index ?? this.line.length);
    return mark?.[0];
  }

  /** `#let x = …`, `#if x […]`, `#f(x)[…]`, `#{…}`, `#"…"`, `#1em` */
  #hash(): void {
    if (this.#takes(keyword, 1)) this.frame = push(this.frame, 'statement', '');
    else if (this.#takes(controlWord, 1)) this.#begins(push(this.frame, 'control', ''));
    else if (this.#takes(path, 1)) {
      this.endsInName = this.#at === this.line.length;
      this.#expression();
    } else if (this.#takes(number, 1)) this.#expression();
    else {
      this.#add('command', this.#at + 1);
      if (this.line[this.#at] === '"') this.#common('"');
      else this.#bracket(this.line[this.#at]);
    }
  }

  /** Takes what matches, `skipped` characters on, for program text. */
  #takes(pattern: RegExp, skipped = 0): boolean {
    pattern.lastIndex = this.#at + skipped;
    if (!pattern.test(this.line)) return false;
    this.#add('command', pattern.lastIndex);
    return true;
  }

  #expression(): void {
    while (this.line[this.#at] === '.' && this.#takes(path, 1));
    if (this.line[this.#at] === ';') this.#add('command', this.#at + 1);
    else if (this.line[this.#at] !== '{') this.#bracket(this.line[this.#at]);
  }
}
