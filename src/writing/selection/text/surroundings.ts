import type { Span } from '../../../text/span.ts';
import { type BlockKind, textBlocks } from './textBlocks.ts';

/** The block that a place stands in: what is selected inside of a fence is code, whatever it looks like. */
export function blockKindAt(before: string): BlockKind {
  return textBlocks(`${before}x`).at(-1)!.kind;
}

/**
 * The paragraph, item or heading around a caret, for actions without a selection; undefined between blocks.
 * @param offset UTF-16 offset into the text
 */
export function paragraphAt(text: string, offset: number): Span | undefined {
  const block = textBlocks(text).find(({ start, end }) => start <= offset && offset <= end);
  return block && block.kind !== 'blank' ? { start: block.start, end: block.end } : undefined;
}
