import type { AdapterFeeds } from '../model/adapterFeeds.ts';
import { buildDecoderGraph, type DecoderGraphOptions } from '../model/decoderGraph.ts';
import type { ModelConfig } from '../model/modelConfig.ts';
import type { ModelFolder } from '../model/modelFolder.ts';
import { Session } from '../model/session.ts';
import type { Device } from '../protocol/devices.ts';
import type { KvCache } from './kvCache.ts';

/** The compiled decoder: runs tokens against a cache. */
export class Decoder {
  private constructor(
    private readonly session: Session,
    readonly config: ModelConfig,
    private readonly adapter: AdapterFeeds | undefined,
  ) {}

  static async create(
    folder: ModelFolder,
    options: Omit<DecoderGraphOptions, 'adaptedLinears'> & {
      readonly device: Device;
      readonly threads: number;
      readonly adapter?: AdapterFeeds;
    },
  ): Promise<Decoder> {
    const { device, threads, adapter, ...graphOptions } = options;
    const adapted = adapter ? { adaptedLinears: adapter.linears } : {};
    const graph = buildDecoderGraph(folder.config, folder.weights, { ...graphOptions, ...adapted });
    const session = await Session.create(graph.serialize(), { device, threads, weightsFolder: folder.path });
    return new Decoder(session, folder.config, adapter);
  }

  /**
   * Runs `tokenIds` after what the cache holds and adds them to it.
   * @param logitRows positions within `tokenIds` whose logits are wanted
   * @returns (logitRows, vocabulary)
   */
  async run(cache: KvCache, tokenIds: readonly number[], logitRows: readonly number[]): Promise<Float32Array> {
    const start = cache.length;
    const count = tokenIds.length;
    const past = cache.feeds();
    const rowsFeed = BigInt64Array.from(logitRows, BigInt);
    const { logits, new_kv: newKv } = await this.session.run(
      {
        input_ids: { data: BigInt64Array.from(tokenIds, BigInt), shape: [count] },
        position_ids: { data: BigInt64Array.from({ length: count }, (_, i) => BigInt(start + i)), shape: [count] },
        logit_rows: { data: rowsFeed, shape: [rowsFeed.length] },
        attention_mask: this.mask(cache, count),
        ...past,
        ...this.adapter?.feeds,
      },
      ['logits', 'new_kv'],
    );
    cache.append(tokenIds, newKv.data);
    return logits.data;
  }

  /** (G·count, rows + count): 0 where a token may look, a large negative number elsewhere */
  private mask(cache: KvCache, count: number): { data: Float32Array; shape: number[] } {
    const { heads, kvHeads } = this.config;
    const groupSize = heads / kvHeads;
    const width = cache.rows + count;
    const data = new Float32Array(groupSize * count * width);
    for (let row = 0; row < groupSize * count; row++) {
      const token = row % count;
      data.fill(hidden, row * width + cache.length, row * width + cache.rows); // rows without a token
      data.fill(hidden, row * width + cache.rows + token + 1, (row + 1) * width); // tokens yet to come
    }
    return { data, shape: [groupSize * count, width] };
  }

  async release(): Promise<void> {
    await this.session.release();
  }
}

const hidden = -1e9;
