import { expect, test } from 'vitest';
import { expOfMinus } from '../../../src/inference/sampling/exponential.ts';
import { logitsProcessors, logSumExp } from '../../../src/inference/sampling/logitsProcessors.ts';
import { createSampler } from '../../../src/inference/sampling/sampler.ts';
import { defaultGenerationOptions, type GenerationOptions } from '../../../src/protocol/generationOptions.ts';
import { seededRandom } from '../../../src/protocol/seededRandom.ts';

const options = (given: Partial<GenerationOptions>) => ({ ...defaultGenerationOptions, ...given });
const logProbabilities = (...probabilities: number[]) => Float32Array.from(probabilities, Math.log);

/** Which ids can be drawn, and how often of 4,000. */
function drawn(given: Partial<GenerationOptions>, logits: Float32Array): Map<number, number> {
  const sample = createSampler(options({ temperature: 1, ...given }), seededRandom(1));
  const counts = new Map<number, number>();
  for (let i = 0; i < 4000; i++) {
    const id = sample(logits);
    counts.set(id, (counts.get(id) ?? 0) + 1);
  }
  return counts;
}
const ids = (counts: Map<number, number>) => [...counts.keys()].sort((a, b) => a - b);

const logits = logProbabilities(0.4, 0.3, 0.2, 0.06, 0.04);

test.each([
  ['nothing cut', {}, [0, 1, 2, 3, 4]],
  ['topK', { topK: 2 }, [0, 1]],
  ['topP reached by the third', { topP: 0.75 }, [0, 1, 2]],
  ['topP of the likeliest alone', { topP: 0.3 }, [0]],
  ['minP relative to the likeliest', { minP: 0.45 }, [0, 1, 2]],
  ['topP counts what topK leaves', { topK: 2, topP: 0.5 }, [0]],
])('%s', (_, given, expected) => expect(ids(drawn(given, logits))).toEqual(expected));

test('draws follow the probabilities', () => {
  const counts = drawn({}, logits);
  for (const [id, p] of [0.4, 0.3, 0.2, 0.06, 0.04].entries()) {
    expect(Math.abs(counts.get(id)! / 4000 - p)).toBeLessThan(4 * Math.sqrt((p * (1 - p)) / 4000));
  }
});

test('temperature sharpens and flattens', () => {
  const share = (temperature: number) => drawn({ temperature }, logits).get(0)! / 4000;
  expect(share(0.5)).toBeGreaterThan(0.5); // 0.4² / Σp² = 0.54
  expect(share(2)).toBeLessThan(0.35);
  expect(createSampler(options({ temperature: 0 }), () => 0.999)(logits)).toBe(0);
});

test('the same seed draws the same numbers, another one others', () => {
  const numbers = (seed: number) => Array.from({ length: 5 }, seededRandom(seed));
  expect(numbers(3)).toEqual(numbers(3));
  expect(numbers(3)).not.toEqual(numbers(4));
});

test('repetition penalty: seen tokens lose, whatever the sign', () => {
  const values = Float32Array.of(2, -2, 2);
  for (const process of logitsProcessors(options({ repetitionPenalty: 2 }))) process(values, [0, 1, 1]);
  expect([...values]).toEqual([1, -4, 2]);
});

test.each([
  ['the token that would repeat a trigram', 3, [5, 1, 2, 9, 5, 1], [2]],
  ['every continuation seen so far', 2, [1, 2, 1, 3, 1], [2, 3]],
  ['nothing when the stem is new', 2, [1, 2, 3], []],
  ['any seen token for size 1', 1, [4, 6], [4, 6]],
  ['nothing before there is a whole n-gram', 3, [1], []],
])('no-repeat n-gram forbids %s', (_, noRepeatNgramSize, tokenIds, forbidden) => {
  const values = new Float32Array(10);
  for (const process of logitsProcessors(options({ noRepeatNgramSize }))) process(values, tokenIds);
  expect([...values.keys()].filter((id) => values[id] === Number.NEGATIVE_INFINITY)).toEqual(forbidden);
});

