import { expect, test } from 'vitest';
import { precisionCurve, ShownSuggestions } from '../../../../src/writing/simulator/shownSuggestions.ts';
import type { CaretRecord } from '../../../../src/writing/simulator/simulatedWriter.ts';

const many = (count: number, probability: number, right: boolean) =>
  Array.from({ length: count }, () => ({ probability, right }));

test('the curve goes from the surest to all, and what is equally sure stays together', () => {
  const odds = [...many(10, 0.5, false), ...many(20, 0.9, true), ...many(10, 0.7, true)];
  expect(precisionCurve(odds, 100)).toEqual([
    { shown: 0.2, right: 1 },
    { shown: 0.3, right: 1 },
    { shown: 0.4, right: 0.75 },
  ]);
});

test('a few suggestions make no curve', () => {
  expect(precisionCurve([], 0)).toEqual([]);
  expect(precisionCurve(many(9, 0.9, true), 100)).toEqual([]);
  expect(precisionCurve(many(10, 0.9, true), 100)).toEqual([{ shown: 0.1, right: 1 }]);
});

test('a long run has a bounded number of points, the last of which is the run itself', () => {
  const odds = Array.from({ length: 12_345 }, (_, i) => ({ probability: 1 - i / 20_000, right: i % 3 > 0 }));
  const points = precisionCurve(odds, 50_000);
  expect(points.length).toBeLessThan(300);
  expect(points.at(-1)).toEqual({ shown: 12_345 / 50_000, right: odds.filter(({ right }) => right).length / 12_345 });
});

const text = 'The mill ground salt.\n'.repeat(400);
const caretAt = (offset: number, right: boolean): CaretRecord => ({
  path: 'a.md',
  offset,
  zone: 'prose',
  kind: 'midWord',
  kindShown: 'midWord',
  suggestion: { text: right ? text.slice(offset, offset + 4) : 'zzz', firstWordProbability: 0.8, logprob: 0 },
  reason: undefined,
  run: right ? { words: 1, chars: 4, taken: 4, keys: 1 } : { words: 0, chars: 0, taken: 0, keys: 0 },
  wordsOnLine: 5,
  usage: undefined,
  slipped: '',
  avoidedKeys: 0,
  answerMs: 0,
});

test('a few examples of each kind are kept, by chance and the same for the same seed', () => {
  const keptOf = (seed: number) => {
    const shown = new ShownSuggestions([{ path: 'a.md', languageId: 'markdown', text }], seed);
    for (let offset = 0; offset < 8_000; offset += 4) shown.add(caretAt(offset, offset % 8 === 0));
    shown.add({ ...caretAt(3, false), suggestion: undefined });
    return shown;
  };
  const kept = keptOf(1);
  expect(kept.odds).toHaveLength(2_000);
  expect([kept.right.length, kept.wrong.length]).toEqual([8, 8]);
  expect(Math.max(...kept.right.map(({ line }) => line))).toBeGreaterThan(100);
  expect(kept.wrong[0]).toMatchObject({ taken: '', rest: 'zzz' });
  expect(keptOf(1).right).toEqual(kept.right);
  expect(keptOf(2).right).not.toEqual(kept.right);
});
