import { expect, test } from 'vitest';
import { TokenIndex } from '../../../src/inference/ownWords/tokenIndex.ts';
import { seededRandom } from '../../../src/protocol/seededRandom.ts';

const turn = () => Promise.resolve();
const longestContext = 6;

/** What followed the last `length` tokens of a context, by looking everywhere. */
function counted(texts: readonly (readonly number[])[], context: readonly number[], length: number) {
  const counts = new Map<number, number>();
  const wanted = context.slice(-length).join();
  for (const text of texts)
    for (let at = length; at < text.length; at++)
      if (text.slice(at - length, at).join() === wanted) counts.set(text[at]!, (counts.get(text[at]!) ?? 0) + 1);
  return counts;
}

function randomTexts(seed: number, count: number, length: number, vocabulary: number): number[][] {
  const random = seededRandom(seed);
  return Array.from({ length: count }, () => Array.from({ length }, () => Math.floor(random() * vocabulary)));
}

const sorted = (counts: ReadonlyMap<number, number>) => [...counts].sort(([a], [b]) => a - b);

test.each([1, 2, 3])('counts are those of looking everywhere (%d)', async (seed) => {
  const texts = randomTexts(seed, 4, 200, 4);
  const index = await TokenIndex.of(texts, longestContext, turn);
  expect(index.length).toBe(4 * 199);
  for (const context of randomTexts(seed + 10, 40, 8, 4)) {
    const expected: unknown[] = [];
    for (let length = 1; length <= longestContext; length++) {
      const counts = counted(texts, context, length);
      if (counts.size === 0) break;
      expected.push({ length, total: [...counts.values()].reduce((a, b) => a + b), counts: sorted(counts) });
    }
    const found = [...index.followers(context)].map(({ counts, ...others }) => ({ ...others, counts: sorted(counts) }));
    expect(found).toEqual(expected);
  }
});

test('more than a portion is sorted just as well, and other work has its turn meanwhile', async () => {
  const texts = randomTexts(5, 3, 20_000, 50);
  let turns = 0;
  const index = await TokenIndex.of(texts, longestContext, async () => {
    turns++;
  });
  expect(turns).toBeGreaterThan(4);
  for (const context of randomTexts(6, 20, 3, 50)) {
    const [, pairs] = index.followers(context);
    expect(sorted(pairs?.counts ?? new Map())).toEqual(sorted(counted(texts, context, 2)));
  }
});

test('no context reaches from one text into the next', async () => {
  const index = await TokenIndex.of([[1, 2], [3, 4, 5], []], longestContext, turn);
  expect(index.length).toBe(3);
  expect([...index.followers([2])]).toEqual([]);
  expect([...index.followers([2, 3])].map(({ counts }) => [...counts])).toEqual([[[4, 1]]]);
  expect([...index.followers([3, 4])].map(({ counts }) => [...counts])).toEqual([[[5, 1]], [[5, 1]]]);
  expect([...index.followers([])]).toEqual([]);
});

test('of a context that is everywhere a sample is counted, with the right shares', async () => {
  const halves = Array.from({ length: 10_000 }, (_, i) => [7, 8, i % 4 === 0 ? 1 : 2]).flat();
  const index = await TokenIndex.of([halves], longestContext, turn);
  const [, found] = index.followers([7, 8]);
  const { counts, total } = found!;
  expect(total).toBeLessThan(2100);
  expect(counts.get(1)! / total).toBeCloseTo(0.25, 1);
});
