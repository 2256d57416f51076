import { InklingError } from '../../protocol/errors.ts';
import { type LinearName, linearShape } from '../architectures.ts';
import { readFloat32Tensor, readTensorBytes, type SafetensorsDtype, type TensorEntry } from '../files/safetensors.ts';
import type { ModelConfig } from '../modelConfig.ts';
import { type BlockMatrix, dequantise } from './blockFormats.ts';

/** Linear maps with the same input may be stored stacked, to be computed by one product. */
export type LinearGroup = 'qkv' | 'gateUp';

/** How a matrix lies on disk; bytes are read or mapped only when somebody asks for them. */
export type MatrixWeights =
  | { readonly kind: 'dense'; readonly rows: number; readonly columns: number; readonly tensor: TensorEntry }
  | ({
      readonly kind: 'blocks';
      readonly quants: TensorEntry;
      readonly scales: TensorEntry;
      readonly mins?: TensorEntry;
    } & Pick<BlockMatrix, 'rows' | 'columns' | 'bits' | 'blockSize' | 'centre'>);

/** Per quantised matrix, what its tensors' shapes do not say; JSON in the safetensors metadata under `blocks`. */
export type BlockLayouts = Readonly<Record<string, Pick<BlockMatrix, 'bits' | 'blockSize' | 'centre'>>>;

/** Names of our own layout; a folder from elsewhere has those of `Architecture.huggingFace`. */
export const inklingNames = {
  embedding: 'embedding',
  finalNorm: 'finalNorm',
  head: 'head',
  attentionNorm: (layer: number) => `layers.${layer}.attentionNorm`,
  mlpNorm: (layer: number) => `layers.${layer}.mlpNorm`,
  linear: (layer: number, name: LinearName | LinearGroup) => `layers.${layer}.${name}`,
};

export class ModelWeights {
  private readonly names: typeof inklingNames;

  /** @param blocks given when the tensors have the names of our own layout */
  constructor(
    private readonly config: ModelConfig,
    private readonly tensors: ReadonlyMap<string, TensorEntry>,
    private readonly blocks: BlockLayouts | undefined,
  ) {
    this.names = blocks ? inklingNames : (config.architecture.huggingFace as typeof inklingNames);
  }

  /** (vocabulary, hidden) */
  embedding(): MatrixWeights {
    return this.matrix(this.names.embedding, { rows: this.config.vocabularySize, columns: this.config.hiddenSize });
  }

  /** (vocabulary, hidden); the embedding when the two are tied */
  head(): MatrixWeights {
    if (this.config.tiedEmbeddings) return this.embedding();
    return this.matrix(this.names.head, { rows: this.config.vocabularySize, columns: this.config.hiddenSize });
  }

  /** (outputs, inputs) */
  linear(layer: number, name: LinearName): MatrixWeights {
    return this.matrix(this.names.linear(layer, name), linearShape(this.config, name));
  }

  /** Several maps stacked by rows, or undefined when they are stored one by one. */
  stacked(layer: number, group: LinearGroup): MatrixWeights | undefined {
    const name = inklingNames.linear(layer, group);
    if (!this.blocks?.[name]) return undefined;
    const members: readonly LinearName[] = group === 'qkv' ? ['q', 'k', 'v'] : ['gate', 'up'];
    const rows = members.reduce((sum, member) => sum + linearShape(this.config, member).rows, 0);
    return this.matrix(name, { rows, columns: this.config.hiddenSize });
  }

  finalNorm(): Float32Array {
    return this.vector(this.names.finalNorm);
  }

  /** (hidden) */
  attentionNorm(layer: number): Float32Array {
    return this.vector(this.names.attentionNorm(layer));
  }

  /** (hidden) */
  mlpNorm(layer: number): Float32Array {
    return this.vector(this.names.mlpNorm(layer));
  }

  private vector(name: string): Float32Array {
    const values = readFloat32Tensor(this.entry(name));
    if (values.length !== this.config.hiddenSize) throw shapeError(name, [values.length], [this.config.hiddenSize]);
    return values;
  }

  private matrix(name: string, { rows, columns }: { rows: number; columns: number }): MatrixWeights {
    const layout = this.blocks?.[name];
    if (!layout) {
      const tensor = this.entry(name);
      checkShape(name, tensor, [rows, columns]);
      return { kind: 'dense', rows, columns, tensor };
    }
    const blocksPerRow = columns / layout.blockSize;
    const quants = this.entry(`${name}.quants`);
    const scales = this.entry(`${name}.scales`);
    checkShape(name, quants, [rows, blocksPerRow, (layout.blockSize * layout.bits) / 8]);
    checkShape(name, scales, [rows, blocksPerRow]);
    const mins = this.tensors.get(`${name}.mins`);
    if (mins) checkShape(name, mins, [blocksPerRow, rows]);
    return { kind: 'blocks', rows, columns, ...layout, quants, scales, ...(mins ? { mins } : {}) };
  }

  private entry(name: string): TensorEntry {
    const entry = this.tensors.get(name);
    if (entry) return entry;
    throw new InklingError('modelBroken', `The weights lack the tensor ${name} that config.json promises.`);
  }
}

/** The matrix as float32, (rows, columns). */
export function readMatrix(weights: MatrixWeights): Float32Array {
  if (weights.kind === 'dense') return readFloat32Tensor(weights.tensor);
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
  if (!read) throw new InklingError('modelUnsupported', `Scales of type ${dtype} cannot be read.`);
  return read();
}

function checkShape(name: string, entry: TensorEntry, expected: readonly number[]): void {
  if (entry.shape.join() !== expected.join()) throw shapeError(name, entry.shape, expected);
}

const shapeError = (name: string, found: readonly number[], expected: readonly number[]) =>
  new InklingError(
    'modelConfig',
    `Tensor ${name} has the shape (${found.join(', ')}), config.json says (${expected.join(', ')}).`,
  );
