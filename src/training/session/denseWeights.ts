import { type LinearName, linearNames, linearShape } from '../../model/architectures.ts';
import type { TensorSource } from '../../model/files/safetensors.ts';
import type { ModelConfig } from '../../model/modelConfig.ts';
import {
  type LinearGroup,
  type MatrixWeights,
  type ModelWeights,
  readMatrix,
} from '../../model/weights/modelWeights.ts';

interface Model {
  readonly config: ModelConfig;
  readonly weights: ModelWeights;
}

/** Are all weights float32 matrices as the training graph maps them? */
export function isDenseFloat32({ config, weights }: Model): boolean {
  if (weights.stacked(0, 'qkv') || weights.stacked(0, 'gateUp')) return false;
  const isFloat32 = (matrix: MatrixWeights) => matrix.kind === 'dense' && matrix.tensor.dtype === 'F32';
  const layers = Array.from({ length: config.layers }, (_, layer) => layer);
  return (
    isFloat32(weights.embedding()) &&
    isFloat32(weights.head()) &&
    layers.every((layer) => linearNames.every((name) => isFloat32(weights.linear(layer, name))))
  );
}

/**
 * The numbers that run at inference as float32, under the names of the architecture's Hugging Face layout; each tensor is
 * read when its turn comes.
 */
export function denseTensors({ config, weights }: Model): TensorSource[] {
  const names = config.architecture.huggingFace;
  const vector = (name: string, read: () => Float32Array): TensorSource => ({
    name,
    dtype: 'F32',
    shape: [config.hiddenSize],
    bytes: () => bytesOf(read()),
  });
  const matrix = (name: string, of: MatrixWeights): TensorSource => ({
    name,
    dtype: 'F32',
    shape: [of.rows, of.columns],
    bytes: () => bytesOf(readMatrix(of)),
  });
  const layers = Array.from({ length: config.layers }, (_, layer) => [
    vector(names.attentionNorm(layer), () => weights.attentionNorm(layer)),
    vector(names.mlpNorm(layer), () => weights.mlpNorm(layer)),
    ...linearTensors(config, weights, layer),
  ]);
  return [
    matrix(names.embedding, weights.embedding()),
    ...(config.tiedEmbeddings ? [] : [matrix(names.head, weights.head())]),
    ...layers.flat(),
    vector(names.finalNorm, () => weights.finalNorm()),
  ];
}

const members: Readonly<Record<LinearGroup, readonly LinearName[]>> = { qkv: ['q', 'k', 'v'], gateUp: ['gate', 'up'] };

/** The linear maps of a layer; those stored stacked are cut apart, row by row. */
function linearTensors(config: ModelConfig, weights: ModelWeights, layer: number): TensorSource[] {
  const source = (name: LinearName, read: () => Float32Array): TensorSource => {
    const { rows, columns } = linearShape(config, name);
    const shape = [rows, columns];
    return {
      name: config.architecture.huggingFace.linear(layer, name),
      dtype: 'F32',
      shape,
      bytes: () => bytesOf(read()),
    };
  };
  const grouped = Object.entries(members).flatMap(([group, names]) => {
    const stacked = weights.stacked(layer, group as LinearGroup);
    if (!stacked) return names.map((name) => source(name, () => readMatrix(weights.linear(layer, name))));
    let start = 0;
    return names.map((name) => {
      const { rows, columns } = linearShape(config, name);
      const [from, to] = [start, start + rows * columns];
      start = to;
      return source(name, () => readMatrix(stacked).subarray(from, to));
    });
  });
  const single = (['o', 'down'] as const).map((name) => source(name, () => readMatrix(weights.linear(layer, name))));
  return [...grouped, ...single];
}

const bytesOf = (values: Float32Array) => new Uint8Array(values.buffer, values.byteOffset, values.byteLength);
