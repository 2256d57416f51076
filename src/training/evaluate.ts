import { type TrainingSequence, totalWeight } from './dataset/trainingSequence.ts';
import type { TrainingControl } from './loop/trainingControl.ts';
import type { LoraShape } from './lora/loraParameters.ts';
import { EvaluationSession } from './session/evaluationSession.ts';
import type { FrozenBase } from './session/frozenBase.ts';

/**
 * Mean negative log-likelihood of the targets that count, in nats. The session lives only as long as the evaluation: its
 * weights are mapped, so that opening it is cheap, and training has the memory to itself.
 * @returns undefined when it was stopped
 */
export async function meanLoss(
  base: FrozenBase,
  sequences: readonly TrainingSequence[],
  of: {
    readonly lora: LoraShape;
    readonly values: readonly Float32Array[];
    readonly threads: number;
    readonly control: TrainingControl;
  },
): Promise<number | undefined> {
  const maxPositions = Math.max(...sequences.map(({ inputIds }) => inputIds.length));
  const session = await EvaluationSession.create(base, { lora: of.lora, maxPositions, threads: of.threads });
  try {
    let sum = 0;
    for (const sequence of sequences) {
      await of.control.pause();
      if (of.control.isStopped) return undefined;
      const losses = await session.negativeLogLikelihoods(sequence, of.values);
      losses.forEach((loss, i) => {
        if (sequence.lossWeights[i]! > 0) sum += loss * sequence.lossWeights[i]!; // padding may be anything
      });
    }
    return sum / totalWeight(sequences);
  } finally {
    await session.release();
  }
}
