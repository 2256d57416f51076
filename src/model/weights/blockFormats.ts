/**
 * Block-quantized matrices, and how each ggml tensor type becomes one without changing a number.
 * A weight is  scale · (q − zero) + shift  with zero = 2^(bits−1), the implicit zero point of MatMulNBits, and
 * shift = min + centre · scale where the format has minima, else 0. All of it is exact: no value is rounded again.
 * ggml's layouts: https://github.com/ggml-org/ggml/blob/master/src/ggml-common.h
 */
import { InklingError, sentence } from '../../protocol/errors.ts';
import { asFloat32 } from '../files/float16.ts';
import {
  type DecodeTarget,
  decodeFiveBits,
  decodeIQ4XS,
  decodeNonLinear,
  decodeQ2K,
  decodeQ3K,
  decodeQ4K,
  decodeQ5K,
  decodeQ6K,
  pairNibbles,
  uint16,
} from './blockDecoders.ts';

export interface BlockMatrix {
  readonly rows: number;
  readonly columns: number;
  readonly bits: 4 | 8;
  /** columns that share a scale */
  readonly blockSize: 16 | 32 | 128;
  /** what a stored q means as zero in the source format, counted from the least q; see `shift` above */
  readonly centre: number;
  /** (rows, columns / blockSize, blockSize · bits / 8); of two 4-bit values the first lies in the low half */
  readonly quants: Uint8Array;
  /** (rows, columns / blockSize); Uint16Array holds float16 bit patterns */
  readonly scales: Uint16Array | Float32Array;
  /** (columns / blockSize, rows): transposed, ready to be the right operand of a matrix product */
  readonly mins?: Uint16Array | Float32Array;
}

interface BlockFormat {
  readonly name: string;
  /** elements and bytes of one block as ggml stores it */
  readonly elements: number;
  readonly bytes: number;
  readonly bits: 4 | 8;
  readonly blockSize: 16 | 32;
  readonly centre: number;
  readonly scaleType: 'float16' | 'float32';
  readonly hasMins: boolean;
  /** `at` = the source block's first byte, `block` = number of its first target block within the matrix */
  readonly decode: (source: Uint8Array, at: number, block: number, target: DecodeTarget) => void;
}

const small = { elements: 32, blockSize: 32, scaleType: 'float16' } as const;
const superblock = { elements: 256, scaleType: 'float32' } as const;

