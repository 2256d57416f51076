import { closeSync, fsyncSync, openSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { type LinearName, linearNames, linearShape } from '../model/architectures.ts';
import { readSafetensorsHeader, type TensorSource, writeSafetensors } from '../model/files/safetensors.ts';
import type { ModelConfig } from '../model/modelConfig.ts';
import type { ModelFolder } from '../model/modelFolder.ts';
import { type LinearGroup, type MatrixWeights, ModelWeights, readMatrix } from '../model/weights/modelWeights.ts';
import { InklingError } from '../protocol/errors.ts';

/** The weights that training does not change, as float32: the numbers that run at inference, dequantised. */
export interface FrozenBase {
  readonly config: ModelConfig;
  /** every matrix is dense float32 */
  readonly weights: ModelWeights;
  /** the folder of the files that the graph maps */
  readonly folder: string;
  /** Deletes what was written. */
  remove(): void;
}

/**
 * A model that is float32 already is used as it lies; otherwise its numbers are written once into `scratchFolder`, where
 * the runtime maps them: 4 bytes per weight on the disk instead of in the heap.
 * @throws InklingError `fileAccess` when the disk is full
 */
export function openFrozenBase(model: ModelFolder, scratchFolder: string): FrozenBase {
  const { config, weights } = model;
  if (isDenseFloat32(config, weights)) return { config, weights, folder: model.path, remove: () => undefined };
  const path = join(scratchFolder, 'frozenBase.safetensors');
  const remove = () => rmSync(path, { force: true });
  try {
    writeSafetensors(path, denseTensors(config, weights), { metadata: {} });
    flush(path);
  } catch (error) {
    remove();
    if (error instanceof InklingError) throw error;
    const code = (error as NodeJS.ErrnoException).code ?? String(error);
    throw new InklingError('fileAccess', `The dequantised model could not be written to ${path} (${code}).`, {
      cause: error,
    });
  }
  const written = new ModelWeights(config, readSafetensorsHeader(path).tensors, undefined);
  return { config, weights: written, folder: dirname(path), remove };
}

function isDenseFloat32(config: ModelConfig, weights: ModelWeights): boolean {
  if (weights.stacked(0, 'qkv') || weights.stacked(0, 'gateUp')) return false;
  const isFloat32 = (matrix: MatrixWeights) => matrix.kind === 'dense' && matrix.tensor.dtype === 'F32';
  const layers = Array.from({ length: config.layers }, (_, layer) => layer);
  return (
    isFloat32(weights.embedding()) &&
    isFloat32(weights.head()) &&
    layers.every((layer) => linearNames.every((name) => isFloat32(weights.linear(layer, name))))
  );
}

/** All tensors under the names of the architecture's Hugging Face layout; each is read when its turn comes. */
function denseTensors(config: ModelConfig, weights: ModelWeights): TensorSource[] {
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

function flush(path: string): void {
  const descriptor = openSync(path, 'r+');
  fsyncSync(descriptor);
  closeSync(descriptor);
}
