import { expect, test } from 'vitest';
import {
  clipToNorm,
  globalNorm,
  newOptimizerState,
  type OptimizerOptions,
  optimizerStep,
} from '../../../src/training/loop/optimizer.ts';
import { maxDifference } from '../decoders.ts';
import { readGolden } from '../goldenFiles.ts';

const golden = readGolden<{
  readonly start: readonly number[];
  readonly gradients: readonly (readonly number[])[];
  readonly values: Readonly<Record<string, readonly (readonly number[])[]>>;
  readonly clipped: Readonly<Record<string, { readonly norm: number; readonly gradients: readonly number[] }>>;
}>('training/optimizers.json');

/** PyTorch's defaults */
const defaults = { momentum: 0, beta1: 0.9, beta2: 0.999, epsilon: 1e-8, weightDecay: 0, l1: 0, l2: 0 };

/** The settings of scripts/make_training_golden.py in our names */
const settings: Readonly<Record<string, Partial<OptimizerOptions> & { learningRate: number }>> = {
  sgd: { optimizer: 'sgd', learningRate: 0.05 },
  'sgd momentum': { optimizer: 'sgd', learningRate: 0.05, momentum: 0.9 },
  'sgd momentum l2': { optimizer: 'sgd', learningRate: 0.05, momentum: 0.9, l2: 0.1 },
  rmsprop: { optimizer: 'rmsprop', learningRate: 0.02, beta2: 0.99 },
  'rmsprop momentum l2': {
    optimizer: 'rmsprop',
    learningRate: 0.02,
    beta2: 0.95,
    epsilon: 1e-6,
    momentum: 0.8,
    weightDecay: 0.1,
  },
  adam: { optimizer: 'adam', learningRate: 0.03 },
  'adam l2': { optimizer: 'adam', learningRate: 0.03, beta1: 0.8, beta2: 0.99, epsilon: 1e-6, weightDecay: 0.1 },
  adamw: { optimizer: 'adamw', learningRate: 0.03, weightDecay: 0.1 },
  'adamw betas': {
    optimizer: 'adamw',
    learningRate: 0.03,
    beta1: 0.8,
    beta2: 0.95,
    epsilon: 1e-5,
    weightDecay: 0.01,
  },
};

test.each(Object.keys(golden.values))('%s goes the way that it goes in PyTorch', (name) => {
  const { learningRate, ...chosen } = settings[name]!;
  const options = { ...defaults, optimizer: 'sgd' as const, ...chosen };
  const values = [Float32Array.from(golden.start)];
  const state = newOptimizerState(options.optimizer, values);
  golden.gradients.forEach((gradient, step) => {
    optimizerStep({ values, gradients: [Float32Array.from(gradient)], state }, learningRate, options);
    expect(maxDifference(values[0]!, golden.values[name]![step]!), `step ${step + 1}`).toBeLessThan(2e-6);
  });
});

test('an L1 penalty adds its sign to the gradient', () => {
  const values = [Float32Array.of(2, -3, 0)];
  const state = newOptimizerState('sgd', values);
  const gradients = [new Float32Array(3)];
  optimizerStep({ values, gradients, state }, 1, { ...defaults, optimizer: 'sgd', l1: 0.5 });
  expect([...values[0]!]).toEqual([1.5, -2.5, 0]);
});

test.each(Object.entries(golden.clipped))('clipping to %s as PyTorch clips', (maxNorm, expected) => {
  const gradients = [Float32Array.from(golden.gradients[0]!)];
  const norm = globalNorm(gradients);
  expect(norm).toBeCloseTo(expected.norm, 5);
  clipToNorm(gradients, norm, Number(maxNorm));
  expect(maxDifference(gradients[0]!, expected.gradients)).toBeLessThan(1e-6);
});
