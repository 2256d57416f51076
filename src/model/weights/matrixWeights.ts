import { InklingError, sentence } from '../../protocol/errors.ts';
import { readFloat32Tensor, readTensorBytes, type SafetensorsDtype, type TensorEntry } from '../files/safetensors.ts';
import { type BlockMatrix, dequantise } from './blockFormats.ts';

/** How a matrix lies on disk; bytes are read or mapped only when somebody asks for them. */
export type MatrixWeights =
  | {
      readonly kind: 'dense';
      readonly rows: number;
      readonly columns: number;
      readonly tensor: TensorEntry;
      /** it lies as (columns, rows) */
      readonly isTransposed?: boolean;
    }
  | ({
      readonly kind: 'blocks';
      readonly quants: TensorEntry;
      readonly scales: TensorEntry;
      readonly mins?: TensorEntry;
    } & Pick<BlockMatrix, 'rows' | 'columns' | 'bits' | 'blockSize' | 'centre'>);

/** Per quantized matrix, what its tensors' shapes do not say; JSON in the safetensors metadata under `blocks`. */
export type BlockLayouts = Readonly<Record<string, Pick<BlockMatrix, 'bits' | 'blockSize' | 'centre'>>>;

/** Some rows of several matrices that lie below each other. @throws InklingError where they cannot be cut apart */
export function rowsOfStack(stack: MatrixWeights, { from, to }: { from: number; to: number }): MatrixWeights {
  if (stack.kind === 'blocks' || stack.isTransposed) {
    throw new InklingError('internal', 'A map cannot be cut out of this stack; read the whole of it.');
  }
  const { tensor, columns } = stack;
  const rowBytes = tensor.length / stack.rows;
  const rows = to - from;
  return {
    kind: 'dense',
    rows,
    columns,
    tensor: { ...tensor, shape: [rows, columns], offset: tensor.offset + from * rowBytes, length: rows * rowBytes },
  };
}

/** The matrix as float32, (rows, columns). */
export function readMatrix(weights: MatrixWeights): Float32Array {
  if (weights.kind === 'dense') {
    const values = readFloat32Tensor(weights.tensor);
    return weights.isTransposed ? transposed(values, weights.columns, weights.rows) : values;
  }
  const { rows, columns, bits, blockSize, centre } = weights;
  const mins = weights.mins && readNumbers(weights.mins);
  return dequantise({
    rows,
    columns,
    bits,
    blockSize,
    centre,
    quants: readTensorBytes(weights.quants),
    scales: readNumbers(weights.scales),
    ...(mins ? { mins } : {}),
  });
}

/** (rows, columns) → (columns, rows) */
export function transposed(values: Float32Array, rows: number, columns: number): Float32Array {
  const result = new Float32Array(values.length);
  for (let row = 0, i = 0; row < rows; row++) {
    for (let column = 0; column < columns; column++) result[column * rows + row] = values[i++]!;
  }
  return result;
}

/** Scales or minima as they are stored; Uint16Array holds float16 bit patterns. */
export const readNumbers = (entry: TensorEntry): Uint16Array | Float32Array =>
  numbersOf(readTensorBytes(entry), entry.dtype);

/** The same of bytes that are there already. */
export function numbersOf(bytes: Buffer, dtype: SafetensorsDtype): Uint16Array | Float32Array {
  const of: Partial<Record<SafetensorsDtype, () => Uint16Array | Float32Array>> = {
    F16: () => new Uint16Array(bytes.buffer, bytes.byteOffset, bytes.length / 2),
    F32: () => new Float32Array(bytes.buffer, bytes.byteOffset, bytes.length / 4),
  };
  const read = of[dtype];
  if (!read) throw new InklingError('modelUnsupported', sentence`Scales of type ${dtype} cannot be read.`);
  return read();
}
