/** 8-bit matrices in wider blocks: fewer scales to read and to multiply with. See docs/adr/0039-wide-blocks.md. */
import { asFloat32 } from '../model/files/float16.ts';
import type { BlockMatrix } from '../model/weights/blockFormats.ts';
import type { BlockPart } from './modelSource.ts';

/** columns that share a scale */
const wideBlock = 128;
/** a number is −127 to 127 times its block's scale */
const mostSteps = 127;
/** Of a matrix, relative to its numbers (root mean square). Rounding normal numbers moves them by 0.6 %. */
const mostError = 0.01;
const sampledPlaces = 4;
const sampledRows = 32;

export const isWide = ({ layout }: BlockPart): boolean => layout.blockSize === wideBlock;

/** Can the numbers of such a matrix be given wider blocks at all? */
const canBeWide = (
  { bits, blockSize }: Pick<BlockMatrix, 'bits' | 'blockSize'>,
  { columns, hasMins }: Pick<BlockPart, 'columns' | 'hasMins'>,
): boolean => bits === 8 && blockSize < wideBlock && !hasMins && columns % wideBlock === 0;

/** The part in blocks of 128; as it is where it cannot be cut so, or where that would move its numbers too much. */
export function inWideBlocks(part: BlockPart): BlockPart {
  if (!canBeWide(part.layout, part) || !staysNear(part)) return part;
  return {
    ...part,
    layout: { bits: 8, blockSize: wideBlock, centre: 128 },
    scaleType: 'F32',
    read: (from, to) => widened(part.read(from, to)),
  };
}

/** Looks at rows in some places of the matrix: outliers within a block are what costs its other numbers their precision. */
function staysNear({ rows, rowUnit, read }: BlockPart): boolean {
  const units = Math.ceil(rows / rowUnit);
  const count = Math.min(units, Math.ceil(sampledRows / rowUnit));
  let error = 0;
  let energy = 0;
  for (let place = 0; place < sampledPlaces; place++) {
    const first = Math.floor(((units - count) * place) / (sampledPlaces - 1)) * rowUnit;
    const narrow = read(first, Math.min(rows, first + count * rowUnit));
    const wide = widened(narrow);
    const [before, after] = [scaleOfEach(narrow), scaleOfEach(wide)];
    for (let i = 0; i < narrow.quants.length; i++) {
      const value = (narrow.quants[i]! - 128) * before(i);
      error += (value - (wide.quants[i]! - 128) * after(i)) ** 2;
      energy += value ** 2;
    }
  }
  return error <= mostError ** 2 * energy;
}

/** The scale of the number at a place of the matrix. */
function scaleOfEach({ scales, blockSize }: BlockMatrix): (place: number) => number {
  const values = asFloat32(scales);
  const shift = Math.log2(blockSize);
  return (place) => values[place >> shift]!;
}

/** Each number rounded to a step of its wider block, which lets the farthest of its numbers be ±127 steps from 0. */
export function widened(matrix: BlockMatrix): BlockMatrix {
  const { quants, blockSize } = matrix;
  const narrow = asFloat32(matrix.scales);
  const parts = wideBlock / blockSize;
  const scales = new Float32Array(quants.length / wideBlock);
  const wide = new Uint8Array(quants.length);
  for (let block = 0; block < scales.length; block++) {
    let farthest = 0;
    for (let part = block * parts; part < (block + 1) * parts; part++)
      farthest = Math.max(farthest, largestIn(quants, part * blockSize, blockSize) * Math.abs(narrow[part]!));
    scales[block] = farthest / mostSteps;
    if (scales[block] === 0) {
      wide.fill(128, block * wideBlock, (block + 1) * wideBlock);
      continue;
    }
    for (let part = block * parts; part < (block + 1) * parts; part++) {
      const ratio = narrow[part]! / scales[block]!;
      const end = (part + 1) * blockSize;
      for (let i = part * blockSize; i < end; i++) wide[i] = Math.round((quants[i]! - 128) * ratio) + 128;
    }
  }
  return { ...matrix, blockSize: wideBlock, centre: 128, quants: wide, scales };
}

/** How far the farthest of some stored numbers is from 128, which stands for 0. */
function largestIn(quants: Uint8Array, from: number, count: number): number {
  let largest = 0;
  for (let i = from; i < from + count; i++) largest = Math.max(largest, Math.abs(quants[i]! - 128));
  return largest;
}
