/** A GGUF may store any of its matrices in any format: whichever part it is, its numbers are what is computed with. */
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { float16Bits } from '../../src/model/files/float16.ts';
import { type GgufTensor, readGgufHeader } from '../../src/model/files/gguf.ts';
import { decodeBlocks, dequantise, ggmlTypeBytes } from '../../src/model/weights/blockFormats.ts';
import { seededRandom } from '../../src/protocol/seededRandom.ts';
import { convertModel } from '../../src/store/convertModel.ts';
import { temporaryFolder } from '../support/temporaryFolder.ts';
import { logitsOf, maxDifference, openDecoder } from './decoders.ts';
import { goldenPath } from './goldenFiles.ts';

/** By ggml type, its name and how many half-precision numbers each block of 32 begins with. */
const formats = [
  { type: 2, name: 'Q4_0', scales: 1 },
  { type: 3, name: 'Q4_1', scales: 2 },
  { type: 6, name: 'Q5_0', scales: 1 },
  { type: 7, name: 'Q5_1', scales: 2 },
  { type: 8, name: 'Q8_0', scales: 1 },
  { type: 20, name: 'IQ4_NL', scales: 1 },
];
type Format = (typeof formats)[number];

const ids = Array.from({ length: 40 }, (_, i) => 3 + ((i * 7) % 61));
const ggufOf = (name: string) => goldenPath(join('architectures', name, 'model.gguf'));
/** Cases of scripts/make_architectures.py that llama.cpp has, too; the last letters and digits of a tensor say its part. */
const matrices = readdirSync(goldenPath('architectures'))
  .filter((name) => existsSync(ggufOf(name)))
  .sort()
  .flatMap((name) =>
    [...readGgufHeader(ggufOf(name)).tensors.values()]
      .filter(({ shape }) => shape.length === 2 && shape[1]! % 32 === 0)
      .filter((tensor) => !/^blk\.[1-9]/u.test(tensor.name)) // all layers are made alike
      .map((tensor, i) => ({ model: name, tensor: tensor.name, format: formats[i % formats.length]! })),
  );

/** Random blocks with numbers of about 0.1. */
function randomBlocks({ type, scales }: Format, shape: readonly number[]): Buffer {
  const random = seededRandom(type);
  const bytes = Buffer.from(Uint8Array.from({ length: ggmlTypeBytes(type, shape) }, () => random() * 256));
  const blockBytes = ggmlTypeBytes(type, [1, 32]);
  const largest = type === 8 || type === 20 ? 127 : type < 4 ? 8 : 16;
  for (let at = 0; at < bytes.length; at += blockBytes) {
    for (let i = 0; i < scales; i++)
      bytes.writeUInt16LE(float16Bits((i === 0 ? 0.2 : -0.1) / (i === 0 ? largest : 1)), at + 2 * i);
  }
  return bytes;
}

/** The file with one tensor of another type: its numbers lie behind all others. */
function withTensor(file: Buffer, tensor: GgufTensor, { type, bytes }: { type: number; bytes: Uint8Array }): Buffer {
  const name = Buffer.from(tensor.name);
  const info = file.indexOf(Buffer.concat([Buffer.from(BigUint64Array.of(BigInt(name.length)).buffer), name]));
  const typeAt = info + 8 + name.length + 4 + 8 * tensor.shape.length;
  const dataStart = tensor.offset - Number(file.readBigUInt64LE(typeAt + 4));
  const end = dataStart + Math.ceil((file.length - dataStart) / 64) * 64;
  const result = Buffer.concat([file, Buffer.alloc(end - file.length), bytes]);
  result.writeUInt32LE(type, typeAt);
  result.writeBigUInt64LE(BigInt(end - dataStart), typeAt + 4);
  return result;
}

async function logitsWith(source: Buffer): Promise<Float32Array[]> {
  const folder = await temporaryFolder();
  writeFileSync(join(folder, 'model.gguf'), source);
  await convertModel({ source: join(folder, 'model.gguf'), target: join(folder, 'converted') }, () => {});
  const decoder = await openDecoder(join(folder, 'converted'), { precision: 'fp32', dialect: 'fused' });
  const logits = await logitsOf(decoder, ids, 64);
  await decoder.release();
  return logits;
}

/** What the model says as it is, by its name. */
const unchanged = new Map<string, Promise<Float32Array[]>>();
function logitsAsMade(model: string): Promise<Float32Array[]> {
  const known = unchanged.get(model) ?? logitsWith(readFileSync(ggufOf(model)));
  unchanged.set(model, known);
  return known;
}

test.each(matrices)('$model: $tensor in blocks of $format.name', async ({ model, tensor: name, format }) => {
  const file = readFileSync(ggufOf(model));
  const tensor = readGgufHeader(ggufOf(model)).tensors.get(name)!;
  const [rows, columns] = tensor.shape as [number, number];
  const blocks = randomBlocks(format, tensor.shape);
  const numbers = dequantise(decodeBlocks(blocks, format.type, { rows, columns }));
  const inBlocks = await logitsWith(withTensor(file, tensor, { type: format.type, bytes: blocks }));
  const plain = new Uint8Array(numbers.buffer, numbers.byteOffset, numbers.byteLength);
  const asNumbers = await logitsWith(withTensor(file, tensor, { type: 0, bytes: plain }));
  inBlocks.forEach((row, i) => {
    expect(maxDifference(row, asNumbers[i]!)).toBeLessThan(1e-4);
  });
  const before = await logitsAsMade(model);
  expect(Math.max(...inBlocks.map((row, i) => maxDifference(row, before[i]!)))).toBeGreaterThan(1e-3); // it is computed with
});
