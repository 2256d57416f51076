import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { buildDecoderGraph } from '../../src/model/decoderGraph.ts';
import { float16Bits } from '../../src/model/files/float16.ts';
import { openModelFolder } from '../../src/model/modelFolder.ts';
import { logitsOfTexts } from '../../src/model/readOnce.ts';
import { type BlockMatrix, decodeBlocks, dequantise } from '../../src/model/weights/blockFormats.ts';
import type { ModelPart } from '../../src/store/modelSource.ts';
import { writeWeights } from '../../src/store/writeWeights.ts';
import { temporaryFolder } from '../support/temporaryFolder.ts';
import { tinyTokenizer } from '../support/tinyTokenizer.ts';
import { logitsOf, maxDifference, openDecoder } from './decoders.ts';
import { bundledModel } from './goldenFiles.ts';

/** By ggml type: name, numbers and bytes of a block, and where in it the half-precision scales lie. */
const types = [
  { type: 2, name: 'Q4_0', elements: 32, size: 18, scales: [0] },
  { type: 3, name: 'Q4_1', elements: 32, size: 20, scales: [0, 2] },
  { type: 6, name: 'Q5_0', elements: 32, size: 22, scales: [0] },
  { type: 7, name: 'Q5_1', elements: 32, size: 24, scales: [0, 2] },
  { type: 8, name: 'Q8_0', elements: 32, size: 34, scales: [0] },
  { type: 10, name: 'Q2_K', elements: 256, size: 84, scales: [80, 82] },
  { type: 11, name: 'Q3_K', elements: 256, size: 110, scales: [108] },
  { type: 12, name: 'Q4_K', elements: 256, size: 144, scales: [0, 2] },
  { type: 13, name: 'Q5_K', elements: 256, size: 176, scales: [0, 2] },
  { type: 14, name: 'Q6_K', elements: 256, size: 210, scales: [208] },
  { type: 20, name: 'IQ4_NL', elements: 32, size: 18, scales: [0] },
  { type: 23, name: 'IQ4_XS', elements: 256, size: 136, scales: [0] },
];
type BlockType = (typeof types)[number];
const width = 256;
const vocabulary = 64;

const config = {
  architectures: ['LlamaForCausalLM'],
  vocab_size: vocabulary,
  hidden_size: width,
  intermediate_size: width,
  num_hidden_layers: 1,
  num_attention_heads: 4,
  num_key_value_heads: 4,
  rms_norm_eps: 1e-5,
  max_position_embeddings: 512,
  tie_word_embeddings: true,
};

let seed = 1;
const random = () => {
  seed = (Math.imul(seed, 1664525) + 1013904223) >>> 0;
  return seed / 2 ** 32;
};

/** Random blocks whose numbers are about as large as a model's: one row gives about one for inputs of about one. */
function randomMatrix({ type, elements, size, scales }: BlockType, rows: number): BlockMatrix {
  const bytes = Buffer.from(Uint8Array.from({ length: (rows * width * size) / elements }, () => random() * 256));
  const withScale = (scale: number) => {
    for (let at = 0; at < bytes.length; at += size) {
      // a minimum is as large as the middle of what is added to it
      for (const offset of scales) bytes.writeUInt16LE(float16Bits(scale * (0.7 + 0.6 * random())), at + offset);
    }
    return decodeBlocks(bytes, type, { rows, columns: width });
  };
  const values = dequantise(withScale(1));
  const deviation = Math.sqrt(values.reduce((sum, value) => sum + value * value, 0) / values.length);
  return withScale(1 / (Math.sqrt(width) * deviation));
}

