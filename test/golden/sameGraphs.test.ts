import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { DecoderGraphOptions } from '../../src/model/decoder/decoderOps.ts';
import { buildDecoderGraph } from '../../src/model/decoderGraph.ts';
import { linearNames } from '../../src/model/decoderParts.ts';
import { openModelFolder } from '../../src/model/modelFolder.ts';
import type { Graph } from '../../src/model/onnx/graph.ts';
import { convertModel } from '../../src/store/convertModel.ts';
import { buildTrainingGraph } from '../../src/training/graph/trainingGraph.ts';
import { temporaryFolder } from '../support/temporaryFolder.ts';
import { bundledModel, goldenPath, readGolden } from './goldenFiles.ts';
import { tinyBase } from './training/goldenTraining.ts';

/**
 * SHA-256 of graphs as they were when Llama was the only architecture: nodes, names and constants, byte for byte. What
 * other architectures need must not change them. Who means to change Llama's graph makes the file again.
 */
const expected = readGolden<Record<string, string>>('graph-digests.json');
const digest = (graph: Graph) => createHash('sha256').update(graph.serialize()).digest('hex');

const ways = (['default', 'fp32'] as const).flatMap((precision) =>
  (['fused', 'standard'] as const).flatMap((dialect) =>
    (['float16', 'float32'] as const).map((cacheElement) => ({ precision, dialect, cacheElement })),
  ),
);

function digests(name: string, folder: string): Record<string, string> {
  const { config, weights } = openModelFolder(folder);
  const adaptedLinears = new Set(['layers.0.qkv', 'layers.0.q', 'layers.0.down']);
  const built = (way: Omit<DecoderGraphOptions, 'maxPositions'>) =>
    digest(buildDecoderGraph(config, weights, { ...way, maxPositions: 256, adaptedLinears }));
  const known = ways.map((way): [string, typeof way] => [`${name} ${Object.values(way).join(' ')}`, way]);
  return Object.fromEntries(known.flatMap(([key, way]) => (key in expected ? [[key, built(way)]] : [])));
}

const expectedOf = (name: string) =>
  Object.fromEntries(Object.entries(expected).filter(([key]) => key.startsWith(name)));

test('the bundled model', () => {
  expect(digests('bundled', bundledModel())).toEqual(expectedOf('bundled'));
});

test('a Llama of dense matrices', () => {
  expect(digests('tiny', goldenPath('tiny-llama'))).toEqual(expectedOf('tiny'));
});

test('a Llama of every block format', async () => {
  const target = join(await temporaryFolder(), 'mixed');
  await convertModel({ source: goldenPath('mixed.gguf'), target }, () => {});
  expect(digests('mixed', target)).toEqual(expectedOf('mixed'));
});

test.each(['nothing', 'activations', 'layers'] as const)('the training graph, computing %s again', (recompute) => {
  const lora = { rank: 4, alpha: 8, targets: linearNames, firstLayer: 0 };
  const losses = { headChunks: 2, labelSmoothing: 0.1, distillation: 0 };
  const { graph } = buildTrainingGraph(tinyBase, { lora, loraDropout: 0.1, maxPositions: 64, recompute, ...losses });
  expect(digest(graph)).toBe(expected[`training ${recompute}`]);
});
