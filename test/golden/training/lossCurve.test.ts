import { expect, test } from 'vitest';
import { linearNames } from '../../../src/model/decoderParts.ts';
import type { TrainingEvent } from '../../../src/protocol/training.ts';
import { resolveTrainingOptions } from '../../../src/protocol/trainingOptions.ts';
import { train } from '../../../src/training/loop/train.ts';
import { newTrainingState, Pace } from '../../../src/training/loop/trainingState.ts';
import { GradientSession } from '../../../src/training/session/gradientSession.ts';
import { sessionOptions } from '../../../src/training/session/trainingPlan.ts';
import { goldenPath, readGolden } from '../goldenFiles.ts';
import { adapterValues, goldenLora, plainSequence, tinyBase } from './goldenTraining.ts';

const golden = readGolden<{
  readonly learningRate: number;
  readonly warmupSteps: number;
  readonly weightDecay: number;
  readonly maxGradNorm: number;
  readonly sequences: readonly (readonly number[])[];
  readonly losses: readonly number[];
  readonly gradNorms: readonly number[];
}>('training/loss-curve.json');

test.each(['fast', 'lean', 'leanest'] as const)(
  '30 steps of AdamW as PyTorch and PEFT take them: %s',
  async (level) => {
    const { learningRate, warmupSteps, weightDecay, maxGradNorm } = golden;
    const options = resolveTrainingOptions({
      learningRate,
      warmupSteps,
      weightDecay,
      maxGradNorm,
      loraRank: goldenLora.rank,
      loraAlpha: goldenLora.alpha,
      loraTargets: linearNames,
      batchSize: 2,
    });
    const session = await GradientSession.create(
      tinyBase,
      sessionOptions(tinyBase, options, { level, sequenceLength: 24, threads: 1 }),
    );
    const state = newTrainingState(session.parameters, options);
    const initial = adapterValues(goldenPath('training/initial-adapter'), session.parameters);
    state.weights.values.forEach((values, i) => {
      values.set(initial[i]!);
    });
    state.totalSteps = golden.losses.length;
    const sequences = golden.sequences.map(plainSequence);
    const dataset = {
      digest: '',
      sequencesPerEpoch: sequences.length,
      trainingSequence: (_epoch: number, index: number) => sequences[index]!,
      validation: [],
    };
    const control = { pause: async () => undefined, isStopped: false };
    const events: TrainingEvent[] = [];
    const run = { base: tinyBase, session, dataset, options, state, control, pace: new Pace(), save: () => undefined };
    for await (const event of train(run)) events.push(event);
    await session.release();

    const steps = events.filter((event) => event.event === 'step');
    expect(steps.map(({ step }) => step)).toEqual(golden.losses.map((_, i) => i + 1));
    steps.forEach(({ loss, gradNorm }, i) => {
      expect(Math.abs(loss - golden.losses[i]!), `loss of step ${i + 1}`).toBeLessThan(1e-4);
      expect(Math.abs(gradNorm / golden.gradNorms[i]! - 1), `gradient norm of step ${i + 1}`).toBeLessThan(1e-3);
    });
    expect(steps.at(-1)!.loss).toBeLessThan(steps[0]!.loss - 0.5); // it learns
  },
);
