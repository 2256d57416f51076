import { type LinearName, linearsOf } from '../../model/decoderParts.ts';
import { readFloat32Tensor, type TensorEntry, type TensorSource } from '../../model/files/safetensors.ts';
import type { ModelConfig } from '../../model/modelConfig.ts';
import { zeroByte } from '../../model/onnx/composites.ts';
import { type MatrixWeights, readMatrix, transposed } from '../../model/weights/matrixWeights.ts';
import type { ModelWeights } from '../../model/weights/modelWeights.ts';

/**
 * How the numbers from −127 to 127 of a matrix are written: with their sign, or 128 more. They are the same numbers;
 * `exactByteType` says which of the two this processor multiplies exactly and fast.
 */
export type ByteType = 'int8' | 'uint8';

export const byteTypeOf = ({ dtype }: TensorEntry): ByteType => (dtype === 'U8' ? 'uint8' : 'int8');

/** A matrix of 8-bit numbers, (K, N), for products with rows of K. */
export interface QuantizedFactor {
  readonly weight: TensorEntry;
  /** (N): what each column was divided by */
  readonly scales: Float32Array;
}

/** A frozen matrix (outputs, inputs), rounded for both directions. */
export interface QuantizedMatrix {
  /** (inputs, outputs); undefined where the way there stays float32 */
  readonly forward: QuantizedFactor | undefined;
  /** (outputs, inputs) */
  readonly backward: QuantizedFactor;
}

/** The frozen products that training computes with 8-bit numbers. */
export interface QuantizedBase {
  linear(layer: number, name: LinearName): QuantizedMatrix;
  readonly head: {
    readonly forward: QuantizedFactor;
    readonly backward: QuantizedFactor;
    /** (1, inputs), float32: the mean of its rows, before they were rounded */
    readonly mean: TensorEntry;
  };
}

/** Float32 on the way there: they are narrow, and rounding what v reads costs more than rounding all the others. */
const exactForward: readonly LinearName[] = ['k', 'v'];

const headKey = 'head';
const meanKey = 'head.mean';
const linearKey = (layer: number, name: LinearName) => `layers.${layer}.${name}`;

/** The tensors of all quantized matrices; each is computed when its turn comes. */
export function quantizedTensors(
  { config, weights }: { config: ModelConfig; weights: ModelWeights },
  type: ByteType,
): TensorSource[] {
  const layers = Array.from({ length: config.layers }, (_, layer) =>
    linearsOf(config).flatMap((name) => {
      const matrix = weights.linear(layer, name);
      const key = linearKey(layer, name);
      const forward = exactForward.includes(name) ? [] : forwardTensors(key, matrix, type);
      return [...forward, ...backwardTensors(key, matrix, type)];
    }),
  );
  const head = weights.head();
  const shape = [1, config.hiddenSize];
  const mean: TensorSource = { name: meanKey, dtype: 'F32', shape, bytes: () => asBytes(meanRow(head)) };
  return [...forwardTensors(headKey, head, type), ...backwardTensors(headKey, head, type), mean, ...layers.flat()];
}

/** @param tensors of a file that was written from quantizedTensors */
export function readQuantizedBase(tensors: ReadonlyMap<string, TensorEntry>): QuantizedBase {
  const factor = (key: string, direction: 'forward' | 'backward'): QuantizedFactor => ({
    weight: tensors.get(`${key}.${direction}`)!,
    scales: readFloat32Tensor(tensors.get(`${key}.${direction}.scales`)!),
  });
  return {
    linear(layer, name) {
      const key = linearKey(layer, name);
      const forward = exactForward.includes(name) ? undefined : factor(key, 'forward');
      return { forward, backward: factor(key, 'backward') };
    },
    head: {
      forward: factor(headKey, 'forward'),
      backward: factor(headKey, 'backward'),
      mean: tensors.get(meanKey)!,
    },
  };
}

/** (rows, columns) → (columns) */
export function meanRow(matrix: MatrixWeights): Float32Array {
  const { rows, columns } = matrix;
  const values = readMatrix(matrix);
  const sums = new Float64Array(columns);
  for (let i = 0; i < values.length; )
    for (let column = 0; column < columns; column++, i++) sums[column]! += values[i]!;
  return Float32Array.from(sums, (sum) => sum / rows);
}

/** (outputs, inputs) → its transpose, with a scale per output */
function forwardTensors(key: string, matrix: MatrixWeights, type: ByteType): TensorSource[] {
  const { rows, columns } = matrix;
  const read = () => transposed(readMatrix(matrix), rows, columns);
  return tensorPair({ name: `${key}.forward`, shape: [columns, rows], type }, read);
}

/** (outputs, inputs) as it lies, with a scale per input */
function backwardTensors(key: string, matrix: MatrixWeights, type: ByteType): TensorSource[] {
  const shape = [matrix.rows, matrix.columns] as const;
  return tensorPair({ name: `${key}.backward`, shape, type }, () => readMatrix(matrix));
}

/** @param read the float32 matrix, (K, N) */
function tensorPair(
  { name, shape, type }: { name: string; shape: readonly [number, number]; type: ByteType },
  read: () => Float32Array,
): TensorSource[] {
  const columns = shape[1];
  const [dtype, zero] = type === 'int8' ? (['I8', 0] as const) : (['U8', zeroByte] as const);
  return [
    { name, dtype, shape, bytes: () => rounded(read(), columns, zero) },
    { name: `${name}.scales`, dtype: 'F32', shape: [columns], bytes: () => asBytes(scalesOf(read(), columns)) },
  ];
}

/** To whole numbers from −127 to 127 in units of the column's scale, as bytes in which `zero` stands for 0. */
function rounded(values: Float32Array, columns: number, zero: number): Uint8Array {
  const inverses = scalesOf(values, columns).map((scale) => 1 / scale);
  const result = new Uint8Array(values.length); // modulo 256: with a zero of 0, those of signed numbers
  for (let i = 0; i < values.length; ) {
    for (let column = 0; column < columns; column++, i++) result[i] = Math.round(values[i]! * inverses[column]!) + zero;
  }
  return result;
}

/** Of each column, the largest magnitude is 127; 1 for one of zeros. */
function scalesOf(values: Float32Array, columns: number): Float32Array {
  const largest = new Float32Array(columns);
  for (let i = 0; i < values.length; ) {
    for (let column = 0; column < columns; column++, i++) {
      const magnitude = Math.abs(values[i]!);
      if (magnitude > largest[column]!) largest[column] = magnitude;
    }
  }
  return largest.map((magnitude) => magnitude / 127 || 1);
}

const asBytes = ({ buffer, byteOffset, byteLength }: Float32Array) => new Uint8Array(buffer, byteOffset, byteLength);
