import { float16Values } from '../model/files/float16.ts';
import type { ModelConfig } from '../model/modelConfig.ts';
import type { ModelFolder } from '../model/modelFolder.ts';
import { type Feed, Session, type ValueDescription } from '../model/session.ts';
import { InklingError } from '../protocol/errors.ts';
import type { RunnableDecoder } from './decoder.ts';
import { DecoderState } from './decoderState.ts';
import { PresentCache, type PresentLayout } from './presentCache.ts';

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
const inputs: Readonly<Record<string, (run: Run) => Feed>> = {
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
  readonly #layouts: readonly PresentLayout[];
  readonly #halfLogits: boolean;

  private constructor(
    session: Session,
    readonly config: ModelConfig,
    layouts: readonly PresentLayout[],
    halfLogits: boolean,
  ) {
    this.#session = session;
    this.#layouts = layouts;
    this.#halfLogits = halfLogits;
  }

  /** @throws InklingError `modelUnsupported` for a graph with other inputs and outputs, `modelBroken` for what is no graph */
  static async create({ config, exported, name }: ModelFolder, threads: number): Promise<ExportedDecoder> {
    let session: Session;
    try {
      session = await Session.create(exported!, { device: 'cpu', threads });
    } catch (error) {
      if (error instanceof InklingError && error.code === 'outOfMemory') throw error;
      throw new InklingError(
        'modelBroken',
        `The ONNX graph of ${name} cannot be opened: it is damaged, or incomplete.`,
        {
          cause: error,
        },
      );
    }
    try {
      const layouts = layoutsOf(session);
      const logits = session.outputs.find((output) => output.name === 'logits');
      const vocabulary = logits?.shape[2];
      if (!logits) throw unsupported('has no output logits');
      if (typeof vocabulary === 'number' && vocabulary !== config.vocabularySize) {
        throw new InklingError(
          'modelConfig',
          `The graph gives ${vocabulary} logits, config.json says vocab_size ${config.vocabularySize}.`,
        );
      }
      return new ExportedDecoder(session, config, layouts, logits.type === 'float16');
    } catch (error) {
      await session.release();
      throw error;
    }
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
    const again = cache.unread();
    const ids = [...again, ...tokenIds];
    const past = cache.length - again.length;
    const feeds: Record<string, Feed> = cache.feeds();
    for (const name of this.#session.inputNames) feeds[name] ??= inputs[name]!({ past, ids });
    const room = ids.length * vocabularySize;
    const all = this.#halfLogits ? new Uint16Array(room) : new Float32Array(room);
    await this.#session.runInto(feeds, {
      logits: { data: all, shape: [1, ids.length, vocabularySize] },
      ...cache.roomForNew(ids.length),
    });
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

  useAdapter(): void {
    throw new InklingError('modelUnsupported', 'Adapters do not run on an exported ONNX decoder.');
  }

  release(): Promise<void> {
    return this.#session.release();
  }
}

/** Keys and values that the graph takes, each with the output that follows it. */
function layoutsOf(session: Session): PresentLayout[] {
  const outputs = new Set(session.outputs.map(({ name }) => name));
  const layouts = session.inputs.flatMap((input): PresentLayout[] => {
    if (Object.hasOwn(inputs, input.name)) return [];
    const present = input.name.replace(/^past_key_values/u, 'present');
    if (present === input.name || !outputs.has(present)) throw unsupported(`has the input ${input.name}`);
    return [{ past: input.name, present, ...rowsOf(input) }];
  });
  if (layouts.length === 0) throw unsupported('takes no keys and values (past_key_values)');
  if (!session.inputNames.includes('input_ids')) throw unsupported('has no input input_ids');
  return layouts;
}

function rowsOf({ name, type, shape }: ValueDescription): Pick<PresentLayout, 'heads' | 'width' | 'element'> {
  const [heads, width] = [shape[1], shape[3]];
  if (shape.length !== 4 || typeof heads !== 'number' || typeof width !== 'number') {
    throw unsupported(`has ${name} of the shape (${shape.join(', ')})`);
  }
  if (type !== 'float32' && type !== 'float16') throw unsupported(`has ${name} of the type ${type}`);
  return { heads, width, element: type };
}

const unsupported = (what: string) =>
  new InklingError(
    'modelUnsupported',
    `The exported graph ${what}, which is not the layout of decoders that can be run here (optimum, transformers.js).`,
  );
