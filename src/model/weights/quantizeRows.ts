import { float16Bits, float16Values } from '../files/float16.ts';
import type { BlockMatrix } from './blockFormats.ts';
import { notFinite } from './finiteWeights.ts';

export type QuantizedBits = 4 | 8;

/** Columns that share a scale; undefined for a matrix that has no such number of columns and stays as it is. */
export const quantizedBlockSize = (columns: number): 16 | 32 | undefined =>
  columns % 32 === 0 ? 32 : columns % 16 === 0 ? 16 : undefined;

/**
 * Rounds a matrix to blocks of 4 or 8 bits with float16 scales. Of 4-bit scales the one is searched for that lets the
 * block's squared error, weighted by the squared weights, be least, as llama.cpp does for Q4_0 with weights.
 * @param values (rows, columns)
 * @throws InklingError `modelBroken` for numbers that are not finite
 */
export function quantizeRows(
  values: Float32Array,
  { columns, bits, name }: { columns: number; bits: QuantizedBits; name: string },
): BlockMatrix {
  const blockSize = quantizedBlockSize(columns)!;
  const rows = values.length / columns;
  const blocks = values.length / blockSize;
  const scales = new Uint16Array(blocks);
  const quants = new Uint8Array((values.length * bits) / 8);
  const write = bits === 8 ? writeEightBits : writeFourBits;
  for (let block = 0; block < blocks; block++) {
    const own = values.subarray(block * blockSize, (block + 1) * blockSize);
    const largest = largestOf(own);
    if (!Number.isFinite(largest)) throw notFinite(name);
    scales[block] = write(own, largest, quants, (block * blockSize * bits) / 8);
  }
  return { rows, columns, bits, blockSize, centre: 1 << (bits - 1), quants, scales };
}

/** The number farthest from 0, with its sign; NaN when one is NaN. */
function largestOf(values: Float32Array): number {
  let largest = 0;
  for (const value of values) {
    if (!(Math.abs(value) <= Math.abs(largest))) largest = value;
    if (Number.isNaN(value)) return value;
  }
  return largest;
}

/** @returns the scale's bits */
function writeEightBits(values: Float32Array, largest: number, quants: Uint8Array, at: number): number {
  const bits = finite(float16Bits(Math.abs(largest) / 127));
  const scale = float16Values[bits]!;
  for (let i = 0; i < values.length; i++) {
    const q = scale === 0 ? 0 : Math.round(values[i]! / scale);
    quants[at + i] = Math.max(-127, Math.min(127, q)) + 128;
  }
  return bits;
}

function writeFourBits(values: Float32Array, largest: number, quants: Uint8Array, at: number): number {
  const bits = finite(float16Bits(bestScale(values, largest)));
  const scale = float16Values[bits]!;
  const level = (value: number) => (scale === 0 ? 8 : clampLevel(Math.round(value / scale)) + 8);
  for (let i = 0; i < values.length; i += 2) {
    quants[at + i / 2] = level(values[i]!) | (level(values[i + 1]!) << 4);
  }
  return bits;
}

const clampLevel = (q: number) => Math.max(-8, Math.min(7, q));

/** Scales too large for float16 belong to weights that no model has; the largest there is stands in for them. */
const finite = (bits: number) => ((bits & 0x7fff) >= 0x7c00 ? (bits & 0x8000) | 0x7bff : bits);

const searchSteps = 9;

/** The 16 levels go from −8 to 7: the largest number gets −8 or nearly that, and so a negative scale when it is positive. */
function bestScale(values: Float32Array, largest: number): number {
  if (largest === 0) return 0;
  let best = 0;
  let bestGain = -1;
  for (let step = -searchSteps; step <= searchSteps; step++) {
    const inverse = -(8 + 0.1 * step) / largest;
    let dot = 0;
    let squares = 0;
    for (const value of values) {
      const q = clampLevel(Math.round(value * inverse));
      const weight = value * value;
      dot += weight * value * q;
      squares += weight * q * q;
    }
    // with the best scale for these levels, dot / squares, the error falls by dot² / squares
    if (squares > 0 && dot * dot > bestGain * squares) {
      best = dot / squares;
      bestGain = (dot * dot) / squares;
    }
  }
  return best;
}
