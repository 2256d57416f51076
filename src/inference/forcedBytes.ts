import type { Tokenizer } from '../model/tokenizer.ts';

/**
 * Token healing: the answer must begin with given bytes. As long as some are left, only tokens that agree with them
 * can be chosen: those that are a beginning of the rest, and those that the rest is a beginning of.
 */
export class ForcedBytes {
  private rest: Uint8Array;

  constructor(
    text: string,
    private readonly tokenizer: Tokenizer,
  ) {
    this.rest = new TextEncoder().encode(text.toWellFormed());
  }

  get done(): boolean {
    return this.rest.length === 0;
  }

  /** Sets the logits of all other tokens to −∞. */
  mask(logits: Float32Array): void {
    for (let id = 0; id < logits.length; id++) {
      if (!this.tokenizer.agreesWith(id, this.rest)) logits[id] = Number.NEGATIVE_INFINITY;
    }
  }

  /** Takes off what the chosen token covers and returns the token's bytes beyond it: the first of the new text. */
  consume(bytes: Uint8Array): Uint8Array {
    const covered = Math.min(bytes.length, this.rest.length);
    this.rest = this.rest.subarray(covered);
    return bytes.subarray(covered);
  }
}
