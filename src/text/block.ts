export type BlockKind =
  | 'prose'
  | 'heading'
  | 'listItem'
  | 'quote'
  | 'table'
  | 'code'
  | 'math'
  | 'frontMatter'
  | 'comment'
  | 'markup'
  | 'blank';

/** A list item, quote or note that a block stands in. */
export interface Container {
  /** note: a footnote, definition, admonition, directive or div that holds prose */
  readonly kind: 'listItem' | 'quote' | 'note';
  /** offset of its marker */
  readonly start: number;
  /** as it stands: `- `, `1. `, `\item `, `> `, `.. note:: `; '' where the markup has none */
  readonly marker: string;
  readonly ordered: boolean;
  /** it has a task box, which is part of the block's marker and not of its words */
  readonly task: boolean;
}

/**
 * One block of a text. Blocks are in order, do not overlap and cover every character except the line breaks between
 * them. Those of HTML may begin and end within a line; all others are whole lines.
 */
export interface Block {
  /** words in a list item (its first paragraph or a later one) are `listItem`, in a quote `quote`, else `prose` */
  readonly kind: BlockKind;
  /** offset */
  readonly start: number;
  /** without the last line break */
  readonly end: number;
  /** where the words begin: behind all markers, the task box, attributes, the opening tag or command */
  readonly contentStart: number;
  /** where they end: before closing #s, `}`, `</p>`, attributes at the end */
  readonly contentEnd: number;
  /** heading: 1 to 6 (0: the document's title where the language has one); list item: nesting from 0; else 0 */
  readonly level: number;
  /** outermost first */
  readonly containers: readonly Container[];
  /** the first block of its innermost list item: a marker stands before its words */
  readonly opensItem: boolean;
}

export type SpanKind = 'code' | 'math' | 'link' | 'target' | 'citation' | 'comment' | 'command' | 'raw' | 'prefix';

/**
 * What stays byte for byte inside a block's words. `link`: the syntax of a link except its label, which is text;
 * `target`: an address; `raw`: inline HTML, templates, shortcodes, the syntax of roles; `command`: commands with their
 * arguments that hold no prose; `prefix`: quote marks and indentation at the beginning of the block's further lines.
 */
export interface InlineSpan {
  readonly kind: SpanKind;
  readonly start: number;
  readonly end: number;
}

export interface TextReading {
  readonly text: string;
  readonly languageId: string;
  readonly blocks: readonly Block[];
  /** in order, without overlap, within the block's words */
  spansOf(block: Block): readonly InlineSpan[];
}

/** Blocks of sentences; besides these only headings hold a person's words. */
export const holdsSentences = ({ kind }: Pick<Block, 'kind'>): boolean =>
  kind === 'prose' || kind === 'listItem' || kind === 'quote';

/** What a block of words is called by the containers that it stands in. */
export function kindOfWords(containers: readonly Container[]): 'prose' | 'listItem' | 'quote' {
  const innermost = containers.findLast(({ kind }) => kind !== 'note');
  return innermost === undefined || innermost.kind === 'note' ? 'prose' : innermost.kind;
}
