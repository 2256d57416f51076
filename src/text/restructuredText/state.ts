import type { BlockKind } from '../block.ts';
import { blankLine, type LineState } from '../lineLanguage.ts';
import type { Frame } from './frame.ts';

export interface RstState extends LineState {
  /** the innermost thing that the next line may belong to */
  readonly frame: Frame | undefined;
  readonly above: Above;
  /** lines of the last block so far */
  readonly lines: number;
  /** adornments of titles in the order of their first use: `=`, or `==` with an overline */
  readonly styles: readonly string[];
  /** words stood above: a field list is no longer the document's own */
  readonly bodySeen: boolean;
}

/** What the last line lets the next one be. */
export type Above =
  | { readonly kind: 'nothing' }
  | {
      readonly kind: 'words';
      /** only one line, flush with what may follow: a title's text or a term */
      readonly first: boolean;
      /** it ends in `::` */
      readonly literal: boolean;
      /** the mark of the overline above it */
      readonly over: string | undefined;
      readonly title: string;
      /** `bodySeen` before them: a title is no body */
      readonly bodySeen: boolean;
      readonly number: NumberMark | undefined;
    }
  /** a literal block may follow */
  | { readonly kind: 'literal' }
  /** up to a blank line; each begins with one of the characters `starts`, or is indented where `hanging` */
  | { readonly kind: 'lines'; readonly block: BlockKind; readonly starts: string; readonly hanging: boolean }
  | { readonly kind: 'simpleTable'; readonly borders: number; readonly border: boolean }
  | { readonly kind: 'overline'; readonly mark: string }
  | { readonly kind: 'toBlankLine'; readonly block: BlockKind };

/** A number before words, which is none if the line below shows no list. */
export interface NumberMark {
  /** offset in the text */
  readonly start: number;
  /** how the next item's line would begin; undefined: any number will do */
  readonly next: readonly string[] | undefined;
}

export const nothing: Above = { kind: 'nothing' };

export const initialState: RstState = {
  line: blankLine,
  headings: [],
  frame: undefined,
  above: nothing,
  lines: 0,
  styles: [],
  bodySeen: false,
};

/** A line that is being read. */
export interface RstLine {
  readonly state: RstState;
  readonly line: string;
  /** offset of the line in the text */
  readonly start: number;
  /** the line with blanks for tabs, without blanks at its end */
  readonly text: string;
  readonly offsetOf: (column: number) => number;
  /** where it begins, or where it goes on behind the markers that were read */
  readonly column: number;
  /** the innermost thing that it belongs to */
  readonly frame: Frame | undefined;
}
