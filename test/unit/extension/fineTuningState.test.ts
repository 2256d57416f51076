import { describe, expect, test } from 'vitest';
import { canFollow, FineTuningState } from '../../../src/extension/fineTuning/fineTuningState.ts';
import type { FineTuningPhase } from '../../../src/protocol/fineTuningPages.ts';

const phases = ['planning', 'ready', 'running', 'paused', 'proving', 'done', 'discarded', 'failed'] as const;
const ways: Record<FineTuningPhase, string> = {
  planning: 'ready running discarded failed',
  ready: 'running discarded failed',
  running: 'paused proving discarded failed',
  paused: 'running proving discarded failed',
  proving: 'done',
  done: '',
  discarded: '',
  failed: '',
};

test.each(phases)('what can follow %s', (phase) => {
  expect(phases.filter((next) => canFollow(phase, next)).join(' ')).toBe(
    phases.filter((next) => ways[phase].split(' ').includes(next)).join(' '),
  );
});

describe('what comes late', () => {
  test.each<[FineTuningPhase[], FineTuningPhase]>([
    [['ready', 'running', 'discarded'], 'paused'],
    [['ready', 'running', 'discarded'], 'proving'],
    [['discarded'], 'ready'],
    [['discarded'], 'failed'],
    [['failed'], 'ready'],
    [['running', 'proving', 'done'], 'running'],
    [['running', 'proving', 'done'], 'failed'],
    [['running', 'proving'], 'paused'],
    [['running', 'proving'], 'discarded'],
  ])('after %j (%s) changes nothing', (way, late) => {
    const state = new FineTuningState('voice');
    for (const phase of way) expect(state.enter(phase)).toBe(true);
    const before = state.view;
    expect(state.enter(late, { problem: 'x' })).toBe(false);
    expect(state.view).toBe(before);
  });
});

test.each<[FineTuningPhase[], boolean]>([
  [[], false],
  [['ready'], false],
  [['ready', 'running'], true],
  [['ready', 'running', 'paused'], true],
  [['ready', 'running', 'proving'], true],
  [['ready', 'running', 'proving', 'done'], false],
  [['failed'], false],
])('after %j there is something to lose: %s', (way, isGoingOn) => {
  const state = new FineTuningState('voice');
  for (const phase of way) state.enter(phase);
  expect(state.isGoingOn).toBe(isGoingOn);
});

test('while a comparison goes on there is something to lose, also when the first figures are known', () => {
  const state = new FineTuningState('voice');
  for (const phase of ['running', 'proving', 'done'] as const) state.enter(phase);
  state.change({ proof: { kind: 'typing', fraction: 0.1, secondsLeft: 9 } });
  expect(state.isGoingOn).toBe(true);
});

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
  const state = new FineTuningState('voice');
  const numbers = () => state.view.steps.map(({ step }) => step);
  for (let step = 1; step <= 4999; step++) {
    state.note(stepEvent(step));
    expect(numbers().length).toBeLessThanOrEqual(402);
    expect(numbers().at(-1)).toBe(step);
  }
  expect(numbers().length).toBeGreaterThan(200);
  const gaps = new Set(
    numbers()
      .slice(1, -1)
      .map((step, i) => step - numbers()[i]!),
  );
  expect(gaps.size).toBe(1);
});
