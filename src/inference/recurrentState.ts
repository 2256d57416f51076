import type { Feed } from '../model/session.ts';
import type { StatePart } from './decoderState.ts';

/** Of the newest tokens every copy is kept: healing and a few characters taken back lead there. */
const newestCopies = 32;
/** Older copies stand this many tokens apart, which is what going back to between them reads again at most. */
const tokensApart = 64;

interface Copy {
  /** tokens read */
  readonly length: number;
  readonly arrays: readonly Float32Array[];
}

/**
 * A state of fixed size that every token changes, with copies of how it was before. The newest one is what the graph
 * reads; it writes into arrays of its own, so that a copy costs no copying.
 */
export class RecurrentState implements StatePart {
  readonly isCutFreely = false;
  readonly #shapes: readonly (readonly number[])[];
  /** ordered by length; the state before the first token is all zeros and is not among them */
  #copies: Copy[] = [];
  #fresh: readonly Float32Array[] = [];

  /** @param shapes of the graph's inputs past_state.0, past_state.1, … */
  constructor(shapes: readonly (readonly number[])[]) {
    this.#shapes = shapes;
  }

  get copies(): number {
    return this.#copies.length;
  }

  feeds(): Record<string, Feed> {
    return this.#named('past_state', this.#copies.at(-1)?.arrays ?? this.#empty());
  }

  roomForNew(): Record<string, Feed> {
    this.#fresh = this.#empty();
    return this.#named('new_state', this.#fresh);
  }

  append(count: number): void {
    this.#copies.push({ length: this.#length + count, arrays: this.#fresh });
    // what has just become old is kept if the one kept before it is far enough away
    const old = this.#copies.length - newestCopies - 1;
    if (old > 0 && this.#copies[old]!.length - this.#copies[old - 1]!.length < tokensApart) this.#copies.splice(old, 1);
  }

  rewindTo(length: number): number {
    while (this.#length > length) this.#copies.pop();
    return this.#length;
  }

  clear(): void {
    this.#copies = [];
    this.#fresh = [];
  }

  get #length(): number {
    return this.#copies.at(-1)?.length ?? 0;
  }

  #empty(): Float32Array[] {
    return this.#shapes.map((shape) => new Float32Array(shape.reduce((product, size) => product * size, 1)));
  }

  #named(name: string, arrays: readonly Float32Array[]): Record<string, Feed> {
    return Object.fromEntries(arrays.map((data, i) => [`${name}.${i}`, { data, shape: this.#shapes[i]! }]));
  }
}
