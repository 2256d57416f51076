import { linearNames } from '../../../src/model/decoderParts.ts';
import { openModelFolder } from '../../../src/model/modelFolder.ts';
import { derivedSeed, seededRandom } from '../../../src/protocol/seededRandom.ts';
import type { TrainingEvent } from '../../../src/protocol/training.ts';
import { resolveTrainingOptions, type TrainingOptions } from '../../../src/protocol/trainingOptions.ts';
import type { Dataset, TrainingSequence } from '../../../src/training/dataset/packedDataset.ts';
import { type TrainingRun, train } from '../../../src/training/loop/train.ts';
import { newTrainingState, Pace, type TrainingState } from '../../../src/training/loop/trainingState.ts';
import { openFrozenBase } from '../../../src/training/session/frozenBase.ts';
import { GradientSession } from '../../../src/training/session/gradientSession.ts';
import { sessionOptions } from '../../../src/training/session/trainingPlan.ts';
import { goldenPath } from '../../golden/goldenFiles.ts';

const length = 16;

/** Random tokens of a small alphabet, other ones in each epoch; what is held out is of the same kind. */
const dataset: Dataset = {
  digest: 'tiny',
  sequencesPerEpoch: 5,
  trainingSequence: (epoch, index) => randomSequence(derivedSeed(1, epoch, index)),
  validation: [1, 2, 3].map((index) => randomSequence(derivedSeed(2, index))),
};

function randomSequence(seed: number): TrainingSequence {
  const random = seededRandom(seed);
  const ids = Int32Array.from({ length: length + 1 }, () => Math.floor(random() * 8));
  return {
    inputIds: ids.subarray(0, length),
    targets: ids.subarray(1),
    lossWeights: new Float32Array(length).fill(1),
    positions: Int32Array.from({ length }, (_, i) => i),
    segments: new Int32Array(length),
  };
}

export interface TinyRun {
  readonly run: TrainingRun;
  readonly state: TrainingState;
  readonly events: TrainingEvent[];
  /** Runs to the end and returns why it ended. */
  finish(): Promise<string>;
}

/** A run of the real loop on the tiny random Llama; `changes` replace its parts. */
export async function tinyRun(
  given: Partial<TrainingOptions>,
  changes: Partial<Pick<TrainingRun, 'control' | 'save' | 'state' | 'dataset'>> = {},
): Promise<TinyRun> {
  const base = await openFrozenBase(openModelFolder(goldenPath('tiny-llama')), '');
  const options = resolveTrainingOptions({
    loraRank: 2,
    loraTargets: linearNames,
    learningRate: 5e-3,
    warmupSteps: 2,
    sequenceLength: length,
    evaluationTokens: 256,
    ...given,
  });
  const shape = { level: 'fast', sequenceLength: length, threads: 1 } as const;
  const session = await GradientSession.create(base, sessionOptions(base, options, shape));
  const state = changes.state ?? newTrainingState(session.parameters, options);
  if (!changes.state) state.totalSteps = options.maxSteps;
  const control = { pause: async () => undefined, isStopped: false };
  const run = { base, session, dataset, options, control, pace: new Pace(), save: () => undefined, ...changes, state };
  const events: TrainingEvent[] = [];
  const finish = async () => {
    const going = train(run);
    try {
      for (;;) {
        const next = await going.next();
        if (next.done) return next.value;
        events.push(next.value);
      }
    } finally {
      await session.release();
    }
  };
  return { run, state, events, finish };
}

export const lossesOf = (events: readonly TrainingEvent[]): number[] =>
  events.flatMap((event) => (event.event === 'step' ? [event.loss] : []));

export const validationLossesOf = (events: readonly TrainingEvent[]): number[] =>
  events.flatMap((event) => (event.event === 'evaluation' ? [event.validationLoss] : []));
