import { readdirSync, statSync, truncateSync, writeFileSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { readTensorBytes } from '../../../src/model/files/safetensors.ts';
import { openModelFolder } from '../../../src/model/modelFolder.ts';
import { zeroByte } from '../../../src/model/onnx/composites.ts';
import { readMatrix } from '../../../src/model/weights/matrixWeights.ts';
import { convertModel } from '../../../src/store/convertModel.ts';
import { openFrozenBase, trainingCacheFolder } from '../../../src/training/session/frozenBase.ts';
import { goldenPath } from '../../golden/goldenFiles.ts';
import { temporaryFolder } from '../../support/temporaryFolder.ts';

/** A process id that nobody has: the largest that a system gives is smaller. */
const nobody = 2 ** 30;

/** A quantised model of some kilobytes, and a cache that holds nothing yet. */
async function quantised() {
  const folder = await temporaryFolder();
  const target = join(folder, 'model');
  await convertModel({ source: goldenPath('mixed.gguf'), target }, () => {});
  const cache = join(folder, 'cache');
  return { model: openModelFolder(target), cache, files: () => readdirSync(cache).sort() };
}

test('a quantised model is dequantised once, to the same numbers, and found again', async () => {
  const { model, cache, files } = await quantised();
  const base = await openFrozenBase(model, cache);
  expect(readMatrix(base.weights.linear(0, 'down'))).toEqual(readMatrix(model.weights.linear(0, 'down')));
  expect(readMatrix(base.weights.linear(0, 'q')).length).toBeGreaterThan(0);
  base.release();
  const [name, ...others] = files();
  expect(others).toEqual([]);
  const { ino, mtimeMs } = statSync(join(cache, name!));
  (await openFrozenBase(model, cache)).release();
  expect(statSync(join(cache, name!))).toMatchObject({ ino, mtimeMs });
});

test('a model that is float32 is used as it lies', async () => {
  const model = openModelFolder(goldenPath('tiny-llama'));
  const { weights, folder } = await openFrozenBase(model, '/nowhere');
  expect({ weights, folder }).toEqual({ weights: model.weights, folder: model.path });
});

test('the 8-bit numbers are made once, of any model, and are the matrices but for rounding', async () => {
  const cache = await temporaryFolder();
  const model = openModelFolder(goldenPath('tiny-llama')); // float32: written nevertheless, beside its 8-bit numbers
  const { quantized, weights, release } = await openFrozenBase(model, cache, 'int8');
  const [{ rows, columns }, exact] = [weights.linear(1, 'down'), readMatrix(weights.linear(1, 'down'))];
  const { forward, backward } = quantized!.linear(1, 'down');
  const [there, back] = [forward!, backward].map(({ weight, scales }) => ({
    quants: Int8Array.from(readTensorBytes(weight), (byte) => byte ^ (weight.dtype === 'U8' ? zeroByte : 0)),
    scales,
  }));
  exact.forEach((value, i) => {
    const [row, column] = [Math.floor(i / columns), i % columns];
    const step = there!.scales[row]!;
    expect(Math.abs(there!.quants[column * rows + row]! * step - value)).toBeLessThanOrEqual(0.501 * step);
    expect(Math.abs(back!.quants[i]! * back!.scales[column]! - value)).toBeLessThanOrEqual(
      0.501 * back!.scales[column]!,
    );
  });
  release();
  const before = readdirSync(cache).map((name) => statSync(join(cache, name)).mtimeMs);
  (await openFrozenBase(model, cache, 'int8')).release();
  expect(readdirSync(cache).map((name) => statSync(join(cache, name)).mtimeMs)).toEqual(before);
  expect(before.length).toBe(2);
});

test('a file that is cut off or of another model is written anew', async () => {
  const { model, cache, files } = await quantised();
  (await openFrozenBase(model, cache)).release();
  const path = join(cache, files()[0]!);
  const { size } = statSync(path);
  truncateSync(path, size - 1);
  (await openFrozenBase(model, cache)).release();
  expect(statSync(path).size).toBe(size);
  writeFileSync(path, 'something else');
  (await openFrozenBase(model, cache)).release();
  expect(statSync(path).size).toBe(size);
});

test('the cache holds one model at rest: what nobody uses goes, what somebody uses or did not come from us stays', async () => {
  const { model, cache, files } = await quantised();
  await mkdir(cache);
  const [unused, used, crashed] = ['a', 'b', 'c'].map((letter) => letter.repeat(32));
  const before = [
    `${unused}.safetensors`,
    `${unused}.${nobody}.used`,
    `${used}.safetensors`,
    `${used}.${process.ppid}.used`,
    `${crashed}.safetensors.${nobody}.writing`,
    'notes.txt',
  ];
  for (const name of before) writeFileSync(join(cache, name), '');
  const base = await openFrozenBase(model, cache);
  const own = files().filter((name) => !before.includes(name));
  expect(own).toEqual([expect.stringMatching(/\.\d+\.used$/u), expect.stringMatching(/^[0-9a-f]{32}\.safetensors$/u)]);
  expect(files().filter((name) => before.includes(name))).toEqual(
    [`${used}.${process.ppid}.used`, `${used}.safetensors`, 'notes.txt'].sort(),
  );
  base.release();
});

test('a cache that cannot be written is said so', async () => {
  const { model, cache } = await quantised();
  writeFileSync(cache, 'a file where the folder should be');
  await expect(openFrozenBase(model, cache)).rejects.toThrow(
    /cache cannot be written: [a-z, ]+ \((?:EEXIST|ENOTDIR)\)/u,
  );
});

test.runIf(process.platform === 'linux').each([
  ['/var/cache', '/var/cache/inkling/training'],
  ['cache', join(homedir(), '.cache/inkling/training')],
  ['./cache', join(homedir(), '.cache/inkling/training')],
  ['', join(homedir(), '.cache/inkling/training')],
])('a cache folder of %j is %s', (cache, expected) => {
  expect(trainingCacheFolder({ XDG_CACHE_HOME: cache })).toBe(expected);
});
