import { expect, test } from 'vitest';
import { type BlockMatrix, decodeBlocks, dequantise } from '../../../src/model/weights/blockFormats.ts';
import { seededRandom } from '../../../src/protocol/seededRandom.ts';
import type { BlockPart } from '../../../src/store/modelSource.ts';
import { inWideBlocks, isWide, widened } from '../../../src/store/wideBlocks.ts';

const random = seededRandom(11);
const rows = 70;
const columns = 384;

/** Random numbers in narrow blocks, with scales between 0.01 and 0.02, some of them negative as Q6_K has them. */
function narrow(blockSize: 16 | 32, scaleOf: (block: number) => number = () => 0.01 + 0.01 * random()): BlockMatrix {
  const blocks = (rows * columns) / blockSize;
  const scales = Float32Array.from(
    { length: blocks },
    (_, block) => scaleOf(block) * (blockSize === 16 && random() < 0.5 ? -1 : 1),
  );
  const quants = Uint8Array.from({ length: rows * columns }, () => random() * 256);
  return { rows, columns, bits: 8, blockSize, centre: 32, quants, scales };
}

function partOf(matrix: BlockMatrix, more: Partial<BlockPart> = {}): BlockPart {
  const { bits, blockSize, centre } = matrix;
  const read = (from: number, to: number): BlockMatrix => ({
    ...matrix,
    rows: to - from,
    quants: matrix.quants.slice(from * columns, to * columns),
    scales: matrix.scales.slice((from * columns) / blockSize, (to * columns) / blockSize),
  });
  const layout = { bits, blockSize, centre };
  return {
    kind: 'blocks',
    name: 'a',
    rows,
    columns,
    layout,
    scaleType: 'F32',
    hasMins: false,
    rowUnit: 1,
    read,
    ...more,
  };
}

test.each([16, 32] as const)(
  'blocks of %d: no number is farther away than half a step of its wide block',
  (blockSize) => {
    const matrix = narrow(blockSize);
    const [before, after] = [dequantise(matrix), dequantise(widened(matrix))];
    for (let block = 0; block < before.length; block += 128) {
      const own = before.subarray(block, block + 128);
      const step = own.reduce((most, value) => Math.max(most, Math.abs(value)), 0) / 127;
      const farthest = Math.max(...own.map((value, i) => Math.abs(value - after[block + i]!)));
      expect(farthest).toBeLessThanOrEqual(step * 0.5001);
    }
  },
);

test('what is zero stays zero, and a block of zeros needs no scale', () => {
  const matrix = narrow(32, (block) => (block < 4 ? 0 : 0.01));
  matrix.quants.fill(128, 128, 256);
  const wide = widened(matrix);
  expect([...wide.scales.slice(0, 2)]).toEqual([0, 0]);
  expect(
    dequantise(wide)
      .slice(0, 256)
      .every((value) => value === 0),
  ).toBe(true);
});

test('a part is read in pieces as it is as a whole', () => {
  const matrix = narrow(32);
  const part = inWideBlocks(partOf(matrix));
  expect(isWide(part)).toBe(true);
  expect(part.layout).toEqual({ bits: 8, blockSize: 128, centre: 128 });
  const whole = part.read(0, rows);
  const pieces = [part.read(0, 33), part.read(33, rows)];
  expect(Buffer.concat(pieces.map(({ quants }) => quants))).toEqual(Buffer.from(whole.quants));
  expect(pieces.flatMap(({ scales }) => [...scales])).toEqual([...whole.scales]);
});

test('rows that can only be read together are sampled together', () => {
  const read: [number, number][] = [];
  const part = partOf(narrow(32));
  const told = (from: number, to: number) => {
    read.push([from, to]);
    return part.read(from, to);
  };
  expect(isWide(inWideBlocks({ ...part, rowUnit: 35, read: told }))).toBe(true);
  expect(read.every(([from, to]) => from % 35 === 0 && (to % 35 === 0 || to === rows))).toBe(true);
});

test.each([
  ['4 bits', { layout: { bits: 4, blockSize: 32, centre: 8 } }],
  ['minima', { hasMins: true }],
  ['columns that are no multiple of 128', { columns: 192 }],
  ['blocks that are wide', { layout: { bits: 8, blockSize: 128, centre: 128 } }],
] as const)('%s: the part stays as it is', (_, more) => {
  const part = partOf(narrow(32), more);
  expect(inWideBlocks(part)).toBe(part);
});

test('a matrix with one large number among many small ones keeps its narrow blocks', () => {
  const spiky = narrow(32, (block) => (block % 4 === 0 ? 1 : 0.02));
  for (let block = 0; block < spiky.scales.length; block += 4) spiky.quants.fill(128, block * 32 + 1, (block + 1) * 32);
  const part = partOf(spiky);
  expect(inWideBlocks(part)).toBe(part);
});

test('the blocks of ggml that have no minima can be widened as they are decoded', () => {
  const bytes = Uint8Array.from({ length: 210 * 4 }, () => random() * 256);
  for (let at = 208; at < bytes.length; at += 210) bytes.set([0, 0x20], at); // a scale of 0.0078
  const matrix = decodeBlocks(bytes, 14, { rows: 4, columns: 256 });
  const [before, after] = [dequantise(matrix), dequantise(widened(matrix))];
  const error = Math.sqrt(
    before.reduce((sum, value, i) => sum + (value - after[i]!) ** 2, 0) /
      before.reduce((sum, value) => sum + value ** 2, 0),
  );
  expect(error).toBeLessThan(0.01);
});
