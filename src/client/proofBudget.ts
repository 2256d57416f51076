import type { CancellationToken } from 'vscode-jsonrpc/node.js';

export interface ProofBudgetOptions {
  /** undefined: as long as it takes */
  readonly ms?: number | undefined;
  /** a person wants no more of it: what is known then is kept */
  readonly token?: CancellationToken;
  /** in ms */
  readonly now?: () => number;
}

/** How long a comparison may take. It begins when it is made. */
export class ProofBudget {
  readonly #ms: number;
  readonly #token: CancellationToken | undefined;
  readonly #now: () => number;
  readonly #start: number;

  constructor({ ms = Number.POSITIVE_INFINITY, token, now }: ProofBudgetOptions = {}) {
    this.#ms = ms;
    this.#token = token;
    this.#now = now ?? (() => performance.now());
    this.#start = this.#now();
  }

  /** No time is set: texts are compared as they are, in one go, unless somebody stops it. */
  get isUnlimited(): boolean {
    return this.#ms === Number.POSITIVE_INFINITY;
  }

  /** Nothing will ever end it. */
  get isEndless(): boolean {
    return this.isUnlimited && this.#token === undefined;
  }

  get isStopped(): boolean {
    return this.#token?.isCancellationRequested ?? false;
  }

  /** The time is up, or it was stopped. */
  get isOver(): boolean {
    return this.isStopped || this.leftMs <= 0;
  }

  get spentMs(): number {
    return this.#now() - this.#start;
  }

  get leftMs(): number {
    return this.#ms - this.spentMs;
  }

  /** The first part of it, for one of several comparisons; it has begun when the whole has. */
  firstPart(share: number): ProofBudget {
    const parts = { ms: this.#ms * share - this.spentMs, now: this.#now };
    return new ProofBudget({ ...parts, ...(this.#token && { token: this.#token }) });
  }
}
