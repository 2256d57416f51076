import { expect, test } from 'vitest';
import { OwnWords } from '../../../src/inference/ownWords/ownWords.ts';
import { seededRandom } from '../../../src/protocol/seededRandom.ts';

const turn = () => Promise.resolve();
const vocabulary = 128;
const encode = (text: string) => [...text].map((character) => character.charCodeAt(0));

function randomLogits(seed: number): Float32Array {
  const random = seededRandom(seed);
  return Float32Array.from({ length: vocabulary }, () => 4 * random());
}

function softmax(logits: Float32Array): number[] {
  const weights = [...logits].map((logit) => Math.exp(logit));
  const sum = weights.reduce((a, b) => a + b);
  return weights.map((weight) => weight / sum);
}

test('the blend is a mixture: what was seen gains, everything else loses in proportion', async () => {
  const words = await OwnWords.of([{ name: 'a', tokens: encode('abx abx aby ') }], turn);
  const logits = randomLogits(1);
  const before = softmax(logits);
  words.blend(logits, encode('ab'));
  const after = softmax(logits);
  // twice x, once y, after "b" as after "ab"; nothing longer occurred
  const [short, long] = [(0.05 * 3) / (3 + 4 * 2), (0.2 * 3) / (3 + 4 * 2)];
  const share = long + (1 - long) * short;
  for (const [id, probability] of after.entries()) {
    const seen = { x: 2 / 3, y: 1 / 3 }[String.fromCharCode(id)] ?? 0;
    expect(probability).toBeCloseTo((1 - share) * before[id]! + share * seen, 6);
  }
});

test('longer contexts are heard, too', async () => {
  const words = await OwnWords.of([{ name: 'a', tokens: encode('the end. the ear. the ear. a bend') }], turn);
  const [short, long] = [randomLogits(2), randomLogits(2)];
  words.blend(short, encode(' e'));
  words.blend(long, encode('the e'));
  const a = 'a'.charCodeAt(0);
  expect(softmax(long)[a]).toBeGreaterThan(softmax(short)[a]!);
});

test('where nothing was seen, nothing changes', async () => {
  const words = await OwnWords.of([{ name: 'a', tokens: encode('abc') }], turn);
  const logits = randomLogits(3);
  words.blend(logits, encode('zz'));
  expect(logits).toEqual(randomLogits(3));
});

test.each([
  ['as it was', [{ name: 'a', tokens: encode('abx aby ') }], 0],
  ['that nobody knew, away', [{ name: 'b', tokens: [] }], 0],
  ['none', [], 0],
  ['otherwise', [{ name: 'a', tokens: encode('abx abz ') }], 1],
  ['anew', [{ name: 'b', tokens: encode('abz ') }], 1],
])('a text that is saved %s is counted where it changes anything', async (_, texts, counted) => {
  const words = await OwnWords.of([{ name: 'a', tokens: encode('abx aby ') }], turn);
  let turns = 0;
  await words.replace(texts, async () => void turns++);
  expect(turns).toBe(counted);
});

test('what cannot follow can be made possible by what was seen, and stays a number', async () => {
  const words = await OwnWords.of([{ name: 'a', tokens: encode('abc') }], turn);
  const logits = new Float32Array(vocabulary).fill(Number.NEGATIVE_INFINITY);
  logits[0] = 0;
  words.blend(logits, encode('ab'));
  const probabilities = softmax(logits);
  expect(probabilities['c'.charCodeAt(0)]).toBeGreaterThan(0);
  expect(probabilities.every((probability) => Number.isFinite(probability))).toBe(true);
});
