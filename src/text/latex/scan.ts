import { matchAt } from '../matchAt.ts';
import {
  balancedEnd,
  bareArgumentEnd,
  isAddress,
  isProgram,
  itemEnd,
  looksLikeProse,
  modeOfArgument,
  verbatimEnd,
} from './arguments.ts';
import { headingLevelOf, isWord, signatureOf } from './commands.ts';
import { environmentOf, isOrdered } from './environments.ts';
import { environmentAbove, type Frame, modeOf, push, within } from './frame.ts';
import {
  argumentStart,
  blockText,
  commandName,
  coordinates,
  endOf,
  environmentName,
  lengthArgument,
  lineBreak,
  marks,
  overlay,
  verbCommand,
} from './patterns.ts';
import { braceOf, isOpaque, kindOfArgument, kindOfFormula, type Piece, pieceOf, type Scan } from './piece.ts';
import { breaksArgument, environmentEnd, environmentInArgument, formulaEnd, type Unread } from './unread.ts';

/** Reads one line, going on from what is open above it. Every character is looked at a bounded number of times. */
export class LineScanner {
  readonly pieces: Piece[] = [];
  document: Scan['document'];
  tail: Scan['tail'];
  #at = 0;
  readonly #line: string;
  readonly #start: number;
  #frame: Frame | undefined;

  /** @param start offset of the line in the text */
  constructor(line: string, start: number, frame: Frame | undefined) {
    this.#line = line;
    this.#start = start;
    this.#frame = frame;
  }

