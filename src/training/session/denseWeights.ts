import { mkdir, open, rename, rm, statfs } from 'node:fs/promises';
import { dirname } from 'node:path';
import { type LinearName, linearNames, linearShape } from '../../model/architectures.ts';
import { safetensorsHeader, type TensorSource } from '../../model/files/safetensors.ts';
import type { ModelConfig } from '../../model/modelConfig.ts';
import {
  type LinearGroup,
  type MatrixWeights,
  type ModelWeights,
  readMatrix,
} from '../../model/weights/modelWeights.ts';
import { InklingError } from '../../protocol/errors.ts';

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
 * Writes the numbers that run at inference as a safetensors file of float32, one matrix after the other; messages are
 * let in between them. It is written beside its place and renamed: whenever the process dies, no half file has the name.
 * @throws InklingError `fileAccess`, with nothing left behind
 */
export async function writeDenseWeights(
  path: string,
  model: Model,
  metadata: Readonly<Record<string, string>> = {},
): Promise<void> {
  const temporary = `${path}.${process.pid}.writing`;
  const sources = denseTensors(model);
  const header = safetensorsHeader(sources, metadata);
  try {
    await mkdir(dirname(path), { recursive: true });
    await demandSpace(dirname(path), header.bytes.length + header.tensorBytes);
    await writeAll(temporary, [() => header.bytes, ...sources.map(({ bytes }) => bytes)]);
    await rename(temporary, path);
  } catch (error) {
    await rm(temporary, { force: true });
    if (error instanceof InklingError) throw error;
    const code = (error as NodeJS.ErrnoException).code ?? String(error);
    const megabytes = Math.ceil((header.bytes.length + header.tensorBytes) / 1e6);
    const reason = code === 'ENOSPC' ? 'the disk is full' : code;
    throw new InklingError(
      'fileAccess',
      `The model as it is trained on (${megabytes} MB) could not be written to ${dirname(path)}: ${reason}.`,
      { cause: error },
    );
  }
}

/** A full disk is said before hundreds of megabytes are written; where the system does not tell, writing will. */
async function demandSpace(folder: string, bytes: number): Promise<void> {
  const disk = await statfs(folder).catch(() => undefined);
  if (!disk || disk.bavail * disk.bsize >= bytes) return;
  const [needed, free] = [Math.ceil(bytes / 1e6), Math.floor((disk.bavail * disk.bsize) / 1e6)];
  throw new InklingError(
    'fileAccess',
    `Training needs ${needed} MB of disk space in ${folder}, ${free} MB are free: make room and start again.`,
  );
}

async function writeAll(path: string, parts: readonly (() => Uint8Array)[]): Promise<void> {
  const file = await open(path, 'w');
  try {
    for (const part of parts) {
      const bytes = part();
      for (let done = 0; done < bytes.length; ) {
        done += (await file.write(bytes, done, Math.min(1 << 26, bytes.length - done))).bytesWritten;
      }
    }
    await file.sync();
  } finally {
    await file.close();
  }
}

/** All tensors under the names of the architecture's Hugging Face layout; each is read when its turn comes. */
function denseTensors({ config, weights }: Model): TensorSource[] {
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
