import { expect, test } from 'vitest';
import { OwnWords } from '../../../src/inference/ownWords/ownWords.ts';
import { seededRandom } from '../../../src/inference/sampling/random.ts';

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
  const words = await OwnWords.of(['abx abx aby '], encode, turn);
  const logits = randomLogits(1);
  const before = softmax(logits);
  words.blend(logits, encode('ab'));
  const after = softmax(logits);
  const share = (0.2 * 3) / (3 + 4 * 2); // twice x, once y, after "ab"; nothing longer occurred
  for (const [id, probability] of after.entries()) {
    const seen = { x: 2 / 3, y: 1 / 3 }[String.fromCharCode(id)] ?? 0;
    expect(probability).toBeCloseTo((1 - share) * before[id]! + share * seen, 6);
  }
});

test('longer contexts are heard, too', async () => {
  const words = await OwnWords.of(['the end. the ear. the ear. a bend'], encode, turn);
  const [short, long] = [randomLogits(2), randomLogits(2)];
  words.blend(short, encode(' e'));
  words.blend(long, encode('the e'));
  const a = 'a'.charCodeAt(0);
  expect(softmax(long)[a]).toBeGreaterThan(softmax(short)[a]!);
});

test('where nothing was seen, nothing changes', async () => {
  const words = await OwnWords.of(['abc'], encode, turn);
  const logits = randomLogits(3);
  words.blend(logits, encode('zz'));
  expect(logits).toEqual(randomLogits(3));
});

test('what cannot follow can be made possible by what was seen, and stays a number', async () => {
  const words = await OwnWords.of(['abc'], encode, turn);
  const logits = new Float32Array(vocabulary).fill(Number.NEGATIVE_INFINITY);
  logits[0] = 0;
  words.blend(logits, encode('ab'));
  const probabilities = softmax(logits);
  expect(probabilities['c'.charCodeAt(0)]).toBeGreaterThan(0);
  expect(probabilities.every((probability) => Number.isFinite(probability))).toBe(true);
});

test.each([
  ['lines', 'rain,\n', /\n$/u],
  ['blanks', 'The rain fell on the garden and on the wall. ', /\S$/u],
  ['nothing to part them', 'rain', /$/u],
])('long texts with %s are encoded in parts, and the parts belong together', async (_, repeated, end) => {
  const text = repeated.repeat(10_000);
  const parts: string[] = [];
  const words = await OwnWords.of(
    [text],
    (part) => {
      parts.push(part);
      return encode(part);
    },
    turn,
  );
  expect(parts.join('')).toBe(text);
  for (const part of parts) expect(part.length).toBeLessThanOrEqual(8000);
  for (const part of parts.slice(0, -1)) expect(part).toMatch(end);
  expect(words.tokens).toBe(text.length - 2);
});
