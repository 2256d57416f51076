import type { Block, InlineSpan, TextReading } from './block.ts';
import { languageFor } from './grammars.ts';

/** Reads a text of any language; one that nobody described is text without markup. Linear in the text's length. */
export function readText(text: string, languageId: string): TextReading {
  const { blocks, spansOf } = languageFor(languageId).read(text);
  let last: { readonly block: Block; readonly spans: readonly InlineSpan[] } | undefined;
  return {
    text,
    languageId,
    blocks,
    spansOf(block) {
      if (last?.block !== block) last = { block, spans: spansOf(block) }; // each of its sentences asks again
      return last.spans;
    },
  };
}
