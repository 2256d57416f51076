import {
  decoderParts,
  groupMembers,
  type LinearGroup,
  type LinearName,
  linearNames,
  linearsOf,
  type NormName,
  type Part,
} from '../../model/decoderParts.ts';
import type { TensorSource } from '../../model/files/safetensors.ts';
import { fusedPart } from '../../model/fusedParts.ts';
import type { ModelConfig } from '../../model/modelConfig.ts';
import { inklingNames, type TensorNames, tensorName } from '../../model/tensorNames.ts';
import { type MatrixWeights, readMatrix, transposed } from '../../model/weights/matrixWeights.ts';
import { type ModelWeights, memberRows } from '../../model/weights/modelWeights.ts';

interface Model {
  readonly config: ModelConfig;
  readonly weights: ModelWeights;
}

/** Are all weights float32 matrices as the training graph maps them? */
export function isDenseFloat32({ config, weights }: Model): boolean {
  const isFloat32 = (matrix: MatrixWeights) =>
    matrix.kind === 'dense' && matrix.tensor.dtype === 'F32' && !matrix.isTransposed;
  const layers = Array.from({ length: config.layers }, (_, layer) => layer);
  const positions = weights.positions();
  return (
    isFloat32(weights.embedding()) &&
    isFloat32(weights.head()) &&
    (!positions || isFloat32(positions)) &&
    layers.every(
      (layer) =>
        !weights.stacked(layer, 'qkv') &&
        !weights.stacked(layer, 'gateUp') &&
        linearsOf(config).every((name) => isFloat32(weights.linear(layer, name))),
    )
  );
}

/** The numbers that run at inference as float32, in our own layout; each tensor is read when its turn comes. */
export const denseTensors = (model: Model): TensorSource[] => tensorsOf(model, inklingNames);

/** The same as the model's class in transformers reads them. */
export function huggingFaceTensors(model: Model): TensorSource[] {
  const { huggingFace, isTransposed, normOffset } = model.config.architecture;
  return tensorsOf(model, huggingFace, { isTransposed, normOffset });
}

interface Storing {
  /** matrices of linear maps lie as (inputs, outputs) */
  readonly isTransposed: boolean;
  /** what is taken off the norms' weights */
  readonly normOffset: number;
}

function tensorsOf(
  { config, weights }: Model,
  names: TensorNames,
  storing: Storing = { isTransposed: false, normOffset: 0 },
): TensorSource[] {
  const sources = new Map<string, TensorSource>();
  for (const part of decoderParts(config)) {
    const group = fusedPart(config, names, part);
    const { name, layer, shape } = group ?? part;
    const tensor = tensorName(names, { name, layer, isBias: part.isBias })!;
    if (sources.has(tensor)) continue; // stacked, and there with its first member
    const members = group ? groupMembers[group.name] : undefined;
    const isTurned = storing.isTransposed && !part.isBias && isLinear(part.name);
    const read = () => {
      const values = members
        ? concatenated(members.map((member) => readPart(config, weights, { ...part, name: member })))
        : readPart(config, weights, part);
      if (isTurned) return transposed(values, shape[0]!, shape[1]!);
      return isNorm(part) && !part.isBias && storing.normOffset ? values.map((x) => x - storing.normOffset) : values;
    };
    const stored = isTurned ? [shape[1]!, shape[0]!] : shape;
    sources.set(tensor, { name: tensor, dtype: 'F32', shape: stored, bytes: () => bytesOf(read()) });
  }
  return [...sources.values()];
}

const isLinear = (name: Part['name']): name is LinearName => (linearNames as readonly string[]).includes(name);
const isNorm = ({ name }: Part): boolean => name.endsWith('Norm');

function readPart(config: ModelConfig, weights: ModelWeights, part: Part): Float32Array {
  const layer = part.layer!;
  const { name, isBias } = part;
  if (name === 'embedding') return readMatrix(weights.embedding());
  if (name === 'head') return readMatrix(weights.head());
  if (name === 'positions') return readMatrix(weights.positions()!);
  if (isLinear(name)) {
    return isBias ? weights.bias(layer, name)! : readLinear(config, weights, { layer, name });
  }
  const norm = weights.norm(name as NormName, part.layer);
  return isBias ? norm.bias! : norm.weight;
}

/** A linear map, cut out row by row where it is stored stacked. */
function readLinear(
  config: ModelConfig,
  weights: ModelWeights,
  { layer, name }: { layer: number; name: LinearName },
): Float32Array {
  const groups = Object.entries(groupMembers) as [LinearGroup, readonly LinearName[]][];
  const group = groups.find(([, members]) => members.includes(name))?.[0];
  const stack = group && weights.stacked(layer, group);
  if (!group || !stack) return readMatrix(weights.linear(layer, name));
  const { from, to } = memberRows(config, group, name);
  return readMatrix(stack).subarray(from * stack.columns, to * stack.columns);
}

function concatenated(parts: readonly Float32Array[]): Float32Array {
  const whole = new Float32Array(parts.reduce((sum, part) => sum + part.length, 0));
  let to = 0;
  for (const part of parts) {
    whole.set(part, to);
    to += part.length;
  }
  return whole;
}

const bytesOf = (values: Float32Array) => new Uint8Array(values.buffer, values.byteOffset, values.byteLength);
