import { Drafts, longestDraft } from './drafts.ts';
import type { GenerationParts } from './generationParts.ts';

/** Rows of logits that are held at once: after the token that was chosen, and after each of the draft. */
export const mostDraftedRows = longestDraft + 1;

/** Of an answer: whoever types on asks for its beginning again, and a longer one would push out what the prompt left. */
const mostRemembered = 4;

/**
 * Runs the graph for a loop that asks for the logits after one token after the other. Where a draft says what will
 * probably be chosen, its tokens run along (speculative decoding, Leviathan et al. 2023): as long as the loop chooses
 * what was drafted, the logits after it are there already; as soon as it does not, the rest of the draft is cut back.
 * The loop chooses every token itself, from logits after the very tokens before it, so drafts do not change its text but
 * where a quantized graph rounds runs of several rows otherwise (docs/adr/0032).
 */
export class DraftedRuns {
  readonly #parts: GenerationParts;
  readonly #drafts: Drafts | undefined;

  /** tokens that the loop has chosen and that were run, prompt included */
  #settled: number;
  /** tokens that ran along with the last of these, and the logits after each: (1 + draft, vocabulary) */
  #draft: readonly number[] = [];
  #logits: Float32Array;
  /** of the draft that the loop has chosen, too */
  #agreed = 0;
  /** tokens after which the logits are still worth keeping */
  #toRemember: number;

  /**
   * @param tokenIds that the cache holds
   * @param logits (vocabulary), room for those after a token; the loop's until it asks again
   */
  constructor(tokenIds: readonly number[], logits: Float32Array, parts: GenerationParts) {
    this.#parts = parts;
    this.#settled = tokenIds.length;
    this.#logits = logits;
    this.#toRemember = parts.drafts ? 0 : mostRemembered;
    // A state that cannot be cut back would have to be computed again for every draft that is wrong.
    this.#drafts = parts.drafts && parts.cache.isCutFreely ? new Drafts(tokenIds) : undefined;
  }

  /**
   * @param id was chosen
   * @param most tokens that may follow it
   * @returns (vocabulary) after it
   */
  async after(id: number, most: number): Promise<Float32Array> {
    this.#drafts?.add(id);
    if (this.#draft[this.#agreed] === id) this.#agreed++;
    else await this.#run(id, most);
    this.#settled++;
    const { vocabularySize } = this.#parts.decoder.config;
    return this.#logits.subarray(this.#agreed * vocabularySize, (this.#agreed + 1) * vocabularySize);
  }

  /** Cuts the cache back to what the loop has chosen. */
  settle(): void {
    this.#parts.cache.rewindTo(this.#settled);
    this.#draft = [];
  }

  async #run(id: number, most: number): Promise<void> {
    const { cache, decoder } = this.#parts;
    const { vocabularySize, eosTokenIds } = decoder.config;
    this.settle();
    // the last token that is wanted is chosen from the logits after the one before it
    this.#draft = this.#drafts?.propose(most - 1, (next) => eosTokenIds.includes(next)) ?? [];
    this.#agreed = 0;
    const known = this.#drafts ? undefined : cache.recall([...cache.tokenIds, id]);
    if (known) {
      this.#logits.set(known);
      return;
    }
    const run = [id, ...this.#draft];
    if (this.#logits.length < run.length * vocabularySize)
      this.#logits = new Float32Array(Math.min(most, mostDraftedRows) * vocabularySize); // once and for all
    const room = this.#logits.subarray(0, run.length * vocabularySize);
    await decoder.run(cache, run, [...run.keys()], room);
    if (this.#toRemember-- > 0) cache.remember(room);
  }
}
