import { readFileSync } from 'node:fs';
import path from 'node:path';
import { openTokenizer, root } from './product.mjs';

/**
 * The same tokens for every contestant: pieces of test/golden/texts/prose.txt that no two share a beginning.
 * @returns {{ warmUp: Prompt, prefill: Prompt[], decode: Prompt[] }}
 * @typedef {{ text: string, ids: number[] }} Prompt
 */
export function makePrompts() {
  const tokenizer = openTokenizer();
  const ids = tokenizer.encode(readFileSync(path.join(root, 'test', 'golden', 'texts', 'prose.txt'), 'utf8'));
  const begun = new Set();
  const { beginning } = tokenizer; // what the model wants before all that it reads
  const piece = (start, length) => {
    const found = exactPiece({ tokenizer, ids, begun, start, length: length - beginning.length });
    return { text: found.text, ids: [...beginning, ...found.ids] };
  };
  return {
    warmUp: piece(20, 64),
    prefill: [100, 300, 500].map((start) => piece(start, 512)),
    decode: [150, 350, 550].map((start) => piece(start, 224)), // 64 steps more: 256 tokens of context on average
  };
}

/** A piece near `start` whose text gives exactly its tokens again, although it is cut out of its context. */
function exactPiece({ tokenizer, ids, begun, start, length }) {
  for (let at = start; at + length < ids.length; at++) {
    const piece = ids.slice(at, at + length);
    const text = tokenizer.decode(piece);
    const again = tokenizer.encode(text);
    if (begun.has(piece[0]) || again.length !== length || again.some((id, i) => id !== piece[i])) continue;
    begun.add(piece[0]);
    return { text, ids: piece };
  }
  throw new Error(`no piece of ${length} tokens from ${start} on`);
}
