/** How one block of each ggml type is unpacked. https://github.com/ggml-org/ggml/blob/master/src/ggml-quants.c */
import { float16Values } from '../files/float16.ts';

export interface DecodeTarget {
  readonly quants: Uint8Array;
  readonly scales: Uint16Array | Float32Array;
  /** by block like the scales; transposed at the end */
  readonly mins: Uint16Array | Float32Array;
}

export const uint16 = (s: Uint8Array, at: number) => s[at]! | (s[at + 1]! << 8);
const float16 = (s: Uint8Array, at: number) => float16Values[uint16(s, at)]!;

/** ggml keeps elements 0–15 of a block in the low nibbles and 16–31 in the high ones; here pairs are consecutive. */
export function pairNibbles(source: Uint8Array, at: number, target: Uint8Array, to: number): void {
  for (let j = 0; j < 8; j++) {
    const even = source[at + 2 * j]!;
    const odd = source[at + 2 * j + 1]!;
    target[to + j] = (even & 15) | ((odd & 15) << 4);
    target[to + 8 + j] = (even >> 4) | (odd & 240);
  }
}

/** Five-bit values (four bits in `at…`, the fifth in a 32-bit mask) as bytes, centred like an 8-bit format. */
export function decodeFiveBits(source: Uint8Array, mask: number, at: number, target: Uint8Array, to: number): void {
  for (let j = 0; j < 16; j++) {
    const high0 = (source[mask + (j >> 3)]! >> (j & 7)) & 1;
    const high1 = (source[mask + 2 + (j >> 3)]! >> (j & 7)) & 1;
    target[to + j] = ((source[at + j]! & 15) | (high0 << 4)) - 16 + 128;
    target[to + 16 + j] = ((source[at + j]! >> 4) | (high1 << 4)) - 16 + 128;
  }
}

/** The eight 6-bit (scale, min) pairs of a Q4_K or Q5_K block, packed into 12 bytes. */
function scaleAndMin(source: Uint8Array, at: number, j: number): [number, number] {
  const q = (i: number) => source[at + i]!;
  if (j < 4) return [q(j) & 63, q(j + 4) & 63];
  return [(q(j + 4) & 15) | ((q(j - 4) >> 6) << 4), (q(j + 4) >> 4) | ((q(j) >> 6) << 4)];
}

export function decodeQ4K(source: Uint8Array, at: number, block: number, target: DecodeTarget): void {
  const d = float16(source, at);
  const dmin = float16(source, at + 2);
  for (let j = 0; j < 8; j++) {
    const [scale, min] = scaleAndMin(source, at + 4, j);
    target.scales[block + j] = d * scale;
    target.mins[block + j] = -dmin * min;
    const from = at + 16 + (j >> 1) * 32;
    const shift = (j & 1) * 4;
    for (let i = 0; i < 16; i++) {
      const low = (source[from + 2 * i]! >> shift) & 15;
      const high = (source[from + 2 * i + 1]! >> shift) & 15;
      target.quants[(block + j) * 16 + i] = low | (high << 4);
    }
  }
}

export function decodeQ6K(source: Uint8Array, at: number, block: number, target: DecodeTarget): void {
  const d = float16(source, at + 208);
  for (let i = 0; i < 16; i++) target.scales[block + i] = d * ((source[at + 192 + i]! << 24) >> 24);
  for (let half = 0; half < 2; half++) {
    const low = at + half * 64;
    const high = at + 128 + half * 32;
    const to = block * 16 + half * 128;
    for (let l = 0; l < 32; l++) {
      const h = source[high + l]!;
      target.quants[to + l] = ((source[low + l]! & 15) | ((h & 3) << 4)) - 32 + 128;
      target.quants[to + l + 32] = ((source[low + l + 32]! & 15) | (((h >> 2) & 3) << 4)) - 32 + 128;
      target.quants[to + l + 64] = ((source[low + l]! >> 4) | (((h >> 4) & 3) << 4)) - 32 + 128;
      target.quants[to + l + 96] = ((source[low + l + 32]! >> 4) | (((h >> 6) & 3) << 4)) - 32 + 128;
    }
  }
}

