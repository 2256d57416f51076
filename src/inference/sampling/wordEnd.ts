import type { Tokenizer } from '../../model/tokenizer.ts';
import { goesOnWord } from '../../protocol/firstWord.ts';
import { expOfMinus } from './exponential.ts';

/**
 * All tokens with which a word ends are one choice against each with which it goes on: "server" may end with a blank, a comma, a
 * bracket, and is likelier than "server's" although none of these is. Where the word ends, what goes on with it is masked.
 * @param logits (vocabulary) after a word that may go on; changed in place
 * @param total their logPartition
 * @returns the probability that the word ends here; undefined when it goes on
 */
export function endOfWord(logits: Float32Array, total: number, tokenizer: Tokenizer): number | undefined {
  const goesOn = wordTokens(tokenizer, logits.length);
  let best = Number.NEGATIVE_INFINITY;
  let ends = 0;
  for (let id = 0; id < logits.length; id++) {
    if (goesOn[id] === 0) ends += expOfMinus(total - logits[id]!);
    else if (logits[id]! > best) best = logits[id]!;
  }
  if (ends < Math.exp(best - total)) return undefined;
  for (let id = 0; id < logits.length; id++) if (goesOn[id] === 1) logits[id] = Number.NEGATIVE_INFINITY;
  return ends;
}

const known = new WeakMap<Tokenizer, Uint8Array>();

/** The same of texts that begin with such a character: nearly all do, and need not be decoded. */
const ascii = Uint8Array.from({ length: 128 }, (_, code) => Number(goesOnWord(String.fromCharCode(code))));

/** By token: 1 where a word that stands before it goes on with it; parts of a character do so. Read once for a tokenizer. */
function wordTokens(tokenizer: Tokenizer, vocabularySize: number): Uint8Array {
  let tokens = known.get(tokenizer);
  if (!tokens) {
    const decoder = new TextDecoder();
    tokens = Uint8Array.from({ length: vocabularySize }, (_, id) => {
      const bytes = tokenizer.tokenBytes(id);
      const [first = 0] = bytes;
      if (first < ascii.length) return ascii[first]!;
      const text = decoder.decode(bytes);
      return Number(goesOnWord(text) || text.startsWith('\uFFFD'));
    });
    known.set(tokenizer, tokens);
  }
  return tokens;
}
