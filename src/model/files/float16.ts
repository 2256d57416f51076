/** Value of every half-precision bit pattern (IEEE 754 binary16): `float16Values[bits]`. */
export const float16Values = makeFloat16Values();

function makeFloat16Values(): Float32Array {
  const values = new Float32Array(65536);
  for (let bits = 0; bits < 65536; bits++) {
    const sign = bits >> 15 ? -1 : 1;
    const exponent = (bits >> 10) & 31;
    const mantissa = bits & 1023;
    if (exponent === 0) values[bits] = sign * mantissa * 2 ** -24;
    else if (exponent === 31) values[bits] = mantissa ? Number.NaN : sign * Number.POSITIVE_INFINITY;
    else values[bits] = sign * (1 + mantissa / 1024) * 2 ** (exponent - 15);
  }
  return values;
}

/** float16 bit patterns → float32; exact. */
export const float16ToFloat32 = (bits: Uint16Array): Float32Array => Float32Array.from(bits, (b) => float16Values[b]!);

/** bfloat16 bit patterns → float32; exact (the upper half of a float32). */
export function bfloat16ToFloat32(bits: Uint16Array): Float32Array {
  const words = new Uint32Array(bits.length);
  for (let i = 0; i < bits.length; i++) words[i] = bits[i]! << 16;
  return new Float32Array(words.buffer);
}
