import { expect, test } from 'vitest';
import { logitsOf, maxDifference, openDecoder } from './decoders.ts';
import { goldenPath, readGolden, type TinyLlamaGolden } from './goldenFiles.ts';

const golden = readGolden<TinyLlamaGolden>('tiny-llama.json');
const chunkings = [1, 5, 24];

test.each([
  ['fp32', 'fused', 1e-4],
  ['fp32', 'standard', 1e-4],
  ['default', 'fused', 1e-2], // float weights stay what they are, keys and values are kept in 16 bits
] as const)(
  '%s, %s operators: every logit of a random Llama as PyTorch computes it',
  async (precision, dialect, most) => {
    const decoder = await openDecoder(goldenPath('tiny-llama'), { precision, dialect });
    for (const chunkTokens of chunkings) {
      const logits = await logitsOf(decoder, golden.ids, chunkTokens);
      const worst = Math.max(...golden.logits.map((row, position) => maxDifference(logits[position]!, row)));
      expect(worst, `in chunks of ${chunkTokens}`).toBeLessThan(most);
    }
    await decoder.release();
  },
);
