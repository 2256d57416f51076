import { logSumExp } from '../sampling/logitsProcessors.ts';
import { TokenIndex } from './tokenIndex.ts';

/**
 * How far a writer's own texts are believed. After a context that occurred `total` times and was followed by `distinct`
 * tokens, what followed it gets the share `most · total / (total + doubt · distinct)` of the probability (Witten & Bell
 * 1991: a context that goes on in many ways says little), one length of context after the other. Set by perplexity on
 * held-out chapters of two writers, with and without an adapter (docs/lab/own-words.md).
 */
const most = [0, 0.05, 0.2, 0.2, 0.2, 0.3, 0.8]; // by the length of the context
const doubt = 4;

/**
 * A writer's own words: which tokens followed which in their texts, blended into what the model expects next. A cache
 * model (Kuhn & De Mori 1990; Grave et al. 2017) over whole texts instead of the last words.
 */
export class OwnWords {
  readonly #index: TokenIndex;

  private constructor(index: TokenIndex) {
    this.#index = index;
  }

  /** Tokens that were counted. */
  get tokens(): number {
    return this.#index.length;
  }

  /**
   * @param texts token ids
   * @param turn lets other work happen
   */
  static async of(texts: readonly (readonly number[])[], turn: () => Promise<void>): Promise<OwnWords> {
    return new OwnWords(await TokenIndex.of(texts, most.length - 1, turn));
  }

  /** Changes the logits (vocabulary) after `tokenIds` in place. */
  blend(logits: Float32Array, tokenIds: readonly number[]): void {
    const shares = new Map<number, number>();
    let rest = 1;
    for (const { length, counts, total } of [...this.#index.followers(tokenIds)].reverse()) {
      const share = (most[length]! * total) / (total + doubt * counts.size);
      for (const [id, count] of counts) shares.set(id, (shares.get(id) ?? 0) + (rest * share * count) / total);
      rest *= 1 - share;
    }
    if (shares.size === 0) return;
    const all = logSumExp(logits);
    for (const [id, share] of shares) logits[id] = logAdd(logits[id]!, all + Math.log(share / rest));
  }
}

/** log(exp a + exp b) */
function logAdd(a: number, b: number): number {
  const greater = Math.max(a, b);
  return greater + Math.log(Math.exp(a - greater) + Math.exp(b - greater));
}
