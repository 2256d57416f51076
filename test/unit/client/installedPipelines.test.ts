import { mkdirSync, mkdtempSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { InstalledPipelines, type PipelinesClient } from '../../../src/client/pipelinesClient.ts';
import type { StoreClient } from '../../../src/client/storeClient.ts';
import type { ModelSummary } from '../../../src/protocol/store.ts';

const encoder = {
  name: 'mini',
  modelFolder: '/models/mini',
  pipeline: { kind: 'embedding', uses: [] },
} as unknown as ModelSummary;

/** A folder of models that has these files, listed by a store whose first answers are given. */
function installedIn(files: readonly string[], ...answers: readonly (() => Promise<ModelSummary[]>)[]) {
  const user = mkdtempSync(path.join(tmpdir(), 'inkling-test-'));
  onTestFinished(() => rmSync(user, { recursive: true }));
  for (const file of files) {
    mkdirSync(path.join(user, path.dirname(file)), { recursive: true });
    writeFileSync(path.join(user, file), '');
  }
  let asked = 0;
  const store = { list: () => answers[asked++]!() } as unknown as StoreClient;
  const pipelines = new InstalledPipelines({} as PipelinesClient, store, { user, bundled: user });
  return { pipelines, asked: () => asked, user };
}

const installed = (...answers: readonly (() => Promise<ModelSummary[]>)[]) =>
  installedIn(['mini/model.onnx'], ...answers);

const lists = async () => [encoder];
const fails = () => Promise.reject(new Error('The store process ended.'));

test('models are listed once as long as their folder stays as it is', async () => {
  const { pipelines, asked } = installed(lists);
  expect(await pipelines.find({ kind: 'embedding' })).toEqual({ name: 'mini', folder: '/models/mini' });
  expect(await pipelines.all('embedding')).toHaveLength(1);
  expect(asked()).toBe(1);
});

test('a listing that failed is made again for the next one who asks', async () => {
  const { pipelines } = installed(fails, lists);
  await expect(pipelines.find({ kind: 'embedding' })).rejects.toThrow('The store process ended.');
  expect(await pipelines.all('embedding')).toHaveLength(1);
});

describe('what a menu asks', () => {
  test.each<[what: string, files: string[], expected: boolean]>([
    ['no models', [], false],
    ['a file', ['recommended.json'], false],
    ['a decoder', ['large/config.json', 'large/model.safetensors'], false],
    ['a download on its way', ['.downloads/a1/files/config.json'], false],
    ['an encoder', ['mini/config.json', 'mini/model_quantized.onnx'], true],
    ['one as exporters lay it out', ['mini/config.json', 'mini/onnx/model.onnx'], true],
  ])('starts no process: a folder with %s', async (_, files, expected) => {
    const { pipelines, asked } = installedIn(files, lists);
    expect(pipelines.mayHave({ kind: 'embedding' })).toBe(expected);
    expect(asked()).toBe(0);
    expect((await pipelines.find({ kind: 'embedding' })) !== undefined).toBe(expected);
    expect(asked()).toBe(expected ? 1 : 0); // nor does a search where there is nothing to find
  });

  test('there is no folder of models', () => {
    const { pipelines, user } = installedIn([]);
    rmSync(user, { recursive: true });
    expect(pipelines.mayHave({ kind: 'embedding' })).toBe(false);
    mkdirSync(user); // for the end of the test
  });

  test('is answered exactly once the models were listed, until another one comes', async () => {
    const { pipelines, asked, user } = installed(lists, async () => []);
    expect(pipelines.mayHave({ kind: 'fillMask' })).toBe(true);
    await pipelines.find({ kind: 'embedding' });
    expect(pipelines.mayHave({ kind: 'fillMask' })).toBe(false);
    expect(pipelines.mayHave({ kind: 'embedding' })).toBe(true);
    utimesSync(user, 1, 1); // as when something is added
    expect(pipelines.mayHave({ kind: 'fillMask' })).toBe(true);
    expect(asked()).toBe(1);
  });
});
