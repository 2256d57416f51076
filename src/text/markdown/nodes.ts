import type { BlockKind } from '../block.ts';

/** The block nodes of the parser's tree that hold no other blocks, and what they are. */
export const leafKinds: Readonly<Record<string, Exclude<BlockKind, 'blank'> | 'words'>> = {
  Paragraph: 'words',
  ATXHeading1: 'heading',
  ATXHeading2: 'heading',
  ATXHeading3: 'heading',
  ATXHeading4: 'heading',
  ATXHeading5: 'heading',
  ATXHeading6: 'heading',
  SetextHeading1: 'heading',
  SetextHeading2: 'heading',
  FencedCode: 'code',
  CodeBlock: 'code',
  HTMLBlock: 'markup',
  ProcessingInstructionBlock: 'markup',
  CommentBlock: 'comment',
  HorizontalRule: 'markup',
  LinkReference: 'markup',
  // our own
  Table: 'table',
  MathBlock: 'math',
  HiddenBlock: 'comment',
  RawCode: 'code',
  MarkLine: 'markup',
  CalloutTitle6: 'heading',
  SimpleTable: 'table',
};

/** The nodes that hold blocks. Lists hold items only. */
export const containerKinds: Readonly<Record<string, 'listItem' | 'quote' | 'note'>> = {
  ListItem: 'listItem',
  Blockquote: 'quote',
  Footnote: 'note',
  Definition: 'note',
  Admonition: 'note',
  Directive: 'note',
};

/** Blocks of our own that may go on behind a blank line: what stands below one is to be judged anew with it. */
export const goOnOverBlankLines = new Set(['Footnote', 'Definition', 'Admonition', 'Directive', 'SimpleTable']);
