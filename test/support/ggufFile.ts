/** Builds GGUF bytes, right ones and wrong ones. */
export class GgufBytes {
  readonly #parts: Buffer[] = [];

  uint32(value: number): this {
    const bytes = Buffer.alloc(4);
    bytes.writeUInt32LE(value);
    return this.raw(bytes);
  }

  uint64(value: number | bigint): this {
    const bytes = Buffer.alloc(8);
    bytes.writeBigUInt64LE(BigInt(value));
    return this.raw(bytes);
  }

  float32(value: number): this {
    const bytes = Buffer.alloc(4);
    bytes.writeFloatLE(value);
    return this.raw(bytes);
  }

  text(value: string): this {
    return this.uint64(Buffer.byteLength(value)).raw(Buffer.from(value));
  }

  raw(bytes: Uint8Array): this {
    this.#parts.push(Buffer.from(bytes));
    return this;
  }

  header(tensors: number | bigint, keys: number | bigint, version = 3): this {
    return this.raw(Buffer.from('GGUF')).uint32(version).uint64(tensors).uint64(keys);
  }

  /** A value of type 4. */
  key(name: string, value: number): this {
    return this.text(name).uint32(4).uint32(value);
  }

  /** A value of type 8. */
  textKey(name: string, value: string): this {
    return this.text(name).uint32(8).text(value);
  }

  tensor(
    name: string,
    dimensions: readonly (number | bigint)[],
    { type = 0, offset = 0 as number | bigint } = {},
  ): this {
    this.text(name).uint32(dimensions.length);
    for (const size of dimensions) this.uint64(size);
    return this.uint32(type).uint64(offset);
  }

  get bytes(): Buffer {
    return Buffer.concat(this.#parts);
  }
}
