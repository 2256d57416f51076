import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { bytesForGather, decodeBlocks, dequantise, stackRows } from '../../../src/model/weights/blockFormats.ts';

interface GoldenBlocks {
  readonly name: string;
  readonly type: number;
  readonly rows: number;
  readonly columns: number;
  readonly bytes: string;
  readonly values: string;
}
const golden = JSON.parse(readFileSync('test/golden/ggml-blocks.json', 'utf8')) as GoldenBlocks[];
const bytesOf = ({ bytes }: GoldenBlocks) => new Uint8Array(Buffer.from(bytes, 'base64'));
const valuesOf = ({ values }: GoldenBlocks) => new Float32Array(new Uint8Array(Buffer.from(values, 'base64')).buffer);

const largestDifference = (a: Float32Array, b: Float32Array) =>
  a.reduce((largest, value, i) => Math.max(largest, Math.abs(value - b[i]!)), 0);

test.each(golden)('$name has the values that the gguf package gives', (blocks) => {
  const values = dequantise(decodeBlocks(bytesOf(blocks), blocks.type, blocks));
  expect(values).toHaveLength(blocks.rows * blocks.columns);
  expect(largestDifference(values, valuesOf(blocks))).toBeLessThan(1e-6); // the last bit of a fused multiply-add
});

test.each(golden)('$name keeps its values as bytes for gathering', (blocks) => {
  const matrix = decodeBlocks(bytesOf(blocks), blocks.type, blocks);
  expect(dequantise(bytesForGather(matrix))).toEqual(dequantise(matrix));
});

test.each(golden)('$name: rows are taken in the order asked for, and stacked', (blocks) => {
  const matrix = decodeBlocks(bytesOf(blocks), blocks.type, blocks);
  const swapped = decodeBlocks(bytesOf(blocks), blocks.type, blocks, Int32Array.of(1, 0));
  const values = dequantise(matrix);
  const reversed = [...values.subarray(blocks.columns), ...values.subarray(0, blocks.columns)];
  expect([...dequantise(swapped)]).toEqual(reversed);
  expect([...dequantise(stackRows([matrix, swapped])!)]).toEqual([...values, ...reversed]);
});

test('an unknown type is refused with the list of known ones', () => {
  const decode = () => decodeBlocks(new Uint8Array(256), 99, { rows: 1, columns: 256 });
  expect(decode).toThrow(/ggml type 99.*Q4_K/);
});

test('matrices of different formats are not stacked', () => {
  const [a, b] = golden;
  const matrices = [a!, b!].map((blocks) => decodeBlocks(bytesOf(blocks), blocks.type, blocks));
  expect(stackRows(matrices)).toBeUndefined();
});
