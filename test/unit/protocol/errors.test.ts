import { expect, test } from 'vitest';
import { toInklingError } from '../../../src/protocol/errors.ts';

test('an array for which there is no memory is told as that', () => {
  let thrown: unknown;
  try {
    new ArrayBuffer(Number.MAX_SAFE_INTEGER);
  } catch (error) {
    thrown = error;
  }
  expect(toInklingError(thrown)).toMatchObject({ code: 'outOfMemory', cause: thrown });
});

test('what is thrown by a mistake of ours keeps its words', () => {
  expect(toInklingError(new RangeError('Invalid count'))).toMatchObject({ code: 'internal', message: 'Invalid count' });
});
