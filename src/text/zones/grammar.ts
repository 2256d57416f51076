import type { CaretLine, Heading } from '../textLanguage.ts';
import type { ZoneKind } from '../zone.ts';

/** A construct over several lines (fence, environment, comment) that is not closed yet. */
export interface OpenBlock {
  readonly kind: ZoneKind;
  /** what the grammar needs to recognise the end: a fence, an `\end{…}`, `-->` */
  readonly close: string;
  /** columns before the opening line, for blocks that end where the text is indented less */
  readonly indent: number;
}

/** What has to be known of all lines above a caret. Small and immutable: many are kept. */
export interface BlockState {
  readonly open: OpenBlock | undefined;
  /** the enclosing headings, outermost first */
  readonly headings: readonly Heading[];
}

/**
 * One language's zones. Scanners rather than parsers: what matters at a caret is what is still *open* there, and a
 * parser of finished documents does not call `[text](htt` a link or `$x` a formula.
 */
export interface Grammar {
  /** state before the first line */
  readonly initial: BlockState;
  /** `text.slice(start, end)` is one line without its line end; it may look back in `text`, never ahead */
  step(state: BlockState, text: string, start: number, end: number): BlockState;
  zone(line: CaretLine, state: BlockState): ZoneKind;
}

export const emptyState: BlockState = { open: undefined, headings: [] };

export const opened = (state: BlockState, kind: ZoneKind, close: string, indent = 0): BlockState => ({
  ...state,
  open: { kind, close, indent },
});

export const closed = (state: BlockState): BlockState => ({ ...state, open: undefined });
