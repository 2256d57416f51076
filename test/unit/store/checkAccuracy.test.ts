import { cpSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { type AccuracyCheck, readManifest } from '../../../src/model/manifest.ts';
import { openModelFolder } from '../../../src/model/modelFolder.ts';
import { logitsOfTexts } from '../../../src/model/readOnce.ts';
import { checkAccuracy, chooseLevel, compare, promptTokens } from '../../../src/store/checkAccuracy.ts';
import { convertModel } from '../../../src/store/convertModel.ts';
import { verifyModel } from '../../../src/store/verifyModel.ts';
import { openDecoder } from '../../golden/decoders.ts';
import { goldenPath } from '../../golden/goldenFiles.ts';
import { temporaryFolder } from '../../support/temporaryFolder.ts';

const like = (divergence: number, agreement = 0.9) => ({ divergence, agreement });

test.each([
  [like(0.004), like(0), 4],
  [like(0.05), like(0), 4],
  [like(0.051), like(0), 1],
  [like(3), like(0.001), 1],
  [like(0.2), like(0.15), 4], // both are wrong: the fast one
  [like(0.2), like(0.1), 1],
  [like(Number.MAX_VALUE), like(0.1), 1], // numbers that are not finite
  [like(Number.MAX_VALUE), like(Number.MAX_VALUE), 4],
] as const)('divergences %j at level 4 and %j at level 1', (of4, of1, level) => {
  expect(chooseLevel(of4, of1).level).toBe(level);
});

test('how like: the likeliest token, and the divergence of the distributions', () => {
  const reference = [Float32Array.of(0, Math.log(3), /**/ 5, 0), Float32Array.of(1, 2)];
  expect(compare(reference, reference, 2)).toEqual({ agreement: 1, divergence: 0 });
  const other = [Float32Array.of(Math.log(3), 0, /**/ 5, 0), Float32Array.of(1, 2)];
  const { agreement, divergence } = compare(reference, other, 2);
  expect(agreement).toBeCloseTo(2 / 3);
  expect(divergence).toBeCloseTo((0.5 * Math.log(3)) / 3); // Σ p·ln(p/q) of (1/4, 3/4) from (3/4, 1/4), over three tokens
  expect(compare(reference, [Float32Array.of(Number.NaN, 0, 0, 0), Float32Array.of(1, 2)], 2).divergence).toBe(
    Number.MAX_VALUE,
  );
});

test.each([
  [135e6, 64],
  [1e9, 64],
  [1.5e9, 43],
  [2e9, 32],
  [4e9, 16],
  [8e9, 16],
])('a model of %d parameters reads %i tokens of a prompt', (parameters, tokens) => {
  expect(promptTokens(parameters)).toBe(tokens);
});

async function added(): Promise<string> {
  const target = join(await temporaryFolder(), 'mixed');
  await convertModel({ source: goldenPath('mixed.gguf'), target }, () => {});
  return target;
}

test('what an import found is kept with the model, told when it is verified, and used when it runs', async () => {
  const target = await added();
  const kept = readManifest(target)!.accuracy!;
  expect(kept).toMatchObject({ level: expect.toBeOneOf([1, 4]), against: 'float32' });
  expect(kept.divergence).toBeGreaterThanOrEqual(0);
  expect((await verifyModel(target, () => {})).accuracy).toEqual(kept);
  const logits = async (level: 1 | 4) => {
    const manifest = JSON.parse(readFileSync(join(target, 'inkling.json'), 'utf8'));
    writeFileSync(join(target, 'inkling.json'), JSON.stringify({ ...manifest, accuracy: { ...kept, level } }));
    const decoder = await openDecoder(target, { precision: 'default', dialect: 'fused' });
    const row = await decoder.run(decoder.newCache(16), [5, 6, 7], [2]);
    await decoder.release();
    return row;
  };
  const exact = await logitsOfTexts(openModelFolder(target), [[5, 6, 7]], { precision: 'fp32' });
  const width = exact[0]!.length / 3;
  const furthest = (row: Float32Array) =>
    Math.max(...row.map((value, i) => Math.abs(value - exact[0]![2 * width + i]!)));
  expect(furthest(await logits(1))).toBeLessThan(1e-3);
  expect(furthest(await logits(4))).toBeGreaterThan(1e-3); // or the level is not what the graph gets
});

test.each(['llama', 'gemma2', 'gpt2', 'lfm2', 'lfm2-adjusted', 'lstm', 'mistral'])(
  'read at once, %s says what it says read on with a cache',
  async (name) => {
    const folder = goldenPath(join('architectures', name));
    const ids = [3, 9, 4, 11, 33, 7, 1, 60, 2, 8, 5, 12];
    const [once] = await logitsOfTexts(openModelFolder(folder), [ids], { precision: 'fp32' });
    const decoder = await openDecoder(folder, { precision: 'fp32', dialect: 'fused' });
    const cache = decoder.newCache(32);
    for (const [at, id] of ids.entries()) {
      const row = await decoder.run(cache, [id], [0]);
      row.forEach((value, i) => void expect(Math.abs(value - once![at * row.length + i]!)).toBeLessThan(1e-3));
    }
    await decoder.release();
  },
);

test('only the last logits of a text are computed where a limit is set', async () => {
  const folder = openModelFolder(goldenPath('tiny-llama'));
  const width = folder.config.vocabularySize;
  const ids = [5, 6, 7, 8];
  const [all] = await logitsOfTexts(folder, [ids], { precision: 'fp32' });
  const [last] = await logitsOfTexts(folder, [ids], { precision: 'fp32', mostRows: 2 });
  expect(last!.length).toBe(2 * width);
  last!.forEach((value, i) => void expect(value).toBeCloseTo(all![2 * width + i]!, 4));
});

test('where memory does not suffice, nothing is checked and nothing fails', async () => {
  expect(await checkAccuracy(openModelFolder(await added()), 100e6)).toBeUndefined();
});

test('a model without blocks has no levels', async () => {
  expect(await checkAccuracy(openModelFolder(goldenPath('tiny-llama')))).toBeUndefined();
});

test.each([{ level: 2 }, { level: '4' }, { agreement: null }, { divergence: 'small' }, { against: 'hope' }] as const)(
  'a manifest whose check says %j is damaged',
  async (change) => {
    const folder = join(await temporaryFolder(), 'model');
    cpSync(goldenPath('tiny-llama'), folder, { recursive: true });
    const accuracy: AccuracyCheck = { level: 4, agreement: 1, divergence: 0, against: 'float32' };
    const manifest = { name: 'm', source: '', licence: '', weightFormat: '', files: {} };
    writeFileSync(join(folder, 'inkling.json'), JSON.stringify({ ...manifest, accuracy }));
    expect(readManifest(folder)?.accuracy).toEqual(accuracy);
    writeFileSync(join(folder, 'inkling.json'), JSON.stringify({ ...manifest, accuracy: { ...accuracy, ...change } }));
    expect(() => readManifest(folder)).toThrow(/is damaged/);
  },
);
