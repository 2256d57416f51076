/**
 * The safetensors format: 8 bytes header length (little endian), a JSON header, then the tensors' bytes.
 * https://github.com/huggingface/safetensors#format
 */
import { closeSync, openSync, writeSync } from 'node:fs';
import { basename } from 'node:path';
import { InklingError, type Sentence, sentence } from '../../protocol/errors.ts';
import { BinaryFile } from './binaryFile.ts';
import { bfloat16ToFloat32, float16ToFloat32 } from './float16.ts';
import { excessOf, isObject } from './textFile.ts';

const bytesPerElement = { F64: 8, F32: 4, F16: 2, BF16: 2, I64: 8, I32: 4, I16: 2, I8: 1, U8: 1, BOOL: 1 } as const;
export type SafetensorsDtype = keyof typeof bytesPerElement;

/** Where a tensor's bytes lie; `offset` and `length` count bytes from the beginning of the file. */
export interface TensorEntry {
  readonly file: string;
  readonly dtype: SafetensorsDtype;
  readonly shape: readonly number[];
  readonly offset: number;
  readonly length: number;
}

/**
 * Reads and checks a header; no tensor is read.
 * @throws InklingError `modelBroken` when the header contradicts itself or the file's size
 */
export function readSafetensorsHeader(path: string): {
  tensors: Map<string, TensorEntry>;
  metadata: Readonly<Record<string, string>>;
} {
  const file = new BinaryFile(path);
  try {
    const headerBytes = Number(file.read(0, 8).readBigUInt64LE());
    if (headerBytes > longestHeader) throw broken(path, sentence`its header length is impossible`);
    const { __metadata__: metadata = {}, ...entries } = parseHeader(path, file.read(8, headerBytes).toString('utf8'));
    const tensors = new Map<string, TensorEntry>();
    const count = Object.keys(entries).length;
    if (count > mostTensors) throw broken(path, sentence`it has ${count} tensors`);
    for (const [name, entry] of Object.entries(entries)) {
      tensors.set(name, checkedEntry(path, name, entry, { base: 8 + headerBytes, fileBytes: file.sizeBytes }));
    }
    demandOneAfterTheOther(path, tensors, { base: 8 + headerBytes, fileBytes: file.sizeBytes });
    return { tensors, metadata: checkedMetadata(path, metadata) };
  } finally {
    file.close();
  }
}

/** The reference allows three times as much; the largest known have a hundredth, and reading takes ten times as much memory. */
const longestHeader = 1 << 25; // bytes
const mostTensors = 100_000;

function parseHeader(path: string, text: string): Record<string, unknown> {
  const excess = excessOf(text);
  if (excess) throw broken(path, sentence`its header ${excess}`);
  let header: unknown;
  try {
    header = JSON.parse(text);
  } catch {
    throw broken(path, sentence`its header is not JSON`);
  }
  if (isObject(header)) return header;
  throw broken(path, sentence`its header is no list of tensors`);
}

function checkedMetadata(path: string, metadata: unknown): Readonly<Record<string, string>> {
  const isOfTexts = isObject(metadata) && Object.values(metadata).every((value) => typeof value === 'string');
  if (isOfTexts) return metadata as Record<string, string>;
  throw broken(path, sentence`its metadata are no texts`);
}

/** Where the tensors' bytes begin, and where the file ends. */
interface FilePlace {
  readonly base: number;
  readonly fileBytes: number;
}

function checkedEntry(path: string, name: string, entry: unknown, { base, fileBytes }: FilePlace): TensorEntry {
  const { dtype, shape, data_offsets: offsets } = isObject(entry) ? entry : {};
  if (typeof dtype !== 'string' || !areSizes(shape) || !areSizes(offsets) || offsets.length !== 2) {
    throw broken(path, sentence`tensor ${name} has no type, shape or place`);
  }
  if (!isDtype(dtype)) throw new InklingError('modelUnsupported', sentence`Tensor ${name} has type ${dtype}.`);
  const [start, end] = offsets as [number, number];
  const length = shape.reduce((product, dimension) => product * dimension, bytesPerElement[dtype]);
  if (end - start !== length) throw broken(path, sentence`tensor ${name} has contradicting sizes`);
  if (base + end > fileBytes) throw broken(path, sentence`it is cut off within tensor ${name}`);
  return { file: path, dtype, shape, offset: base + start, length };
}

const areSizes = (value: unknown): value is number[] =>
  Array.isArray(value) && value.every((size) => Number.isSafeInteger(size) && (size as number) >= 0);

const isDtype = (dtype: string): dtype is SafetensorsDtype => Object.hasOwn(bytesPerElement, dtype);