/** A model of one layer; with several types its maps take turns, and are not stacked. */
async function modelOf(...blockTypes: readonly BlockType[]): Promise<string> {
  const folder = join(await temporaryFolder(), 'model');
  mkdirSync(folder);
  let maps = 0;
  const map = (name: string, rows: number): ModelPart => {
    const matrix = randomMatrix(blockTypes[maps++ % blockTypes.length]!, rows);
    const { bits, blockSize, centre, scales, mins } = matrix;
    const layout = { bits, blockSize, centre };
    const scaleType = scales instanceof Uint16Array ? 'F16' : 'F32';
    const hasMins = mins !== undefined;
    return {
      kind: 'blocks',
      name,
      rows,
      columns: width,
      layout,
      scaleType,
      hasMins,
      rowUnit: rows,
      read: () => matrix,
    };
  };
  const numbers = (name: string, shape: readonly number[], value: (i: number) => number): ModelPart => {
    const values = Float32Array.from({ length: shape.reduce((a, b) => a * b, 1) }, (_, i) => value(i));
    return { kind: 'plain', name, dtype: 'F32', shape, bytes: () => new Uint8Array(values.buffer) };
  };
  const parts = [
    numbers('embedding', [vocabulary, width], (i) => Math.sin(i * 12.9898) * 0.5),
    numbers('layers.0.attentionNorm', [width], () => 1),
    ...(blockTypes.length > 1
      ? ['q', 'k', 'v'].map((one) => map(`layers.0.${one}`, width))
      : [map('layers.0.qkv', 3 * width)]),
    map('layers.0.o', width),
    numbers('layers.0.mlpNorm', [width], () => 1),
    ...(blockTypes.length > 1
      ? ['gate', 'up'].map((one) => map(`layers.0.${one}`, width))
      : [map('layers.0.gateUp', 2 * width)]),
    map('layers.0.down', width),
    numbers('finalNorm', [width], () => 1),
  ];
  await writeWeights(join(folder, 'model.safetensors'), parts, () => {});
  writeFileSync(join(folder, 'config.json'), JSON.stringify(config));
  writeFileSync(join(folder, 'tokenizer.json'), JSON.stringify(tinyTokenizer().tokenizer));
  return folder;
}

async function logitsWith(folder: string, precision: 'fp32' | 'default'): Promise<Float32Array[]> {
  const decoder = await openDecoder(folder, { precision, dialect: 'fused' });
  const ids = Array.from({ length: 24 }, (_, i) => (i * 11) % vocabulary);
  const logits = [...(await logitsOf(decoder, ids, 24)), ...(await logitsOf(decoder, ids, 1))];
  await decoder.release();
  return logits;
}

/** Of all numbers that come out, the largest error against the dequantized weights, as a share of how far they spread. */
async function errorOf(folder: string): Promise<number> {
  const [exact, quick] = [await logitsWith(folder, 'fp32'), await logitsWith(folder, 'default')];
  const spread = Math.max(...exact.map((row) => Math.max(...row) - Math.min(...row)));
  return Math.max(...exact.map((row, i) => maxDifference(quick[i]!, row))) / spread;
}

const most = 0.03; // the kernels round activations to 8 bits

test.each(types)('$name: the graph of blocks computes what its numbers give', async (blockType) => {
  expect(await errorOf(await modelOf(blockType))).toBeLessThan(most);
});

test.each([
  ['Q2_K', 'Q4_K'],
  ['Q4_K', 'Q2_K', 'Q5_1'],
  ['Q2_K', 'Q3_K', 'Q5_K'],
  ['Q6_K', 'Q4_1', 'IQ4_XS', 'Q2_K', 'Q8_0'],
])('maps that read the same, in %s and %s', async (...names) => {
  const blockTypes = names.map((name) => types.find((one) => one.name === name)!);
  expect(await errorOf(await modelOf(...blockTypes))).toBeLessThan(most);
});

test('level 1 takes the blocks of a large head apart in pieces, and gives what float32 gives', async () => {
  const folder = openModelFolder(bundledModel());
  const { config: sizes, weights } = folder;
  const options = { precision: 'default', accuracyLevel: 1 } as const;
  const graph = buildDecoderGraph(sizes, weights, {
    ...options,
    ...{ dialect: 'fused', cacheElement: 'float32', maxPositions: 64 },
  });
  const bytes = Buffer.from(graph.serialize());
  expect(Array.from({ length: 5 }, (_, i) => bytes.includes(`head.${i}.quants`))).toEqual([
    true,
    true,
    true,
    true,
    false,
  ]);
  const ids = [[504, 26967, 436, 2966, 645, 260, 808, 4734, 1936, 1355]];
  const [exact] = await logitsOfTexts(folder, ids, { precision: 'fp32' });
  const [pieces] = await logitsOfTexts(folder, ids, options);
  expect(maxDifference(pieces!, exact!)).toBeLessThan(1e-2);
});
