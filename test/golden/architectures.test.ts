import { cpSync, existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { Decoder } from '../../src/inference/decoder.ts';
import type { DecoderState } from '../../src/inference/decoderState.ts';
import { KvCache } from '../../src/inference/kvCache.ts';
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
    cache.expect(golden.ids.length);
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
      cache.expect(golden.ids.length);
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

const withWindows = cases.filter((name) => ['mistral', 'gemma2', 'gemma3'].includes(name)); // of 8 tokens

describe.each(withWindows)('%s: where a layer sees a window, only that is kept', (name) => {
  const golden = readGoldenLogits(name);
  const spare = 16;

  /** Reads on to `end` in runs of `step` tokens; the logits after each. */
  async function readTo(decoder: Decoder, cache: DecoderState, end: number, step: number): Promise<Float32Array[]> {
    const rows: Float32Array[] = [];
    while (cache.length < end) {
      const run = golden.ids.slice(cache.length, Math.min(end, cache.length + step));
      const logits = await decoder.run(cache, run, [...run.keys()]);
      const width = logits.length / run.length;
      for (const row of run.keys()) rows.push(logits.slice(row * width, (row + 1) * width));
    }
    return rows;
  }

  test.each([1, 7, 23, 64, 100])('%i tokens at a time', async (step) => {
    const decoder = await openDecoder(await modelFolder(name), { precision: 'fp32', dialect: 'fused' });
    const cache = decoder.newCache(512, spare);
    expect(worst(await readTo(decoder, cache, 256, step), golden)).toBeLessThan(most);
    const ofWindow = cache.parts.find((part) => part instanceof KvCache && part.window === 8);
    expect((ofWindow as KvCache).rows).toBe(8 - 1 + spare);
    await decoder.release();
  });

  test.each([0, 1, 15, 16, 17, 40, 200])('after %i tokens were taken back, as often as one likes', async (taken) => {
    const decoder = await openDecoder(await modelFolder(name), { precision: 'fp32', dialect: 'fused' });
    const cache = decoder.newCache(512, spare);
    await readTo(decoder, cache, 220, 50);
    cache.rewindTo(220 - taken);
    expect(cache.unread().length).toBe(taken <= spare ? 0 : 220 - taken);
    for (const wrong of [3, 4, 5]) {
      await decoder.run(cache, [wrong, wrong], [0]);
      cache.rewindTo(220 - taken);
    }
    expect(worst(await readTo(decoder, cache, 230, 3), golden, 220 - taken)).toBeLessThan(most);
    expect(cache.tokenIds).toEqual(golden.ids.slice(0, 230));
    await decoder.release();
  });
});

describe.each(cases.filter((name) => name.endsWith('-beyond')))('%s: longer than its first positions hold', (name) => {
  const { tensors } = readSafetensorsHeader(goldenPath(join('architectures', name, 'golden.safetensors')));
  const { ids } = readGoldenLogits(name);

  test.each(['fused', 'standard'] as const)(
    'all of a text is read anew when it becomes long, and short: %s',
    async (dialect) => {
      const decoder = await openDecoder(await modelFolder(name), { precision: 'fp32', dialect });
      const cache = decoder.newCache(512);
      for (const length of [40, 95, 96, 97, 98, 160, 96, 160, 97, 40]) {
        cache.rewindTo(length - 1);
        cache.expect(length);
        for (let at = cache.length; at < length - 1; at += 20) {
          await decoder.run(cache, ids.slice(at, Math.min(at + 20, length - 1)), []);
        }
        const logits = await decoder.run(cache, [ids[length - 1]!], [0]);
        const after = readFloat32Tensor(tensors.get(`after.${length}`)!);
        expect(maxDifference(logits, after), `after ${length} tokens`).toBeLessThan(most);
      }
      await decoder.release();
    },
  );

  test('also where nobody said how long it would become', async () => {
    const decoder = await openDecoder(await modelFolder(name), { precision: 'fp32', dialect: 'fused' });
    const cache = decoder.newCache(512);
    await decoder.run(cache, ids.slice(0, 96), [0]);
    const logits = await decoder.run(cache, [ids[96]!], [0]);
    expect(maxDifference(logits, readFloat32Tensor(tensors.get('after.97')!))).toBeLessThan(most);
    await decoder.release();
  });
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
