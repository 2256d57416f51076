import type { ModelConfig } from '../../model/modelConfig.ts';
import { type Feed, Session } from '../../model/session.ts';
import type { TrainingSequence } from '../dataset/trainingSequence.ts';
import {
  buildTrainingGraph,
  gradientName,
  type TrainingGraph,
  type TrainingGraphOptions,
} from '../graph/trainingGraph.ts';
import { dropoutMask } from '../lora/dropoutMask.ts';
import type { LoraParameter, LoraShape } from '../lora/loraParameters.ts';
import { derivedSeed } from '../randomNumbers.ts';
import type { FrozenBase } from './frozenBase.ts';
import { loraFeeds, sequenceFeeds, teacherFeed } from './sequenceFeeds.ts';

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
      ...sequenceFeeds(sequence, this.#config, weight),
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
