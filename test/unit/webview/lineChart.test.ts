import { expect, test } from 'vitest';
import { niceTicks } from '../../../src/webview/fineTuning/curvesSection.ts';

/** Marks of an axis, to four digits. */
function check(low: number, high: number, expected: readonly number[]): void {
  expect(niceTicks(low, high).map((tick) => Number(tick.toPrecision(4)))).toEqual(expected);
}

test('an axis has round marks that hold all values', () => {
  check(2.87, 5.2, [2, 3, 4, 5, 6]);
  check(0, 0.003, [0, 0.001, 0.002, 0.003]);
  check(3.51, 3.58, [3.5, 3.52, 3.54, 3.56, 3.58]);
  check(95, 4000, [0, 1000, 2000, 3000, 4000]);
});

test('equal values still make an axis', () => {
  check(2, 2, [2, 2.5]);
  check(0, 0, [0, 0.5]);
});
