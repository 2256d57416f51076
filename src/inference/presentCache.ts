import type { PresentLayout } from '../model/exportedSession.ts';
import type { Feed } from '../model/session.ts';
import type { StatePart } from './decoderState.ts';

type Rows = Float32Array | Uint16Array;

/**
 * Keys and values of a graph that gives them back whole after every run: (1, heads, tokens, width). Cutting back copies
 * what stays, because the rows of each head lie together.
 */
export class PresentCache implements StatePart {
  readonly isCutFreely = true;
  readonly #layouts: readonly PresentLayout[];
  #length = 0;
  #held: readonly Rows[];
  #fresh: readonly Rows[] = [];

  constructor(layouts: readonly PresentLayout[]) {
    this.#layouts = layouts;
    this.#held = this.#room(0);
  }

  get length(): number {
    return this.#length;
  }

  feeds(): Record<string, Feed> {
    return this.#named('past', this.#held, this.#length);
  }

  roomForNew(count: number): Record<string, Feed> {
    const length = this.#length + count;
    this.#fresh = this.#room(length);
    return this.#named('present', this.#fresh, length);
  }

  append(count: number): void {
    this.#length += count;
    this.#held = this.#fresh;
    this.#fresh = [];
  }

  rewindTo(length: number): number {
    if (length >= this.#length) return this.#length;
    const kept = this.#room(length);
    for (const [i, { heads, width }] of this.#layouts.entries()) {
      for (let head = 0; head < heads; head++) {
        const from = head * this.#length * width;
        kept[i]!.set(this.#held[i]!.subarray(from, from + length * width), head * length * width);
      }
    }
    this.#held = kept;
    this.#length = length;
    return length;
  }

  clear(): void {
    this.#length = 0;
    this.#held = this.#room(0);
  }

  #room(tokens: number): Rows[] {
    return this.#layouts.map(({ heads, width, element }) => {
      const length = heads * tokens * width;
      return element === 'float16' ? new Uint16Array(length) : new Float32Array(length);
    });
  }

  #named(key: 'past' | 'present', arrays: readonly Rows[], tokens: number): Record<string, Feed> {
    return Object.fromEntries(
      this.#layouts.map((layout, i) => {
        return [layout[key], { data: arrays[i]!, shape: [1, layout.heads, tokens, layout.width] }];
      }),
    );
  }
}
