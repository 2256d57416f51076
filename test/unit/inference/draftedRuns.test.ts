import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { OwnWords } from '../../../src/inference/ownWords/ownWords.ts';
import { ChatTemplate } from '../../../src/model/chatTemplate.ts';
import { openModelFolder } from '../../../src/model/modelFolder.ts';
import { openTokenizer } from '../../../src/model/openTokenizer.ts';
import { seededRandom } from '../../../src/protocol/seededRandom.ts';
import { openDecoder } from '../../golden/decoders.ts';
import { writeTinyModel } from '../../support/tinyModel.ts';
import { type Answering, type Asked, expectSameAnswer } from './support/draftedAnswers.ts';
import { sayingDecoder } from './support/sayingDecoder.ts';

/** A random model with all numbers in 32 bits: what it writes soon repeats itself, and so it can be guessed. */
let model: Answering;
const folder = mkdtempSync(join(tmpdir(), 'inkling-drafts-'));
beforeAll(async () => {
  const opened = openModelFolder(await writeTinyModel(join(folder, 'tiny')));
  const tokenizer = openTokenizer(opened);
  const decoder = await openDecoder(opened.path, { precision: 'fp32', dialect: 'fused' });
  const chatTemplate = new ChatTemplate(opened.chatTemplate!, tokenizer, opened.tokenizerConfig);
  model = { decoder, tokenizer, chatTemplate, cache: decoder.newCache(512) };
});
afterAll(() => rmSync(folder, { recursive: true }));

const prompts = [
  'The world and the word and the world and the wor',
  'abc abc abc abc abc',
  'one two three four one two three',
  'The ferry left. The ferry came back. The ferry',
  'aaaaaaaaaaaaaaaaaaaaaaaa',
  '- milk\n- bread\n- milk\n- bread\n- ',
  'x',
  '',
  'a b a b a c a b a b a',
  'Öl und Öl und Öl und Ö',
  '他说他说他说他说',
  '🙂🙂🙂🙂',
  'No repetition here at all, just letters.',
  'word word word word word word word word word',
  '| a | b |\n| a | b |\n| a |',
  'to be or not to be, to be or not',
];

const ways: Readonly<Record<string, Asked>> = {
  greedy: {},
  'drawn with seed 1': { options: { temperature: 0.7, seed: 1 } },
  'drawn with seed 2, cold': { options: { temperature: 0.2, seed: 2 } },
  'drawn from a nucleus': { options: { temperature: 1.2, topP: 0.8, topK: 20, seed: 3 } },
  'a repetition penalty': { options: { repetitionPenalty: 1.15 } },
  'no n-gram twice': { options: { noRepeatNgramSize: 3 } },
  healed: { options: { maxNewTokens: 30 } },
  'three sequences, suffix scored': {
    options: { numReturnSequences: 3, temperature: 0.4, seed: 5, maxNewTokens: 12 },
    scoreSuffix: ' and the world.',
  },
  'a gate': { gate: { minFirstWordProbability: 0.001, minWordProbability: 0.05, minTotalProbability: 1e-12 } },
  'text may end': { ignoreEndOfText: false, options: { temperature: 1.5, seed: 8 } },
  'one token': { options: { maxNewTokens: 1 } },
  'two tokens': { options: { maxNewTokens: 2 } },
  'seven tokens': { options: { maxNewTokens: 7 } },
  'cancelled after five partial texts': { cancelAfter: 5 },
};

describe.each(Object.entries(ways))('%s: drafts change nothing', (name, asked) => {
  test.each(prompts)('%j', async (text) => {
    await expectSameAnswer(model, { ...asked, prompt: { kind: 'continue', text, heal: name === 'healed' } });
  });
});

test.each(prompts)('what was written is continued, cut back and written again: %j', async (text) => {
  const first = { prompt: { kind: 'continue', text, heal: false } } as const;
  await expectSameAnswer(model, first, { ...first, options: { temperature: 0.8, seed: 4, maxNewTokens: 40 } });
});

test.each(prompts)('a chat about %j', async (content) => {
  const prompt = { kind: 'chat', messages: [{ role: 'user', content }] } as const;
  await expectSameAnswer(model, { prompt, ignoreEndOfText: false, options: { maxNewTokens: 40 } });
});

test.each(prompts)('own words are blended in: %j', async (text) => {
  const tokens = model.tokenizer.encode('the world and the word, the world and the ferry; abc abd abc abc');
  const words = await OwnWords.of([{ name: 'a', tokens }], async () => undefined);
  await expectSameAnswer({ ...model, words }, { prompt: { kind: 'continue', text, heal: false } });
});

