import type { SpanKind } from '../block.ts';

/** Something that is open: program text in brackets or up to the line's end, content in brackets, raw text … */
export interface Frame {
  readonly parent: Frame | undefined;
  readonly kind: 'statement' | 'control' | 'code' | 'string' | 'content' | 'brackets' | 'math' | 'raw' | 'comment';
  /** what closes it */
  readonly close: string;
  /** comments in a comment */
  readonly nested: number;
  /** it is a formula or stands in one */
  readonly inMath: boolean;
  readonly control?: Control;
}

/** How far `#if`, `#for`, `#while` or `#context` has come: words may stand behind it on its line. */
export interface Control {
  readonly word: string;
  /** what may come next: a value, what goes on with it or the body, what follows the body, or the body of an `else` */
  readonly next: 'value' | 'operator' | 'body' | 'else';
}

export interface Piece {
  readonly kind: 'text' | Extract<SpanKind, 'code' | 'math' | 'target' | 'citation' | 'comment' | 'command'>;
  readonly start: number;
  readonly end: number;
}

export const push = (parent: Frame | undefined, kind: Frame['kind'], close: string): Frame => ({
  parent,
  kind,
  close,
  nested: 0,
  inMath: kind === 'math' || (parent?.inMath ?? false),
});

export const isCode = (frame: Frame | undefined): boolean =>
  frame?.kind === 'code' || frame?.kind === 'statement' || frame?.kind === 'control';
