import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { readSafetensorsHeader, readTensorBytes, writeSafetensors } from '../../../src/model/files/safetensors.ts';
import {
  compactName,
  readCompactTokenizer,
  writeCompactTokenizer,
} from '../../../src/model/tokenizer/compactTokenizer.ts';
import { tablesFromJson } from '../../../src/model/tokenizer/tokenizerTables.ts';
import { Tokenizer } from '../../../src/model/tokenizer.ts';
import { InklingError } from '../../../src/protocol/errors.ts';
import { temporaryFolder } from '../../support/temporaryFolder.ts';
import { tinyTokenizer } from '../../support/tinyTokenizer.ts';

const golden = JSON.parse(gunzipSync(readFileSync('test/golden/tokenizers.json.gz')).toString()) as {
  strings: string[];
  byteLevel: { vocab: object; merges: unknown; kinds: Record<string, { json: { model: object } }> };
  huggingFace: Record<string, { json: object }>;
};
const { vocab, merges, kinds } = golden.byteLevel;
const size = 4096;
const jsons: [string, object][] = [
  ...Object.entries(kinds).map(([name, { json }]): [string, object] => [
    name,
    { ...json, model: { ...json.model, vocab, merges } },
  ]),
  ...Object.entries(golden.huggingFace)
    .filter(([name]) => !name.startsWith('unigram'))
    .map(([name, { json }]): [string, object] => [name, json]),
];

test.each(jsons)('%s: the same tokens from the file beside the model', async (_, json) => {
  const folder = await temporaryFolder();
  const tables = tablesFromJson(json, {}, size);
  writeCompactTokenizer(folder, tables);
  const [long, compact] = [new Tokenizer(tables), new Tokenizer(readCompactTokenizer(folder, size)!)];
  for (const text of golden.strings) expect(compact.encode(text)).toEqual(long.encode(text));
  expect(Array.from({ length: size }, (__, id) => [...compact.tokenBytes(id)])).toEqual(
    Array.from({ length: size }, (__, id) => [...long.tokenBytes(id)]),
  );
  expect([compact.textPrefix, compact.beginning, compact.specialTokens]).toEqual([
    long.textPrefix,
    long.beginning,
    long.specialTokens,
  ]);
});

async function written(): Promise<{ folder: string; vocabularySize: number }> {
  const { tokenizer, tokenizerConfig, vocabularySize } = tinyTokenizer();
  const folder = await temporaryFolder();
  writeFileSync(join(folder, 'tokenizer.json'), JSON.stringify(tokenizer));
  writeCompactTokenizer(folder, tablesFromJson(tokenizer, tokenizerConfig, vocabularySize));
  return { folder, vocabularySize };
}

test('is not taken where tokenizer.json has changed since', async () => {
  const { folder, vocabularySize } = await written();
  expect(readCompactTokenizer(folder, vocabularySize)).toBeDefined();
  writeFileSync(join(folder, 'tokenizer.json'), '{}');
  expect(readCompactTokenizer(folder, vocabularySize)).toBeUndefined();
});

test('of another model is broken', async () => {
  const { folder, vocabularySize } = await written();
  expect(() => readCompactTokenizer(folder, vocabularySize - 1)).toThrow(
    expect.objectContaining({ code: 'modelBroken' }),
  );
});

test('with a word that is longer than any is broken: to look for many lengths takes long', async () => {
  const { folder, vocabularySize } = await written();
  const path = join(folder, compactName);
  const { tensors, metadata } = readSafetensorsHeader(path);
  const sources = [...tensors].map(([name, entry]) => {
    const read = readTensorBytes(entry);
    return { name, dtype: entry.dtype, shape: entry.shape, bytes: () => read };
  });
  const write = (content: string) => {
    const settings = { ...(JSON.parse(metadata['settings']!) as object), added: [{ id: 1, content }] };
    writeSafetensors(path, sources, { metadata: { ...metadata, settings: JSON.stringify(settings) } });
    return () => readCompactTokenizer(folder, vocabularySize);
  };
  expect(write('x'.repeat(256))()).toBeDefined();
  expect(write('x'.repeat(257))).toThrow(expect.objectContaining({ code: 'modelBroken' }));
  expect(write('')).toThrow(expect.objectContaining({ code: 'modelBroken' }));
});

test('five hundred damaged ones: an error, or a tokenizer that encodes', async () => {
  const { folder, vocabularySize } = await written();
  const right = readFileSync(join(folder, compactName));
  let seed = 3;
  const random = (below: number) => {
    seed = (Math.imul(seed, 1664525) + 1013904223) >>> 0;
    return seed % below;
  };
  const odd: string[] = [];
  for (let round = 0; round < 500; round++) {
    const bytes = Buffer.from(right);
    for (let i = 0; i <= random(3); i++) bytes[random(bytes.length)] = [0, 1, 255, random(256)][random(4)]!;
    writeFileSync(join(folder, compactName), random(4) === 0 ? bytes.subarray(0, random(bytes.length)) : bytes);
    try {
      const tables = readCompactTokenizer(folder, vocabularySize);
      if (tables) new Tokenizer(tables).encode('The word 你好');
    } catch (error) {
      if (!(error instanceof InklingError) || error.code === 'internal') odd.push(String(error));
    }
  }
  expect(odd).toEqual([]);
});