/** As the format has it, they fill the file: bytes of nobody are those of a second tensor of one name, or another file's. */
function demandOneAfterTheOther(
  path: string,
  tensors: ReadonlyMap<string, TensorEntry>,
  { base, fileBytes }: FilePlace,
): void {
  const inOrder = [...tensors].filter(([, { length }]) => length > 0).sort(([, a], [, b]) => a.offset - b.offset);
  let end = base;
  for (const [name, { offset, length }] of inOrder) {
    if (offset < end) throw broken(path, sentence`tensor ${name} lies within another`);
    if (offset > end) throw broken(path, sentence`${offset - end} bytes before tensor ${name} are of no tensor`);
    end = offset + length;
  }
  if (fileBytes > end) throw broken(path, sentence`${fileBytes - end} bytes at its end are of no tensor`);
}

const broken = (path: string, what: Sentence) =>
  new InklingError('modelBroken', sentence`${basename(path)} is damaged: ${what}. Get the file again.`);

/** Reads one tensor as it is stored. */
export function readTensorBytes(entry: TensorEntry): Buffer {
  const file = new BinaryFile(entry.file);
  try {
    return file.read(entry.offset, entry.length);
  } finally {
    file.close();
  }
}

/** Reads one floating-point tensor as float32; exact for F32, F16 and BF16. */
export const readFloat32Tensor = (entry: TensorEntry): Float32Array => float32Of(readTensorBytes(entry), entry.dtype);

/** A tensor's bytes, in an ArrayBuffer of their own, as float32; exact for F32, F16 and BF16. */
export function float32Of(bytes: Buffer, dtype: SafetensorsDtype): Float32Array {
  const halfWords = () => new Uint16Array(bytes.buffer, bytes.byteOffset, bytes.length / 2);
  if (dtype === 'F32') return new Float32Array(bytes.buffer, bytes.byteOffset, bytes.length / 4);
  if (dtype === 'F16') return float16ToFloat32(halfWords());
  if (dtype === 'BF16') return bfloat16ToFloat32(halfWords());
  throw new InklingError(
    'modelUnsupported',
    sentence`A ${dtype} tensor stands where floating-point numbers are needed.`,
  );
}

/** One tensor to be written: `bytes` is called when its turn comes, so that only one is in memory at a time. */
export interface TensorSource extends TensorLayout {
  readonly bytes: () => Uint8Array;
}

export interface TensorLayout {
  readonly name: string;
  readonly dtype: SafetensorsDtype;
  readonly shape: readonly number[];
}

/** Everything that stands before the tensors' bytes, how many bytes of tensors follow, and where each lies among them. */
export function safetensorsHeader(
  sources: readonly TensorLayout[],
  metadata: Readonly<Record<string, string>>,
): { bytes: Buffer; tensorBytes: number; offsets: ReadonlyMap<string, number> } {
  let total = 0;
  const offsets = new Map<string, number>();
  const header: Record<string, unknown> = { __metadata__: metadata };
  for (const { name, dtype, shape } of sources) {
    const length = shape.reduce((product, dimension) => product * dimension, bytesPerElement[dtype]);
    offsets.set(name, total);
    header[name] = { dtype, shape, data_offsets: [total, total + length] };
    total += length;
  }
  const json = Buffer.from(JSON.stringify(header));
  const padded = Buffer.concat([json, Buffer.alloc((8 - (json.length % 8)) % 8, ' ')]); // tensors start aligned
  const headerLength = Buffer.alloc(8);
  headerLength.writeBigUInt64LE(BigInt(padded.length));
  return { bytes: Buffer.concat([headerLength, padded]), tensorBytes: total, offsets };
}

/** Writes a safetensors file, tensors in the given order; `onProgress` counts bytes. */
export function writeSafetensors(
  path: string,
  sources: readonly TensorSource[],
  options: {
    readonly metadata: Readonly<Record<string, string>>;
    /** permissions; default: what the system gives */
    readonly mode?: number;
    readonly onProgress?: (done: number, total: number) => void;
  },
): void {
  const header = safetensorsHeader(sources, options.metadata);
  const descriptor = openSync(path, 'w', options.mode);
  try {
    writeFully(descriptor, header.bytes);
    let done = 0;
    for (const source of sources) {
      done += writeFully(descriptor, source.bytes());
      options.onProgress?.(done, header.tensorBytes);
    }
  } finally {
    closeSync(descriptor);
  }
}

function writeFully(descriptor: number, bytes: Uint8Array): number {
  for (let done = 0; done < bytes.length; ) {
    done += writeSync(descriptor, bytes, done, Math.min(1 << 28, bytes.length - done));
  }
  return bytes.length;
}
