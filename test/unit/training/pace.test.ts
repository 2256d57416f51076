import { expect, test } from 'vitest';
import { defaultTrainingOptions } from '../../../src/protocol/trainingOptions.ts';
import { Pace, type TrainingState } from '../../../src/training/loop/trainingState.ts';

test('the time left counts the steps and the evaluations to come', () => {
  const pace = new Pace();
  const left = (step: number) =>
    pace.secondsLeft({ step, totalSteps: 100 } as TrainingState, { ...defaultTrainingOptions, evaluationSteps: 20 });
  expect(left(0)).toBe(0); // nothing is known yet
  pace.noteStep(2);
  expect(left(1)).toBe(198);
  pace.noteEvaluation(10);
  expect(left(1)).toBe(248);
  expect(left(20)).toBe(200);
  expect(left(100)).toBe(0);
  pace.noteStep(12); // one slow step moves the mean by a tenth
  expect(left(99)).toBe(13);
});
