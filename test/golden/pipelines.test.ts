// The real pipelines process on tiny random models of every kind, against transformers.
import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { RewriteTextsRequest } from '../../src/protocol/pipelines.ts';
import { pipelineGolden, startPipelines, writePipelineModel } from '../support/pipelineModel.ts';
import { temporaryFolder } from '../support/temporaryFolder.ts';

const open = async (name: string) => writePipelineModel(name, join(await temporaryFolder(), name));

const rewriters: readonly [string, Partial<RewriteTextsRequest>][] = [
  ['t5', { use: 'rephrase' }],
  ['bart', { use: 'rephrase' }],
  ['pegasus', { use: 'summarize' }],
  ['marian', { use: 'translate' }],
  ['marian', { use: 'translate', from: 'en', to: 'de' }],
  ['nllb', { use: 'translate', from: 'en', to: 'de' }],
  ['nllb', { use: 'translate', from: 'eng_Latn', to: 'deu_Latn' }],
];

test.each(rewriters)('%s %j: the text of transformers', async (name, asked) => {
  const { texts, answers } = pipelineGolden<{ texts: string[]; answers: string[] }>(name);
  const folder = await open(name);
  const request = { folder, texts, maxNewTokens: 12, use: 'rephrase' as const, ...asked };
  const answer = await startPipelines().rewrite(request);
  expect(answer).toEqual({ kind: 'texts', texts: answers.map((text) => text.trim()) });
});

test('a text of another language is read as such, also after one of the first', async () => {
  const { texts, answers, fromChinese } = pipelineGolden<Record<'texts' | 'answers' | 'fromChinese', string[]>>('nllb');
  const folder = await open('nllb');
  const client = startPipelines();
  const from = (language: string) =>
    client.rewrite({ folder, texts, use: 'translate', from: language, to: 'de', maxNewTokens: 12 });
  const trimmed = (all: string[]) => ({ kind: 'texts', texts: all.map((text) => text.trim()) });
  expect(fromChinese).not.toEqual(answers);
  expect(await from('en')).toEqual(trimmed(answers));
  expect(await from('zh')).toEqual(trimmed(fromChinese));
  expect(await from('en')).toEqual(trimmed(answers));
});

test('T5 is told what is wanted, as it was trained', async () => {
  const folder = await open('t5');
  const client = startPipelines();
  const [text] = ['A word of a word, and then another word!'];
  const plainly = (asked: string) => client.rewrite({ folder, texts: [asked], use: 'rephrase', maxNewTokens: 12 });
  const summary = await client.rewrite({ folder, texts: [text], use: 'summarize', maxNewTokens: 12 });
  expect(summary).toEqual(await plainly(`summarize: ${text}`));
  const german = await client.rewrite({
    folder,
    texts: [text],
    use: 'translate',
    from: 'en',
    to: 'de',
    maxNewTokens: 12,
  });
  expect(german).toEqual(await plainly(`translate English to German: ${text}`));
});

test('a gap: the words of transformers, whole words alone', async () => {
  const { before, after, probabilities } = pipelineGolden<{
    before: string;
    after: string;
    probabilities: Record<string, number>;
  }>('bert-mask');
  const { candidates } = await startPipelines().fillMask({ folder: await open('bert-mask'), before, after, count: 5 });
  const words = Object.entries(probabilities).filter(([word]) => /^[a-z]+$/u.test(word));
  const best = words.sort(([, one], [, other]) => other - one).slice(0, 5);
  expect(candidates.map(({ text }) => text)).toEqual(best.map(([word]) => word));
  for (const [index, [, probability]] of best.entries())
    expect(candidates[index]!.probability).toBeCloseTo(probability, 4);
});

test('vectors: those of transformers, of length 1', async () => {
  const { texts, answers } = pipelineGolden<{ texts: string[]; answers: number[][] }>('bert-vectors');
  const { vectors } = await startPipelines().embed({ folder: await open('bert-vectors'), texts });
  expect(vectors).toHaveLength(texts.length);
  for (const [index, vector] of vectors.entries())
    for (const [place, value] of vector.entries()) expect(value).toBeCloseTo(answers[index]![place]!, 4);
});

test('sentiment: the probabilities of transformers', async () => {
  const { texts, answers } = pipelineGolden<{ texts: string[]; answers: number[][] }>('bert-sentiment');
  const { labels } = await startPipelines().classify({ folder: await open('bert-sentiment'), texts });
  const names = ['NEGATIVE', 'NEUTRAL', 'POSITIVE'];
  for (const [index, answer] of answers.entries())
    for (const [label, probability] of answer.entries())
      expect(labels[index]!.find((found) => found.label === names[label])!.probability).toBeCloseTo(probability, 4);
});

test('tags: the labels of transformers, each at its word', async () => {
  interface Tag {
    readonly label: string;
    readonly probability: number;
  }
  const { texts, answers } = pipelineGolden<{ texts: string[]; answers: Tag[][] }>('bert-tags');
  const { tags } = await startPipelines().tag({ folder: await open('bert-tags'), texts });
  for (const [index, text] of texts.entries()) {
    const words = text.split(' ').map((word, place) => ({ word, ...answers[index]![place]! }));
    const expected = words.filter(({ label }) => label !== 'O');
    expect(tags[index]!.map(({ start, end, label }) => ({ word: text.slice(start, end), label }))).toEqual(
      expected.map(({ word, label }) => ({ word, label })),
    );
    for (const [place, { probability }] of tags[index]!.entries())
      expect(probability).toBeCloseTo(expected[place]!.probability, 4);
  }
});
