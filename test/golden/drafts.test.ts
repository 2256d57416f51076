import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ChatTemplate } from '../../src/model/chatTemplate.ts';
import { openModelFolder } from '../../src/model/modelFolder.ts';
import { openTokenizer } from '../../src/model/openTokenizer.ts';
import { tablesFromJson } from '../../src/model/tokenizer/tokenizerTables.ts';
import { Tokenizer } from '../../src/model/tokenizer.ts';
import { tinyTokenizer } from '../support/tinyTokenizer.ts';
import { type Answering, expectSameAnswer } from '../unit/inference/support/draftedAnswers.ts';
import { openDecoder } from './decoders.ts';
import { bundledModel, goldenPath } from './goldenFiles.ts';

/** Architectures with weights of their own: positions in rows, windows, recurrent states, convolutions. */
const architectures = readdirSync(goldenPath('architectures')).filter(
  (name) => !name.includes('-') || name === 'gpt2-erf',
);
const recurrent = ['lstm', 'lfm2'];

describe.each([...architectures, 'lstm-tied', 'granite-hybrid'])('%s, 32 bits', (name) => {
  let model: Answering;
  beforeAll(async () => {
    const { tokenizer, tokenizerConfig, vocabularySize } = tinyTokenizer();
    const decoder = await openDecoder(goldenPath(join('architectures', name)), { precision: 'fp32', dialect: 'fused' });
    const tokens = new Tokenizer(tablesFromJson(tokenizer, tokenizerConfig, vocabularySize));
    model = { decoder, tokenizer: tokens, cache: decoder.newCache(512, 16) };
  });
  afterAll(() => model.decoder.release());

  /** One token a letter, of the few that these models know. */
  const few = (text: string) =>
    text.replaceAll(/./gu, (letter) => String.fromCharCode(33 + (letter.charCodeAt(0) % 24)));

  test.each([
    ['ABCABCABCABCABC', 0, 0],
    ['THE:FERRY:THE:FERRY:THE:FE', 0, 0],
    ['ONE2ONE2ONE2ONE2', 0.3, 1],
    ['AAAAAAAA', 0.6, 2],
    ['Q', 0.2, 3],
    ['!(A)!(B)!(C)!(A)!(B)!(C)', 0.5, 4],
  ])('%s at temperature %d: drafts change nothing', async (text, temperature, seed) => {
    const prompt = { kind: 'continue', text: few(text), heal: false } as const;
    const options = { temperature, seed, maxNewTokens: 60 };
    const { drafts } = await expectSameAnswer(model, { prompt, options });
    if (recurrent.some((of) => name.startsWith(of))) expect(drafts.drafted).toBe(0);
    await expectSameAnswer(model, { prompt, options }, { prompt, options: { ...options, temperature: 1, seed: 9 } });
  });
});

describe('the bundled model in 32 bits, on texts that are copied or gone on with', () => {
  let model: Answering;
  beforeAll(async () => {
    const folder = openModelFolder(bundledModel());
    const tokenizer = openTokenizer(folder);
    const decoder = await openDecoder(folder.path, { precision: 'fp32', dialect: 'fused' });
    const chatTemplate = new ChatTemplate(folder.chatTemplate!, tokenizer, folder.tokenizerConfig);
    model = { decoder, tokenizer, chatTemplate, cache: decoder.newCache(1024) };
  });
  afterAll(() => model.decoder.release());

  const sentences = readFileSync(goldenPath(join('texts', 'prose.txt')), 'utf8')
    .replaceAll(/\s+/gu, ' ')
    .split(/(?<=[.!?]) /u)
    .filter(({ length }) => length > 60 && length < 160);
  const orders = ['Repeat this text:', 'Correct the mistakes:', 'Rewrite this more formally:'];
  const chats = sentences.slice(0, 9).map((sentence, i) => [orders[i % 3]!, sentence] as const);

  let [tokens, runs] = [0, 0];
  test.each(chats)('%s %s', async (order, sentence) => {
    const prompt = { kind: 'chat', messages: [{ role: 'user', content: `${order}\n\n${sentence}` }] } as const;
    const draws = order.startsWith('Rewrite') ? { temperature: 0.6, topP: 0.9, seed: sentence.length } : {};
    const options = { maxNewTokens: 32, ...draws };
    const { drafts } = await expectSameAnswer(model, { prompt, options, ignoreEndOfText: false });
    tokens += drafts.answer.usage.newTokens;
    runs += drafts.runs;
  });

  test('of them 100 tokens take 85 runs at most', () => {
    expect(tokens).toBeGreaterThan(150);
    expect(runs).toBeLessThanOrEqual(0.85 * tokens);
  });

  test.each(sentences.slice(9, 15))('goes on, healed, up to a full stop: %s', async (sentence) => {
    const text = `${sentence} ${sentence.slice(0, sentence.length / 2)}`;
    const prompt = { kind: 'continue', text, heal: true } as const;
    await expectSameAnswer(model, { prompt, options: { maxNewTokens: 24, stop: ['.'] }, scoreSuffix: ' and then' });
  });
});
