import { expect, test } from 'vitest';
import type { CompletionSettings } from '../../../src/writing/completion/completionSettings.ts';
import { earlyThreshold, gateThresholds, kindOf } from '../../../src/writing/completion/gate.ts';

type Showing = CompletionSettings['showing'];
const thresholds = (minFirstWordProbability: number, showing: Showing = 'normal') =>
  gateThresholds({ showing, minFirstWordProbability }, { trigger: 'automatic' });

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

test('calm asks for more than normal, eager for less; the number moves all three', () => {
  for (const number of [0.3, 0.5, 0.8]) {
    const [calm, normal, eager] = [thresholds(number, 'calm'), thresholds(number), thresholds(number, 'eager')];
    for (const kind of ['midWord', 'wordEnd', 'afterSpace'] as const) {
      expect(calm.firstWord[kind]).toBeGreaterThan(normal.firstWord[kind]);
      expect(eager.firstWord[kind]).toBeLessThan(normal.firstWord[kind]);
    }
    for (const one of ['minTotalProbability', 'minNewNameProbability'] as const) {
      expect(calm[one]).toBeGreaterThan(normal[one]);
      expect(eager[one]).toBeLessThanOrEqual(normal[one]);
    }
  }
  for (const showing of ['calm', 'normal', 'eager'] as const) {
    expect(Object.values(thresholds(0, showing).firstWord)).toEqual([0, 0, 0, 0]);
    expect(thresholds(0, showing)).toMatchObject({ minNewNameProbability: 0, minWordProbability: 0 });
    expect(Object.values(thresholds(1, showing).firstWord)).toEqual([1, 1, 1, 1]);
    expect(thresholds(0.6, showing).firstWord.midWord).toBeGreaterThan(thresholds(0.5, showing).firstWord.midWord);
    expect(thresholds(0.3, showing).firstWord.sentenceStart).toBe(1);
  }
});

test('normal with the default number is the table that was calibrated', () => {
  const { firstWord, minWordProbability, minTotalProbability } = thresholds(0.5);
  expect(firstWord.midWord).toBeCloseTo(0.5, 9);
  expect(firstWord.wordEnd).toBeCloseTo(0.6, 9);
  expect(firstWord.afterSpace).toBeCloseTo(0.65, 9);
  expect([minWordProbability, minTotalProbability].map((value) => Number(value.toFixed(9)))).toEqual([0.3, 0.1]);
});

test('under a running hand later words must be surer, and win more than a wrong end costs', () => {
  for (const showing of ['calm', 'normal', 'eager'] as const) {
    const of = (handRuns: boolean, minFirstWordProbability = 0.5, prefix = 'It was ') =>
      gateThresholds({ showing, minFirstWordProbability }, { trigger: 'automatic', handRuns, prefix });
    const [atRest, inRun] = [of(false), of(true)];
    expect(inRun.minTotalProbability).toBeGreaterThanOrEqual(Math.max(0.25 - 1e-9, atRest.minTotalProbability));
    expect([atRest.wrongEndKeys, inRun.wrongEndKeys]).toEqual([0, 2]);
    const { minTotalProbability, wrongEndKeys } = inRun;
    expect({ ...atRest, minTotalProbability, wrongEndKeys }).toEqual(inRun); // the first word is judged as ever
    expect(of(true, 0.5, '我们今天')).toEqual(of(false, 0.5, '我们今天')); // a character is a short word
    expect(of(true, 0)).toEqual(of(false, 0)); // who wants everything gets everything
  }
});

test('nothing is held back from somebody who asks', () => {
  expect(
    Object.values(gateThresholds({ showing: 'calm', minFirstWordProbability: 0.9 }, { trigger: 'explicit' }).firstWord),
  ).toEqual([0, 0, 0, 0]);
});
