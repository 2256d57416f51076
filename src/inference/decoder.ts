import type { AdapterFeeds } from '../model/adapterFeeds.ts';
import { fillMask } from '../model/decoder/attentionMask.ts';
import type { DecoderGraphOptions } from '../model/decoder/decoderOps.ts';
import { buildDecoderGraph } from '../model/decoderGraph.ts';
import { type ModelConfig, stateShapes } from '../model/modelConfig.ts';
import type { ModelFolder } from '../model/modelFolder.ts';
import { tokensUntilOthers } from '../model/rotaryTable.ts';
import { type Feed, Session } from '../model/session.ts';
import { EmbeddingRows } from '../model/weights/embeddingRows.ts';
import type { Device } from '../protocol/engineOptions.ts';
import { DecoderState } from './decoderState.ts';
import { KvCache } from './kvCache.ts';
import { RecurrentState } from './recurrentState.ts';

/** What runs tokens, be its graph ours or somebody else's. */
export type RunnableDecoder = Pick<Decoder, 'config' | 'newCache' | 'run' | 'useAdapter' | 'release'>;

const mostAtOnce = 64; // tokens read again in one run: the scores of many would take much memory

/** The compiled decoder: runs tokens against a cache. */
export class Decoder {
  readonly #session: Session;
  readonly #embedding: EmbeddingRows;
  #adapter: AdapterFeeds | undefined;
  readonly #options: Pick<DecoderGraphOptions, 'cacheElement' | 'maxPositions'>;

  private constructor(
    session: Session,
    readonly config: ModelConfig,
    embedding: EmbeddingRows,
    adapter: AdapterFeeds | undefined,
    options: Pick<DecoderGraphOptions, 'cacheElement' | 'maxPositions'>,
  ) {
    this.#session = session;
    this.#embedding = embedding;
    this.#adapter = adapter;
    this.#options = options;
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
      const { maxPositions } = options;
      return new Decoder(session, folder.config, embedding, adapter, { cacheElement, maxPositions });
    } catch (error) {
      embedding.close();
      throw error;
    }
  }

  /**
   * What this decoder remembers before it has read anything.
   * @param spare tokens that can be taken back without reading all again where layers see a window, by default many
   */
  newCache(maxTokens: number, spare?: number): DecoderState {
    const { config } = this;
    const { cacheElement: element, maxPositions } = this.#options;
    const shapes = stateShapes(config);
    const windows = config.mixers.flatMap((mixer, layer) => (mixer === 'attention' ? [config.windows[layer]] : []));
    const given = { config, maxTokens, element, ...(spare === undefined ? {} : { spare }) };
    const parts = [
      ...[...new Set(windows)].map((window) => new KvCache({ ...given, window })),
      ...(shapes.length > 0 ? [new RecurrentState(shapes)] : []),
    ];
    return new DecoderState(parts, tokensUntilOthers(config.rotary, maxPositions));
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
    let again = cache.unread(tokenIds.length);
    while (again.length > mostAtOnce) {
      await this.#step(cache, again.slice(0, mostAtOnce), [], new Float32Array());
      cache.appendKnown(mostAtOnce);
      again = again.slice(mostAtOnce);
    }
    const run = again.length === 0 ? tokenIds : [...again, ...tokenIds];
    const rows = logitRows.map((row) => again.length + row);
    await this.#step(cache, run, rows, logits);
    cache.append(tokenIds);
    return logits;
  }

  /** One run of the graph after what the cache's parts hold; they still have to take in what it leaves. */
  async #step(
    cache: DecoderState,
    run: readonly number[],
    logitRows: readonly number[],
    logits: Float32Array,
  ): Promise<void> {
    const { embeddingSize, vocabularySize } = this.config;
    const past = cache.feeds();
    await this.#session.runInto(
      {
        embeddings: { data: this.#embedding.read(run), shape: [run.length, embeddingSize] },
        logit_rows: { data: BigInt64Array.from(logitRows, BigInt), shape: [logitRows.length] },
        ...this.#attentionFeeds(cache, run.length),
        ...past,
        ...this.#adapter?.feeds,
      },
      { logits: { data: logits, shape: [logitRows.length, vocabularySize] }, ...cache.roomForNew(run.length) },
    );
  }

  /** What only layers with attention read. */
  #attentionFeeds({ parts, isLong }: DecoderState, count: number): Record<string, Feed> {
    const caches = parts.filter((part) => part instanceof KvCache);
    if (caches.length === 0) return {};
    const { heads, kvHeads, headDim, rotary } = this.config;
    const { maxPositions } = this.#options;
    const [groups, rows] = count === 1 ? [heads / kvHeads, 1] : [1, (heads / kvHeads) * count];
    const feeds: Record<string, Feed> = {
      position: { data: BigInt64Array.of(BigInt(caches[0]!.length)), shape: [1] },
      query_shape: { data: BigInt64Array.from([kvHeads, groups, rows, headDim], BigInt), shape: [4] },
    };
    if (Number.isFinite(tokensUntilOthers(rotary, maxPositions)))
      feeds['rotary_offset'] = { data: BigInt64Array.of(BigInt(isLong ? maxPositions : 0)), shape: [1] };
    for (const cache of caches) {
      const shape = [groups, rows, cache.rows + count];
      const data = cache.roomForMask(groups * rows * (cache.rows + count));
      fillMask(data, { length: cache.length, rows: cache.rows, count, window: cache.window });
      feeds[cache.window === undefined ? 'attention_mask' : 'window_mask'] = { data, shape };
    }
    return feeds;
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
