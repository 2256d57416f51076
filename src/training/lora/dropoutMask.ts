import { uniformNumbers } from '../randomNumbers.ts';

/** 0 where a value is dropped, with the given probability (to 16 bits), else 1; the same seed gives the same mask. */
export function dropoutMask(length: number, probability: number, seed: number): Uint8Array {
  const random = uniformNumbers(seed);
  const threshold = Math.round(probability * 65536);
  const mask = new Uint8Array(length);
  for (let i = 0; i < length; i += 2) {
    const word = random() * 2 ** 32; // two draws of 16 bits
    mask[i] = word >>> 16 >= threshold ? 1 : 0;
    if (i + 1 < length) mask[i + 1] = (word & 0xffff) >= threshold ? 1 : 0;
  }
  return mask;
}
