import { expect, test } from 'vitest';
import { float16Bits, float16Values } from '../../../src/model/files/float16.ts';
import { dequantise } from '../../../src/model/weights/blockFormats.ts';
import { type QuantizedBits, quantizeRows } from '../../../src/model/weights/quantizeRows.ts';

let seed = 5;
const random = () => {
  seed = (Math.imul(seed, 1664525) + 1013904223) >>> 0;
  return seed / 2 ** 32;
};
const normal = () => Math.sqrt(-2 * Math.log(random() + 1e-12)) * Math.cos(2 * Math.PI * random());

test('every half-precision number is its own', () => {
  for (let bits = 0; bits < 65536; bits++) {
    const value = float16Values[bits]!;
    if (Number.isNaN(value)) expect(float16Values[float16Bits(value)]).toBeNaN();
    else if (float16Bits(value) !== bits) throw new Error(`${value} is ${bits}, not ${float16Bits(value)}`);
  }
});

test('what lies between two takes the nearer, and the even one of two as near', () => {
  for (let bits = 0; bits < 0x7bff; bits++) {
    const [low, high] = [float16Values[bits]!, float16Values[bits + 1]!];
    const middle = (low + high) / 2;
    const even = bits % 2 === 0 ? bits : bits + 1;
    const found = [low + (high - low) * 0.25, middle, low + (high - low) * 0.75].map(float16Bits);
    if (found.join() !== [bits, even, bits + 1].join()) throw new Error(`${bits}: ${found.join()}`);
  }
});

test.each<[number, number]>([
  [65519, 0x7bff],
  [65520, 0x7c00],
  [1e30, 0x7c00],
  [-1e30, 0xfc00],
  [Number.POSITIVE_INFINITY, 0x7c00],
  [2 ** -25, 0],
  [2 ** -24, 1],
  [-0, 0x8000],
])('%d as half a number', (value, bits) => {
  expect(float16Bits(value)).toBe(bits);
});

const squaredError = (a: Float32Array, b: Float32Array) => a.reduce((sum, value, i) => sum + (value - b[i]!) ** 2, 0);
const rounded = (values: Float32Array, bits: QuantizedBits, columns = 64) =>
  dequantise(quantizeRows(values, { columns, bits, name: 'a' }));

test('8 bits: no number is farther away than half a step', () => {
  const values = Float32Array.from({ length: 64 * 50 }, () => normal() * 10 ** (-4 * random()));
  const back = rounded(values, 8);
  for (let block = 0; block < values.length; block += 32) {
    const own = values.subarray(block, block + 32);
    const step = own.reduce((most, value) => Math.max(most, Math.abs(value)), 0) / 127;
    const farthest = Math.max(...own.map((value, i) => Math.abs(value - back[block + i]!)));
    expect(farthest).toBeLessThanOrEqual(step * 0.57);
  }
});

test('4 bits: better than the scale that just reaches the largest number', () => {
  const values = Float32Array.from({ length: 64 * 200 }, normal);
  const plain = Float32Array.from(values);
  for (let block = 0; block < values.length; block += 32) {
    const own = values.subarray(block, block + 32);
    const largest = own.reduce((most, value) => (Math.abs(value) > Math.abs(most) ? value : most), 0);
    const scale = largest / -8;
    own.forEach((value, i) => {
      plain[block + i] = scale * Math.max(-8, Math.min(7, Math.round(value / scale)));
    });
  }
  const weighted = (back: Float32Array) =>
    values.reduce((sum, value, i) => sum + value ** 2 * (value - back[i]!) ** 2, 0);
  const back = rounded(values, 4);
  expect(weighted(back)).toBeLessThan(weighted(plain));
  expect(squaredError(values, back) / squaredError(values, new Float32Array(values.length))).toBeLessThan(0.012);
});

test.each<[string, () => number]>([
  ['nothing but 0', () => 0],
  ['one number', () => 0.3],
  ['negative numbers', () => -random()],
  ['tiny numbers', () => normal() * 1e-6],
  ['numbers below half precision', () => 1e-12],
])('a block of %s', (_, make) => {
  const values = Float32Array.from({ length: 64 }, make);
  for (const bits of [4, 8] as const) {
    const back = rounded(values, bits);
    const size = Math.max(...values.map(Math.abs));
    const farthest = Math.max(...values.map((value, i) => Math.abs(value - back[i]!)));
    // below 2⁻²⁴ there is no scale in half precision: such numbers become 0
    expect(farthest).toBeLessThanOrEqual(Math.max(size / (bits === 8 ? 100 : 5), Math.min(size, 4e-6)));
  }
});

test('blocks of 16 where 32 do not fit', () => {
  const values = Float32Array.from({ length: 48 * 4 }, normal);
  expect(quantizeRows(values, { columns: 48, bits: 8, name: 'a' }).blockSize).toBe(16);
  expect(Math.max(...rounded(values, 8, 48).map((value, i) => Math.abs(value - values[i]!)))).toBeLessThan(0.03);
});

test.each([Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY])('%d among the weights', (odd) => {
  for (const at of [0, 31, 40]) {
    const values = new Float32Array(64).fill(0.5);
    values[at] = odd;
    for (const bits of [4, 8] as const) {
      expect(() => rounded(values, bits)).toThrow(
        expect.objectContaining({ code: 'modelBroken', message: expect.stringMatching(/not finite/) }),
      );
    }
  }
});
