import type { CacheElement } from '../model/decoder/decoderOps.ts';
import type { ModelConfig } from '../model/modelConfig.ts';
import type { Feed } from '../model/session.ts';
import type { StatePart } from './decoderState.ts';

const rowsPerStep = 128; // capacity grows by this many tokens: unused rows cost a little attention time

/** 16-bit numbers lie as the runtime wants them: their bits, in an array that Node 20 has. */
const arrayTypes = { float32: Float32Array, float16: Uint16Array } as const;
type CacheArray = Float32Array | Uint16Array;

/**
 * Keys and values of the tokens seen so far, in arrays of our own that the graph only reads.
 * Rewinding is free, so a prompt that shares its beginning with the last one costs only its new tokens.
 */
export class KvCache implements StatePart {
  readonly #config: Pick<ModelConfig, 'kvHeads' | 'headDim'>;
  /** the layers that have keys and values */
  readonly #layers: readonly number[];
  readonly #maxTokens: number;

  readonly #arrayType: (typeof arrayTypes)[CacheElement];
  #length = 0;
  #capacity = 0;
  /** room for `maxTokens`; the system gives real memory only to what is written */
  #buffers: CacheArray[] = [];
  /** the used beginning of each buffer; per layer keys, then values: (kvHeads, capacity, headDim) */
  #arrays: CacheArray[] = [];
  /** arrays that every run of the graph needs and that would be tens of megabytes of garbage if each made its own */
  #newKv: CacheArray;
  readonly #masks = new Map<string, Float32Array>();

  constructor(config: Pick<ModelConfig, 'kvHeads' | 'headDim' | 'mixers'>, maxTokens: number, element: CacheElement) {
    this.#config = config;
    this.#layers = config.mixers.flatMap((mixer, layer) => (mixer === 'attention' ? [layer] : []));
    this.#maxTokens = maxTokens;
    this.#arrayType = arrayTypes[element];
    this.#newKv = new this.#arrayType();
  }

  /** tokens whose keys and values are held */
  get length(): number {
    return this.#length;
  }

  /** rows that the graph sees, used or not */
  get rows(): number {
    return this.#capacity;
  }

  rewindTo(length: number): number {
    this.#length = Math.min(length, this.#length);
    return this.#length;
  }

  /** Takes in the keys and values of `count` tokens from `roomForNew(count)`. */
  append(count: number): void {
    const { kvHeads, headDim } = this.#config;
    const start = this.#length;
    this.#reserve(start + count);
    const headValues = count * headDim;
    let from = 0;
    for (const array of this.#arrays) {
      for (let head = 0; head < kvHeads; head++) {
        array.set(this.#newKv.subarray(from, from + headValues), (head * this.#capacity + start) * headDim);
        from += headValues;
      }
    }
    this.#length += count;
  }

  /** Where the graph writes the keys and values of new tokens: new_kv (2·layers·kvHeads, 1, tokens, headDim). */
  roomForNew(count: number): Record<string, Feed> {
    const { kvHeads, headDim } = this.#config;
    const rows = 2 * this.#layers.length * kvHeads;
    const length = rows * count * headDim;
    if (this.#newKv.length < length) this.#newKv = new this.#arrayType(length);
    return { new_kv: { data: this.#newKv.subarray(0, length), shape: [rows, 1, count, headDim] } };
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
    for (const [i, layer] of this.#layers.entries()) {
      feeds[`past_key.${layer}`] = { data: this.#arrays[2 * i]!, shape };
      feeds[`past_value.${layer}`] = { data: this.#arrays[2 * i + 1]!, shape };
    }
    return feeds;
  }

  clear(): void {
    this.#length = 0;
    this.#buffers = [];
    this.#arrays = [];
    this.#newKv = new this.#arrayType();
    this.#masks.clear();
    this.#capacity = 0;
  }

  /** Makes room; the heads move apart within their buffers, the last one first. */
  #reserve(tokens: number): void {
    if (tokens <= this.#capacity) return;
    const { kvHeads, headDim } = this.#config;
    if (tokens > this.#maxTokens) throw new Error(`the cache holds ${this.#maxTokens} tokens, ${tokens} are needed`);
    const capacity = Math.min(this.#maxTokens, Math.ceil(tokens / rowsPerStep) * rowsPerStep);
    if (this.#buffers.length === 0) {
      this.#buffers = Array.from(
        { length: 2 * this.#layers.length },
        () => new this.#arrayType(kvHeads * this.#maxTokens * headDim),
      );
    }
    for (const buffer of this.#buffers) {
      for (let head = kvHeads - 1; head > 0; head--) {
        const from = head * this.#capacity * headDim;
        buffer.copyWithin(head * capacity * headDim, from, from + this.#length * headDim);
      }
    }
    this.#capacity = capacity;
    this.#arrays = this.#buffers.map((buffer) => buffer.subarray(0, kvHeads * capacity * headDim));
  }
}
