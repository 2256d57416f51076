import { expect, test } from 'vitest';
import { toInklingError } from '../../../src/protocol/errors.ts';

test('an array for which there is no memory is told as that', () => {
  const allocate = () => new ArrayBuffer(Number.MAX_SAFE_INTEGER);
  expect(allocate).toThrow(RangeError);
  try {
    allocate();
  } catch (error) {
    expect(toInklingError(error)).toMatchObject({ code: 'outOfMemory', cause: error });
  }
});

test('what is thrown by a mistake of ours keeps its words', () => {
  expect(toInklingError(new RangeError('Invalid count'))).toMatchObject({ code: 'internal', message: 'Invalid count' });
});
