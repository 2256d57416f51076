import type { ModelConfig } from '../../model/modelConfig.ts';
import { tokensUntilOthers } from '../../model/rotaryTable.ts';
import { type Feed, Session } from '../../model/session.ts';
import { InklingError } from '../../protocol/errors.ts';
import { derivedSeed, seededRandom } from '../../protocol/seededRandom.ts';
import type { TrainingSequence } from '../dataset/packedDataset.ts';
import type { LoraDecoderOptions } from '../graph/loraLinears.ts';
import type { LoraParameter, LoraShape } from '../graph/loraParameters.ts';
import {
  buildEvaluationGraph,
  buildTrainingGraph,
  gradientName,
  type TrainingGraph,
  type TrainingGraphOptions,
} from '../graph/trainingGraph.ts';
import type { FrozenBase } from './frozenBase.ts';

export interface GradientSessionOptions extends TrainingGraphOptions {
  readonly threads: number;
}

/** The compiled training graph: a sequence in, its loss and the gradients of all parameters out. */
export class GradientSession {
  /** per parameter, of the last run */
  readonly gradients: readonly Float32Array[];
  readonly #loss = new Float32Array(1);
  readonly #outputs: Record<string, Feed>;

  readonly #open: () => Promise<Session>;
  readonly #config: ModelConfig;
  readonly #of: Pick<TrainingGraph, 'parameters' | 'dropoutMasks'>;
  readonly #options: GradientSessionOptions;
  #session: Session | undefined;

  private constructor(
    open: () => Promise<Session>,
    config: ModelConfig,
    of: Pick<TrainingGraph, 'parameters' | 'dropoutMasks'>,
    options: GradientSessionOptions,
  ) {
    this.#open = open;
    this.#config = config;
    this.#of = of;
    this.#options = options;
    this.gradients = of.parameters.map(({ shape: [rows, columns] }) => new Float32Array(rows * columns));
    const named = of.parameters.map((parameter, i): [string, Feed] => [
      gradientName(parameter),
      { data: this.gradients[i]!, shape: parameter.shape },
    ]);
    this.#outputs = { loss: { data: this.#loss, shape: [] }, ...Object.fromEntries(named) };
  }

  static async create(base: FrozenBase, options: GradientSessionOptions): Promise<GradientSession> {
    const { graph, parameters, dropoutMasks } = buildTrainingGraph(base, options);
    const model = graph.serialize();
    const open = () =>
      Session.create(model, {
        device: 'cpu',
        threads: options.threads,
        weightsFolder: base.folder,
        // 8-bit products are rounded differently when not packed
        lean: isLean(options) && !base.quantized,
        flushDenormals: true,
      });
    const made = new GradientSession(open, base.config, { parameters, dropoutMasks }, options);
    made.#session = await open();
    return made;
  }

  get parameters(): readonly LoraParameter[] {
    return this.#of.parameters;
  }

  get lora(): LoraShape {
    return this.#options.lora;
  }

  get threads(): number {
    return this.#options.threads;
  }