test('logSumExp is safe with large and forbidden logits', () => {
  expect(logSumExp(Float32Array.of(1000, 1000))).toBeCloseTo(1000 + Math.log(2), 4);
  expect(logSumExp(Float32Array.of(0, Number.NEGATIVE_INFINITY))).toBe(0);
});

test('the table of exponentials says what Math.exp says, to eleven digits', () => {
  const grid = Array.from({ length: 44_000 }, (_, i) => i / 1000 + 1e-7 * (i % 13));
  const edges = [0, Number.MIN_VALUE, 1e-300, 1e-16, 1 / 32, 1 / 32 - 1e-15, 1 / 32 + 1e-15, 44.999_999, -1e-12];
  for (const x of [...grid, ...edges]) expect(Math.abs(expOfMinus(x) / Math.exp(-x) - 1)).toBeLessThan(1e-11);
});

test.each([
  [45, 0],
  [1e9, 0],
  [Number.MAX_VALUE, 0],
  [Number.POSITIVE_INFINITY, 0],
  [Number.NaN, Number.NaN],
])('beyond the table: %d gives %d', (x, expected) => expect(expOfMinus(x)).toBe(expected));

test('a sum over a large vocabulary is that of Math.exp', () => {
  const random = seededRandom(8);
  const values = Float32Array.from({ length: 262_144 }, () => 40 * (random() + random() + random() - 1.5));
  const greatest = values.reduce((a, b) => Math.max(a, b));
  const sum = values.reduce((total, value) => total + Math.exp(value - greatest), 0);
  expect(Math.abs(logSumExp(values) - greatest - Math.log(sum))).toBeLessThan(1e-11);
});

/** The same by sorting everything: all tokens in order, the nucleus cut from them, and a draw. */
function drawnFromAll(
  values: Float32Array,
  { temperature = 1, topP = 1, topK = values.length, minP = 0 }: Partial<GenerationOptions>,
  uniform: number,
): number {
  const greatest = Math.max(...values);
  const sorted = [...values]
    .map((value, id) => ({ id, weight: Math.exp((value - greatest) / temperature) }))
    .filter(({ weight }) => weight >= minP)
    .sort((a, b) => b.weight - a.weight || a.id - b.id)
    .slice(0, topK);
  const sums: number[] = [];
  for (const { weight } of sorted) sums.push((sums.at(-1) ?? 0) + weight);
  const cut = sums.findIndex((sum) => sum >= topP * sums.at(-1)!);
  const last = cut < 0 ? sorted.length - 1 : cut;
  const drawn = sums.findIndex((sum) => sum > uniform * sums[last]!);
  return sorted[Math.min(drawn, last)]!.id;
}

test.each<Partial<GenerationOptions>>([
  { temperature: 0.3, topP: 0.9 },
  { temperature: 0.9, topP: 0.95 },
  { temperature: 2, topP: 0.999 },
  { temperature: 1 },
  { temperature: 0.7, topK: 40 },
  { temperature: 0.7, topK: 5, topP: 0.6 },
  { temperature: 1.5, topK: 1000, topP: 0.99, minP: 0.01 },
  { temperature: 1, topP: 0.8, minP: 0.2 },
  { temperature: 2, minP: 0.05 },
  { temperature: 0.6, topP: 0.01 },
  { temperature: 1e-16, topP: 0.9 },
  { temperature: 1, minP: 1 },
])('a large vocabulary with %o: the draws of a full sort', (given) => {
  const noise = seededRandom(7);
  const values = Float32Array.from({ length: 3000 }, () => 12 * (noise() + noise() + noise()) - 18);
  const uniforms = Array.from({ length: 40 }, seededRandom(11));
  for (const uniform of uniforms) {
    const sample = createSampler(options(given), () => uniform);
    expect(sample(values)).toBe(drawnFromAll(values, given, uniform));
  }
});
