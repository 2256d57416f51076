import { expect, test } from 'vitest';
import {
  defaultTrainingOptions,
  resolveTrainingOptions,
  type TrainingOptions,
  trainingOptionTable,
} from '../../../src/protocol/trainingOptions.ts';

test('defaults lie within their ranges', () => {
  expect(resolveTrainingOptions({})).toEqual(defaultTrainingOptions);
});

const numbers = Object.entries(trainingOptionTable).flatMap(([name, option]) =>
  option.type === 'number' ? [[name, option] as const] : [],
);

test.each(numbers)('%s is held to its range', (name, { minimum, maximum, integer }) => {
  expect(resolveTrainingOptions({ [name]: minimum })).toMatchObject({ [name]: minimum });
  for (const wrong of [minimum - 1e-6, maximum * 1.001 + 1, Number.NaN, '1', ...(integer ? [minimum + 0.5] : [])]) {
    expect(() => resolveTrainingOptions({ [name]: wrong })).toThrow(`${name} must be`);
  }
});

test.each<[Partial<Record<keyof TrainingOptions, unknown>>, string]>([
  [{ optimizer: 'lion' }, 'optimizer must be one of adamw, adam, rmsprop, sgd'],
  [{ lrSchedule: 'step' }, 'lrSchedule must be one of'],
  [{ memoryMode: 'tiny' }, 'memoryMode must be one of'],
  [{ loraTargets: [] }, 'loraTargets must be some of'],
  [{ loraTargets: ['q', 'q'] }, 'loraTargets must be some of'],
  [{ loraTargets: ['q', 'head'] }, 'loraTargets must be some of'],
])('%j is refused', (options, message) => {
  expect(() => resolveTrainingOptions(options as Partial<TrainingOptions>)).toThrow(message);
});