/** ggml type number → format. A type that is not here cannot be read. */
const blockFormats: Readonly<Record<number, BlockFormat>> = {
  2: {
    ...small,
    name: 'Q4_0',
    bytes: 18,
    bits: 4,
    centre: 8,
    hasMins: false,
    decode: (s, at, block, t) => {
      t.scales[block] = uint16(s, at);
      pairNibbles(s, at + 2, t.quants, block * 16);
    },
  },
  3: {
    ...small,
    name: 'Q4_1',
    bytes: 20,
    bits: 4,
    centre: 8,
    hasMins: true,
    decode: (s, at, block, t) => {
      t.scales[block] = uint16(s, at);
      t.mins[block] = uint16(s, at + 2);
      pairNibbles(s, at + 4, t.quants, block * 16);
    },
  },
  6: {
    ...small,
    name: 'Q5_0',
    bytes: 22,
    bits: 8,
    centre: 16,
    hasMins: false,
    decode: (s, at, block, t) => {
      t.scales[block] = uint16(s, at);
      decodeFiveBits(s, at + 2, at + 6, t.quants, block * 32);
    },
  },
  7: {
    ...small,
    name: 'Q5_1',
    bytes: 24,
    bits: 8,
    centre: 16,
    hasMins: true,
    decode: (s, at, block, t) => {
      t.scales[block] = uint16(s, at);
      t.mins[block] = uint16(s, at + 2);
      decodeFiveBits(s, at + 4, at + 8, t.quants, block * 32);
    },
  },
  8: {
    ...small,
    name: 'Q8_0',
    bytes: 34,
    bits: 8,
    centre: 128,
    hasMins: false,
    decode: (s, at, block, t) => {
      t.scales[block] = uint16(s, at);
      for (let j = 0; j < 32; j++) t.quants[block * 32 + j] = s[at + 2 + j]! ^ 128;
    },
  },
  10: { ...superblock, name: 'Q2_K', bytes: 84, bits: 4, blockSize: 16, centre: 2, hasMins: true, decode: decodeQ2K },
  11: { ...superblock, name: 'Q3_K', bytes: 110, bits: 4, blockSize: 16, centre: 4, hasMins: false, decode: decodeQ3K },
  12: { ...superblock, name: 'Q4_K', bytes: 144, bits: 4, blockSize: 32, centre: 8, hasMins: true, decode: decodeQ4K },
  13: { ...superblock, name: 'Q5_K', bytes: 176, bits: 8, blockSize: 32, centre: 16, hasMins: true, decode: decodeQ5K },
  14: {
    ...superblock,
    name: 'Q6_K',
    bytes: 210,
    bits: 8,
    blockSize: 16,
    centre: 32,
    hasMins: false,
    decode: decodeQ6K,
  },
  20: {
    ...small,
    name: 'IQ4_NL',
    bytes: 18,
    bits: 8,
    centre: 128,
    hasMins: false,
    decode: (s, at, block, t) => {
      t.scales[block] = uint16(s, at);
      decodeNonLinear(s, at + 2, t.quants, block * 32);
    },
  },
  23: {
    ...superblock,
    name: 'IQ4_XS',
    bytes: 136,
    bits: 8,
    blockSize: 32,
    centre: 128,
    hasMins: false,
    decode: decodeIQ4XS,
  },
};

/** ggml types that are plain numbers. */
export const denseTypes = { 0: 'F32', 1: 'F16', 30: 'BF16' } as const;

/** @throws InklingError `modelUnsupported` for an unknown ggml type */
export function ggmlTypeBytes(type: number, shape: readonly number[]): number {
  const elements = shape.reduce((product, dimension) => product * dimension, 1);
  if (type in denseTypes) return elements * (type === 0 ? 4 : 2);
  const format = formatOf(type);
  return (elements / format.elements) * format.bytes;
}

export function ggmlTypeName(type: number): string {
  return (denseTypes as Record<number, string>)[type] ?? formatOf(type).name;
}

function formatOf(type: number): BlockFormat {
  const format = blockFormats[type];
  if (format) return format;
  const known = [...Object.values(denseTypes), ...Object.values(blockFormats).map((f) => f.name)].join(', ');
  throw new InklingError(
    'modelUnsupported',
    sentence`The file has weights of ggml type ${type}. Readable are ${known}.`,
  );
}

/**
 * Repacks a quantized ggml tensor.
 * @param bytes the tensor's bytes
 * @param rowOrder source row of each target row; undefined keeps the order
 */
export function decodeBlocks(
  bytes: Uint8Array,
  type: number,
  shape: { rows: number; columns: number },
  rowOrder?: Int32Array,
): BlockMatrix {
  const format = formatOf(type);
  const { rows, columns } = shape;
  if (columns % format.elements !== 0) {
    throw new InklingError(
      'modelBroken',
      sentence`A ${format.name} tensor has ${columns} columns, not a multiple of ${format.elements}.`,
    );
  }
  const blocksPerRow = columns / format.blockSize;
  const perSource = format.elements / format.blockSize;
  const numbers = (n: number) => (format.scaleType === 'float16' ? new Uint16Array(n) : new Float32Array(n));
  const target = {
    quants: new Uint8Array((rows * columns * format.bits) / 8),
    scales: numbers(rows * blocksPerRow),
    mins: numbers(format.hasMins ? rows * blocksPerRow : 0),
  };
  for (let row = 0; row < rows; row++) {
    const sourceRow = rowOrder ? rowOrder[row]! : row;
    for (let b = 0; b < blocksPerRow / perSource; b++) {
      const at = ((sourceRow * blocksPerRow) / perSource + b) * format.bytes;
      format.decode(bytes, at, row * blocksPerRow + b * perSource, target);
    }
  }
  const { bits, blockSize, centre } = format;
  const mins = format.hasMins ? { mins: transpose(target.mins, rows, blocksPerRow) } : {};
  return { rows, columns, bits, blockSize, centre, quants: target.quants, scales: target.scales, ...mins };
}

