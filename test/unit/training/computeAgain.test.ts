import { expect, test } from 'vitest';
import { openModelFolder } from '../../../src/model/modelFolder.ts';
import { Graph } from '../../../src/model/onnx/graph.ts';
import { computeAgain } from '../../../src/training/graph/backward.ts';
import { buildTrainingGraph, type Recompute } from '../../../src/training/graph/trainingGraph.ts';
import { goldenPath } from '../../golden/goldenFiles.ts';

/** How many nodes of a type are written into the model. */
const written = (graph: Graph, type: string) =>
  Buffer.from(graph.serialize()).toString('latin1').split(`${type}_node_`).length - 1;

test('what is kept is not computed again, and what nobody reads is not written', () => {
  const graph = new Graph('pass');
  const x = graph.input('x', 'float32', [2, 2]);
  const product = graph.op('Gemm', [x, x]);
  const unread = graph.op('Sigmoid', [product]);
  const output = graph.op('QuickGelu', [product], { alpha: 1 });
  const pass = { input: x, output, nodes: graph.nodes.slice() };
  graph.output('first', output, 'float32', [2, 2]);
  const again = computeAgain(graph, pass, new Set([product]), output);
  graph.output('second', again.output, 'float32', [2, 2]);
  const types = ['Gemm', 'QuickGelu', 'Sigmoid'];
  expect(types.map((type) => written(graph, type))).toEqual([1, 2, 0]);
  expect(again.nodes.map(({ type }) => type)).toEqual(['Gemm', 'Sigmoid', 'QuickGelu']);
  expect(again.nodes.flatMap(({ outputs }) => outputs)).not.toContain(unread);
  expect(again.nodes[2]!.inputs).toEqual(again.nodes[0]!.outputs); // the kept product, once `output` is there
});

test('the lean level repeats no product with a frozen matrix, the leanest all but the last of a layer', () => {
  const { config, weights } = openModelFolder(goldenPath('tiny-llama'));
  const products = (recompute: Recompute) => {
    const { graph } = buildTrainingGraph(
      { config, weights },
      {
        lora: { rank: 2, alpha: 2, targets: ['q'], firstLayer: 0 },
        loraDropout: 0,
        maxPositions: 16,
        recompute,
        headChunks: 1,
        labelSmoothing: 0,
        distillation: 0,
      },
    );
    return written(graph, 'Gemm');
  };
  const everythingKept = products('nothing');
  expect(products('activations')).toBe(everythingKept);
  const [frozen, ofAdapter, unread] = [7, 2, 1]; // q k v o gate up down; A and B of q; down
  expect(products('layers') - everythingKept).toBe(config.layers * (frozen + ofAdapter - unread));
});
