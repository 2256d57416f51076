import type { CacheElement } from '../model/decoder/decoderOps.ts';
import type { ModelConfig } from '../model/modelConfig.ts';
import type { Feed } from '../model/session.ts';

const rowsPerStep = 128; // capacity grows by this many tokens: unused rows cost a little attention time

/** 16-bit numbers lie as the runtime wants them: their bits, in an array that Node 20 has. */
const arrayTypes = { float32: Float32Array, float16: Uint16Array } as const;
type CacheArray = Float32Array | Uint16Array;

/**
 * Keys and values of the tokens seen so far, in arrays of our own that the graph only reads.
 * Rewinding is free, so a prompt that shares its beginning with the last one costs only its new tokens.
 */
export class KvCache {
  readonly #config: ModelConfig;
  readonly #maxTokens: number;

  readonly #arrayType: (typeof arrayTypes)[CacheElement];
  /** the tokens whose keys and values are held */
  readonly tokenIds: number[] = [];
  #capacity = 0;
  /** room for `maxTokens`; the system gives real memory only to what is written */
  #buffers: CacheArray[] = [];
  /** the used beginning of each buffer; per layer keys, then values: (kvHeads, capacity, headDim) */
  #arrays: CacheArray[] = [];
  /** arrays that every run of the graph needs and that would be tens of megabytes of garbage if each made its own */
  #newKv: CacheArray;
  readonly #masks = new Map<string, Float32Array>();

  constructor(config: ModelConfig, maxTokens: number, element: CacheElement) {
    this.#config = config;
    this.#maxTokens = maxTokens;
    this.#arrayType = arrayTypes[element];
    this.#newKv = new this.#arrayType();
  }

  get length(): number {
    return this.tokenIds.length;
  }

  /** rows that the graph sees, used or not */
  get rows(): number {
    return this.#capacity;
  }

  /** Forgets everything from token `length` on. */
  rewindTo(length: number): void {
    this.tokenIds.length = Math.min(length, this.tokenIds.length);
  }

  /** Rewinds to the longest common beginning with `tokenIds` and returns its length. */
  reuse(tokenIds: readonly number[]): number {
    const limit = Math.min(tokenIds.length, this.length);
    let shared = 0;
    while (shared < limit && this.tokenIds[shared] === tokenIds[shared]) shared++;
    this.rewindTo(shared);
    return shared;
  }

  /** @param newKv (2·layers·kvHeads, 1, S, headDim) as the graph returns it */
  append(tokenIds: readonly number[], newKv: CacheArray): void {
    const { kvHeads, headDim } = this.#config;
    const start = this.length;
    this.#reserve(start + tokenIds.length);
    const headValues = tokenIds.length * headDim;
    let from = 0;
    for (const array of this.#arrays) {
      for (let head = 0; head < kvHeads; head++) {
        array.set(newKv.subarray(from, from + headValues), (head * this.#capacity + start) * headDim);
        from += headValues;
      }
    }
    for (const id of tokenIds) this.tokenIds.push(id);
  }

  /** Where the graph writes the keys and values of `tokens` new ones: (2·layers·kvHeads, 1, tokens, headDim). */
  roomForNew(tokens: number): { readonly data: CacheArray; readonly shape: readonly number[] } {
    const { layers, kvHeads, headDim } = this.#config;
    const length = 2 * layers * kvHeads * tokens * headDim;
    if (this.#newKv.length < length) this.#newKv = new this.#arrayType(length);
    return { data: this.#newKv.subarray(0, length), shape: [2 * layers * kvHeads, 1, tokens, headDim] };
  }

  /** For the mask of that name of the next run; what is in it is left over. */
  roomFor(mask: string, length: number): Float32Array {
    const known = this.#masks.get(mask);
    const room = known && known.length >= length ? known : new Float32Array(length);
    this.#masks.set(mask, room);
    return room.subarray(0, length);
  }

  feeds(): Record<string, Feed> {
    if (this.#capacity === 0) this.#reserve(1);
    const shape = [this.#config.kvHeads, 1, this.#capacity, this.#config.headDim];
    const feeds: Record<string, Feed> = {};
    for (let layer = 0; layer < this.#config.layers; layer++) {
      feeds[`past_key.${layer}`] = { data: this.#arrays[2 * layer]!, shape };
      feeds[`past_value.${layer}`] = { data: this.#arrays[2 * layer + 1]!, shape };
    }
    return feeds;
  }

  /** Gives the memory back. */
  clear(): void {
    this.tokenIds.length = 0;
    this.#buffers = [];
    this.#arrays = [];
    this.#newKv = new this.#arrayType();
    this.#masks.clear();
    this.#capacity = 0;
  }

  /** Makes room; the heads move apart within their buffers, the last one first. */
  #reserve(tokens: number): void {
    if (tokens <= this.#capacity) return;
    const { layers, kvHeads, headDim } = this.#config;
    if (tokens > this.#maxTokens) throw new Error(`the cache holds ${this.#maxTokens} tokens, ${tokens} are needed`);
    const capacity = Math.min(this.#maxTokens, Math.ceil(tokens / rowsPerStep) * rowsPerStep);
    if (this.#buffers.length === 0) {
      this.#buffers = Array.from(
        { length: 2 * layers },
        () => new this.#arrayType(kvHeads * this.#maxTokens * headDim),
      );
    }
    for (const buffer of this.#buffers) {
      for (let head = kvHeads - 1; head > 0; head--) {
        const from = head * this.#capacity * headDim;
        buffer.copyWithin(head * capacity * headDim, from, from + this.length * headDim);
      }
    }
    this.#capacity = capacity;
    this.#arrays = this.#buffers.map((buffer) => buffer.subarray(0, kvHeads * capacity * headDim));
  }
}
