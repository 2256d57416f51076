import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { tablesFromJson } from '../../../src/model/tokenizer/tokenizerTables.ts';
import { Tokenizer } from '../../../src/model/tokenizer.ts';
import { readTokenizerConfig, readTokenizerJson } from '../../../src/model/tokenizerFiles.ts';
import { temporaryFolder } from '../../support/temporaryFolder.ts';

const golden = JSON.parse(gunzipSync(readFileSync('test/golden/tokenizers.json.gz')).toString()) as {
  strings: string[];
  sentencePiece: Record<string, { model: string; ids: number[][] }>;
};
const { model, ids } = golden.sentencePiece['bpe']!;

async function folderWith(files: Readonly<Record<string, string | Buffer>>): Promise<string> {
  const folder = await temporaryFolder();
  for (const [name, content] of Object.entries(files)) writeFileSync(join(folder, name), content);
  return folder;
}

const open = (folder: string) =>
  new Tokenizer(tablesFromJson(readTokenizerJson(folder), readTokenizerConfig(folder), 4096));

test('a folder with tokenizer.model alone: its tokens, and its <s> before a text', async () => {
  const tokenizer = open(await folderWith({ 'tokenizer.model': Buffer.from(model, 'base64') }));
  expect(golden.strings.map((text) => tokenizer.encode(text))).toEqual(ids);
  expect(tokenizer.beginning).toEqual([1]);
  expect(tokenizer.textPrefix).toBe(' ');
});

test('tokens that were added later stand in the configuration', async () => {
  const config = {
    add_bos_token: false,
    added_tokens_decoder: {
      1: { content: '<s>', special: true },
      4000: { content: '<|im_end|>', special: true },
      4001: { content: '<tool>', special: false },
    },
  };
  const tokenizer = open(
    await folderWith({
      'tokenizer.model': Buffer.from(model, 'base64'),
      'tokenizer_config.json': JSON.stringify(config),
    }),
  );
  expect(tokenizer.beginning).toEqual([]);
  expect(tokenizer.specialId('<|im_end|>')).toBe(4000);
  expect(tokenizer.encode('a <tool> <|im_end|>')).toContain(4001);
  expect(tokenizer.encode('a <tool> <|im_end|>')).not.toContain(4000);
});

test('tokenizer.json is taken before tokenizer.model; without either something is missing', async () => {
  const both = await folderWith({ 'tokenizer.model': 'x', 'tokenizer.json': '{"a":1}' });
  expect(readTokenizerJson(both)).toEqual({ a: 1 });
  const none = await temporaryFolder();
  expect(() => readTokenizerJson(none)).toThrow(expect.objectContaining({ code: 'modelMissing' }));
});
