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

/** The nearest half-precision bit pattern; ties go to the even one, and what is too large becomes infinite. */
export function float16Bits(value: number): number {
  single[0] = value;
  const bits = singleBits[0]!;
  const sign = (bits >>> 16) & 0x8000;
  const magnitude = bits & 0x7fffffff;
  if (magnitude >= 0x47800000) return sign | (magnitude > 0x7f800000 ? 0x7e00 : 0x7c00); // 65536 and beyond, NaN
  if (magnitude < 0x38800000) return sign | roundHalfEven(Math.abs(single[0]!) * 2 ** 24); // below the normal numbers
  return sign + ((magnitude - 0x38000000 + 0xfff + ((magnitude >>> 13) & 1)) >>> 13);
}

const single = new Float32Array(1);
const singleBits = new Uint32Array(single.buffer);

function roundHalfEven(value: number): number {
  const floor = Math.floor(value);
  const rest = value - floor;
  return rest > 0.5 || (rest === 0.5 && floor % 2 === 1) ? floor + 1 : floor;
}

/** Numbers as they are, or widened from the bits of half precision. */
export const asFloat32 = (numbers: Uint16Array | Float32Array): Float32Array =>
  numbers instanceof Float32Array ? numbers : Float32Array.from(numbers, (bits) => float16Values[bits]!);
