import type { ModelConfig } from '../../model/modelConfig.ts';
import { Session } from '../../model/session.ts';
import type { TrainingSequence } from '../dataset/trainingSequence.ts';
import type { LoraDecoderOptions } from '../graph/loraLinears.ts';
import { buildEvaluationGraph } from '../graph/trainingGraph.ts';
import type { LoraParameter } from '../lora/loraParameters.ts';
import type { FrozenBase } from './frozenBase.ts';
import { loraFeeds, sequenceFeeds } from './sequenceFeeds.ts';

/** The compiled forward-only graph: a third of the work of a training step, and no activations are kept. */
export class EvaluationSession {
  readonly #session: Session;
  readonly #config: ModelConfig;
  readonly parameters: readonly LoraParameter[];

  private constructor(session: Session, config: ModelConfig, parameters: readonly LoraParameter[]) {
    this.#session = session;
    this.#config = config;
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
    return new EvaluationSession(session, base.config, parameters);
  }

  /** −ln p of every target, whatever its weight, (S) */
  async negativeLogLikelihoods(sequence: TrainingSequence, values: readonly Float32Array[]): Promise<Float32Array> {
    const feeds = { ...sequenceFeeds(sequence, this.#config, 1), ...loraFeeds(this.parameters, values) };
    const { negative_log_likelihoods: result } = await this.#session.run(feeds, ['negative_log_likelihoods']);
    return result.data;
  }

  async release(): Promise<void> {
    await this.#session.release();
  }
}

const headChunks = 4;