export function decodeQ5K(source: Uint8Array, at: number, block: number, target: DecodeTarget): void {
  const d = float16(source, at);
  const dmin = float16(source, at + 2);
  for (let j = 0; j < 8; j++) {
    const [scale, min] = scaleAndMin(source, at + 4, j);
    target.scales[block + j] = d * scale;
    target.mins[block + j] = -dmin * min;
    const from = at + 48 + (j >> 1) * 32;
    const shift = (j & 1) * 4;
    for (let i = 0; i < 32; i++) {
      const high = (source[at + 16 + i]! >> j) & 1;
      target.quants[(block + j) * 32 + i] = (((source[from + i]! >> shift) & 15) | (high << 4)) - 16 + 128;
    }
  }
}

export function decodeQ2K(source: Uint8Array, at: number, block: number, target: DecodeTarget): void {
  const d = float16(source, at + 80);
  const dmin = float16(source, at + 82);
  for (let j = 0; j < 16; j++) {
    const packed = source[at + j]!;
    target.scales[block + j] = d * (packed & 15);
    target.mins[block + j] = -dmin * (packed >> 4);
    const q = twoBits(source, at + 16, j);
    // 0 … 3 as −2 … 1: kernels round activations, and what is far from 0 would make that error larger than the weights
    const value = (i: number) => q(i) - 2 + 8;
    for (let i = 0; i < 8; i++) target.quants[(block + j) * 8 + i] = value(2 * i) | (value(2 * i + 1) << 4);
  }
}

export function decodeQ3K(source: Uint8Array, at: number, block: number, target: DecodeTarget): void {
  const d = float16(source, at + 108);
  for (let j = 0; j < 16; j++) {
    const low = (source[at + 96 + (j & 7)]! >> (j < 8 ? 0 : 4)) & 15;
    const high = (source[at + 104 + (j & 3)]! >> (2 * (j >> 2))) & 3;
    target.scales[block + j] = d * ((low | (high << 4)) - 32);
    const q = twoBits(source, at + 32, j);
    const third = (i: number) => (source[at + (j & 1) * 16 + i]! >> (j >> 1)) & 1;
    const value = (i: number) => q(i) - (third(i) ? 0 : 4) + 8;
    for (let i = 0; i < 8; i++) target.quants[(block + j) * 8 + i] = value(2 * i) | (value(2 * i + 1) << 4);
  }
}

/** The two-bit values of the sixteen-element group `j` of a superblock, by place within the group. */
function twoBits(source: Uint8Array, at: number, j: number): (i: number) => number {
  const from = at + (j >> 3) * 32 + (j & 1) * 16;
  const shift = ((j >> 1) & 3) * 2;
  return (i) => (source[from + i]! >> shift) & 3;
}

/** What the sixteen four-bit codes of IQ4_NL and IQ4_XS stand for. */
const nonLinearValues = Int8Array.of(-127, -104, -83, -65, -49, -35, -22, -10, 1, 13, 25, 38, 53, 69, 89, 113);

export function decodeNonLinear(source: Uint8Array, at: number, target: Uint8Array, to: number): void {
  for (let j = 0; j < 16; j++) {
    target[to + j] = nonLinearValues[source[at + j]! & 15]! + 128;
    target[to + 16 + j] = nonLinearValues[source[at + j]! >> 4]! + 128;
  }
}

export function decodeIQ4XS(source: Uint8Array, at: number, block: number, target: DecodeTarget): void {
  const d = float16(source, at);
  const highs = uint16(source, at + 2);
  for (let j = 0; j < 8; j++) {
    const low = (source[at + 4 + (j >> 1)]! >> ((j & 1) * 4)) & 15;
    target.scales[block + j] = d * ((low | (((highs >> (2 * j)) & 3) << 4)) - 32);
    decodeNonLinear(source, at + 8 + j * 16, target.quants, (block + j) * 32);
  }
}
