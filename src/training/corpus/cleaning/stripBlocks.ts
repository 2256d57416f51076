import type { Block, BlockKind } from '../../../text/block.ts';
import { readText } from '../../../text/readText.ts';

/** What may be taken out: what a document tells programs about itself, and code with the comments in it. */
export type Stripped = 'frontMatter' | 'code';

const strippedAs: Readonly<Partial<Record<BlockKind, Stripped>>> = {
  frontMatter: 'frontMatter',
  code: 'code',
  comment: 'code',
};

/** Takes front matter and code out of a finished document. What stays is left as its author wrote it. */
export function stripBlocks(text: string, languageId: string, kinds: ReadonlySet<Stripped>): string {
  if (kinds.size === 0) return text;
  const kept: string[] = [];
  let next = 0;
  let above: Block | undefined;
  for (const block of readText(text, languageId).blocks) {
    // Typst's markup is its program text
    const as = languageId === 'typst' && block.kind === 'markup' ? 'code' : strippedAs[block.kind];
    if (as !== undefined && kinds.has(as)) {
      // a line of attributes belongs to the block below it: AsciiDoc's `[source,rust]`
      const isIts = above?.kind === 'markup' && above.end + 1 === block.start && above.start >= next;
      kept.push(text.slice(next, isIts ? above!.start : block.start));
      next = block.end; // the line end behind a block keeps what stands around it apart
    }
    above = block;
  }
  return kept.join('') + text.slice(next);
}
