import { expect, test } from 'vitest';
import { CancellationToken, CancellationTokenSource } from 'vscode-jsonrpc/node.js';
import type { InferenceClient } from '../../src/client/inferenceClient.ts';
import { startTinyEngine } from '../support/tinyEngine.ts';

const start = () => startTinyEngine({ load: { precision: 'fp32' } });

const left = 'The world and the word, and the world again. '.repeat(8);
const sentences = ['big', 'a', 'world', 'big word'].map((word) => `${left}It is ${word} to say so.`);

async function scoresOf(engine: InferenceClient, texts: readonly string[]) {
  const answer = await engine.scoreEach({ texts }, CancellationToken.None);
  if (answer.kind !== 'scores') throw new Error(answer.kind);
  return answer;
}

test.each<[name: string, texts: readonly string[]]>([
  ['sentences that differ in a word', sentences],
  ['one text', sentences.slice(0, 1)],
  ['texts with nothing in common', ['The world', 'and the word is big', 'x']],
  ['the same text twice', [sentences[0]!, sentences[0]!]],
  ['a text that is the beginning of another', [left, `${left}It`, `${left}It is`]],
  ['more tokens in common than one run reads', [`${left}${left}a`, `${left}${left}the end`]],
  ['an empty text beside another', ['', 'The world']],
])('each has the value that it has alone: %s', async (_, texts) => {
  const engine = await start();
  const { logprobs } = await scoresOf(engine, texts);
  const alone = [];
  for (const text of texts) alone.push((await engine.score({ text, windowTokens: 512, withTokens: false })).logprob);
  expect(logprobs).toHaveLength(texts.length);
  for (const [i, value] of logprobs.entries()) expect(value).toBeCloseTo(alone[i]!, 3);
});

test('what all texts begin with is read once', async () => {
  const engine = await start();
  const lengths = [];
  for (const text of sentences) lengths.push((await engine.tokenize(text)).tokens.length);
  const common = (await engine.tokenize(left)).tokens.length;
  const { tokensRead } = await scoresOf(engine, sentences);
  const all = lengths.reduce((sum, length) => sum + length, 0);
  expect(tokensRead).toBeLessThan(all - 0.9 * (sentences.length - 1) * common);
});

test('the same texts have the same values, whatever was scored before', async () => {
  const engine = await start();
  const first = await scoresOf(engine, sentences);
  await scoresOf(engine, ['Something else', 'Something different']);
  expect(await scoresOf(engine, sentences)).toEqual(first);
});

test('can be cancelled before and while it runs', async () => {
  const engine = await startTinyEngine({ model: { layers: 40 } });
  await engine.load();
  const source = new CancellationTokenSource();
  const texts = Array.from({ length: 40 }, (_, i) => `${i} ${left}`);
  const scores = engine.scoreEach({ texts }, source.token);
  await engine.tokenize('The world'); // it is answered between two runs of the texts
  source.cancel();
  expect(await scores).toEqual({ kind: 'cancelled' });
  expect(await engine.scoreEach({ texts }, source.token)).toEqual({ kind: 'cancelled' });
});

test('refuses a text that does not fit', async () => {
  const engine = await start();
  const long = engine.scoreEach({ texts: ['The', left.repeat(30)] }, CancellationToken.None);
  await expect(long).rejects.toMatchObject({ code: 'inputTooLarge' });
});
