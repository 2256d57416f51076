import { expect, test } from 'vitest';
import { learningRateAt } from '../../../src/training/optimization/learningRate.ts';

const ratesOf = (lrSchedule: 'constant' | 'linear' | 'cosine', warmupSteps: number, totalSteps: number) =>
  Array.from({ length: totalSteps }, (_, step) =>
    Number(learningRateAt(step, { learningRate: 8, lrSchedule, warmupSteps, totalSteps }).toFixed(4)),
  );

test.each([
  ['constant', 0, 3, [8, 8, 8]],
  ['constant', 4, 6, [2, 4, 6, 8, 8, 8]],
  ['linear', 0, 4, [8, 6, 4, 2]],
  ['linear', 2, 6, [4, 8, 8, 6, 4, 2]],
  ['cosine', 0, 4, [8, 6.8284, 4, 1.1716]],
  ['cosine', 1, 5, [8, 8, 6.8284, 4, 1.1716]],
  ['cosine', 8, 4, [1, 2, 3, 4]], // a run that ends within its warm-up
] as const)('%s, %i steps of warm-up, %i in all', (schedule, warmupSteps, totalSteps, expected) => {
  expect(ratesOf(schedule, warmupSteps, totalSteps)).toEqual(expected);
});
