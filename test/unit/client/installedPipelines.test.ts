import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { InstalledPipelines, type PipelinesClient } from '../../../src/client/pipelinesClient.ts';
import type { StoreClient } from '../../../src/client/storeClient.ts';
import type { ModelSummary } from '../../../src/protocol/store.ts';

const encoder = {
  name: 'mini',
  modelFolder: '/models/mini',
  pipeline: { kind: 'embedding', uses: [] },
} as unknown as ModelSummary;

/** A folder of models, listed by a store whose first answers are given. */
function installed(...answers: readonly (() => Promise<ModelSummary[]>)[]) {
  const user = mkdtempSync(path.join(tmpdir(), 'inkling-test-'));
  onTestFinished(() => rmSync(user, { recursive: true }));
  let asked = 0;
  const store = { list: () => answers[asked++]!() } as unknown as StoreClient;
  const pipelines = new InstalledPipelines({} as PipelinesClient, store, { user, bundled: user });
  return { pipelines, asked: () => asked };
}

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
