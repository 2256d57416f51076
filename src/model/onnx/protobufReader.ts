import { InklingError, type Sentence, sentence } from '../../protocol/errors.ts';
import type { BinaryFile } from '../files/binaryFile.ts';

const chunkBytes = 1 << 16;
const mostFields = 4e6; // of a file: a graph of a thousand nodes has some ten thousand

/** A field of a message: a number, or where its bytes lie. */
export interface Field {
  readonly number: number;
  /** of a field of variable length; 0 for others */
  readonly start: number;
  readonly end: number;
  /** of a varint; NaN for others */
  readonly value: number;
}

/** Walks through the messages of a protobuf file without reading what nobody asks for, such as gigabytes of weights. */
export class ProtobufReader {
  readonly #file: BinaryFile;
  #chunk: Buffer = Buffer.alloc(0);
  #chunkStart = 0;
  #fieldsLeft = mostFields;

  constructor(file: BinaryFile) {
    this.#file = file;
  }

  /** The fields of the message between two places of the file. @throws InklingError `modelBroken` */
  *fields(start: number, end: number): Generator<Field> {
    for (let at = start; at < end; ) {
      if (this.#fieldsLeft-- === 0) throw this.#broken(sentence`it has too many fields`);
      const key = this.#varint(at, end);
      at = key.next;
      const [number, type] = [Math.floor(key.value / 8), key.value % 8];
      if (type === 0) {
        const { value, next } = this.#varint(at, end);
        yield { number, value, start: 0, end: 0 };
        at = next;
        continue;
      }
      const length = type === 2 ? this.#varint(at, end) : undefined;
      const from = length?.next ?? at;
      const size = length?.value ?? { 1: 8, 5: 4 }[type];
      if (size === undefined || !(from + size <= end)) throw this.#broken(sentence`a field of it is no field`);
      if (type === 2) yield { number, value: Number.NaN, start: from, end: from + size };
      at = from + size;
    }
  }

  /** @param most bytes; a longer text is cut off */
  text({ start, end }: Field, most = 1 << 12): string {
    return this.#file.read(start, Math.min(most, end - start)).toString('utf8');
  }

  /** The numbers of a repeated field that lie together. */
  *packed({ start, end }: Field): Generator<number> {
    for (let at = start; at < end; ) {
      const { value, next } = this.#varint(at, end);
      yield value;
      at = next;
    }
  }

  /** Beyond 2⁵³, and below 0, a number is not exact; nothing here counts so far. */
  #varint(at: number, end: number): { value: number; next: number } {
    let value = 0;
    for (let i = 0; i < 10 && at + i < end; i++) {
      const byte = this.#byte(at + i);
      value += (byte & 0x7f) * 2 ** (7 * i);
      if (byte < 0x80) return { value, next: at + i + 1 };
    }
    throw this.#broken(sentence`a number of it does not end`);
  }

  #byte(at: number): number {
    const offset = at - this.#chunkStart;
    if (offset >= 0 && offset < this.#chunk.length) return this.#chunk[offset]!;
    this.#chunk = this.#file.read(at, Math.min(chunkBytes, this.#file.sizeBytes - at));
    this.#chunkStart = at;
    return this.#chunk[0]!;
  }

  #broken = (what: Sentence) => new InklingError('modelBroken', sentence`${this.#file.path} is damaged: ${what}.`);
}
