// What hubs and disks do to a download beside breaking off: absurd sizes, new names, one name for several files, full disks.
import { spawnSync } from 'node:child_process';
import { readdir, readFile } from 'node:fs/promises';
import type { ServerResponse } from 'node:http';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { discardDownload, downloadModel } from '../../src/store/hub/downloadModel.ts';
import { runCli } from '../support/cliProcess.ts';
import { fetchedModel, watch } from '../support/fetchedModel.ts';
import { ModelHub, type ModelHubOptions, status, tinyFiles } from '../support/modelHub.ts';
import { temporaryFolder } from '../support/temporaryFolder.ts';
import { distFolder } from '../support/tinyEngine.ts';
import { writeTinyModel } from '../support/tinyModel.ts';

async function download(options: ModelHubOptions) {
  const begun = await fetchedModel(options, { id: 'someone/tiny' });
  return { ...begun, details: await begun.download };
}

test('a model that was renamed at the hub comes by its old name', async () => {
  const files = await tinyFiles();
  const { details, folder } = await download({ files, id: 'someone/new-name', formerId: 'someone/tiny' });
  expect(details.name).toBe('tiny');
  expect(await readdir(folder)).toContain('tiny');
});

test.each([
  ['config.json', 100e6, /config\.json of someone\/tiny has 100 MB/],
  ['generation_config.json', 17e6, /has 17 MB/],
  ['tokenizer.json', 200e6, /tokenizer\.json of someone\/tiny has 200 MB/],
])('%s of %d bytes is refused before anything is fetched', async (name, size, message) => {
  const files = await tinyFiles();
  const grown = (all: Record<string, unknown>) => {
    const siblings = all['siblings'] as { rfilename: string }[];
    const others = siblings.filter(({ rfilename }) => rfilename !== name);
    return { ...all, siblings: [...others, { rfilename: name, size }] };
  };
  const hub = await ModelHub.open({ files, describe: grown });
  const request = { id: 'someone/tiny', revision: 'main', folder: await temporaryFolder(), endpoint: hub.endpoint };
  await expect(downloadModel({ ...request, resume: false }, watch)).rejects.toThrow(message);
  expect(hub.requests).toHaveLength(1);
});

test('files in folders that carry the names of others are not taken for them', async () => {
  const files = await tinyFiles();
  const nonsense = Buffer.from('{"architectures": ["Nonsense"]}');
  const { details } = await download({
    files: {
      ...files,
      'old/config.json': nonsense,
      'old/model.safetensors': nonsense,
      'onnx/tokenizer.json': nonsense,
    },
  });
  expect(details.architecture).toBe('LlamaForCausalLM');
});

test('a disk that becomes full in the middle of a conversion: told in one line, and nothing half-written is left', async () => {
  const parent = await temporaryFolder();
  const source = await writeTinyModel(join(parent, 'source'));
  const models = join(parent, 'models');
  // No file may become larger than 4 kB: as on a full disk, writing fails in the middle of one.
  const limited = ['-c', 'ulimit -f 4 && exec "$@"', 'bash', process.execPath, join(distFolder, 'cli.js')];
  const env = { ...process.env, INKLING_MODELS: models };
  const { status, stderr } = spawnSync('bash', [...limited, 'models', 'add', source], { encoding: 'utf8', env });
  expect({ status, stderr }).toEqual({ status: 1, stderr: expect.stringMatching(/^inkling: .*(EFBIG|ENOSPC).*\n$/) });
  expect(await readdir(models)).toEqual([]);
  const { exitCode } = await runCli(['models', 'add', source], undefined, { INKLING_MODELS: models });
  expect(exitCode).toBe(0);
  expect(await readFile(join(models, 'source/inkling.json'), 'utf8')).toContain('"source"');
});

test('what a stopped download has left is deleted when it is discarded; that of others stays', async () => {
  const refuses = { path: /safetensors/u, answer: (response: ServerResponse) => status(response, 403) };
  const folder = await temporaryFolder();
  const [first, second] = await Promise.all(
    [1, 2].map(async () => ModelHub.open({ files: await tinyFiles(), faults: [refuses] })),
  );
  for (const { endpoint } of [first!, second!]) {
    const request = { id: 'someone/tiny', revision: 'main', folder, endpoint, resume: true };
    await expect(downloadModel(request, watch)).rejects.toThrow(/not open to everybody/);
  }
  const left = () => readdir(join(folder, '.downloads'));
  expect(await left()).toHaveLength(2);
  discardDownload({ folder, endpoint: first!.endpoint, id: 'someone/other' });
  expect(await left()).toHaveLength(2);
  discardDownload({ folder, endpoint: first!.endpoint, id: 'someone/tiny' });
  expect(await left()).toHaveLength(1);
  discardDownload({ folder: join(folder, 'there is none'), endpoint: first!.endpoint, id: 'someone/tiny' });
});

test('two that fetch the same model at the same moment: one gets it, the other is told', async () => {
  const hub = await ModelHub.open({ files: await tinyFiles() });
  const folder = await temporaryFolder();
  const command = ['models', 'download', 'someone/tiny', '--mirror', hub.endpoint, '--json'];
  const results = await Promise.all([1, 2].map(() => runCli(command, undefined, { INKLING_MODELS: folder })));
  const [got, told] = results.toSorted((a, b) => a.exitCode! - b.exitCode!);
  expect(got).toMatchObject({ exitCode: 0 });
  if (told!.exitCode !== 0) expect(told!.stderr).toMatch(/Another window is fetching|There is a model tiny already/);
  expect(
    JSON.parse((await runCli(['models', 'verify', 'tiny', '--json'], undefined, { INKLING_MODELS: folder })).stdout).ok,
  ).toBe(true);
});
