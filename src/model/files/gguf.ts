/**
 * The GGUF format (version 2 and 3): metadata, tensor table, aligned tensor data.
 * https://github.com/ggml-org/ggml/blob/master/docs/gguf.md
 */
import { basename } from 'node:path';
import { InklingError, sentence } from '../../protocol/errors.ts';
import { BinaryFile } from './binaryFile.ts';
import { GgufCursor, type GgufValue } from './ggufCursor.ts';

export interface GgufTensor {
  readonly name: string;
  /** the file that it lies in: a model may be split over several */
  readonly file: string;
  /** ggml type number; see `weights/blockFormats.ts` */
  readonly type: number;
  /** row-major like everywhere else here: (rows, columns); GGUF itself lists the columns first */
  readonly shape: readonly number[];
  /** bytes from the beginning of the file */
  readonly offset: number;
}

export interface GgufHeader {
  readonly metadata: ReadonlyMap<string, GgufValue>;
  readonly tensors: ReadonlyMap<string, GgufTensor>;
}

const mostKeys = 10_000;
const mostTensors = 100_000;
const mostDimensions = 4; // of ggml
/** bytes that the shortest entry takes: a length, a type and a value; a length, a count, a type and an offset */
const shortest = { key: 13, tensor: 24 };

/**
 * Reads one file; of a model that is split, one part. Counts are checked against what the file can hold before anything
 * is read by them.
 * @throws InklingError `modelBroken`, `modelUnsupported`, `modelMissing`
 */
export function readGgufHeader(path: string): GgufHeader {
  const file = new BinaryFile(path);
  try {
    const cursor = new GgufCursor(file);
    if (file.sizeBytes < 24 || cursor.bytes(4).toString('latin1') !== 'GGUF') {
      throw new InklingError('modelBroken', sentence`${basename(path)} is not a GGUF file.`);
    }
    const version = cursor.uint32();
    if (version !== 2 && version !== 3) {
      throw new InklingError(
        'modelUnsupported',
        sentence`${basename(path)} is GGUF version ${version}; 2 and 3 can be read.`,
      );
    }
    const tensorCount = cursor.uint64();
    const keyCount = cursor.uint64();
    cursor.demandRoom(keyCount, shortest.key, sentence`keys`, mostKeys);
    cursor.demandRoom(tensorCount, shortest.tensor, sentence`tensors`, mostTensors);
    const metadata = readMetadata(cursor, keyCount);
    const table = readTensorTable(cursor, tensorCount);
    const dataStart = alignedTo(metadata.get('general.alignment') ?? 32, cursor);
    const tensors = new Map<string, GgufTensor>();
    for (const tensor of table) {
      if (tensors.has(tensor.name)) throw cursor.broken(sentence`it has two tensors named ${tensor.name}`);
      const offset = dataStart + tensor.offset;
      if (offset > file.sizeBytes) throw cursor.cutOff(sentence`the tensor ${tensor.name} lies behind its end`);
      tensors.set(tensor.name, { ...tensor, file: path, offset });
    }
    return { metadata, tensors };
  } finally {
    file.close();
  }
}

function readMetadata(cursor: GgufCursor, count: number): Map<string, GgufValue> {
  const metadata = new Map<string, GgufValue>();
  for (let i = 0; i < count; i++) {
    const key = cursor.string();
    if (metadata.has(key)) throw cursor.broken(sentence`it has the key ${JSON.stringify(key)} twice`);
    metadata.set(key, cursor.value(cursor.uint32()));
  }
  return metadata;
}

function readTensorTable(cursor: GgufCursor, count: number): Omit<GgufTensor, 'file'>[] {
  const tensors: Omit<GgufTensor, 'file'>[] = [];
  for (let i = 0; i < count; i++) {
    const name = cursor.string();
    const dimensions = cursor.uint32();
    if (dimensions > mostDimensions) throw cursor.broken(sentence`the tensor ${name} has ${dimensions} dimensions`);
    const shape = Array.from({ length: dimensions }, () => cursor.uint64()).reverse();
    const elements = shape.reduce((product, size) => product * size, 1);
    if (!Number.isSafeInteger(elements * 4)) throw cursor.broken(sentence`the tensor ${name} has ${elements} numbers`);
    tensors.push({ name, shape, type: cursor.uint32(), offset: cursor.uint64() });
  }
  return tensors;
}

/** Where the tensors' bytes begin. */
function alignedTo(alignment: GgufValue, cursor: GgufCursor): number {
  const isPower =
    typeof alignment === 'number' && alignment >= 1 && alignment <= 65_536 && Number.isInteger(Math.log2(alignment));
  if (!isPower) throw cursor.broken(sentence`its alignment is ${String(alignment)}`);
  return Math.ceil(cursor.position / alignment) * alignment;
}
