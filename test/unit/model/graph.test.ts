import { expect, test } from 'vitest';
import { Graph } from '../../../src/model/onnx/graph.ts';
import type { OperatorName } from '../../../src/model/onnx/operators.ts';
import { Session } from '../../../src/model/session.ts';

test('a graph runs in the real runtime', async () => {
  const graph = new Graph('test');
  const x = graph.input('x', 'float32', ['S', 2]);
  const w = graph.initializer('w', 'float32', [3, 2], Float32Array.of(1, 0, 0, 1, 1, 1));
  const product = graph.op('Gemm', [x, w], { transB: 1, alpha: 0.5 });
  graph.output('y', graph.op('Reshape', [product, graph.int64([-1])]), 'float32', ['N']);
  const session = await Session.create(graph.serialize(), { device: 'cpu', threads: 1 });
  const { y } = await session.run({ x: { data: Float32Array.of(2, 4, -2, 0), shape: [2, 2] } }, ['y']);
  expect([...y.data]).toEqual([1, 2, 3, -1, 0, -1]);
  await session.release();
});

test('messages of every length and names of every script arrive as they were written', async () => {
  const graph = new Graph('größer');
  const lengths = [1, 40, 80, 96, 112, 120, 127, 128, 200, 8000, 16_340, 16_383, 16_384, 70_000];
  const names = [...lengths.map((length) => 'x'.repeat(length)), 'Öl', '水', 'a\tb', '🙂'.repeat(40)];
  for (const [i, name] of names.entries()) {
    graph.output(`y${i}`, graph.input(name, 'float32', [`size of ${name}`, 2]), 'float32', [`size of ${name}`, 2]);
  }
  const session = await Session.create(graph.serialize(), { device: 'cpu', threads: 1 });
  expect(session.inputNames).toEqual(names);
  expect(session.inputs.map(({ shape }) => shape)).toEqual(names.map((name) => [`size of ${name}`, 2]));
  await session.release();
});

test('a shape that is told is that of the value, whatever sizes come in', async () => {
  const graph = new Graph('test');
  const x = graph.input('x', 'float32', ['S', 2]);
  const shape = graph.input('shape', 'int64', [2]);
  const turned = graph.describe(graph.op('Reshape', [x, shape]), 'float32', ['a', 'b']); // known only when it runs
  graph.output('y', graph.op('Add', [turned, turned]), 'float32', ['a', 'b']);
  const session = await Session.create(graph.serialize(), { device: 'cpu', threads: 1 });
  for (const rows of [1, 2, 4]) {
    const feeds = {
      x: { data: Float32Array.of(1, 2, 3, 4), shape: [2, 2] },
      shape: { data: BigInt64Array.from([rows, 4 / rows], BigInt), shape: [2] },
    };
    const { y } = await session.run(feeds, ['y']);
    expect([y.shape, ...y.data]).toEqual([[rows, 4 / rows], 2, 4, 6, 8]);
  }
  await session.release();
});

test('what is known of a value can be said of another one, and of none that is not written', async () => {
  const graph = new Graph('test');
  const x = graph.input('x', 'float32', ['S', 2]);
  const y = graph.op('Neg', [x]);
  expect(graph.shapeOf(y)).toBeUndefined();
  expect(graph.shapeOf(graph.describeLike(y, x))).toEqual(['S', 2]);
  graph.describe(graph.op('Neg', [y]), 'float32', ['S', 7]); // wrong, but read by nobody
  graph.output('y', y, 'float32', ['S', 2]);
  const session = await Session.create(graph.serialize(), { device: 'cpu', threads: 1 });
  await session.release();
});

test.each([
  ['an unknown operator', (graph: Graph) => graph.op('Fold' as OperatorName, ['x']), /Fold is not a legal operator/],
  ['an unknown attribute', (graph: Graph) => graph.op('Softmax', ['x'], { axes: 1 }), /Softmax has no attribute axes/],
  ['too few inputs', (graph: Graph) => graph.op('MatMul', ['x']), /MatMul cannot have 1 inputs/],
  ['too many outputs', (graph: Graph) => graph.ops('Add', ['x', 'x'], 2), /Add cannot have 2 outputs/],
])('%s is an error that names the operator', (_, add, message) => {
  expect(() => add(new Graph('test'))).toThrow(message);
});

test('the same constant is stored once', () => {
  const sizeWith = (count: number) => {
    const graph = new Graph('test');
    for (let i = 0; i < count; i++) graph.int64([1, 2, 3]);
    return graph.serialize().length;
  };
  expect(sizeWith(5)).toBe(sizeWith(1));
});
