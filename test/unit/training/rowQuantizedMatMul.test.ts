import { expect, test } from 'vitest';
import { zeroByte, zeroPoint } from '../../../src/model/onnx/composites.ts';
import { Graph } from '../../../src/model/onnx/graph.ts';
import { Session } from '../../../src/model/session.ts';
import { backward } from '../../../src/training/graph/backward.ts';
import { expectedRows } from '../../../src/training/graph/quantizedProduct.ts';
import { exactByteType } from '../../../src/training/session/frozenBase.ts';
import { randomDoubles } from '../../support/finiteDifferences.ts';

const byteType = await exactByteType();
const [rows, inner, columns] = [6, 64, 40];
/** Gradients are like that: some tokens teach a thousand times as much as others, padding teaches nothing. */
const rowSizes = [1, 1e-3, 0, 1e3, 1e-12, 1];

const floats = (length: number, seed: number) => Float32Array.from(randomDoubles(length, seed));

/** Rounds (outer, across) to 8 bits with a scale per column, in bytes that this processor multiplies exactly. */
function quantize(values: Float32Array, across: number) {
  const scales = new Float32Array(across);
  values.forEach((value, i) => {
    scales[i % across] = Math.max(scales[i % across]!, Math.abs(value) / 127);
  });
  const zero = byteType === 'uint8' ? zeroByte : 0;
  return { quants: Uint8Array.from(values, (value, i) => Math.round(value / scales[i % across]!) + zero), scales };
}

const zeroOf = (graph: Graph) => (byteType === 'uint8' ? zeroPoint(graph) : '');

const transposed = (values: Float32Array, across: number) => {
  const down = values.length / across;
  return values.map((_, i) => values[(i % down) * across + Math.floor(i / down)]!);
};

function multiply(x: Float32Array, w: Float32Array, across: number): Float32Array {
  const depth = w.length / across;
  return Float32Array.from({ length: (x.length / depth) * across }, (_, i) => {
    const row = Math.floor(i / across) * depth;
    let sum = 0;
    for (let k = 0; k < depth; k++) sum += x[row + k]! * w[k * across + (i % across)]!;
    return sum;
  });
}

const lengthOf = (values: Float32Array) => Math.hypot(...values);

/** |got − wanted| / |wanted| of each row */
function rowErrors(got: Float32Array, wanted: Float32Array, across: number): number[] {
  return rowSizes.map((_, row) => {
    const [a, b] = [got, wanted].map((values) => values.subarray(row * across, (row + 1) * across));
    return lengthOf(a!.map((value, i) => value - b![i]!)) / (lengthOf(b!) || 1);
  });
}

test('rows of any size are multiplied to a hundredth, forward and on the way back', async () => {
  const w = floats(inner * columns, 1);
  const x = floats(rows * inner, 2).map((value, i) => value * rowSizes[Math.floor(i / inner)]!);
  const d = floats(rows * columns, 3).map((value, i) => value * rowSizes[Math.floor(i / columns)]!);
  const [forward, back] = [quantize(w, columns), quantize(transposed(w, columns), inner)];
  const graph = new Graph('product');
  const input = graph.input('x', 'float32', [rows, inner]);
  const arriving = graph.input('d', 'float32', [rows, columns]);
  const weights = [
    graph.initializer('w', byteType, [inner, columns], forward.quants),
    graph.initializer('w scales', 'float32', [columns], forward.scales),
    graph.initializer('back', byteType, [columns, inner], back.quants),
    graph.initializer('back scales', 'float32', [inner], back.scales),
    zeroOf(graph),
  ];
  const product = graph.op('RowQuantizedMatMul', [input, ...weights]);
  const nodes = graph.nodes.slice();
  const [gradient] = backward(graph, { nodes, seeds: new Map([[product, arriving]]), wanted: [input] });
  graph.output('y', product, 'float32', [rows, columns]);
  graph.output('dx', gradient!, 'float32', [rows, inner]);
  const session = await Session.create(graph.serialize(), { device: 'cpu', threads: 1 });
  const feeds = { x: { data: x, shape: [rows, inner] }, d: { data: d, shape: [rows, columns] } };
  const { y, dx } = await session.run(feeds, ['y', 'dx']);
  await session.release();
  expect(Math.max(...rowErrors(y.data, multiply(x, w, columns), columns))).toBeLessThan(0.02);
  expect(Math.max(...rowErrors(dx.data, multiply(d, transposed(w, columns), inner), inner))).toBeLessThan(0.02);
  expect(y.data.every(Number.isFinite)).toBe(true);
});

test.each([
  ['the others have what 8 bits leave over', 4000, 0.6],
  ['the others have less than 16 bits can tell', 40_000, 0.9],
])('one word has most of the probability; %s, and count all the same', async (_, words, most) => {
  const ofAll = floats(columns, 4); // what the rows of the head have in common
  const head = floats(words * columns, 5).map((value, i) => 0.2 * value + ofAll[i % columns]!);
  const small = (1 - most) / (words - 1);
  const p = Float32Array.from({ length: rows * words }, (_, i) => (i % words === 7 ? most : small));
  const mean = Float32Array.from(ofAll, (_, column) => {
    let sum = 0;
    for (let row = 0; row < words; row++) sum += head[row * columns + column]!;
    return sum / words;
  });
  const { quants, scales } = quantize(head, columns);
  const graph = new Graph('expected rows');
  const input = graph.input('p', 'float32', [rows, words]);
  const given = {
    weight: graph.initializer('w', byteType, [words, columns], quants),
    scales: graph.initializer('scales', 'float32', [columns], scales),
    zero: zeroOf(graph),
    mean: graph.initializer('mean', 'float32', [1, columns], mean),
    words,
  };
  graph.output('y', expectedRows(graph, input, given), 'float32', [rows, columns]);
  const session = await Session.create(graph.serialize(), { device: 'cpu', threads: 1 });
  const { y } = await session.run({ p: { data: p, shape: [rows, words] } }, ['y']);
  await session.release();
  expect(Math.max(...rowErrors(y.data, multiply(p, head, columns), columns))).toBeLessThan(0.01);
});
