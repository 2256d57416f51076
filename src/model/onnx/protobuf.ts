const encoder = new TextEncoder();

/**
 * The few kinds of protobuf fields that an ONNX ModelProto needs: https://protobuf.dev/programming-guides/encoding
 * All messages are written into one buffer, inner ones within outer ones: a graph has some ten thousand of them.
 */
export class ProtobufWriter {
  #buffer: Uint8Array = new Uint8Array(4096);
  #length = 0;

  /** varint field; negative numbers take ten bytes, as int64 does */
  int(field: number, value: number | bigint): this {
    return this.#varint(field << 3).#varint(value);
  }

  /** fixed32 field holding a float */
  float(field: number, value: number): this {
    this.#varint((field << 3) | 5).#reserve(4);
    new DataView(this.#buffer.buffer).setFloat32(this.#length, value, true);
    this.#length += 4;
    return this;
  }

  bytes(field: number, value: Uint8Array): this {
    this.#varint((field << 3) | 2).#varint(value.length);
    this.#reserve(value.length);
    this.#buffer.set(value, this.#length);
    this.#length += value.length;
    return this;
  }

  /** Names are short and nearly always ASCII: an encoder's call costs more than their letters. */
  string(field: number, value: string): this {
    if (/[^ -~]/u.test(value)) return this.bytes(field, encoder.encode(value));
    this.#varint((field << 3) | 2).#varint(value.length);
    this.#reserve(value.length);
    for (let i = 0; i < value.length; i++) this.#buffer[this.#length++] = value.charCodeAt(i);
    return this;
  }

  /** @param write writes the fields of the inner message */
  message(field: number, write: (inner: this) => unknown): this {
    this.#varint((field << 3) | 2);
    const start = this.#length;
    this.#reserve(1);
    this.#length = start + 1; // most lengths are one byte
    write(this);
    const length = this.#length - start - 1;
    const extra = varintBytes(length) - 1;
    this.#reserve(extra);
    if (extra > 0) this.#buffer.copyWithin(start + 1 + extra, start + 1, this.#length);
    this.#length = start;
    this.#varint(length);
    this.#length += length;
    return this;
  }

  /** What has been written; valid until something more is. */
  finish(): Uint8Array {
    return this.#buffer.subarray(0, this.#length);
  }

  #varint(value: number | bigint): this {
    this.#reserve(10);
    if (typeof value === 'number' && value >= 0 && value < 2 ** 31) {
      let rest = value;
      for (; rest > 127; rest >>>= 7) this.#buffer[this.#length++] = (rest & 127) | 128;
      this.#buffer[this.#length++] = rest;
      return this;
    }
    let rest = BigInt.asUintN(64, BigInt(value));
    for (; rest > 127n; rest >>= 7n) this.#buffer[this.#length++] = Number(rest & 127n) | 128;
    this.#buffer[this.#length++] = Number(rest);
    return this;
  }

  /** Makes room for `more` bytes. */
  #reserve(more: number): void {
    if (this.#length + more <= this.#buffer.length) return;
    const larger = new Uint8Array(Math.max(2 * this.#buffer.length, this.#length + more));
    larger.set(this.#buffer);
    this.#buffer = larger;
  }
}

function varintBytes(value: number): number {
  let bytes = 1;
  for (let rest = value; rest > 127; rest = Math.floor(rest / 128)) bytes++;
  return bytes;
}
