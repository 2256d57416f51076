import { looksLikeProse } from './arguments.ts';
import type { Frame, Mode } from './frame.ts';

/** A part of a line. `structure`: what begins or ends an environment or an item; `display`: a formula or code of its own. */
export interface Piece {
  readonly kind: Mode | 'structure' | 'item' | 'display' | 'code' | 'comment';
  readonly start: number;
  readonly end: number;
  /** the innermost thing that it stands in */
  readonly frame: Frame | undefined;
  /** of a heading */
  readonly level: number;
}

export interface Scan {
  readonly pieces: readonly Piece[];
  readonly frame: Frame | undefined;
  /** what the line says about the document as a whole */
  readonly document: 'class' | 'begin' | 'end' | undefined;
  /** where in the syntax the line ends, if not just in what `frame` says */
  readonly tail: 'commandName' | 'code' | 'program' | 'comment' | undefined;
}

export const braceOf = (mode: Mode): Piece['kind'] => (mode === 'citation' || mode === 'target' ? mode : 'command');

/** @param signature of the command: what its arguments hold */
export const kindOfArgument = (signature: string | undefined) =>
  signature?.startsWith('k') ? 'citation' : /^[uf]/u.test(signature ?? '') ? 'target' : 'command';

export const kindOfFormula = ({ name }: Frame) => (name === '$$' || name === '\\]' ? 'display' : 'math');

export const isOpaque = ({ environment }: Frame): boolean =>
  environment?.kind === 'opaque' || environment?.kind === 'verbatim';

/** What a stretch without marks is. */
export function pieceOf(mode: Mode, line: string, start: number, end: number): Piece['kind'] {
  if (mode === 'unknown') return looksLikeProse(line.slice(0, end), start) ? 'text' : 'command';
  return mode;
}
