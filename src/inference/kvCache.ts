import type { CacheElement } from '../model/decoder/decoderOps.ts';
import type { ModelConfig } from '../model/modelConfig.ts';
import type { Feed } from '../model/session.ts';
import type { StatePart } from './decoderState.ts';

/** Capacity grows by so many tokens, as many as are read at once: unused rows are computed with, too, and masked. */
const rowsPerStep = 64;
/** As many rows too many are given up: whoever takes back a few tokens will want them again. */
const idleRows = 2 * rowsPerStep;
/** Layers that see a window keep so many tokens more, so that as many can be taken back without reading all again. */
const tokensToTakeBack = 256;

/** 16-bit numbers lie as the runtime wants them: their bits, in an array that Node 20 has. */
const arrayTypes = { float32: Float32Array, float16: Uint16Array } as const;
type CacheArray = Float32Array | Uint16Array;

export interface KvCacheOptions {
  readonly config: Pick<ModelConfig, 'kvHeads' | 'headDim' | 'mixers' | 'windows'>;
  readonly maxTokens: number;
  readonly element: CacheElement;
  /** of the layers that it is for, see `ModelConfig.windows` */
  readonly window: number | undefined;
  /** tokens that can be taken back where a window is seen, by default 256 */
  readonly spare?: number;
}

/** Rows that a cache needs at most: what can still be seen, and what may be taken back. */
export const mostRows = (maxTokens: number, window: number | undefined, spare = tokensToTakeBack): number =>
  window === undefined ? maxTokens : Math.min(maxTokens, window - 1 + spare);

/**
 * Keys and values of the tokens seen so far, in arrays of our own that the graph only reads; of the layers that see all
 * tokens, or of those that see a window. The latter keep the newest rows only, in a ring: token n lies in row n modulo
 * their number. Rewinding is free as long as what the next token sees is still there.
 */
export class KvCache implements StatePart {
  readonly isCutFreely = true;
  readonly #config: KvCacheOptions['config'];
  /** how many tokens a token of these layers sees; undefined: all */
  readonly window: number | undefined;
  readonly #layers: readonly number[];
  readonly #maxTokens: number;
  readonly #mostRows: number;

  readonly #arrayType: (typeof arrayTypes)[CacheElement];
  #length = 0;
  /** the first token whose row has not been overwritten */
  #first = 0;
  #capacity = 0;
  /** room for `#mostRows`; the system gives real memory only to what is written */
  #buffers: CacheArray[] = [];
  /** the used beginning of each buffer; per layer keys, then values: (kvHeads, capacity, headDim) */
  #arrays: CacheArray[] = [];
  /** arrays that every run of the graph needs and that would be tens of megabytes of garbage if each made its own */
  #newKv: CacheArray;
  #mask = new Float32Array();

