import { expect, test } from 'vitest';
import { greatest, least } from '../../../src/text/greatest.ts';

test('the greatest and the least of any number of values', () => {
  const many = Array.from({ length: 300_000 }, (_, i) => i);
  expect([greatest(many), least(many)]).toEqual([299_999, 0]);
  expect([greatest([]), greatest([], 1), greatest([2], 3), least([])]).toEqual([-Infinity, 1, 3, Infinity]);
});