/** (rows, columns) → (columns, rows) */
function transpose<T extends Uint16Array | Float32Array>(source: T, rows: number, columns: number): T {
  const target = source.slice() as T;
  for (let r = 0; r < rows; r++) for (let c = 0; c < columns; c++) target[c * rows + r] = source[r * columns + c]!;
  return target;
}

/** The matrix as float32, (rows, columns): the numbers that every path must agree on. */
export function dequantise(matrix: BlockMatrix): Float32Array {
  const { rows, columns, bits, blockSize, centre, quants } = matrix;
  const blocks = columns / blockSize;
  const zero = 1 << (bits - 1);
  const scales = asFloat32(matrix.scales);
  const mins = matrix.mins && asFloat32(matrix.mins);
  const values = new Float32Array(rows * columns);
  for (let block = 0; block < rows * blocks; block++) {
    const scale = scales[block]!;
    const min = mins ? mins[(block % blocks) * rows + Math.floor(block / blocks)]! : 0;
    for (let i = block * blockSize; i < (block + 1) * blockSize; i++) {
      const q = bits === 8 ? quants[i]! : (quants[i >> 1]! >> ((i & 1) * 4)) & 15;
      // with minima the source format counts from its least value: Math.fround(d·q) + m, as ggml does
      values[i] = mins ? Math.fround(scale * (q - zero + centre)) + min : scale * (q - zero);
    }
  }
  return values;
}

/** Stacks matrices of the same format row-wise; undefined when their formats differ. */
export function stackRows(matrices: readonly BlockMatrix[]): BlockMatrix | undefined {
  const first = matrices[0]!;
  const alike = matrices.every(
    (m) =>
      m.columns === first.columns &&
      m.bits === first.bits &&
      m.blockSize === first.blockSize &&
      m.centre === first.centre &&
      !m.mins === !first.mins &&
      m.scales.constructor === first.scales.constructor,
  );
  if (!alike) return undefined;
  const rows = matrices.reduce((sum, m) => sum + m.rows, 0);
  const quants = concatenate(matrices.map((m) => m.quants));
  const scales = concatenate(matrices.map((m) => m.scales));
  if (!first.mins) return { ...first, rows, quants, scales };
  const blocks = first.columns / first.blockSize;
  const mins = first.mins instanceof Float32Array ? new Float32Array(rows * blocks) : new Uint16Array(rows * blocks);
  for (let block = 0, to = 0; block < blocks; block++) {
    for (const m of matrices) {
      mins.set(m.mins!.subarray(block * m.rows, (block + 1) * m.rows), to);
      to += m.rows;
    }
  }
  return { ...first, rows, quants, scales, mins };
}

function concatenate<T extends Uint8Array | Uint16Array | Float32Array>(parts: readonly T[]): T {
  const length = parts.reduce((sum, part) => sum + part.length, 0);
  const whole = new (parts[0]!.constructor as new (length: number) => T)(length);
  let to = 0;
  for (const part of parts) {
    whole.set(part, to);
    to += part.length;
  }
  return whole;
}

/** The same numbers with 8-bit values, one byte each: so an embedding is kept (docs/adr/0002-weight-layout.md). */
export function bytesForGather(matrix: BlockMatrix): BlockMatrix {
  if (matrix.bits === 8) return matrix;
  const quants = new Uint8Array(matrix.quants.length * 2);
  for (let i = 0; i < matrix.quants.length; i++) {
    quants[2 * i] = (matrix.quants[i]! & 15) - 8 + 128;
    quants[2 * i + 1] = (matrix.quants[i]! >> 4) - 8 + 128;
  }
  return { ...matrix, bits: 8, quants };
}