  /**
   * @param values of the parameters
   * @param weight factor on the sequence's loss weights: 1 / (weight of all sequences of the step)
   * @param seed of the dropout masks
   * @returns the sequence's part of the loss; its gradients are in `gradients`
   */
  async run(
    sequence: TrainingSequence,
    { values, weight, seed }: { values: readonly Float32Array[]; weight: number; seed: number },
  ): Promise<number> {
    const feeds = {
      ...sequenceFeeds(sequence, { config: this.#config, maxPositions: this.#options.maxPositions, weight }),
      ...loraFeeds(this.#of.parameters, values),
      ...(this.#options.distillation > 0 ? teacherFeed(sequence, this.#config) : {}),
      ...this.#dropoutFeeds(sequence.inputIds.length, seed),
    };
    const session = await this.ready();
    await session.runInto(feeds, this.#outputs);
    return this.#loss[0]!;
  }

  #dropoutFeeds(length: number, seed: number): Record<string, Feed> {
    const feeds: Record<string, Feed> = {};
    for (const [name, width] of this.#of.dropoutMasks) {
      const data = dropoutMask(length * width, this.#options.loraDropout, derivedSeed(seed, name));
      feeds[name] = { data, shape: [length, width] };
    }
    return feeds;
  }

  /** Compiles the graph again after `makeRoom`; a run does so, too. */
  async ready(): Promise<Session> {
    this.#session ??= await this.#open();
    return this.#session;
  }

  /** Before another session runs: a lean one lets go of its memory. */
  async makeRoom(): Promise<void> {
    if (isLean(this.#options)) await this.release();
  }

  async release(): Promise<void> {
    await this.#session?.release();
    this.#session = undefined;
  }
}

const isLean = ({ recompute }: TrainingGraphOptions) => recompute !== 'nothing';

/** The compiled forward-only graph: a third of the work of a training step, and no activations are kept. */
export class EvaluationSession {
  readonly #session: Session;
  readonly #config: ModelConfig;
  readonly #maxPositions: number;
  readonly parameters: readonly LoraParameter[];

  private constructor(
    session: Session,
    { config, maxPositions }: Omit<SequenceReading, 'weight'>,
    parameters: readonly LoraParameter[],
  ) {
    this.#session = session;
    this.#config = config;
    this.#maxPositions = maxPositions;
    this.parameters = parameters;
  }

  static async create(
    base: FrozenBase,
    options: Omit<LoraDecoderOptions, 'loraDropout'> & { readonly threads: number },
  ): Promise<EvaluationSession> {
    const { graph, parameters } = buildEvaluationGraph(base, { ...options, loraDropout: 0, headChunks });
    const session = await Session.create(graph.serialize(), {
      device: 'cpu',
      threads: options.threads,
      weightsFolder: base.folder,
      lean: !base.quantized, // 8-bit products are rounded differently when not packed
      flushDenormals: true,
    });
    const { maxPositions } = options;
    return new EvaluationSession(session, { config: base.config, maxPositions }, parameters);
  }

  /** −ln p of every target, whatever its weight, (S) */
  async negativeLogLikelihoods(sequence: TrainingSequence, values: readonly Float32Array[]): Promise<Float32Array> {
    const feeds = {
      ...sequenceFeeds(sequence, { config: this.#config, maxPositions: this.#maxPositions, weight: 1 }),
      ...loraFeeds(this.parameters, values),
    };
    const { negative_log_likelihoods: result } = await this.#session.run(feeds, ['negative_log_likelihoods']);
    return result.data;
  }

  async release(): Promise<void> {
    await this.#session.release();
  }
}

const headChunks = 4;

interface SequenceReading {
  readonly config: ModelConfig;
  /** of the graph */
  readonly maxPositions: number;
  /** factor on the loss weights */
  readonly weight: number;
}

/** Inputs of the graph that come from the data. */
export function sequenceFeeds(
  sequence: TrainingSequence,
  { config, maxPositions, weight }: SequenceReading,
): Record<string, Feed> {
  const length = sequence.inputIds.length;
  const wide = (values: Int32Array) => ({ data: BigInt64Array.from(values, BigInt), shape: [length] });
  return {
    input_ids: wide(sequence.inputIds),
    position_ids: wide(tableRows(sequence, tokensUntilOthers(config.rotary, maxPositions), maxPositions)),
    ...attentionMasks(sequence.segments, config),
    targets: wide(sequence.targets),
    loss_weights: { data: sequence.lossWeights.map((value) => value * weight), shape: [length, 1] },
  };
}

/** Where each token's position stands in the tables: a text of more than `mostTokens` has rows of its own, see rotaryTables. */
function tableRows({ positions, segments }: TrainingSequence, mostTokens: number, offset: number): Int32Array {
  if (!Number.isFinite(mostTokens)) return positions;
  const lengths = new Map<number, number>();
  for (const segment of segments) lengths.set(segment, (lengths.get(segment) ?? 0) + 1);
  return positions.map((position, i) => (lengths.get(segments[i]!)! > mostTokens ? offset + position : position));
}

/** Inputs of the graph that are learned. */
function loraFeeds(parameters: readonly LoraParameter[], values: readonly Float32Array[]): Record<string, Feed> {
  return Object.fromEntries(parameters.map(({ name, shape }, i) => [name, { data: values[i]!, shape }]));
}

/** Input of the graph that distils. */
function teacherFeed({ teacherLogits, inputIds }: TrainingSequence, config: ModelConfig): Record<string, Feed> {
  if (!teacherLogits) throw new InklingError('internal', 'Distillation needs sequences with the logits of a teacher.');
  return { teacher_logits: { data: teacherLogits, shape: [inputIds.length, config.vocabularySize] } };
}

const hidden = -1e9;

/** The masks that the graph reads: of layers that see all tokens before, and of those that see a window. */
function attentionMasks(segments: Int32Array, { heads, kvHeads, windows }: ModelConfig): Record<string, Feed> {
  const masks = [...new Set(windows)].map((window): [string, Feed] => [
    window === undefined ? 'attention_mask' : 'window_mask',
    attentionMask(segments, heads / kvHeads, window ?? segments.length),
  ]);
  return Object.fromEntries(masks);
}

/**
 * (G·S, S), G heads of a group after one another: 0 where a token sees another one, a large negative number elsewhere
 * @param window how many tokens a token sees, itself included
 */
function attentionMask(segments: Int32Array, groupSize: number, window: number): Feed {
  const length = segments.length;
  const ofOneHead = new Float32Array(length * length).fill(hidden);
  for (let row = 0; row < length; row++) {
    for (let column = row; column >= 0 && row - column < window; column--) {
      if (segments[column] === segments[row]) ofOneHead[row * length + column] = 0;
    }
  }
  const data = new Float32Array(groupSize * ofOneHead.length);
  for (let head = 0; head < groupSize; head++) data.set(ofOneHead, head * ofOneHead.length);
  return { data, shape: [groupSize * length, length] };
}

/** 0 where a value is dropped, with the given probability (to 16 bits), else 1; the same seed gives the same mask. */
export function dropoutMask(length: number, probability: number, seed: number): Uint8Array {
  const random = seededRandom(seed);
  const threshold = Math.round(probability * 65536);
  const mask = new Uint8Array(length);
  for (let i = 0; i < length; i += 2) {
    const word = random() * 2 ** 32; // two draws of 16 bits
    mask[i] = word >>> 16 >= threshold ? 1 : 0;
    if (i + 1 < length) mask[i + 1] = (word & 0xffff) >= threshold ? 1 : 0;
  }
  return mask;
}
