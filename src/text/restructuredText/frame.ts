import type { BlockKind, Container } from '../block.ts';

/** Something that indented lines belong to: a list item, a quote, a directive, a literal block. */
export interface Frame {
  readonly parent: Frame | undefined;
  /** counted from 1 */
  readonly depth: number;
  /** column of its marker: a line that is not indented more is beyond it */
  readonly base: number;
  /** column of its text; undefined as long as no line has shown it */
  readonly indent: number | undefined;
  /** less than `indent` ends it (bullets and numbers); otherwise any text right of `base` is in it */
  readonly strict: boolean;
  /** its lines are not read: code, a formula, a comment */
  readonly opaque: BlockKind | undefined;
  /** a directive before its first blank line: what its lines are */
  readonly head: DirectiveHead | undefined;
  /** what its text stands in, outermost first */
  readonly containers: readonly Container[];
}

/**
 * `arguments`: no words, of a directive that holds words below; `bare`: `..` alone, which a blank line directly below
 * ends; `target`: any blank line ends it
 */
export type DirectiveHead = 'words' | 'title' | 'arguments' | 'options' | 'bare' | 'target';

/** Deeper nesting is read as words: memory per line stays bounded. */
export const maxDepth = 60;

export const textColumnOf = (frame: Frame | undefined): number =>
  frame === undefined ? 0 : (frame.indent ?? frame.base);

export const containersOf = (frame: Frame | undefined): readonly Container[] => frame?.containers ?? [];

/** The innermost frame that a line belongs to which begins at `column`. */
export function frameAt(frame: Frame | undefined, column: number): Frame | undefined {
  let found = frame;
  while (found !== undefined && !(found.strict ? column >= found.indent! : column > found.base)) found = found.parent;
  return found;
}

/** A frame's text begins at its least indented line. */
export const withColumn = (frame: Frame | undefined, column: number): Frame | undefined =>
  frame === undefined || frame.strict || (frame.indent !== undefined && frame.indent <= column)
    ? frame
    : { ...frame, indent: column };

interface NewFrame {
  readonly base: number;
  readonly indent?: number;
  readonly strict?: boolean;
  readonly opaque?: BlockKind;
  readonly head?: DirectiveHead | undefined;
  readonly container?: Omit<Container, 'task'>;
}

export function push(parent: Frame | undefined, frame: NewFrame): Frame {
  const outer = containersOf(parent);
  const { base, indent, strict = false, opaque, head, container } = frame;
  const containers = container ? [...outer, { ...container, task: false }] : outer;
  const depth = (parent?.depth ?? 0) + 1;
  return { parent, depth, base, indent, strict, opaque, head, containers };
}
