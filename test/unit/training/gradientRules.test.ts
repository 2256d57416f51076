import { expect, test } from 'vitest';
import type { Graph } from '../../../src/model/onnx/graph.ts';
import { backward } from '../../../src/training/graph/backward.ts';
import { gradientRules } from '../../../src/training/graph/gradientRules.ts';
import { DoubleGraph } from '../../support/doubleGraph.ts';
import { randomDoubles, worstDifference } from '../../support/finiteDifferences.ts';

interface RuleCase {
  /** shapes of the inputs that get a gradient */
  readonly inputs: readonly (readonly number[])[];
  /** shape of the result */
  readonly output: readonly number[];
  readonly build: (graph: Graph, inputs: readonly string[]) => string;
}

const constant = (graph: Graph, shape: readonly number[], seed: number) => {
  const length = shape.reduce((product, size) => product * size, 1);
  return graph.initializer(`constant ${seed}`, 'float32', shape, Float32Array.from(randomDoubles(length, seed)));
};

/** The same product in all four combinations of transposed operands. */
const products = (type: 'Gemm' | 'FusedMatMul', batch: readonly number[]): Record<string, RuleCase> =>
  Object.fromEntries(
    [0, 1].flatMap((transA) =>
      [0, 1].map((transB) => {
        const a = transA ? [4, 3] : [3, 4];
        const b = transB ? [5, 4] : [4, 5];
        const isGemm = type === 'Gemm';
        const inputs = [[...batch, ...a], [...batch, ...b], ...(isGemm ? [[3, 5]] : [])];
        const build = (graph: Graph, of: readonly string[]) => graph.op(type, of, { transA, transB, alpha: 0.7 });
        return [`${type} transA ${transA} transB ${transB}`, { inputs, output: [...batch, 3, 5], build }];
      }),
    ),
  );

const cases: Readonly<Record<string, RuleCase>> = {
  Add: {
    inputs: [
      [2, 3],
      [2, 3],
    ],
    output: [2, 3],
    build: (graph, [a, b]) => graph.op('Add', [a!, b!]),
  },
  Mul: {
    inputs: [
      [2, 3],
      [2, 3],
    ],
    output: [2, 3],
    build: (graph, [a, b]) => graph.op('Mul', [a!, b!]),
  },
  'Mul by itself': { inputs: [[2, 3]], output: [2, 3], build: (graph, [a]) => graph.op('Mul', [a!, a!]) },
  Sigmoid: { inputs: [[2, 3]], output: [2, 3], build: (graph, [x]) => graph.op('Sigmoid', [x!]) },
  Tanh: { inputs: [[2, 3]], output: [2, 3], build: (graph, [x]) => graph.op('Tanh', [x!]) },
  Erf: { inputs: [[2, 3]], output: [2, 3], build: (graph, [x]) => graph.op('Erf', [x!]) },
  QuickGelu: { inputs: [[2, 3]], output: [2, 3], build: (graph, [x]) => graph.op('QuickGelu', [x!], { alpha: 1 }) },
  Reshape: { inputs: [[2, 6]], output: [4, 3], build: (graph, [x]) => graph.op('Reshape', [x!, graph.int64([-1, 3])]) },
  Unsqueeze: { inputs: [[2, 3]], output: [1, 2, 3], build: (g, [x]) => g.op('Unsqueeze', [x!, g.int64([0])]) },
  Transpose: {
    inputs: [[2, 3, 4]],
    output: [4, 2, 3],
    build: (graph, [x]) => graph.op('Transpose', [x!], { perm: [2, 0, 1] }),
  },
  Softmax: { inputs: [[3, 4]], output: [3, 4], build: (graph, [x]) => graph.op('Softmax', [x!], { axis: -1 }) },
  'Softmax and FusedMatMul, an attention': {
    inputs: [
      [2, 3, 4],
      [2, 5, 4],
      [2, 5, 4],
    ],
    output: [2, 3, 4],
    build: (graph, [q, k, v]) => {
      const scores = graph.op('FusedMatMul', [q!, k!], { transB: 1, alpha: 0.5 });
      return graph.op('FusedMatMul', [graph.op('Softmax', [scores], { axis: -1 }), v!], { alpha: 1.3 });
    },
  },
  'Softmax read twice': {
    inputs: [
      [2, 3, 4],
      [2, 4, 3],
    ],
    output: [2, 3, 3],
    build: (graph, [x, v]) => {
      const probabilities = graph.op('Softmax', [x!], { axis: -1 });
      return graph.op('Add', [
        graph.op('FusedMatMul', [probabilities, v!]),
        graph.op('FusedMatMul', [probabilities, probabilities], { transB: 1 }),
      ]);
    },
  },
  NarrowMatMul: {
    inputs: [
      [5, 4],
      [2, 4],
    ],
    output: [5, 2],
    build: (graph, [x, a]) => graph.op('NarrowMatMul', [x!, a!]),
  },
  ...products('Gemm', []),
  ...products('FusedMatMul', [2]),
  SimplifiedLayerNormalization: {
    inputs: [[3, 4]],
    output: [3, 4],
    build: (graph, [x]) => {
      const attributes = { axis: -1, epsilon: 1e-3, stash_type: 1 };
      return graph.ops('SimplifiedLayerNormalization', [x!, constant(graph, [4], 9)], 2, attributes)[0]!;
    },
  },
  LayerNormalization: {
    inputs: [[3, 4]],
    output: [3, 4],
    build: (graph, [x]) => {
      const [scale, shift] = [constant(graph, [4], 12), constant(graph, [4], 13)];
      return graph.ops('LayerNormalization', [x!, scale, shift], 3, { axis: -1, epsilon: 1e-3 })[0]!;
    },
  },
  'RotaryEmbedding of a part of each head': {
    inputs: [[1, 3, 16]],
    output: [1, 3, 16],
    build: (graph, [x]) => {
      const positions = graph.initializer('positions', 'int64', [1, 3], BigInt64Array.of(0n, 4n, 2n));
      const [cos, sin] = [constant(graph, [5, 2], 14), constant(graph, [5, 2], 15)];
      const attributes = { num_heads: 2, interleaved: 0, rotary_embedding_dim: 4 };
      return graph.op('RotaryEmbedding', [x!, positions, cos, sin], attributes);
    },
  },
  RotaryEmbedding: {
    inputs: [[1, 3, 8]],
    output: [1, 3, 8],
    build: (graph, [x]) => {
      const positions = graph.initializer('positions', 'int64', [1, 3], BigInt64Array.of(0n, 4n, 2n));
      const [cos, sin] = [constant(graph, [5, 2], 10), constant(graph, [5, 2], 11)];
      return graph.op('RotaryEmbedding', [x!, positions, cos, sin], { num_heads: 2, interleaved: 0 });
    },
  },
};

