import type { AdapterFeeds } from '../model/adapterFeeds.ts';
import type { CacheElement, DecoderGraphOptions } from '../model/decoder/decoderOps.ts';
import { buildDecoderGraph } from '../model/decoderGraph.ts';
import type { ModelConfig } from '../model/modelConfig.ts';
import type { ModelFolder } from '../model/modelFolder.ts';
import { type Feed, Session } from '../model/session.ts';
import { EmbeddingRows } from '../model/weights/embeddingRows.ts';
import type { Device } from '../protocol/engineOptions.ts';
import { KvCache } from './kvCache.ts';

/** The compiled decoder: runs tokens against a cache. */
export class Decoder {
  readonly #session: Session;
  readonly #embedding: EmbeddingRows;
  readonly #adapter: AdapterFeeds | undefined;
  readonly #cacheElement: CacheElement;

  private constructor(
    session: Session,
    readonly config: ModelConfig,
    embedding: EmbeddingRows,
    adapter: AdapterFeeds | undefined,
    cacheElement: CacheElement,
  ) {
    this.#session = session;
    this.#embedding = embedding;
    this.#adapter = adapter;
    this.#cacheElement = cacheElement;
  }

  static async create(
    folder: ModelFolder,
    options: Omit<DecoderGraphOptions, 'adaptedLinears' | 'cacheElement'> & {
      readonly device: Device;
      readonly threads: number;
      readonly adapter?: AdapterFeeds;
    },
  ): Promise<Decoder> {
    const { device, threads, adapter, ...graphOptions } = options;
    const embedding = new EmbeddingRows(folder.weights.embedding());
    const adapted = adapter ? { adaptedLinears: adapter.linears } : {};
    // not every graphics card knows 16-bit numbers; full precision is asked for to compare with others
    const cacheElement = device === 'cpu' && options.precision !== 'fp32' ? 'float16' : 'float32';
    try {
      const graph = buildDecoderGraph(folder.config, folder.weights, { ...graphOptions, ...adapted, cacheElement });
      const session = await Session.create(graph.serialize(), { device, threads, weightsFolder: folder.weightsFolder });
      return new Decoder(session, folder.config, embedding, adapter, cacheElement);
    } catch (error) {
      embedding.close();
      throw error;
    }
  }

  /** An empty cache for this decoder's keys and values. */
  newCache(maxTokens: number): KvCache {
    return new KvCache(this.config, maxTokens, this.#cacheElement);
  }

  /**
   * Runs `tokenIds` after what the cache holds and adds them to it.
   * @param logitRows positions within `tokenIds` whose logits are wanted
   * @param logits where they are written, by default a new array
   * @returns (logitRows, vocabulary)
   */
  async run(
    cache: KvCache,
    tokenIds: readonly number[],
    logitRows: readonly number[],
    logits: Float32Array = new Float32Array(logitRows.length * this.config.vocabularySize),
  ): Promise<Float32Array> {
    const { heads, hiddenSize, kvHeads, headDim, vocabularySize } = this.config;
    const count = tokenIds.length;
    const [groups, rows] = count === 1 ? [heads / kvHeads, 1] : [1, (heads / kvHeads) * count];
    const past = cache.feeds();
    const rowsFeed = BigInt64Array.from(logitRows, BigInt);
    const newKv = cache.roomForNew(count);
    await this.#session.runInto(
      {
        embeddings: { data: this.#embedding.read(tokenIds), shape: [count, hiddenSize] },
        position: { data: BigInt64Array.of(BigInt(cache.length)), shape: [1] },
        query_shape: { data: BigInt64Array.from([kvHeads, groups, rows, headDim], BigInt), shape: [4] },
        logit_rows: { data: rowsFeed, shape: [rowsFeed.length] },
        ...this.#masks(cache, { groups, rows, count }),
        ...past,
        ...this.#adapter?.feeds,
      },
      { logits: { data: logits, shape: [logitRows.length, vocabularySize] }, new_kv: newKv },
    );
    cache.append(tokenIds, newKv.data);
    return logits;
  }

  /** The masks that the graph reads: of the layers that see all tokens, and of those that see a window. */
  #masks(cache: KvCache, of: { groups: number; rows: number; count: number }): Record<string, Feed> {
    const shape = [of.groups, of.rows, cache.rows + of.count];
    const windows = new Set(this.config.windows);
    const named = [...windows].map((window): [string, Feed] => {
      const name = window === undefined ? 'attention_mask' : 'window_mask';
      const data = cache.roomFor(name, of.groups * of.rows * (cache.rows + of.count));
      fillMask(data, cache, { count: of.count, window });
      return [name, { data, shape }];
    });
    return Object.fromEntries(named);
  }

  async release(): Promise<void> {
    await this.#session.release();
    this.#embedding.close();
  }
}

const hidden = -1e9;

/**
 * (queries, cache rows + count): 0 where a token may look, a large negative number elsewhere
 * @param of how many new tokens there are; how many tokens each of them sees, itself included, undefined: all before it
 */
function fillMask(data: Float32Array, cache: KvCache, of: { count: number; window: number | undefined }): void {
  const { count, window } = of;
  const width = cache.rows + count;
  for (let row = 0; row * width < data.length; row++) {
    const token = row % count;
    const start = row * width;
    data.fill(0, start, start + width);
    data.fill(hidden, start + cache.length, start + cache.rows); // rows without a token
    data.fill(hidden, start + cache.rows + token + 1, start + width); // tokens yet to come
    if (window === undefined) continue;
    const first = cache.length + token + 1 - window; // the first token that is seen, counted in the whole text
    data.fill(hidden, start, start + Math.max(0, Math.min(first, cache.length)));
    data.fill(hidden, start + cache.rows, start + cache.rows + Math.max(0, first - cache.length));
  }
}
