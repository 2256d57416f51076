import { expect, test } from 'vitest';
import { logitsOf, maxDifference, openDecoder } from './decoders.ts';
import { goldenPath, readGolden, type TinyLlamaGolden } from './goldenFiles.ts';

const golden = readGolden<TinyLlamaGolden>('tiny-llama.json');
const chunkings = [1, 5, 24];

test.each([
  ['fp32', 'fused'],
  ['fp32', 'standard'],
  ['default', 'fused'], // float weights stay what they are
] as const)('%s, %s operators: every logit of a random Llama as PyTorch computes it', async (precision, dialect) => {
  const decoder = await openDecoder(goldenPath('tiny-llama'), { precision, dialect });
  for (const chunkTokens of chunkings) {
    const logits = await logitsOf(decoder, golden.ids, chunkTokens);
    const worst = Math.max(...golden.logits.map((row, position) => maxDifference(logits[position]!, row)));
    expect(worst, `in chunks of ${chunkTokens}`).toBeLessThan(1e-4);
  }
  await decoder.release();
});
