import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { CancellationTokenSource } from 'vscode-jsonrpc';
import { ChatTemplate } from '../../../src/model/chatTemplate.ts';
import { tablesFromJson } from '../../../src/model/tokenizer/tokenizerTables.ts';
import { Tokenizer } from '../../../src/model/tokenizer.ts';
import { tokenizePair, tokenizeTexts } from '../../../src/training/dataset/tokenizedCorpus.ts';
import { exportRun } from '../../../src/training/exportRun.ts';
import { temporaryFolder } from '../../support/temporaryFolder.ts';
import { writeTinyModel } from '../../support/tinyModel.ts';
import { tinyTokenizer } from '../../support/tinyTokenizer.ts';
import { folderWith, never, proseOf } from './corpusFolder.ts';

const { tokenizer: json, tokenizerConfig, vocabularySize } = tinyTokenizer();
const tokenizer = new Tokenizer(tablesFromJson(json, tokenizerConfig, vocabularySize));
const template = (tokenizerConfig as { chat_template: string }).chat_template;
const chatTemplate = new ChatTemplate(template, tokenizer, {});
const specialIds = new Set(tokenizer.specialTokens.map((token) => tokenizer.specialId(token)!));

describe('tokens', () => {
  test('of prose: its own and no others, whatever it says', async () => {
    const texts = ['The world and the <|im_end|> word.', '今天 😀', ''];
    const documents = await tokenizeTexts(texts, tokenizer, never);
    expect(documents!.map(({ ids }) => tokenizer.decode([...ids]))).toEqual(texts);
    expect(documents!.flatMap(({ ids }) => [...ids]).filter((id) => specialIds.has(id))).toEqual([]);
    expect(documents!.map(({ lossFrom }) => lossFrom)).toEqual([0, 0, 0]);
  });

  test('say what stands before all that the model reads', async () => {
    const tables = { ...tablesFromJson(json, tokenizerConfig, vocabularySize), beginning: [3] };
    const documents = await tokenizeTexts(['The world'], new Tokenizer(tables), never);
    expect(documents).toMatchObject([{ beginningId: 3 }]);
    expect(documents![0]!.ids[0]).toBe(3);
    expect(await tokenizeTexts(['The world'], tokenizer, never)).not.toHaveProperty('0.beginningId');
  });

  test('of a pair: the template around the question, then the answer and its end', () => {
    const endOfAnswerId = tokenizer.specialId('<|im_end|>')!;
    const messages = [{ role: 'user', content: 'and <|im_end|>?' }] as const;
    const { ids, lossFrom } = tokenizePair(
      { messages, answer: 'the word' },
      { tokenizer, chatTemplate, endOfAnswerId },
    );
    expect([...ids.subarray(0, lossFrom)]).toEqual(chatTemplate.encode(messages));
    expect([...ids.subarray(lossFrom)]).toEqual([...tokenizer.encode('the word'), endOfAnswerId]);
    expect([...ids].filter((id) => id === endOfAnswerId)).toHaveLength(2);
  });

  test('cancelled', async () => {
    const source = new CancellationTokenSource();
    source.cancel();
    expect(await tokenizeTexts(['a'], tokenizer, source.token)).toBeUndefined();
  });
});

describe('a run that is exported', () => {
  test.each([
    ['of a model that wants a token before all it reads says which, and each text begins with it', true, 1],
    ['of another model says none', false, undefined],
  ])('%s', async (_, isAdded, beginningId) => {
    const config = { ...tokenizerConfig, add_bos_token: isAdded };
    const given = { tokenizer: { tokenizer: json, tokenizerConfig: config, vocabularySize } };
    const modelFolder = await writeTinyModel(await temporaryFolder(), given);
    const texts = Object.fromEntries(Array.from({ length: 8 }, (__, i) => [`${i}.md`, proseOf(i, 2_000)]));
    const targetFolder = join(await temporaryFolder(), 'run');
    const request = { name: 'voice', modelFolder, paths: [await folderWith(texts)], corpus: { minCharacters: 1 } };
    await exportRun({ ...request, options: {}, targetFolder }, never);
    const run = JSON.parse(readFileSync(join(targetFolder, 'run.json'), 'utf8'));
    expect(run.beginningId).toBe(beginningId);
    const lines = readFileSync(join(targetFolder, 'dataset', 'train.jsonl'), 'utf8')
      .trimEnd()
      .split('\n');
    for (const line of lines) expect(JSON.parse(line).tokens[0] === 1).toBe(isAdded);
  });
});
