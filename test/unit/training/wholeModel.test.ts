import { expect, test } from 'vitest';
import { linearNames } from '../../../src/model/decoderParts.ts';
import type { ModelConfig } from '../../../src/model/modelConfig.ts';
import { openModelFolder } from '../../../src/model/modelFolder.ts';
import type { Feed } from '../../../src/model/session.ts';
import {
  buildTrainingGraph,
  gradientName,
  type TrainingGraphOptions,
} from '../../../src/training/graph/trainingGraph.ts';
import { sequenceFeeds } from '../../../src/training/session/gradientSession.ts';
import { goldenPath } from '../../golden/goldenFiles.ts';
import { DoubleGraph } from '../../support/doubleGraph.ts';
import { randomDoubles, worstDifference } from '../../support/finiteDifferences.ts';

const model = openModelFolder(goldenPath('tiny-llama'));
const { vocabularySize } = model.config;
const length = 11;
const firstDocument = 7; // tokens; the rest is a second one

const plain: TrainingGraphOptions = {
  lora: { rank: 3, alpha: 6, targets: linearNames, firstLayer: 0 },
  loraDropout: 0,
  maxPositions: 64,
  recompute: 'nothing',
  headChunks: 1,
  labelSmoothing: 0,
  distillation: 0,
};

test.each<[string, Partial<TrainingGraphOptions>]>([
  ['everything kept', {}],
  ['activations computed again', { recompute: 'activations' }],
  ['layers computed again', { recompute: 'layers' }],
  ['the upper layer only', { lora: { ...plain.lora, firstLayer: 1 } }],
  ['the upper layer only, computed again', { lora: { ...plain.lora, firstLayer: 1 }, recompute: 'layers' }],
  ['q and v only', { lora: { ...plain.lora, targets: ['q', 'v'] } }],
  ['the head in parts of unequal size', { headChunks: 3 }],
  ['label smoothing', { labelSmoothing: 0.1 }],
  ['distillation', { distillation: 0.3, labelSmoothing: 0.2, headChunks: 2 }],
  ['dropout', { loraDropout: 0.25 }],
  [
    'q and v only, activations computed again',
    { lora: { ...plain.lora, targets: ['q', 'v'] }, recompute: 'activations' },
  ],
  ['dropout, activations computed again', { loraDropout: 0.25, recompute: 'activations' }],
  ['dropout, layers computed again', { loraDropout: 0.25, recompute: 'layers' }],
])('gradients of a whole Llama equal finite differences: %s', async (_, changes) => {
  expect(await worstGradient({ ...plain, ...changes }, {})).toBeLessThan(1e-6);
});

test.each<[string, Partial<ModelConfig>, Partial<TrainingGraphOptions>]>([
  ['soft-capped logits', { logitsSoftcap: 2 }, {}],
  ['soft-capped logits, smoothed', { logitsSoftcap: 2 }, { labelSmoothing: 0.2 }],
  ['soft-capped logits, distilled', { logitsSoftcap: 3 }, { labelSmoothing: 0.1, distillation: 0.4, headChunks: 3 }],
  ['soft-capped scores', { attentionSoftcap: 1.5 }, { recompute: 'layers' }],
  ['a window of three tokens', { windows: [3, undefined] }, { recompute: 'activations' }],
  [
    'multipliers',
    { embeddingMultiplier: 3, residualMultiplier: 0.3, logitsMultiplier: 0.5 },
    { recompute: 'activations' },
  ],
  ['another scale of the scores', { attentionScale: 0.4 }, {}],
  ['no positions in one layer', { rotary: [model.config.rotary[0], undefined] }, { recompute: 'layers' }],
  ['GELU by tanh', { activation: 'geluTanh' }, { recompute: 'layers' }],
])('gradients of what other architectures do equal finite differences: %s', async (_, traits, changes) => {
  expect(await worstGradient({ ...plain, ...changes }, traits)).toBeLessThan(1e-6);
});

async function worstGradient(options: TrainingGraphOptions, traits: Partial<ModelConfig>): Promise<number> {
  const config = { ...model.config, ...traits };
  const base = { config, weights: model.weights };
  const { graph, parameters, dropoutMasks } = buildTrainingGraph(base, options, new DoubleGraph('training'));
  const feeds: Record<string, Feed> = {
    ...inDoublePrecision(sequenceFeeds(sequence(), { config, maxPositions: plain.maxPositions, weight: 1 / length })),
  };
  parameters.forEach(({ name, shape }, i) => {
    feeds[name] = { data: randomDoubles(shape[0] * shape[1], i + 1, 0.3), shape };
  });
  for (const [name, width] of dropoutMasks) {
    const data = Uint8Array.from(randomDoubles(length * width, width), (x) => (x < -0.5 ? 0 : 1));
    feeds[name] = { data, shape: [length, width] };
  }
  if (options.distillation > 0) {
    feeds['teacher_logits'] = { data: randomDoubles(length * vocabularySize, 77, 3), shape: [length, vocabularySize] };
  }
  const gradients = Object.fromEntries(parameters.map((parameter) => [parameter.name, gradientName(parameter)]));
  return worstDifference({ graph: graph as DoubleGraph, feeds, gradients }, 47);
}

/** Two packed documents; two targets of the first do not count. */
function sequence() {
  const ids = (seed: number) => Int32Array.from(randomDoubles(length, seed), (x) => Math.floor(128 * (x + 1)));
  return {
    inputIds: ids(1),
    targets: ids(2),
    lossWeights: Float32Array.from({ length }, (_, i) => (i < 2 ? 0 : 1)),
    positions: Int32Array.from({ length }, (_, i) => (i < firstDocument ? i : i - firstDocument)),
    segments: Int32Array.from({ length }, (_, i) => (i < firstDocument ? 0 : 1)),
  };
}

const inDoublePrecision = (feeds: Readonly<Record<string, Feed>>): Record<string, Feed> =>
  Object.fromEntries(
    Object.entries(feeds).map(([name, { data, shape }]) => [
      name,
      { data: data instanceof Float32Array ? Float64Array.from(data) : data, shape },
    ]),
  );
