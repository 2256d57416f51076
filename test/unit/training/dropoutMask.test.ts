import { expect, test } from 'vitest';
import { dropoutMask } from '../../../src/training/session/gradientSession.ts';

const droppedShare = (mask: Uint8Array) => mask.filter((kept) => kept === 0).length / mask.length;

test.each([0, 0.05, 0.5, 0.9])('drops a share of %d', (probability) => {
  const mask = dropoutMask(100_001, probability, 3);
  expect(new Set(mask)).toEqual(probability === 0 ? new Set([1]) : new Set([0, 1]));
  expect(Math.abs(droppedShare(mask) - probability)).toBeLessThan(0.005);
});

test('the seed decides', () => {
  expect(dropoutMask(64, 0.5, 1)).toEqual(dropoutMask(64, 0.5, 1));
  expect(dropoutMask(64, 0.5, 1)).not.toEqual(dropoutMask(64, 0.5, 2));
});

test('neighbours are independent', () => {
  const mask = dropoutMask(100_000, 0.5, 8);
  const both = mask.filter((kept, i) => i % 2 === 0 && kept === 0 && mask[i + 1] === 0).length;
  expect(Math.abs(both / 50_000 - 0.25)).toBeLessThan(0.01);
});
