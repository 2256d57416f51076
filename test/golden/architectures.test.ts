import { cpSync, existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { readFloat32Tensor, readSafetensorsHeader, readTensorBytes } from '../../src/model/files/safetensors.ts';
import { convertModel } from '../../src/store/convertModel.ts';
import { temporaryFolder } from '../support/temporaryFolder.ts';
import { logitsOf, maxDifference, openDecoder } from './decoders.ts';
import { goldenPath } from './goldenFiles.ts';

/** A model and what transformers computes with it; scripts/make_architectures.py wrote both. */
const cases = readdirSync(goldenPath('architectures')).sort();
const most = 1e-3;

/** A case that only scales positions otherwise has no weights of its own. */
async function modelFolder(name: string): Promise<string> {
  const folder = goldenPath(join('architectures', name));
  if (existsSync(join(folder, 'model.safetensors'))) return folder;
  const whole = join(await temporaryFolder(), name);
  cpSync(goldenPath(join('architectures', name.split('-')[0]!, 'model.safetensors')), join(whole, 'model.safetensors'));
  cpSync(folder, whole, { recursive: true });
  return whole;
}

interface Golden {
  readonly ids: readonly number[];
  /** every fourth logit of every token, (tokens, 16) */
  readonly logits: readonly Float32Array[];
  readonly logSumExp: Float32Array;
}

function readGoldenLogits(name: string): Golden {
  const { tensors } = readSafetensorsHeader(goldenPath(join('architectures', name, 'golden.safetensors')));
  const ids = readTensorBytes(tensors.get('ids')!);
  const logits = readFloat32Tensor(tensors.get('logits')!);
  return {
    ids: [...new Int32Array(ids.buffer, ids.byteOffset, ids.length / 4)],
    logits: Array.from({ length: logits.length / 16 }, (_, row) => logits.subarray(16 * row, 16 * row + 16)),
    logSumExp: readFloat32Tensor(tensors.get('logSumExp')!),
  };
}

/** The largest difference over all tokens: of the logits that were kept, and of the sum over all of them. */
function worst(rows: readonly Float32Array[], golden: Golden, first = 0): number {
  const differences = rows.map((row, i) => {
    const kept = row.filter((_, column) => column % 4 === 0);
    const sum = Math.log(row.reduce((total, logit) => total + Math.exp(logit), 0));
    return Math.max(maxDifference(kept, golden.logits[first + i]!), Math.abs(sum - golden.logSumExp[first + i]!));
  });
  return Math.max(...differences);
}

describe.each(cases)('%s: 256 tokens as transformers computes them', (name) => {
  const golden = readGoldenLogits(name);

  test.each([
    ['fused', 64],
    ['fused', 1],
    ['standard', 50],
    ['standard', 1],
  ] as const)('%s operators, %i at a time', async (dialect, chunkTokens) => {
    const decoder = await openDecoder(await modelFolder(name), { precision: 'fp32', dialect });
    expect(worst(await logitsOf(decoder, golden.ids, chunkTokens), golden)).toBeLessThan(most);
    await decoder.release();
  });

  test('after a cut-back', async () => {
    const decoder = await openDecoder(await modelFolder(name), { precision: 'fp32', dialect: 'fused' });
    const cache = decoder.newCache(512);
    await decoder.run(cache, golden.ids.slice(0, 90), [0]);
    await decoder.run(cache, golden.ids.slice(100, 200).reverse(), [0]); // another text, which is taken back
    cache.rewindTo(90);
    const rest = golden.ids.slice(90);
    const rows = rest.map((_, row) => row);
    const logits = await decoder.run(cache, rest, rows);
    const width = decoder.config.vocabularySize;
    expect(
      worst(
        rows.map((row) => logits.slice(row * width, (row + 1) * width)),
        golden,
        90,
      ),
    ).toBeLessThan(most);
    await decoder.release();
  });

  test.each([150, 128, 100, 65, 33, 1])(
    'after a cut-back to %i, where no run ended, and another behind it',
    async (length) => {
      const decoder = await openDecoder(await modelFolder(name), { precision: 'fp32', dialect: 'fused' });
      const cache = decoder.newCache(512);
      for (let start = 0; start < 192; start += 48) await decoder.run(cache, golden.ids.slice(start, start + 48), []);
      cache.rewindTo(length + 2);
      await decoder.run(cache, [9], [0]); // another token, which is taken back
      cache.rewindTo(length);
      const rest = golden.ids.slice(length);
      const rows: Float32Array[] = [];
      for (const id of rest.slice(0, 3)) rows.push((await decoder.run(cache, [id], [0])).slice());
      expect(worst(rows, golden, length)).toBeLessThan(most);
      expect(cache.tokenIds).toEqual(golden.ids.slice(0, length + 3));
      await decoder.release();
    },
  );
});

const withGguf = cases.filter((name) => existsSync(goldenPath(join('architectures', name, 'model.gguf'))));

test.each(withGguf)('%s: the same from a GGUF as llama.cpp writes it', async (name) => {
  const target = join(await temporaryFolder(), 'converted');
  await convertModel({ source: goldenPath(join('architectures', name, 'model.gguf')), target }, () => {});
  const decoder = await openDecoder(target, { precision: 'fp32', dialect: 'fused' });
  const golden = readGoldenLogits(name);
  expect(worst(await logitsOf(decoder, golden.ids, 64), golden)).toBeLessThan(most);
  await decoder.release();
});
