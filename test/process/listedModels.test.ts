// Models that are recommended: from a list to a model that can be used, against a hub on a loopback address.
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { ListedModel } from '../../src/protocol/store.ts';
import { runCli } from '../support/cliProcess.ts';
import { listedModel } from '../support/listedModel.ts';
import { commit, etagOf, ModelHub, tinyFiles } from '../support/modelHub.ts';
import { temporaryFolder } from '../support/temporaryFolder.ts';

/** A person's own list with one model, beside their models. */
async function withList(changes: Partial<ListedModel> = {}) {
  const files = await tinyFiles();
  const hub = await ModelHub.open({ files });
  const folder = await temporaryFolder();
  const listed = listedModel({ revision: commit, ...changes });
  await writeFile(join(folder, 'recommended.json'), JSON.stringify({ models: [listed, { name: 'bad' }] }));
  const run = (...command: string[]) => runCli(['models', ...command], undefined, { INKLING_MODELS: folder });
  return { hub, files, folder, run };
}

test('is recommended with what it needs; an entry that cannot be used is told', async () => {
  const { run } = await withList();
  const { exitCode, stdout, stderr } = await run('recommend', '--json');
  expect({ exitCode, stderr }).toEqual({
    exitCode: 0,
    stderr: expect.stringMatching(/model 2 \(bad\): title is missing/),
  });
  const { machine, models } = JSON.parse(stdout);
  expect(machine).toEqual({
    memoryMb: expect.any(Number),
    cores: expect.any(Number),
    freeDiskMb: expect.any(Number),
  });
  expect(models.find(({ name }: ListedModel) => name === 'listed')).toMatchObject({ fit: 'good', memoryMb: 100 });
  expect((await run('recommend')).stdout).toMatch(/listed +suits +typing +en +MIT +1 MB +100 MB/);
});

test('is fetched by its name, of the revision that is pinned', async () => {
  const sha256 = (content: Buffer) => ({ 'model.safetensors': etagOf(content).slice(1, -1) });
  const { hub, files, run } = await withList();
  const again = await withList({ sha256: sha256(files['model.safetensors']!) });
  for (const { hub: at, run: runIt } of [{ hub, run }, again]) {
    const { exitCode, stderr } = await runIt('download', 'listed', '--mirror', at.endpoint);
    expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' });
    expect(at.requests[0]).toContain(`/revision/${commit}`);
  }
});

test('whose file is another one at the hub is not fetched', async () => {
  const { hub, run } = await withList({ sha256: { 'model.safetensors': 'a'.repeat(64) } });
  const { exitCode, stderr } = await run('download', 'listed', '--mirror', hub.endpoint);
  expect({ exitCode, stderr }).toEqual({
    exitCode: 1,
    stderr: expect.stringMatching(/another file at the hub than the one on the list/),
  });
  expect(hub.requests).toHaveLength(1);
});

test('a name that is on no list is wrong use, and nothing is asked', async () => {
  const { hub, run } = await withList();
  const { exitCode, stderr } = await run('download', 'unheard-of', '--mirror', hub.endpoint);
  expect({ exitCode, stderr }).toEqual({
    exitCode: 2,
    stderr: expect.stringMatching(/not one of those recommended: .*listed/),
  });
  expect(hub.requests).toEqual([]);
});
