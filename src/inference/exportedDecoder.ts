import { type ExportedSession, type exportedInputs, openExported } from '../model/exportedSession.ts';
import { float16Values } from '../model/files/float16.ts';
import type { ModelConfig } from '../model/modelConfig.ts';
import type { ModelFolder } from '../model/modelFolder.ts';
import type { Feed, Session } from '../model/session.ts';
import { InklingError, sentence } from '../protocol/errors.ts';
import type { RunnableDecoder } from './decoder.ts';
import { DecoderState } from './decoderState.ts';
import { PresentCache } from './presentCache.ts';

/** Tokens of a run in which some are read again: it gives the logits of all, and those of so many have room (memoryGuard.ts). */
const mostAtOnce = 64;

/** What a run is about, for the inputs that only say so. */
interface Run {
  readonly past: number;
  readonly ids: readonly number[];
}

const int64 = (values: readonly number[], shape: readonly number[]): Feed => ({
  data: BigInt64Array.from(values, BigInt),
  shape,
});
const upTo = (from: number, to: number) => Array.from({ length: to - from }, (_, i) => from + i);

/** The inputs of an exported graph besides keys and values; a graph has some of them. */
const inputs: Readonly<Record<(typeof exportedInputs)[number], (run: Run) => Feed>> = {
  input_ids: ({ ids }) => int64(ids, [1, ids.length]),
  attention_mask: ({ past, ids }) => int64(Array(past + ids.length).fill(1), [1, past + ids.length]),
  position_ids: ({ past, ids }) => int64(upTo(past, past + ids.length), [1, ids.length]),
  cache_position: ({ past, ids }) => int64(upTo(past, past + ids.length), [ids.length]),
  num_logits_to_keep: () => int64([0], []), // all
  use_cache_branch: ({ past }) => ({ data: Uint8Array.of(past > 0 ? 1 : 0), shape: [1], isBoolean: true }),
};

/** A decoder whose graph was exported by others: keys and values go in and come back whole. */
export class ExportedDecoder implements RunnableDecoder {
  readonly #session: Session;
  readonly #layouts: ExportedSession['layouts'];
  readonly #halfLogits: boolean;

  private constructor(
    readonly config: ModelConfig,
    { session, layouts, halfLogits }: ExportedSession,
  ) {
    this.#session = session;
    this.#layouts = layouts;
    this.#halfLogits = halfLogits;
  }

  /** @throws InklingError of `openExported` */
  static async create(folder: ModelFolder, threads: number): Promise<ExportedDecoder> {
    return new ExportedDecoder(folder.config, await openExported(folder, threads));
  }

  newCache(): DecoderState<PresentCache> {
    return new DecoderState([new PresentCache(this.#layouts)]);
  }

  async run(
    cache: DecoderState,
    tokenIds: readonly number[],
    logitRows: readonly number[],
    logits: Float32Array = new Float32Array(logitRows.length * this.config.vocabularySize),
  ): Promise<Float32Array> {
    const { vocabularySize } = this.config;
    let again = cache.unread();
    while (again.length > 0 && again.length + tokenIds.length > mostAtOnce) {
      const read = again.slice(0, mostAtOnce);
      await this.#step(cache, cache.length - again.length, read);
      cache.appendKnown(read.length);
      again = again.slice(read.length);
    }
    const all = await this.#step(cache, cache.length - again.length, [...again, ...tokenIds]);
    cache.append(tokenIds);
    for (const [i, row] of logitRows.entries()) {
      const start = (again.length + row) * vocabularySize;
      const values = all.subarray(start, start + vocabularySize);
      logits.set(
        values instanceof Uint16Array ? Float32Array.from(values, (bits) => float16Values[bits]!) : values,
        i * vocabularySize,
      );
    }
    return logits;
  }

  /**
   * One run of the graph after `past` tokens; the cache still has to take in what it leaves.
   * @returns logits after each token: (ids, vocabulary)
   */
  async #step(cache: DecoderState, past: number, ids: readonly number[]): Promise<Float32Array | Uint16Array> {
    const { vocabularySize } = this.config;
    const feeds: Record<string, Feed> = cache.feeds();
    for (const name of this.#session.inputNames) feeds[name] ??= inputs[name as keyof typeof inputs]({ past, ids });
    const room = ids.length * vocabularySize;
    const logits = this.#halfLogits ? new Uint16Array(room) : new Float32Array(room);
    await this.#session.runInto(feeds, {
      logits: { data: logits, shape: [1, ids.length, vocabularySize] },
      ...cache.roomForNew(ids.length),
    });
    return logits;
  }

  useAdapter(): void {
    throw new InklingError('modelUnsupported', sentence`Adapters do not run on an exported ONNX decoder.`);
  }

  release(): Promise<void> {
    return this.#session.release();
  }
}
