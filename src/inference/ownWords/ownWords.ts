import { isDeepStrictEqual } from 'node:util';
import type { OwnText } from '../../protocol/inference.ts';
import { logSumExp } from '../sampling/logitsProcessors.ts';
import { TokenIndex } from './tokenIndex.ts';

/**
 * How far a writer's own texts are believed. After a context that occurred `total` times and was followed by `distinct`
 * tokens, what followed it gets the share `maxShare · total / (total + spreadWeight · distinct)` of the probability
 * (Witten & Bell 1991: a context that goes on in many ways says little), one length of context after the other. Set by
 * perplexity on held-out chapters of two writers, with and without an adapter (docs/lab/own-words.md).
 */
const maxShares = [0, 0.05, 0.2, 0.2, 0.2, 0.3, 0.8]; // by the length of the context
const spreadWeight = 4;

/**
 * A writer's own words: which tokens followed which in their texts, blended into what the model expects next. A cache
 * model (Kuhn & De Mori 1990; Grave et al. 2017) over whole texts instead of the last words.
 */
export class OwnWords {
  #index: TokenIndex;
  /** by name */
  readonly #texts: Map<string, readonly number[]>;

  private constructor(index: TokenIndex, texts: readonly OwnText[]) {
    this.#index = index;
    this.#texts = new Map(texts.map(({ name, tokens }) => [name, tokens]));
  }

  /** Tokens that were counted. */
  get tokens(): number {
    return this.#index.length;
  }

  /** @param turn lets other work happen */
  static async of(texts: readonly OwnText[], turn: () => Promise<void>): Promise<OwnWords> {
    const all = texts.map(({ tokens }) => tokens);
    return new OwnWords(await indexOf(all, turn), texts);
  }

  /** Texts in place of those of the same names. What was known before holds until what is new has been counted. */
  async replace(texts: readonly OwnText[], turn: () => Promise<void>): Promise<this> {
    const changed = texts.filter(({ name, tokens }) => !isDeepStrictEqual(tokens, this.#texts.get(name) ?? []));
    if (changed.length === 0) return this; // saved as it was, or gone before it was known
    for (const { name, tokens } of changed) {
      if (tokens.length > 0) this.#texts.set(name, tokens);
      else this.#texts.delete(name);
    }
    this.#index = await indexOf([...this.#texts.values()], turn);
    return this;
  }

  /** Changes the logits (vocabulary) after `tokenIds` in place. */
  blend(logits: Float32Array, tokenIds: readonly number[]): void {
    const shares = new Map<number, number>();
    let rest = 1;
    for (const { length, counts, total } of [...this.#index.followers(tokenIds)].reverse()) {
      const share = (maxShares[length]! * total) / (total + spreadWeight * counts.size);
      for (const [id, count] of counts) shares.set(id, (shares.get(id) ?? 0) + (rest * share * count) / total);
      rest *= 1 - share;
    }
    if (shares.size === 0) return;
    const all = logSumExp(logits);
    for (const [id, share] of shares) logits[id] = logAdd(logits[id]!, all + Math.log(share / rest));
  }
}

const indexOf = (texts: readonly (readonly number[])[], turn: () => Promise<void>): Promise<TokenIndex> =>
  TokenIndex.of(texts, maxShares.length - 1, turn);

/** log(exp a + exp b) */
function logAdd(a: number, b: number): number {
  const greater = Math.max(a, b);
  return greater + Math.log(Math.exp(a - greater) + Math.exp(b - greater));
}