test.each(prompts)('a stop string or pattern within a draft ends the text where it does: %j', async (text) => {
  const prompt = { kind: 'continue', text, heal: false } as const;
  const options = { maxNewTokens: 48 };
  const { plain, drafts } = await expectSameAnswer(model, { prompt, options });
  expect(plain.drafted).toBe(0);
  const written = plain.answer.kind === 'text' ? plain.answer.sequences[0]!.text : '';
  expect(drafts.runs).toBeLessThanOrEqual(plain.runs);
  for (const at of [5, 11, 20, 33, 40]) {
    const stop = written.slice(at, at + 2);
    if (stop === '' || stop.includes('\uFFFD')) continue;
    await expectSameAnswer(model, { prompt, options: { ...options, stop: [stop] } });
    const stopPattern = stop.replaceAll(/[\\^$.*+?()[\]{}|/]/gu, '\\$&');
    await expectSameAnswer(model, { prompt, options, stopPattern });
  }
});

const paragraph =
  'In the autumn the harbour is quiet. Two boats lie at the pier, and the man who mends nets sits in front of his shed, ' +
  'as he has done every day since the ferry stopped. He says that the sea was louder when he was young.';

/** A model that answers a chat about `told` with `said`; it knows no more of its text than what its state has read. */
function answering(said: string, isCutFreely = true): Answering {
  const { tokenizer } = model;
  const text = tokenizer.encode(said);
  const header = tokenizer.encode('assistant\n').length + 1;
  const decoder = sayingDecoder((read) => text[read.length - read.lastIndexOf(1) - header] ?? 2, isCutFreely);
  return { ...model, decoder, cache: decoder.newCache(4096) };
}

const ask = (content: string): Asked & { prompt: { kind: 'chat'; messages: [{ role: 'user'; content: string }] } } => ({
  prompt: { kind: 'chat', messages: [{ role: 'user', content }] },
  ignoreEndOfText: false,
  options: { maxNewTokens: 300 },
});

const edits: readonly [string, string][] = [
  ['nothing', paragraph],
  ['a word', paragraph.replace('quiet', 'still')],
  ['three words', paragraph.replace('Two', 'Three').replace('mends', 'sews').replace('louder', 'wilder')],
  ['a sentence left out', paragraph.replace(/ He says.*/u, '')],
  ['a sentence in front', `This is my answer. ${paragraph}`],
  ['the order of sentences', paragraph.split('. ').reverse().join('. ')],
  ['a comma', paragraph.replace('autumn the', 'autumn, the')],
];

test.each(edits)('a text copied but for %s takes at most 60 runs for 100 tokens', async (_, said) => {
  const { plain, drafts } = await expectSameAnswer(answering(said), ask(`Mend this:\n\n${paragraph}`));
  expect(plain.answer.kind === 'text' && plain.answer.sequences[0]!.text).toBe(said);
  const { newTokens } = drafts.answer.usage;
  expect(plain.runs).toBeGreaterThanOrEqual(newTokens - 1);
  expect(drafts.runs).toBeLessThanOrEqual(0.6 * newTokens);
});

const drawn = (letters: string, seed: number) => {
  const random = seededRandom(seed);
  return Array.from({ length: 280 }, () => letters[Math.floor(random() * letters.length)]).join('');
};

test.each([
  drawn('abcdefghijklmnopqrstuvwxyz', 1),
  drawn('abcdefghijklmnopqrstuvwxyz ', 2),
  drawn('0123456789', 3),
  drawn('abc', 4),
  drawn('xy', 5),
  'A cold wind blew through Birmingham; nobody knew whose umbrella had gone missing at Victoria Square, by half past six.',
])('a text that is not copied costs hardly more than without drafts: %s', async (said) => {
  const { plain, drafts } = await expectSameAnswer(answering(said), ask(paragraph));
  expect(drafts.runs).toBeLessThanOrEqual(plain.runs);
  expect(drafts.runs + 0.15 * drafts.drafted).toBeLessThanOrEqual(1.1 * plain.runs);
});

test.each([
  `<think>${paragraph}</think>\n\n${paragraph}`,
  `<think>${paragraph}`,
  `<think></think>${paragraph} <think>${paragraph}</think>`,
  `  <think>\n${paragraph}\n</think>  \n  ${paragraph}`,
])('thoughts that are drafted are left out, too: %j', async (said) => {
  const { drafts } = await expectSameAnswer(answering(said), { ...ask(paragraph), options: { maxNewTokens: 600 } });
  expect(drafts.drafted).toBeGreaterThan(20);
});

test.each(edits)('a state that is not cut freely gets no drafts: %s', async (_, said) => {
  const { plain, drafts } = await expectSameAnswer(answering(said, false), ask(paragraph));
  expect(drafts.drafted).toBe(0);
  expect(drafts.runs).toBe(plain.runs);
});

test.each([1, 2, 3, 5, 8, 13, 21, 34, 55])(
  'a cancel after %i partial texts lets no further token out',
  async (count) => {
    const { drafts } = await expectSameAnswer(answering(paragraph), { ...ask(paragraph), cancelAfter: count });
    expect(drafts.answer.kind).toBe('cancelled');
    expect(drafts.partials).toHaveLength(count);
  },
);