  constructor({ config, maxTokens, element, window, spare }: KvCacheOptions) {
    this.#config = config;
    this.window = window;
    this.#layers = config.mixers.flatMap((mixer, layer) =>
      mixer === 'attention' && config.windows[layer] === window ? [layer] : [],
    );
    this.#maxTokens = maxTokens;
    this.#mostRows = mostRows(maxTokens, window, spare);
    this.#arrayType = arrayTypes[element];
    this.#newKv = new this.#arrayType();
  }

  /** tokens read, of which the newest are held */
  get length(): number {
    return this.#length;
  }

  /** rows that the graph sees, used or not */
  get rows(): number {
    return this.#capacity;
  }

  /** Back to the beginning where what the next token would see is no longer held. */
  rewindTo(length: number): number {
    if (length >= this.#length) return this.#length;
    const isHeld = this.#first === 0 || this.#first <= length + 1 - (this.window ?? 0);
    this.#length = isHeld ? length : 0;
    if (this.#length === 0) this.#first = 0;
    return this.#length;
  }

  /** Takes in the keys and values of `count` tokens from `roomForNew(count)`. */
  append(count: number): void {
    const { kvHeads, headDim } = this.#config;
    const end = this.#length + count;
    if (end > this.#maxTokens) throw new Error(`the cache holds ${this.#maxTokens} tokens, ${end} are needed`);
    this.#reserve(Math.min(end, this.#mostRows));
    const start = Math.max(this.#length, end - this.#capacity); // of the tokens that are kept
    const row = start % this.#capacity;
    const untilEnd = Math.min(end - start, this.#capacity - row); // tokens before the ring goes round
    let from = (start - this.#length) * headDim;
    for (const array of this.#arrays) {
      for (let head = 0; head < kvHeads; head++) {
        const room = head * this.#capacity * headDim;
        const turn = from + untilEnd * headDim;
        array.set(this.#newKv.subarray(from, turn), room + row * headDim);
        array.set(this.#newKv.subarray(turn, from + (end - start) * headDim), room);
        from += count * headDim;
      }
    }
    this.#length = end;
    this.#first = Math.max(this.#first, end - this.#capacity);
  }

  /** Where the graph writes the keys and values of new tokens: (2·layers·kvHeads, 1, tokens, headDim). */
  roomForNew(count: number): Record<string, Feed> {
    const { kvHeads, headDim } = this.#config;
    const rows = 2 * this.#layers.length * kvHeads;
    const length = rows * count * headDim;
    if (this.#newKv.length < length) this.#newKv = new this.#arrayType(length);
    const name = this.window === undefined ? 'new_kv' : 'new_window_kv';
    return { [name]: { data: this.#newKv.subarray(0, length), shape: [rows, 1, count, headDim] } };
  }

  /** For the mask of the next run; what is in it is left over. */
  roomForMask(length: number): Float32Array {
    if (this.#mask.length < length) this.#mask = new Float32Array(length);
    return this.#mask.subarray(0, length);
  }

  feeds(): Record<string, Feed> {
    if (this.#capacity === 0) this.#reserve(1);
    this.#giveUpIdleRows();
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
    this.#first = 0;
    this.#buffers = [];
    this.#arrays = [];
    this.#newKv = new this.#arrayType();
    this.#mask = new Float32Array();
    this.#capacity = 0;
  }

  /** Makes room for rows; the heads move apart within their buffers. No ring has gone round by then. */
  #reserve(rows: number): void {
    if (rows <= this.#capacity) return;
    if (this.#buffers.length === 0) {
      const { kvHeads, headDim } = this.#config;
      this.#buffers = Array.from(
        { length: 2 * this.#layers.length },
        () => new this.#arrayType(kvHeads * this.#mostRows * headDim),
      );
    }
    this.#moveHeads(this.#stepsFor(rows));
  }

  /** After a long text a short one would pay for the rows of the long one at every run; the heads move together again. */
  #giveUpIdleRows(): void {
    const rows = this.#stepsFor(Math.max(1, this.#length));
    if (this.#first > 0 || this.#capacity < rows + idleRows) return; // a ring that has gone round holds old tokens anywhere
    this.#moveHeads(rows);
  }

  #stepsFor(rows: number): number {
    return Math.min(this.#mostRows, Math.ceil(rows / rowsPerStep) * rowsPerStep);
  }

  /** The first head stays. Apart from the last one on, together from the second one on: so none is written over. */
  #moveHeads(capacity: number): void {
    const { kvHeads, headDim } = this.#config;
    const isApart = capacity > this.#capacity;
    for (let moved = 1; moved < kvHeads; moved++) {
      const head = isApart ? kvHeads - moved : moved;
      const from = head * this.#capacity * headDim;
      for (const buffer of this.#buffers) {
        buffer.copyWithin(head * capacity * headDim, from, from + this.#length * headDim);
      }
    }
    this.#capacity = capacity;
    this.#arrays = this.#buffers.map((buffer) => buffer.subarray(0, kvHeads * capacity * headDim));
  }
}
