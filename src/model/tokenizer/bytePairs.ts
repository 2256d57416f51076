import { sentence } from '../../protocol/errors.ts';
import { tokenizerFault } from './tokenizerJson.ts';

/** What is merged, by rank: ids of the left token, of the right one and of the two as one. */
export interface Merges {
  readonly lefts: Int32Array;
  readonly rights: Int32Array;
  readonly merged: Int32Array;
}

/**
 * @param merges in order of rank, as `left right` or as a pair
 * @throws InklingError `modelConfig` for a merge of tokens that are not there
 */
export function mergesOf(
  merges: readonly (string | readonly string[])[],
  vocabulary: ReadonlyMap<string, number>,
): Merges {
  const [lefts, rights, merged] = [0, 1, 2].map(() => new Int32Array(merges.length)) as [
    Int32Array,
    Int32Array,
    Int32Array,
  ];
  merges.forEach((merge, rank) => {
    const [left, right] = pairOf(merge);
    const ids = [vocabulary.get(left), vocabulary.get(right), vocabulary.get(left + right)];
    if (ids.includes(undefined))
      throw tokenizerFault(sentence`its merge ${rank} (${left}, ${right}) is not of its tokens`);
    lefts[rank] = ids[0]!;
    rights[rank] = ids[1]!;
    merged[rank] = ids[2]!;
  });
  return { lefts, rights, merged };
}

/** Byte-pair encoding: a table (left, right) → rank with open addressing, 12 bytes an entry. */
export class BytePairs {
  readonly #lefts: Int32Array;
  readonly #rights: Int32Array;
  readonly #ranks: Int32Array;
  readonly #merged: Int32Array;
  readonly #mask: number;

  constructor({ lefts, rights, merged }: Merges) {
    let size = 16;
    while (size < 2 * merged.length) size *= 2;
    this.#mask = size - 1;
    this.#lefts = new Int32Array(size).fill(-1);
    this.#rights = new Int32Array(size);
    this.#ranks = new Int32Array(size);
    this.#merged = merged;
    for (let rank = 0; rank < merged.length; rank++) {
      const slot = this.#slot(lefts[rank]!, rights[rank]!);
      this.#lefts[slot] = lefts[rank]!;
      this.#rights[slot] = rights[rank]!;
      this.#ranks[slot] = rank;
    }
  }

  #slot(left: number, right: number): number {
    const hash = Math.imul(left, 0x9e3779b1) ^ Math.imul(right, 0x85ebca6b);
    let slot = (hash ^ (hash >>> 15)) & this.#mask;
    while (this.#lefts[slot] !== -1 && !(this.#lefts[slot] === left && this.#rights[slot] === right)) {
      slot = (slot + 1) & this.#mask;
    }
    return slot;
  }

  /** −1 when the two are never merged */
  #rank(left: number, right: number): number {
    const slot = this.#slot(left, right);
    return this.#lefts[slot] === -1 ? -1 : this.#ranks[slot]!;
  }

  /** Merges neighbors until no pair is left that can be: lowest rank first, then leftmost. */
  merge(symbols: readonly number[]): number[] {
    const count = symbols.length;
    if (count < 2) return [...symbols];
    const ids = Int32Array.from(symbols);
    const next = Int32Array.from(symbols, (_, i) => i + 1);
    const previous = Int32Array.from(symbols, (_, i) => i - 1);
    const queue = new MinHeap();
    const offer = (at: number) => {
      if (at < 0 || next[at]! >= count) return;
      const rank = this.#rank(ids[at]!, ids[next[at]!]!);
      if (rank >= 0) queue.push(rank * count + at);
    };
    for (let at = 0; at < count - 1; at++) offer(at);
    for (let key = queue.pop(); key !== undefined; key = queue.pop()) {
      const at = key % count;
      const rank = Math.floor(key / count);
      const right = next[at]!;
      // what was offered may have been merged away since
      if (ids[at] === -1 || right >= count || this.#rank(ids[at]!, ids[right]!) !== rank) continue;
      ids[at] = this.#merged[rank]!;
      ids[right] = -1;
      next[at] = next[right]!;
      if (next[at]! < count) previous[next[at]!] = at;
      offer(previous[at]!);
      offer(at);
    }
    const merged: number[] = [];
    for (let at = 0; at < count; at = next[at]!) merged.push(ids[at]!);
    return merged;
  }
}

function pairOf(merge: string | readonly string[]): [string, string] {
  const parts: readonly unknown[] = typeof merge === 'string' ? merge.split(' ') : Array.isArray(merge) ? merge : [];
  const [left, right] = parts;
  if (parts.length === 2 && typeof left === 'string' && typeof right === 'string') return [left, right];
  throw tokenizerFault(sentence`${JSON.stringify(merge)} is no merge of two tokens`);
}

/** Numbers out in ascending order. */
class MinHeap {
  readonly #keys: number[] = [];

  push(key: number): void {
    const keys = this.#keys;
    let at = keys.length;
    while (at > 0) {
      const parent = (at - 1) >> 1;
      if (keys[parent]! <= key) break;
      keys[at] = keys[parent]!;
      at = parent;
    }
    keys[at] = key;
  }

  pop(): number | undefined {
    const keys = this.#keys;
    const first = keys[0];
    const last = keys.pop();
    if (keys.length === 0) return first;
    let at = 0;
    for (;;) {
      let child = 2 * at + 1;
      if (child >= keys.length) break;
      if (child + 1 < keys.length && keys[child + 1]! < keys[child]!) child++;
      if (keys[child]! >= last!) break;
      keys[at] = keys[child]!;
      at = child;
    }
    keys[at] = last!;
    return first;
  }
}
