import { expect, test } from 'vitest';
import { earlyThreshold, gateThresholds, kindOf } from '../../../src/writing/completion/gate.ts';

const thresholds = (minFirstWordProbability: number) => gateThresholds({ minFirstWordProbability }, 'automatic');

test('what follows a letter decides whether the word went on', () => {
  expect(kindOf('afterLetter', 'at news')).toBe('midWord');
  expect(kindOf('afterLetter', "'s")).toBe('midWord');
  expect(kindOf('afterLetter', ' news')).toBe('wordEnd');
  expect(kindOf('afterLetter', ', and')).toBe('wordEnd');
  expect(kindOf('afterSpace', 'news')).toBe('afterSpace');
});

test('decoding stops at the lowest threshold that may hold', () => {
  const table = thresholds(0.5);
  expect(earlyThreshold(table, 'afterLetter')).toBe(Math.min(table.firstWord.midWord, table.firstWord.wordEnd));
  expect(earlyThreshold(table, 'afterSpace')).toBe(table.firstWord.afterSpace);
});

test('a stricter setting raises every threshold; 0 shows everything, 1 nothing', () => {
  const [loose, usual, strict] = [thresholds(0.3), thresholds(0.5), thresholds(0.7)];
  for (const kind of ['midWord', 'wordEnd', 'afterSpace'] as const) {
    expect(loose.firstWord[kind]).toBeLessThan(usual.firstWord[kind]);
    expect(strict.firstWord[kind]).toBeGreaterThan(usual.firstWord[kind]);
  }
  expect(Object.values(thresholds(0).firstWord)).toEqual([0, 0, 0, 0]);
  expect(Object.values(thresholds(1).firstWord)).toEqual([1, 1, 1, 1]);
  expect(thresholds(0.3).firstWord.sentenceStart).toBe(1);
});

test('nothing is held back from somebody who asks', () => {
  expect(Object.values(gateThresholds({ minFirstWordProbability: 0.9 }, 'explicit').firstWord)).toEqual([0, 0, 0, 0]);
});
