import type { TokenBytes } from './tokenBytes.ts';

/** Finds the token that stands for given bytes: a hash table of ids over the tokens' bytes. */
export class TokensByBytes {
  readonly #tokens: TokenBytes;
  readonly #slots: Int32Array;

  constructor(tokens: TokenBytes) {
    const count = tokens.starts.length - 1;
    let size = 16;
    while (size < 2 * count) size *= 2;
    this.#tokens = tokens;
    this.#slots = new Int32Array(size).fill(-1);
    for (let id = 0; id < count; id++) {
      const own = tokens.bytes.subarray(tokens.starts[id]!, tokens.starts[id + 1]!);
      if (own.length === 0) continue;
      const slot = this.#slot(own);
      if (this.#slots[slot] === -1) this.#slots[slot] = id;
    }
  }

  /** undefined when no token stands for exactly these bytes */
  find(bytes: Uint8Array): number | undefined {
    const id = this.#slots[this.#slot(bytes)]!;
    return id === -1 ? undefined : id;
  }

  #slot(bytes: Uint8Array): number {
    let hash = 0x811c9dc5; // FNV-1a
    for (const byte of bytes) hash = Math.imul(hash ^ byte, 0x01000193);
    let slot = (hash ^ (hash >>> 15)) & (this.#slots.length - 1);
    while (this.#slots[slot] !== -1 && !this.#is(this.#slots[slot]!, bytes))
      slot = (slot + 1) & (this.#slots.length - 1);
    return slot;
  }

  #is(id: number, bytes: Uint8Array): boolean {
    const { bytes: all, starts } = this.#tokens;
    const start = starts[id]!;
    if (starts[id + 1]! - start !== bytes.length) return false;
    for (let i = 0; i < bytes.length; i++) if (all[start + i] !== bytes[i]) return false;
    return true;
  }
}
