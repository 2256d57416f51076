/**
 * The GGUF format (version 2 and 3): metadata, tensor table, aligned tensor data.
 * https://github.com/ggml-org/ggml/blob/master/docs/gguf.md
 */
import { basename } from 'node:path';
import { InklingError } from '../../protocol/errors.ts';
import { BinaryFile } from './binaryFile.ts';

export type GgufValue = number | boolean | string | readonly GgufValue[];

export interface GgufTensor {
  readonly name: string;
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

const chunkBytes = 1 << 20;

/** @throws InklingError `modelBroken`, `modelUnsupported`, `modelMissing` */
export function readGgufHeader(path: string): GgufHeader {
  const file = new BinaryFile(path);
  try {
    const cursor = new Cursor(file);
    if (cursor.bytes(4).toString('latin1') !== 'GGUF') {
      throw new InklingError('modelBroken', `${basename(path)} is not a GGUF file.`);
    }
    const version = cursor.uint32();
    if (version !== 2 && version !== 3) {
      throw new InklingError('modelUnsupported', `${basename(path)} is GGUF version ${version}; 2 and 3 can be read.`);
    }
    const tensorCount = cursor.uint64();
    const metadataCount = cursor.uint64();
    const metadata = new Map<string, GgufValue>();
    for (let i = 0; i < metadataCount; i++) metadata.set(cursor.string(), cursor.value(cursor.uint32()));
    const tensors = readTensorTable(cursor, tensorCount);
    const alignment = Number(metadata.get('general.alignment') ?? 32);
    const dataStart = Math.ceil(cursor.position / alignment) * alignment;
    return { metadata, tensors: new Map(tensors.map((t) => [t.name, { ...t, offset: dataStart + t.offset }])) };
  } finally {
    file.close();
  }
}

function readTensorTable(cursor: Cursor, count: number): GgufTensor[] {
  const tensors: GgufTensor[] = [];
  for (let i = 0; i < count; i++) {
    const name = cursor.string();
    const shape = Array.from({ length: cursor.uint32() }, () => cursor.uint64()).reverse();
    tensors.push({ name, shape, type: cursor.uint32(), offset: cursor.uint64() });
  }
  return tensors;
}

/** Reads little-endian values one after the other, a chunk of the file at a time. */
class Cursor {
  position = 0;
  private chunk: Buffer = Buffer.alloc(0);
  private chunkStart = 0;

  constructor(private readonly file: BinaryFile) {}

  bytes(length: number): Buffer {
    const offset = this.position - this.chunkStart;
    if (offset + length <= this.chunk.length) {
      this.position += length;
      return this.chunk.subarray(offset, offset + length);
    }
    const remaining = this.file.sizeBytes - this.position;
    this.chunk = this.file.read(this.position, Math.max(length, Math.min(chunkBytes, remaining)));
    this.chunkStart = this.position;
    this.position += length;
    return this.chunk.subarray(0, length);
  }

  uint32 = (): number => this.bytes(4).readUInt32LE();
  uint64 = (): number => Number(this.bytes(8).readBigUInt64LE());
  string = (): string => this.bytes(this.uint64()).toString('utf8');

  value(type: number): GgufValue {
    const read = scalarReaders[type];
    if (read) return read(this);
    if (type !== 9) throw new InklingError('modelBroken', `A GGUF value has the unknown type ${type}.`);
    const elementType = this.uint32();
    return Array.from({ length: this.uint64() }, () => this.value(elementType));
  }
}

const scalarReaders: Readonly<Record<number, (cursor: Cursor) => GgufValue>> = {
  0: (c) => c.bytes(1).readUInt8(),
  1: (c) => c.bytes(1).readInt8(),
  2: (c) => c.bytes(2).readUInt16LE(),
  3: (c) => c.bytes(2).readInt16LE(),
  4: (c) => c.uint32(),
  5: (c) => c.bytes(4).readInt32LE(),
  6: (c) => c.bytes(4).readFloatLE(),
  7: (c) => c.bytes(1).readUInt8() !== 0,
  8: (c) => c.string(),
  10: (c) => c.uint64(),
  11: (c) => Number(c.bytes(8).readBigInt64LE()),
  12: (c) => c.bytes(8).readDoubleLE(),
};
