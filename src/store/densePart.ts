import type { PartName } from '../model/decoderParts.ts';
import { float32Of, type SafetensorsDtype } from '../model/files/safetensors.ts';
import { demandFinite } from '../model/weights/finiteWeights.ts';
import { type QuantizedBits, quantizedBlockSize, quantizeRows } from '../model/weights/quantizeRows.ts';
import type { Quantization } from '../protocol/store.ts';
import type { ModelPart } from './modelSource.ts';

/** A matrix of plain numbers. */
export interface DenseMatrix {
  /** in our layout */
  readonly name: string;
  readonly part: PartName;
  readonly rows: number;
  readonly columns: number;
  readonly dtype: SafetensorsDtype;
  readonly rowUnit: number;
  /** some rows as they are stored, in an ArrayBuffer of their own */
  readonly bytes: (from: number, to: number) => Buffer;
}

/** Embedding and head are what a small model can least do without: they get 8 bits at least. */
const bitsOf = (part: PartName, bits: QuantizedBits): QuantizedBits =>
  part === 'embedding' || part === 'head' ? 8 : bits;

/** Read as numbers when a session is made: the runtime has no product over blocks within an LSTM. */
const isLeftAlone = (part: PartName) => part === 'positions' || part === 'cellInput' || part === 'cellState';

/** As it is, or in blocks where its columns can be cut into blocks. */
export function densePart(matrix: DenseMatrix, quantize: Quantization): ModelPart {
  const { name, part, rows, columns, dtype, rowUnit } = matrix;
  const blockSize = quantizedBlockSize(columns);
  if (quantize === 'none' || blockSize === undefined || isLeftAlone(part)) {
    const bytes = () => {
      const stored = matrix.bytes(0, rows);
      demandFinite(float32Of(stored, dtype), name);
      return stored;
    };
    return { kind: 'plain', name, dtype, shape: [rows, columns], bytes };
  }
  const bits = bitsOf(part, quantize);
  return {
    kind: 'blocks',
    name,
    rows,
    columns,
    layout: { bits, blockSize, centre: 1 << (bits - 1) },
    scaleType: 'F16',
    hasMins: false,
    rowUnit,
    read: (from, to) => quantizeRows(float32Of(matrix.bytes(from, to), dtype), { columns, bits, name }),
  };
}
