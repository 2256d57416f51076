import { cpSync, mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { ExportedDecoder } from '../../src/inference/exportedDecoder.ts';
import { exportedFiles, exportedGraph } from '../../src/model/exportedModel.ts';
import { parameterCount } from '../../src/model/modelConfig.ts';
import { openModelFolder } from '../../src/model/modelFolder.ts';
import { showModel } from '../../src/store/modelCatalogue.ts';
import { temporaryFolder } from '../support/temporaryFolder.ts';
import { maxDifference } from './decoders.ts';
import { goldenPath, readGolden, type TinyLlamaGolden } from './goldenFiles.ts';

/** The tiny Llama as scripts/make_exported.py exports it, held against what PyTorch computes with its weights. */
const golden = readGolden<TinyLlamaGolden>('tiny-llama.json');
const exported = (kind: string) => goldenPath(join('exported', kind));
const open = (folder: string) => ExportedDecoder.create(openModelFolder(folder), 2);

async function read(decoder: ExportedDecoder, cache: ReturnType<ExportedDecoder['newCache']>, ids: readonly number[]) {
  const rows = ids.map((_, row) => row);
  const logits = await decoder.run(cache, ids, rows);
  const width = decoder.config.vocabularySize;
  return rows.map((row) => logits.slice(row * width, (row + 1) * width));
}

describe.each([
  ['plain', 1e-3],
  ['merged', 1e-3],
  ['half', 2e-2], // keys, values and logits in 16 bits
  ['quantized', 1.5], // maps in 7 bits, activations with one scale for all tokens: up to 1.13 on these random weights, on any processor
] as const)('%s', (kind, most) => {
  const worst = (rows: readonly Float32Array[], first = 0) =>
    Math.max(...rows.map((row, i) => maxDifference(row, golden.logits[first + i]!)));

  test.each([1, 5, 24])('logits of all tokens, %i at a time', async (chunk) => {
    const decoder = await open(exported(kind));
    const cache = decoder.newCache();
    const rows: Float32Array[] = [];
    for (let start = 0; start < golden.ids.length; start += chunk) {
      rows.push(...(await read(decoder, cache, golden.ids.slice(start, start + chunk))));
    }
    expect(worst(rows)).toBeLessThan(most);
    expect(cache.length).toBe(golden.ids.length);
    await decoder.release();
  });

  test.each([0, 1, 7, 15])('after a cut-back to %i', async (length) => {
    const decoder = await open(exported(kind));
    const cache = decoder.newCache();
    await read(decoder, cache, golden.ids.slice(0, length + 1));
    await read(decoder, cache, [3, 3, 3]);
    cache.rewindTo(length);
    expect(worst(await read(decoder, cache, golden.ids.slice(length)), length)).toBeLessThan(most);
    await decoder.release();
  });
});

test('only the logits that are asked for come, where they are wanted', async () => {
  const decoder = await open(exported('plain'));
  const room = new Float32Array(2 * decoder.config.vocabularySize);
  const given = await decoder.run(decoder.newCache(), golden.ids, [3, 20], room);
  expect(given).toBe(room);
  expect(maxDifference(room.subarray(0, room.length / 2), golden.logits[3]!)).toBeLessThan(1e-3);
  expect(maxDifference(room.subarray(room.length / 2), golden.logits[20]!)).toBeLessThan(1e-3);
  await decoder.release();
});

test.each([0, 10, 40, 64])('%i tokens that were noted as not yet read are read with what follows', async (unread) => {
  const decoder = await open(exported('plain'));
  const ids = Array.from({ length: 120 }, (_, i) => golden.ids[i % golden.ids.length]!);
  const whole = await read(decoder, decoder.newCache(), ids);
  const cache = decoder.newCache();
  await read(decoder, cache, ids.slice(0, 20));
  cache.moveTo(ids.slice(0, 20 + unread));
  const rows = await read(decoder, cache, ids.slice(20 + unread));
  for (const [i, row] of rows.entries()) expect(maxDifference(row, whole[20 + unread + i]!)).toBeLessThan(1e-3);
  expect(cache.tokenIds).toEqual(ids);
  expect(cache.unread()).toEqual([]);
  await decoder.release();
});

test.each([
  ['model.onnx', ['onnx/model.onnx', 'onnx/model_fp16.onnx', 'onnx/model_q4f16.onnx']],
  ['model_q4.onnx', ['onnx/model.onnx', 'onnx/model_q4.onnx', 'onnx/model_quantized.onnx']],
  ['model_quantized.onnx', ['onnx/model.onnx', 'onnx/model_quantized.onnx', 'onnx/model_int8.onnx']],
  ['decoder_model_merged.onnx', ['decoder_model.onnx', 'decoder_model_merged.onnx']],
  ['decoder_with_past_model.onnx', ['decoder_model.onnx', 'decoder_with_past_model.onnx']],
  ['model_fp16.onnx', ['model_fp16.onnx']],
  [undefined, ['decoder_model.onnx', 'encoder_model.onnx']],
  [undefined, ['onnx/model.onnx', 'model.safetensors']],
  [undefined, []],
])('%s of %j', async (expected, files) => {
  const folder = await temporaryFolder();
  mkdirSync(join(folder, 'onnx'));
  for (const file of files) writeFileSync(join(folder, file), '');
  expect(exportedGraph(folder)?.split('/').at(-1)).toBe(expected);
});

test('numbers that lie beside the graph belong to it, those of another do not', async () => {
  const folder = await temporaryFolder();
  for (const name of [
    'model.onnx',
    'model.onnx_data',
    'model.onnx_data_1',
    'model.onnx.data',
    'model_q4.onnx_data',
    'a',
  ]) {
    writeFileSync(join(folder, name), '');
  }
  const names = exportedFiles(join(folder, 'model.onnx')).map((path) => path.split('/').at(-1));
  expect(names.sort()).toEqual(['model.onnx', 'model.onnx.data', 'model.onnx_data', 'model.onnx_data_1']);
});

test('the size of a model counts the graph that is run, wherever it lies', () => {
  for (const kind of ['plain', 'merged', 'half', 'quantized']) {
    const { sizeBytes, files, weightFormat } = showModel(exported(kind));
    const [graph] = exportedFiles(exportedGraph(exported(kind))!);
    expect(sizeBytes).toBeGreaterThan(statSync(graph!).size);
    expect(files.filter(({ name }) => name.endsWith('.onnx')).map(({ name }) => name)).toEqual([
      `onnx/${basename(graph!)}`,
    ]);
    expect(weightFormat).toBe('ONNX');
  }
});

async function copied(kind: string): Promise<string> {
  const folder = join(await temporaryFolder(), kind);
  cpSync(exported(kind), folder, { recursive: true });
  return folder;
}

test.each([
  ['cut short', (path: string) => writeFileSync(path, Buffer.from([8, 9, 18, 200])), /cannot be opened/],
  [
    'a pointer',
    (path: string) => writeFileSync(path, 'version https://git-lfs.github.com/spec/v1\n'),
    /cannot be opened/,
  ],
  ['empty', (path: string) => writeFileSync(path, ''), /cannot be opened/],
])('a graph that is %s is said to be broken', async (_, spoil, message) => {
  const folder = await copied('plain');
  spoil(join(folder, 'onnx', 'model.onnx'));
  await expect(open(folder)).rejects.toThrow(message);
});

test('a graph with another vocabulary than its config.json is refused', async () => {
  const folder = await copied('plain');
  const config = {
    architectures: ['LlamaForCausalLM'],
    vocab_size: 7,
    num_hidden_layers: 2,
    num_attention_heads: 2,
    hidden_size: 8,
  };
  writeFileSync(join(folder, 'config.json'), JSON.stringify(config));
  await expect(open(folder)).rejects.toThrow(/logits, config.json says vocab_size 7/);
});

test('an architecture that nobody here knows runs, and no keys of it are asked for', async () => {
  const folder = await copied('plain');
  const json = JSON.parse(readFileSync(join(folder, 'config.json'), 'utf8'));
  writeFileSync(
    join(folder, 'config.json'),
    JSON.stringify({ ...json, architectures: ['NewForCausalLM'], hidden_act: 'xielu', num_experts: 8 }),
  );
  const decoder = await open(folder);
  const [row] = await read(decoder, decoder.newCache(), golden.ids.slice(0, 1));
  expect(maxDifference(row!, golden.logits[0]!)).toBeLessThan(1e-3);
  expect(decoder.config.architecture).toMatchObject({
    name: 'NewForCausalLM',
    noAdapters: { text: expect.stringContaining('others') },
  });
  expect(parameterCount(decoder.config)).toBe(0); // they are not counted
  await decoder.release();
});
