import type { Container } from '../block.ts';
import type { Environment } from './environments.ts';

/** What text directly inside something is. `unknown`: the argument of a command that nobody described. */
export type Mode = 'text' | 'heading' | 'citation' | 'target' | 'command' | 'math' | 'unknown';

/** Something that is open: an environment, a group or an argument, an optional argument, a formula, an argument to come. */
export interface Frame {
  readonly parent: Frame | undefined;
  readonly kind: 'environment' | 'group' | 'bracket' | 'math' | 'awaited';
  /** of the environment or command; of a formula what closes it */
  readonly name: string;
  readonly mode: Mode;
  /** of an environment */
  readonly environment: Environment | undefined;
  /** environments of the same name that are open in an opaque one */
  readonly nested: number;
  /** what the arguments behind this one hold */
  readonly rest: string | undefined;
  /** it may hold blank lines although it is an argument: what a command is defined as */
  readonly long: boolean;
  /** what its text stands in, outermost first */
  readonly containers: readonly Container[];
}

const plain = { environment: undefined, nested: 0, rest: undefined, long: false };

export const push = (
  parent: Frame | undefined,
  frame: Pick<Frame, 'kind' | 'name' | 'mode'> & Partial<Pick<Frame, 'environment' | 'rest' | 'long' | 'containers'>>,
): Frame => ({ ...plain, parent, containers: parent?.containers ?? [], ...frame });

export const modeOf = (frame: Frame | undefined): Mode => frame?.mode ?? 'text';

const maxContainers = 60;

/** The frame with one more container around its text; what is nested more deeply than anybody writes gets none. */
export const within = (frame: Frame, container: Container): Frame =>
  frame.containers.length < maxContainers ? { ...frame, containers: [...frame.containers, container] } : frame;

/** An `\end` or `\item` closes at most so many things: what is open beyond that belongs to a broken text. */
const maxClosed = 64;

/** The innermost open environment of a kind, if it is near. */
export function environmentAbove(frame: Frame | undefined, isIt: (frame: Frame) => boolean): Frame | undefined {
  let found = frame;
  for (let steps = 0; found !== undefined && steps < maxClosed; steps++, found = found.parent) {
    if (found.kind === 'environment' && isIt(found)) return found;
  }
  return undefined;
}

/** What goes on over a blank line: formulas and arguments that name something do not. */
export function overBlankLine(frame: Frame | undefined): Frame | undefined {
  let found = frame;
  while (found !== undefined && endsAtParagraph(found)) found = found.parent;
  return found;
}

const endsAtParagraph = ({ kind, mode, name, long }: Frame): boolean =>
  kind === 'math'
    ? name === '$' || name === '\\)'
    : kind === 'bracket' ||
      kind === 'awaited' ||
      mode === 'citation' ||
      mode === 'target' ||
      mode === 'heading' ||
      (mode === 'command' && !long);
