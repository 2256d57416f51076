import type { AdapterFeeds } from '../model/adapterFeeds.ts';
import { fillMask } from '../model/decoder/attentionMask.ts';
import type { CacheElement, DecoderGraphOptions } from '../model/decoder/decoderOps.ts';
import { buildDecoderGraph } from '../model/decoderGraph.ts';
import { type ModelConfig, stateShapes } from '../model/modelConfig.ts';
import type { ModelFolder } from '../model/modelFolder.ts';
import { type Feed, Session } from '../model/session.ts';
import { EmbeddingRows } from '../model/weights/embeddingRows.ts';
import type { Device } from '../protocol/engineOptions.ts';
import { DecoderState } from './decoderState.ts';
import { KvCache } from './kvCache.ts';
import { RecurrentState } from './recurrentState.ts';

/** What runs tokens, be its graph ours or somebody else's. */
export type RunnableDecoder = Pick<Decoder, 'config' | 'newCache' | 'run' | 'useAdapter' | 'release'>;

/** The compiled decoder: runs tokens against a cache. */
export class Decoder {
  readonly #session: Session;
  readonly #embedding: EmbeddingRows;
  #adapter: AdapterFeeds | undefined;
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
    options: Omit<DecoderGraphOptions, 'adaptedLinears' | 'cacheElement' | 'accuracyLevel'> & {
      readonly device: Device;
      readonly threads: number;
      readonly adapter?: AdapterFeeds;
    },
  ): Promise<Decoder> {
    const { device, threads, adapter, ...graphOptions } = options;
    const embedding = new EmbeddingRows(folder.weights.embedding());
    const adapted = adapter ? { adaptedLinears: adapter.linears } : {};
    const accuracy = folder.manifest?.accuracy ? { accuracyLevel: folder.manifest.accuracy.level } : {};
    // not every graphics card knows 16-bit numbers; full precision is asked for to compare with others
    const cacheElement = device === 'cpu' && options.precision !== 'fp32' ? 'float16' : 'float32';
    try {
      const graph = buildDecoderGraph(folder.config, folder.weights, {
        ...graphOptions,
        ...adapted,
        ...accuracy,
        cacheElement,
      });
      const session = await Session.create(graph.serialize(), { device, threads, weightsFolder: folder.weightsFolder });
      return new Decoder(session, folder.config, embedding, adapter, cacheElement);
    } catch (error) {
      embedding.close();
      throw error;
    }
  }

  /** What this decoder remembers before it has read anything. */
  newCache(maxTokens: number): DecoderState {
    const shapes = stateShapes(this.config);
    const hasAttention = this.config.mixers.includes('attention');
    return new DecoderState([
      ...(hasAttention ? [new KvCache(this.config, maxTokens, this.#cacheElement)] : []),
      ...(shapes.length > 0 ? [new RecurrentState(shapes)] : []),
    ]);
  }

  /**
   * Runs `tokenIds` after what the cache holds and adds them to it.
   * @param logitRows positions within `tokenIds` whose logits are wanted
   * @param logits where they are written, by default a new array
   * @returns (logitRows, vocabulary)
   */
  async run(
    cache: DecoderState,
    tokenIds: readonly number[],
    logitRows: readonly number[],
    logits: Float32Array = new Float32Array(logitRows.length * this.config.vocabularySize),
  ): Promise<Float32Array> {
    const { embeddingSize, vocabularySize } = this.config;
    const again = cache.unread();
    const run = again.length === 0 ? tokenIds : [...again, ...tokenIds];
    const rowsFeed = BigInt64Array.from(logitRows, (row) => BigInt(again.length + row));
    const past = cache.feeds();
    await this.#session.runInto(
      {
        embeddings: { data: this.#embedding.read(run), shape: [run.length, embeddingSize] },
        logit_rows: { data: rowsFeed, shape: [rowsFeed.length] },
        ...this.#attentionFeeds(cache, run.length),
        ...past,
        ...this.#adapter?.feeds,
      },
      { logits: { data: logits, shape: [logitRows.length, vocabularySize] }, ...cache.roomForNew(run.length) },
    );
    cache.append(tokenIds);
    return logits;
  }

  /** What only layers with attention read. */
  #attentionFeeds({ parts }: DecoderState, count: number): Record<string, Feed> {
    const cache = parts.find((part) => part instanceof KvCache);
    if (!cache) return {};
    const { heads, kvHeads, headDim } = this.config;
    const [groups, rows] = count === 1 ? [heads / kvHeads, 1] : [1, (heads / kvHeads) * count];
    return {
      position: { data: BigInt64Array.of(BigInt(cache.length)), shape: [1] },
      query_shape: { data: BigInt64Array.from([kvHeads, groups, rows, headDim], BigInt), shape: [4] },
      ...this.#masks(cache, { groups, rows, count }),
    };
  }

  /** The masks that the graph reads: of the layers that see all tokens, and of those that see a window. */
  #masks(cache: KvCache, of: { groups: number; rows: number; count: number }): Record<string, Feed> {
    const shape = [of.groups, of.rows, cache.rows + of.count];
    const windows = new Set(this.config.windows);
    const named = [...windows].map((window): [string, Feed] => {
      const name = window === undefined ? 'attention_mask' : 'window_mask';
      const data = cache.roomFor(name, of.groups * of.rows * (cache.rows + of.count));
      fillMask(data, { length: cache.length, rows: cache.rows, count: of.count, window });
      return [name, { data, shape }];
    });
    return Object.fromEntries(named);
  }

  /** The same adapter with other numbers. What a cache holds was computed with the old ones. */
  useAdapter(adapter: AdapterFeeds): void {
    this.#adapter = adapter;
  }

  async release(): Promise<void> {
    await this.#session.release();
    this.#embedding.close();
  }
}
