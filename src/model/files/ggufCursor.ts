import { basename } from 'node:path';
import { InklingError, type Sentence, sentence } from '../../protocol/errors.ts';
import type { BinaryFile } from './binaryFile.ts';

export type GgufValue = number | boolean | string | readonly GgufValue[];

const chunkBytes = 1 << 20;
const longestText = 1 << 24; // bytes: a chat template has some ten thousand
const mostText = 1 << 27; // bytes in all of them: tokens and merges of a large vocabulary have ten million
const mostValues = 1 << 23; // in all arrays together: tokens, scores, kinds and merges of a large vocabulary are 1.3 million
const deepestArray = 4;

/** Reads a GGUF file's little-endian values one after the other, a chunk of the file at a time. */
export class GgufCursor {
  position = 0;
  readonly #file: BinaryFile;
  #chunk: Buffer = Buffer.alloc(0);
  #chunkStart = 0;
  #valuesLeft = mostValues;
  #textLeft = mostText;

  constructor(file: BinaryFile) {
    this.#file = file;
  }

  bytes(length: number): Buffer {
    const offset = this.position - this.#chunkStart;
    if (offset + length <= this.#chunk.length) {
      this.position += length;
      return this.#chunk.subarray(offset, offset + length);
    }
    const remaining = this.#file.sizeBytes - this.position;
    this.#chunk = this.#file.read(this.position, Math.max(length, Math.min(chunkBytes, remaining)));
    this.#chunkStart = this.position;
    this.position += length;
    return this.#chunk.subarray(0, length);
  }

  uint32 = (): number => this.bytes(4).readUInt32LE();

  /** @throws InklingError `modelBroken` beyond 2⁵³ */
  uint64 = (): number => {
    const value = Number(this.bytes(8).readBigUInt64LE());
    if (!Number.isSafeInteger(value)) throw this.broken(sentence`it has the size or count ${value}`);
    return value;
  };

  string = (): string => {
    const length = this.uint64();
    if (length > longestText) throw this.broken(sentence`it has a text of ${length} bytes`);
    this.#textLeft -= length;
    if (this.#textLeft < 0) throw this.broken(sentence`its names and texts have more than ${mostText} bytes`);
    return this.bytes(length).toString('utf8');
  };

  /** @throws InklingError `modelBroken` for a type that GGUF does not have, or an array that the file cannot hold */
  value(type: number, depth = 0): GgufValue {
    const scalar = scalars[type];
    if (scalar) return scalar.read(this);
    if (type !== arrayType) throw this.broken(sentence`it has a value of the unknown type ${type}`);
    if (depth >= deepestArray) throw this.broken(sentence`it has arrays within arrays`);
    const elementType = this.uint32();
    const length = this.uint64();
    this.demandRoom(length, scalars[elementType]?.bytes ?? 12, sentence`values in an array`, this.#valuesLeft);
    this.#valuesLeft -= length;
    return Array.from({ length }, () => this.value(elementType, depth + 1));
  }

  /** @throws InklingError `modelBroken` when the rest of the file is too short for what it promises */
  demandRoom(count: number, bytesEach: number, what: Sentence, most: number): void {
    const left = this.#file.sizeBytes - this.position;
    if (count * bytesEach > left) throw this.cutOff(sentence`it promises ${count} ${what}, and ${left} bytes are left`);
    if (count > most) throw this.broken(sentence`it has ${count} ${what}`);
  }

  cutOff(what: Sentence): InklingError {
    const message = sentence`${basename(this.#file.path)} is cut off or damaged: ${what}. Get the file again.`;
    return new InklingError('modelBroken', message);
  }

  broken(what: Sentence): InklingError {
    return new InklingError(
      'modelBroken',
      sentence`${basename(this.#file.path)} is damaged: ${what}. Get the file again.`,
    );
  }
}

const arrayType = 9;

interface Scalar {
  /** the least that a value takes in the file */
  readonly bytes: number;
  readonly read: (cursor: GgufCursor) => GgufValue;
}

const scalars: Readonly<Record<number, Scalar>> = {
  0: { bytes: 1, read: (c) => c.bytes(1).readUInt8() },
  1: { bytes: 1, read: (c) => c.bytes(1).readInt8() },
  2: { bytes: 2, read: (c) => c.bytes(2).readUInt16LE() },
  3: { bytes: 2, read: (c) => c.bytes(2).readInt16LE() },
  4: { bytes: 4, read: (c) => c.uint32() },
  5: { bytes: 4, read: (c) => c.bytes(4).readInt32LE() },
  6: { bytes: 4, read: (c) => c.bytes(4).readFloatLE() },
  7: { bytes: 1, read: (c) => c.bytes(1).readUInt8() !== 0 },
  8: { bytes: 8, read: (c) => c.string() },
  10: { bytes: 8, read: (c) => c.uint64() },
  11: { bytes: 8, read: (c) => Number(c.bytes(8).readBigInt64LE()) },
  12: { bytes: 8, read: (c) => c.bytes(8).readDoubleLE() },
};
