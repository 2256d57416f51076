import { BinaryFile } from '../files/binaryFile.ts';
import { float32Of, type TensorEntry } from '../files/safetensors.ts';
import { dequantise } from './blockFormats.ts';
import { type MatrixWeights, numbersOf, readNumbers } from './matrixWeights.ts';

/**
 * The embedding as it lies in the weights' file: rows are read when a token comes. A graph that looks them up keeps the
 * whole matrix in memory or, where it is mapped, the 64 kB around every row.
 */
export class EmbeddingRows {
  readonly #openTensors: TensorRows[] = [];
  /** ids → their rows as float32, (ids, columns) */
  readonly read: (ids: readonly number[]) => Float32Array;

  /** @throws InklingError as `BinaryFile` */
  constructor(embedding: MatrixWeights) {
    this.read = embedding.kind === 'dense' ? this.#denseRows(embedding) : this.#blockRows(embedding);
  }

  #denseRows({ tensor }: Extract<MatrixWeights, { kind: 'dense' }>): EmbeddingRows['read'] {
    const values = this.#rowsOf(tensor);
    return (ids) => float32Of(values.read(ids), tensor.dtype);
  }

  #blockRows(matrix: Extract<MatrixWeights, { kind: 'blocks' }>): EmbeddingRows['read'] {
    const { columns, bits, blockSize, centre } = matrix;
    const quants = this.#rowsOf(matrix.quants);
    const scales = this.#rowsOf(matrix.scales);
    const allMins = matrix.mins && readNumbers(matrix.mins);
    return (ids) => {
      const mins = allMins && columnsOf(allMins, { width: matrix.rows, columns: ids });
      return dequantise({
        rows: ids.length,
        columns,
        bits,
        blockSize,
        centre,
        quants: quants.read(ids),
        scales: numbersOf(scales.read(ids), matrix.scales.dtype),
        ...(mins ? { mins } : {}),
      });
    };
  }

  #rowsOf(tensor: TensorEntry): TensorRows {
    const rows = new TensorRows(tensor);
    this.#openTensors.push(rows);
    return rows;
  }

  close(): void {
    for (const tensor of this.#openTensors.splice(0)) tensor.close();
  }
}

/** Single rows of a tensor (rows, …). */
class TensorRows {
  readonly #file: BinaryFile;

  readonly #tensor: TensorEntry;

  constructor(tensor: TensorEntry) {
    this.#tensor = tensor;
    this.#file = new BinaryFile(tensor.file);
  }

  /** Their bytes, one row after the other. */
  read(rows: readonly number[]): Buffer {
    const { offset, length, shape } = this.#tensor;
    const rowBytes = length / shape[0]!;
    const bytes = Buffer.allocUnsafeSlow(rows.length * rowBytes); // own ArrayBuffer, so that typed arrays can view it
    for (const [i, row] of rows.entries()) bytes.set(this.#file.read(offset + row * rowBytes, rowBytes), i * rowBytes);
    return bytes;
  }

  close(): void {
    this.#file.close();
  }
}

/** (height, width) → (height, columns) */
function columnsOf<T extends Uint16Array | Float32Array>(
  matrix: T,
  { width, columns }: { width: number; columns: readonly number[] },
): T {
  const height = matrix.length / width;
  const picked = matrix.slice(0, height * columns.length) as T;
  for (let row = 0; row < height; row++) {
    for (const [i, column] of columns.entries()) picked[row * columns.length + i] = matrix[row * width + column]!;
  }
  return picked;
}