  scan(): Scan {
    while (this.#at < this.#line.length) {
      const before = this.#at;
      const frame = this.#frame;
      if (frame?.environment && isOpaque(frame)) this.#unread('display', environmentEnd(this.#line, before, frame));
      else if (frame?.kind === 'math') this.#unread(kindOfFormula(frame), formulaEnd(this.#line, before, frame));
      else if (frame?.kind === 'bracket') this.#bracket(frame);
      else if (frame?.kind === 'awaited') {
        this.#frame = frame.parent;
        this.#arguments(frame.name, frame.rest);
      } else this.#words();
      if (this.#at === before && this.#frame === frame) this.#at++; // nothing here is longer than the line
    }
    return { pieces: this.pieces, frame: this.#frame, document: this.document, tail: this.tail };
  }

  #add(kind: Piece['kind'], end: number, level = 0): void {
    const start = this.#at;
    this.#at = end;
    if (end > start) this.pieces.push({ kind, start, end, frame: this.#frame, level });
  }

  /** What is not read: an environment of code or a formula. */
  #unread(kind: 'display' | 'math', { end, frame, comment }: Unread): void {
    this.#add(kind, end);
    this.#frame = frame;
    if (comment) this.#comment();
  }

  /** An optional argument that began above. */
  #bracket(frame: Frame): void {
    const end = balancedEnd(this.#line, this.#at, '[', ']');
    const ofEnvironment = frame.name === 'begin';
    this.#add(ofEnvironment ? 'structure' : 'command', end ?? this.#line.length);
    if (end === undefined) return;
    this.#frame = frame.parent;
    if (ofEnvironment) this.#environmentArguments(false);
    else this.#arguments(frame.name, frame.rest);
  }

  #words(): void {
    const mark = matchAt(marks, this.#line, this.#at);
    const to = mark?.index ?? this.#line.length;
    this.#add(pieceOf(modeOf(this.#frame), this.#line, this.#at, to), to);
    if (mark === null) return;
    const mode = modeOf(this.#frame);
    const isRead = mode === 'text' || mode === 'heading' || mode === 'unknown';
    const [found] = mark;
    if (found === '{')
      this.#open(push(this.#frame, { kind: 'group', name: '', mode, long: this.#frame?.long === true }), 1);
    else if (found === '}') this.#close();
    else if (found === '%' && mode !== 'target') this.#comment();
    else if (!isRead && !(found === '\\' && breaksArgument(this.#line, this.#at, this.#frame))) {
      const begun = mode === 'command' ? environmentInArgument(this.#line, this.#at, this.#frame) : undefined;
      this.#add(mode, begun?.end ?? Math.min(to + (found === '\\' ? 2 : found.length), this.#line.length));
      this.#frame = begun?.frame ?? this.#frame;
    } else if (found === '\\') this.#command();
    else this.#open(push(this.#frame, { kind: 'math', name: found, mode: 'math' }), found.length);
  }

  #comment(): void {
    this.#add('comment', this.#line.length);
    this.tail = 'comment';
  }

  /** Opens something whose opener is `length` long and belongs to it. */
  #open(frame: Frame, length: number): void {
    this.#add(frame.kind === 'group' ? braceOf(frame.mode) : kindOfFormula(frame), this.#at + length);
    this.#frame = frame;
  }

  #close(): void {
    let frame = this.#frame;
    while (frame?.kind === 'environment' && frame.mode === 'command') frame = frame.parent; // what holds it ends
    if (frame?.kind !== 'group') {
      this.#add('command', this.#at + 1);
      return;
    }
    const isBlock = blockText.test(frame.name) || signatureOf(frame.name) === 'h';
    this.#frame = frame.parent;
    this.#add(isBlock ? 'structure' : braceOf(frame.mode), this.#at + 1);
    if (frame.name !== '') this.#arguments(frame.name, frame.rest);
  }

  #command(): void {
    const [line, at] = [this.#line, this.#at];
    const name = matchAt(commandName, line, at)?.[1];
    if (name === undefined) {
      this.#symbol();
      return;
    }
    const plain = name.replace(/\*$/u, '');
    const end = at + 1 + name.length;
    if (end === line.length) this.tail = 'commandName';
    if (plain === 'begin' || plain === 'end' || plain === 'item') {
      if (plain === 'item') this.#item(end);
      else this.#environment(plain, end);
      return;
    }
    if (verbCommand.test(plain) && this.#verbatim(plain, end)) return;
    const signature = signatureOf(plain);
    const kind = kindOfArgument(signature);
    const isFirst = this.pieces.every((piece) => line.slice(piece.start, piece.end).trim() === '');
    if (isFirst && (plain === 'documentclass' || plain === 'documentstyle')) this.document = 'class';
    const isHeading = signature === 'h';
    const isBlock = isHeading || (blockText.test(plain) && isFirst);
    if (isWord(plain)) {
      this.#add(this.#wordKind(), end);
      return;
    }
    this.#add(isBlock ? 'structure' : kind, end, isHeading ? headingLevelOf(plain) : 0);
    // `=3pt`, ` to 2cm plus 1fil`, `(0,0)`: what commands take without braces
    if (signature === undefined || /^(?:[hv]box|(?:make|frame)box)$/u.test(plain))
      this.#add('command', endOf(lengthArgument, line, this.#at) ?? endOf(coordinates, line, this.#at) ?? this.#at);
    this.#arguments(plain, signature);
  }

  /** `\\`, `\%`, `\'`, `\(` … */
  #symbol(): void {
    const symbol = this.#line.slice(this.#at, this.#at + 2);
    if (symbol === '\\(' || symbol === '\\[')
      this.#open(push(this.#frame, { kind: 'math', name: symbol === '\\(' ? '\\)' : '\\]', mode: 'math' }), 2);
    else if (symbol === '\\\\') this.#add('command', endOf(lineBreak, this.#line, this.#at) ?? this.#at + 2);
    else this.#add(symbol.length < 2 ? 'command' : this.#wordKind(), this.#at + symbol.length);
  }

  /** What a command is that writes a word or a mark. */
  #wordKind(): Piece['kind'] {
    return modeOf(this.#frame) === 'heading' ? 'heading' : 'text';
  }

  /** What follows a command: optional arguments, and groups as its signature says. */
  #arguments(name: string, given: string | undefined): void {
    for (let signature = given; ; ) {
      const letter = signature?.[0];
      const kind = kindOfArgument(letter);
      const bareEnd = letter && bareArgumentEnd(letter, this.#line, this.#at);
      if (bareEnd) {
        this.#add(kind, bareEnd);
        if (!/[*=]/u.test(this.#line[bareEnd - 1]!)) signature = signature!.slice(1);
        continue;
      }
      const next = matchAt(argumentStart, this.#line, this.#at);
      if (next === null) {
        if (letter !== undefined && letter !== 't') this.#await(name, signature);
        return;
      }
      const blanks = next[0].length - 1;
      if (blanks > 0 && letter === undefined) return;
      const start = this.#at + blanks;
      if (next[1] === '<') {
        const end = endOf(overlay, this.#line, start);
        if (blanks > 0 || end === undefined) return;
        this.#add(kind, end);
        continue;
      }
      if (next[1] === '[') {
        const end = balancedEnd(this.#line, start + 1, '[', ']');
        this.#add(kind, end ?? this.#line.length);
        if (end !== undefined) continue;
        this.#frame = push(this.#frame, { kind: 'bracket', name, mode: 'command', rest: signature });
        return;
      }
      if (next[1] !== '{' || (letter === undefined && signature !== undefined)) return;
      const mode = modeOfArgument(this.#frame, letter, { line: this.#line, start: start + 1 });
      const rest = signature?.slice(1);
      if (letter === 'h') this.#add('structure', start + 1, headingLevelOf(name));
      else this.#add(blockText.test(name) ? 'structure' : kind, start + 1);
      this.#frame = push(this.#frame, { kind: 'group', name, mode, rest, long: letter === 'd' });
      return;
    }
  }

  /** Nothing but a comment follows in this line: the argument may begin in the next one. */
  #await(name: string, signature: string | undefined): void {
    const behind = this.#line.slice(this.#at).trimStart();
    if (behind !== '' && behind[0] !== '%') return;
    this.#add('command', this.#line.length - behind.length);
    if (behind !== '') this.#comment();
    this.#frame = push(this.#frame, { kind: 'awaited', name, mode: 'text', rest: signature });
  }

  /** `\verb|…|`, `\lstinline[…]{…}`, `\mintinline{language}|…|`; false where it is an ordinary command. */
  #verbatim(name: string, from: number): boolean {
    const end = verbatimEnd(this.#line, name, from);
    if (end === undefined) return false;
    this.tail = end > 0 ? undefined : isProgram(name) ? 'program' : 'code';
    this.#add(isAddress(name) ? 'target' : 'code', end > 0 ? end : this.#line.length);
    return true;
  }

  #item(from: number): void {
    const list = environmentAbove(this.#frame, ({ environment }) => environment?.kind === 'list');
    const end = itemEnd(this.#line, from);
    if (list !== undefined) {
      const marker = this.#line.slice(this.#at, end);
      const ordered = isOrdered(list.name);
      const item = { kind: 'listItem', start: this.#start + this.#at, marker, ordered, task: false } as const;
      this.#frame = within({ ...list, containers: list.parent?.containers ?? [] }, item);
    }
    this.#add('item', end);
  }

  #environment(command: 'begin' | 'end', end: number): void {
    const match = matchAt(environmentName, this.#line, end);
    if (match === null) {
      this.#add('structure', end);
      return;
    }
    const name = match[1]!;
    const behind = end + match[0].length;
    if (name === 'document') {
      this.document = command;
      this.#add('structure', behind);
    } else if (command === 'end') {
      const open = environmentAbove(this.#frame, (frame) => frame.name === name);
      this.#add('structure', behind);
      if (open !== undefined) this.#frame = open.parent;
    } else this.#begin(name, behind);
  }

  #begin(name: string, behind: number): void {
    const environment = environmentOf(name);
    const frame = push(this.#frame, { kind: 'environment', name, mode: 'text', environment });
    if (isOpaque(frame)) {
      this.#frame = frame;
      this.#add('display', behind);
      return;
    }
    const quote = { kind: 'quote', start: this.#start + this.#at, marker: '', ordered: false, task: false } as const;
    this.#add('structure', behind);
    this.#frame = environment.kind === 'quote' ? within(frame, quote) : frame;
    this.#environmentArguments(environment.kind === 'frame');
  }

  /** Options, sizes, columns; the title of a slide. */
  #environmentArguments(titled: boolean): void {
    for (;;) {
      const open = this.#line[this.#at];
      if (open !== '[' && open !== '{') return;
      if (open === '{' && titled) {
        this.#add('structure', this.#at + 1, 4);
        this.#frame = push(this.#frame, { kind: 'group', name: 'frametitle', mode: 'heading' });
        return;
      }
      if (open === '{' && looksLikeProse(this.#line, this.#at + 1)) return;
      const end = balancedEnd(this.#line, this.#at + 1, open, open === '[' ? ']' : '}');
      this.#add('structure', end ?? this.#line.length);
      if (end === undefined && open === '[')
        this.#frame = push(this.#frame, { kind: 'bracket', name: 'begin', mode: 'command' });
    }
  }
}
