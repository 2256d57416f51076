import { Decoder } from '../../src/inference/decoder.ts';
import type { DecoderGraphOptions } from '../../src/model/decoder/decoderOps.ts';
import { openModelFolder } from '../../src/model/modelFolder.ts';

/** The product's own decoder, run in this process to see its logits, which its protocol does not carry. */
export function openDecoder(
  folder: string,
  options: Pick<DecoderGraphOptions, 'precision' | 'dialect'>,
): Promise<Decoder> {
  return Decoder.create(openModelFolder(folder), { ...options, maxPositions: 1024, device: 'cpu', threads: 2 });
}

/**
 * Logits after every token, the tokens given to the decoder in chunks.
 * @returns (tokens, vocabulary), one array per token
 */
export async function logitsOf(decoder: Decoder, ids: readonly number[], chunkTokens: number): Promise<Float32Array[]> {
  const cache = decoder.newCache(decoder.config.contextTokens);
  cache.expect(ids.length);
  const rows: Float32Array[] = [];
  for (let start = 0; start < ids.length; start += chunkTokens) {
    const chunk = ids.slice(start, start + chunkTokens);
    const logits = await decoder.run(
      cache,
      chunk,
      chunk.map((_, row) => row),
    );
    const width = decoder.config.vocabularySize;
    for (let row = 0; row < chunk.length; row++) rows.push(logits.slice(row * width, (row + 1) * width));
  }
  return rows;
}

/** Largest absolute difference between two rows; NaN when either holds one. */
export function maxDifference(actual: ArrayLike<number>, expected: ArrayLike<number>): number {
  let largest = 0;
  for (let i = 0; i < expected.length; i++) {
    const difference = Math.abs(actual[i]! - expected[i]!);
    if (!(difference <= largest)) largest = difference;
  }
  return largest;
}

export function argmax(row: ArrayLike<number>): number {
  let best = 0;
  for (let id = 1; id < row.length; id++) if (row[id]! > row[best]!) best = id;
  return best;
}

/** Log-probability of `id` under the logits, summed in double precision. */
export function logprobOf(row: ArrayLike<number>, id: number): number {
  const largest = row[argmax(row)]!;
  let sum = 0;
  for (let i = 0; i < row.length; i++) sum += Math.exp(row[i]! - largest);
  return row[id]! - largest - Math.log(sum);
}
