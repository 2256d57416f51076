import type { Usage } from '../protocol/inference.ts';

/** Times of one request, in milliseconds since it arrived. */
export class UsageClock {
  readonly #promptTokens: number;

  reusedTokens = 0;
  #newTokens = 0;
  readonly #arrived = performance.now();
  #began: number | undefined;
  #prefillEnd: number | undefined;
  #firstToken: number | undefined;

  constructor(promptTokens: number) {
    this.#promptTokens = promptTokens;
  }

  begin(): void {
    this.#began ??= performance.now();
  }

  prefilled(): void {
    this.#prefillEnd ??= performance.now();
  }

  token(): void {
    this.#newTokens++;
    this.#firstToken ??= performance.now();
  }

  usage(): Usage {
    const now = performance.now();
    const began = this.#began ?? now;
    const prefillEnd = this.#prefillEnd ?? now;
    return {
      promptTokens: this.#promptTokens,
      reusedTokens: this.reusedTokens,
      newTokens: this.#newTokens,
      waitMs: began - this.#arrived,
      prefillMs: prefillEnd - began,
      decodeMs: now - prefillEnd,
      firstTokenMs: (this.#firstToken ?? now) - this.#arrived,
    };
  }
}
