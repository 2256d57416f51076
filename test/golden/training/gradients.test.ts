import { expect, test } from 'vitest';
import { totalWeight } from '../../../src/training/dataset/packedDataset.ts';
import { meanLoss } from '../../../src/training/loop/train.ts';
import {
  EvaluationSession,
  GradientSession,
  type GradientSessionOptions,
} from '../../../src/training/session/gradientSession.ts';
import { logitsOf, logprobOf, maxDifference, openDecoder } from '../decoders.ts';
import { goldenPath, readGolden } from '../goldenFiles.ts';
import {
  adapterValues,
  type GradientsGolden,
  goldenGradients,
  goldenLora,
  plainOptions,
  plainSequence,
  sequenceOf,
  tinyBase,
} from './goldenTraining.ts';

const golden = readGolden<GradientsGolden>('training/gradients.json');
const sequence = sequenceOf(golden);
const options: GradientSessionOptions = {
  lora: goldenLora,
  ...plainOptions,
};

test.each<[string, Partial<GradientSessionOptions>]>([
  ['fast', {}],
  ['lean', { recompute: 'activations', headChunks: 4 }],
  ['leanest', { recompute: 'layers', headChunks: 4 }],
  ['label smoothing', { labelSmoothing: 0.1 }],
  ['label smoothing, lean', { labelSmoothing: 0.1, recompute: 'activations', headChunks: 2 }],
])('loss and gradients of packed documents as PyTorch and PEFT compute them: %s', async (_, changes) => {
  const session = await GradientSession.create(tinyBase, { ...options, ...changes });
  const values = adapterValues(goldenPath('training/adapter'), session.parameters);
  const loss = await session.run(sequence, { values, weight: 1 / totalWeight([sequence]), seed: 0 });
  const isSmoothed = 'labelSmoothing' in changes;
  expect(Math.abs(loss - (isSmoothed ? golden.smoothedLoss : golden.loss))).toBeLessThan(1e-5);
  const expected = goldenGradients(isSmoothed ? 'smoothed.' : '', session.parameters);
  session.parameters.forEach(({ name }, i) => {
    const largest = Math.max(...expected[i]!.map(Math.abs));
    expect(maxDifference(session.gradients[i]!, expected[i]!) / largest, name).toBeLessThan(1e-4);
  });
  await session.release();
});

test('the forward graph with an adapter: every token as PyTorch and PEFT compute it', async () => {
  const session = await EvaluationSession.create(tinyBase, { lora: goldenLora, maxPositions: 64, threads: 1 });
  const values = adapterValues(goldenPath('training/adapter'), session.parameters);
  const losses = await session.negativeLogLikelihoods(sequence, values);
  expect(maxDifference(losses, golden.negativeLogLikelihoods)).toBeLessThan(1e-4);
  await session.release();
});

test('the loss without an adapter is the score of the inference graph', async () => {
  const ids = golden.inputIds;
  const decoder = await openDecoder(goldenPath('tiny-llama'), { precision: 'fp32', dialect: 'fused' });
  const logits = await logitsOf(decoder, ids, 7);
  await decoder.release();
  const scored = ids.slice(1).map((id, i) => -logprobOf(logits[i]!, id));
  const evaluation = await EvaluationSession.create(tinyBase, { lora: goldenLora, maxPositions: 64, threads: 1 });
  const untrained = adapterValues(goldenPath('training/initial-adapter'), evaluation.parameters);
  await evaluation.release();
  const control = { pause: async () => undefined, isStopped: false };
  const of = { lora: goldenLora, values: untrained, threads: 1, control };
  const loss = await meanLoss(tinyBase, [plainSequence(ids)], of);
  const score = scored.reduce((sum, value) => sum + value, 0) / scored.length;
  expect(loss).toBeCloseTo(score, 5);
});
