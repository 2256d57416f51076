import type { TextReading } from './block.ts';
import { languageFor } from './grammars.ts';

/** Reads a text of any language; one that nobody described is text without markup. Linear in the text's length. */
export function readText(text: string, languageId: string): TextReading {
  const { blocks, spansOf } = languageFor(languageId).read(text);
  return { text, languageId, blocks, spansOf };
}