test('every rule has a case here', () => {
  const rounded = 'RowQuantizedMatMul'; // has no derivative: see rowQuantizedMatMul.test.ts
  for (const operator of Object.keys(gradientRules).filter((name) => name !== rounded)) {
    expect(Object.keys(cases).some((name) => name.startsWith(operator))).toBe(true);
  }
});

test.each(Object.entries(cases))('%s: gradients equal finite differences', async (_, { inputs, output, build }) => {
  const graph = new DoubleGraph('rule');
  const names = inputs.map((shape, i) => graph.input(`input ${i}`, 'float32', shape));
  const result = build(graph, names);
  const nodes = graph.nodes.slice();
  const weights = constant(graph, output, 99); // loss = Σ weights · result, so they are the result's gradient
  graph.output('loss', graph.op('ReduceSum', [graph.op('Mul', [result, weights])], { keepdims: 0 }), 'float32', []);
  const gradients = backward(graph, { nodes, seeds: new Map([[result, weights]]), wanted: names });
  names.forEach((name, i) => {
    graph.output(`gradient of ${name}`, gradients[i]!, 'float32', inputs[i]!);
  });
  const feeds = Object.fromEntries(
    names.map((name, i) => {
      const shape = inputs[i]!;
      return [
        name,
        {
          data: randomDoubles(
            shape.reduce((product, size) => product * size, 1),
            i + 1,
          ),
          shape,
        },
      ];
    }),
  );
  const claimed = Object.fromEntries(names.map((name) => [name, `gradient of ${name}`]));
  expect(await worstDifference({ graph, feeds, gradients: claimed })).toBeLessThan(1e-7);
});

test('an operator without a rule is named', () => {
  const graph = new DoubleGraph('rule');
  const x = graph.input('x', 'float32', [2]);
  const y = graph.op('Log', [x]);
  const differentiate = () => backward(graph, { nodes: graph.nodes, seeds: new Map([[y, y]]), wanted: [x] });
  expect(differentiate).toThrow('Log has no gradient rule');
});

test('what the loss does not depend on is named', () => {
  const graph = new DoubleGraph('rule');
  const [x, y] = [graph.input('x', 'float32', [2]), graph.input('y', 'float32', [2])];
  const differentiate = () => backward(graph, { nodes: graph.nodes, seeds: new Map([[x, x]]), wanted: [y] });
  expect(differentiate).toThrow('The loss does not depend on y');
});
