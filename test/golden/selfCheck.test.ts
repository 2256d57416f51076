import { expect, test } from 'vitest';
import { checkTokens, greatestDivergence, runCheck, worstDivergence } from '../../src/inference/devices/selfCheck.ts';
import type { DecoderGraphOptions } from '../../src/model/decoder/decoderOps.ts';
import { openModelFolder } from '../../src/model/modelFolder.ts';
import { openDecoder } from './decoders.ts';
import { bundledModel } from './goldenFiles.ts';

const tokenIds = checkTokens(openModelFolder(bundledModel()));

async function check(options: Pick<DecoderGraphOptions, 'precision' | 'dialect'>): Promise<Float32Array[]> {
  const decoder = await openDecoder(bundledModel(), options);
  const rows = await runCheck(decoder, tokenIds);
  await decoder.release();
  return rows;
}

// int8 activations round differently for every right way of computing: the tolerance must leave room for that.
test('right ways of computing the bundled model pass the self-check of devices', async () => {
  const reference = await check({ precision: 'default', dialect: 'fused' });
  const standard = worstDivergence(reference, await check({ precision: 'default', dialect: 'standard' }));
  const fp32 = worstDivergence(reference, await check({ precision: 'fp32', dialect: 'fused' }));
  expect(standard).toBeGreaterThan(0);
  expect(standard).toBeLessThan(greatestDivergence / 2);
  expect(fp32).toBeLessThan(greatestDivergence / 2);
});
