import { expect, test } from 'vitest';
import { learningRateAt, scheduledStep } from '../../../src/training/loop/optimizer.ts';

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

test('a run that is slower than planned brings its rate down by the clock, after its warm-up', () => {
  const plan = { learningRate: 8, lrSchedule: 'linear', warmupSteps: 10, totalSteps: 100 } as const;
  expect(scheduledStep(40, 0.3, plan)).toBe(40); // ahead of its clock
  expect(scheduledStep(40, 0.9, plan)).toBe(90);
  expect(scheduledStep(40, 0, plan)).toBe(40); // no limit
  expect(scheduledStep(5, 0.5, plan)).toBe(5);
});
