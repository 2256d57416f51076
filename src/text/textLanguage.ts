import type { Block, InlineSpan } from './block.ts';
import type { ZoneKind } from './zone.ts';

/** How one language is read: a whole text at once, and what is open at a caret. */
export interface TextLanguage {
  /** Linear in the text's length; never throws. */
  read(text: string): BlockReading;
  /** What one document's carets are judged by; it keeps what it has read between keystrokes. */
  caretScan(): CaretScan;
}

export interface BlockReading {
  readonly blocks: readonly Block[];
  spansOf(block: Block): readonly InlineSpan[];
}

export interface CaretScan {
  /** @param prefix the document up to the caret */
  zoneAt(prefix: string, line: CaretLine, suffix: string): ZoneKind;
  /** The headings, outermost first, that enclose the line of `offset`. */
  headingsAt(prefix: string, offset: number): readonly Heading[];
}

/** The caret's own line and what stands around it, all bounded in length. */
export interface CaretLine {
  readonly linePrefix: string;
  readonly lineSuffix: string;
  /** up to the caret, from the last blank line on: constructs that may cross a line end */
  readonly paragraphPrefix: string;
  /** '' at the first line */
  readonly previousLine: string;
}

export interface Heading {
  /** 0 = the document's title */
  readonly level: number;
  /** the line as it stands, for the prompt */
  readonly line: string;
}
