import { expect, test } from 'vitest';
import { ThinnedSteps } from '../../../src/extension/fineTuning/thinnedSteps.ts';

const stepEvent = (step: number) => ({
  event: 'step' as const,
  step,
  totalSteps: 5000,
  epoch: 0,
  loss: 1,
  learningRate: 0,
  gradNorm: 0,
  tokensPerSecond: 0,
  etaSeconds: 0,
});

test('many steps are thinned out evenly, in order, and the last one is always there', () => {
  const thinned = new ThinnedSteps();
  for (let step = 1; step <= 4999; step++) {
    thinned.add(stepEvent(step));
    expect(thinned.steps.length).toBeLessThanOrEqual(402);
    expect(thinned.steps.at(-1)!.step).toBe(step);
  }
  const steps = thinned.steps.map(({ step }) => step);
  expect(steps.length).toBeGreaterThan(200);
  const gaps = new Set(steps.slice(1, -1).map((step, i) => step - steps[i]!));
  expect(gaps.size).toBe(1);
});
