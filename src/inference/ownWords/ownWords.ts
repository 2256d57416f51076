import { isDeepStrictEqual } from 'node:util';
import type { OwnText } from '../../protocol/inference.ts';
import { logSumExp } from '../sampling/logitsProcessors.ts';
import { TokenIndex } from './tokenIndex.ts';

/**
 * How far a writer's own texts are believed, by the length of the context. A context that occurred `total` times and was followed
 * by `distinct` tokens gives what followed it the share `max · total / (total + spread · distinct)` of the probability
 * (Witten & Bell 1991: a context that goes on in many ways says little), one length of context after the other.
 */
interface Shares {
  readonly max: readonly number[];
  readonly spread: readonly number[];
}

/** Set by perplexity on held-out chapters of two writers, with and without an adapter (docs/lab/own-words.md). */
const measuredShares: Shares = { max: [0, 0.05, 0.2, 0.2, 0.2, 0.3, 0.8], spread: [4, 4, 4, 4, 4, 4, 4] };

/**
 * A writer's own words: which tokens followed which in their texts, blended into what the model expects next. A cache
 * model (Kuhn & De Mori 1990; Grave et al. 2017) over whole texts instead of the last words.
 */
export class OwnWords {
  #index: TokenIndex;
  /** by name */
  readonly #texts: Map<string, readonly number[]>;
  readonly #shares: Shares;

  private constructor(index: TokenIndex, texts: readonly OwnText[], shares: Shares) {
    this.#index = index;
    this.#shares = shares;
    this.#texts = new Map(texts.map(({ name, tokens }) => [name, tokens]));
  }

  /** Tokens that were counted. */
  get tokens(): number {
    return this.#index.length;
  }

  /** @param turn lets other work happen */
  static async of(
    texts: readonly OwnText[],
    turn: () => Promise<void>,
    shares: Shares = measuredShares,
  ): Promise<OwnWords> {
    const all = texts.map(({ tokens }) => tokens);
    return new OwnWords(await indexOf(all, shares, turn), texts, shares);
  }

  /** Texts in place of those of the same names. What was known before holds until what is new has been counted. */
  async replace(texts: readonly OwnText[], turn: () => Promise<void>): Promise<this> {
    const changed = texts.filter(({ name, tokens }) => !isDeepStrictEqual(tokens, this.#texts.get(name) ?? []));
    if (changed.length === 0) return this; // saved as it was, or gone before it was known
    for (const { name, tokens } of changed) {
      if (tokens.length > 0) this.#texts.set(name, tokens);
      else this.#texts.delete(name);
    }
    this.#index = await indexOf([...this.#texts.values()], this.#shares, turn);
    return this;
  }

  /** Changes the logits (vocabulary) after `tokenIds` in place. */
  blend(logits: Float32Array, tokenIds: readonly number[]): void {
    const { max, spread } = this.#shares;
    const shares = new Map<number, number>();
    let rest = 1;
    for (const { length, counts, total } of [...this.#index.followers(tokenIds)].reverse()) {
      const share = (max[length]! * total) / (total + spread[length]! * counts.size);
      for (const [id, count] of counts) shares.set(id, (shares.get(id) ?? 0) + (rest * share * count) / total);
      rest *= 1 - share;
    }
    if (shares.size === 0) return;
    const all = logSumExp(logits);
    for (const [id, share] of shares) logits[id] = logAdd(logits[id]!, all + Math.log(share / rest));
  }
}

const indexOf = (
  texts: readonly (readonly number[])[],
  { max }: Shares,
  turn: () => Promise<void>,
): Promise<TokenIndex> => TokenIndex.of(texts, max.length - 1, turn);

/** log(exp a + exp b) */
function logAdd(a: number, b: number): number {
  const greater = Math.max(a, b);
  return greater + Math.log(Math.exp(a - greater) + Math.exp(b - greater));
}
