// What the command line never does to folders of others, with the real processes and a tiny model.
import { spawnSync } from 'node:child_process';
import { cp, mkdir, mkdtemp, readdir, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeAll, expect, test } from 'vitest';
import { runCli } from '../support/cliProcess.ts';
import { pageOfProse } from '../support/pageOfProse.ts';
import { temporaryFolder } from '../support/temporaryFolder.ts';
import { distFolder } from '../support/tinyEngine.ts';
import { writeTinyModel } from '../support/tinyModel.ts';

let model: string;
let prose: string;
/** trained once, for all tests */
let adapter: string;

const quick = [
  '--sequence-length',
  '64',
  '--min-characters',
  '2000',
  '--lora-rank',
  '4',
  '--no-proof',
  '--max-steps',
  '1',
];

beforeAll(async () => {
  const folder = await mkdtemp(join(tmpdir(), 'inkling-test-'));
  model = await writeTinyModel(join(folder, 'tiny'));
  prose = join(folder, 'prose');
  await mkdir(prose);
  for (let number = 1; number <= 8; number++) await writeFile(join(prose, `page-${number}.md`), pageOfProse(number));
  adapter = join(folder, 'mine');
  const commandLine = [join(distFolder, 'cli.js'), 'finetune', prose, '--out', adapter, '--model', model, ...quick];
  expect(spawnSync(process.execPath, commandLine).status).toBe(0);
  return () => rm(folder, { recursive: true, force: true });
});

test('adapters remove takes nothing away but an adapter of the store, wherever it is called', async () => {
  const parent = await temporaryFolder();
  await cp(adapter, join(parent, 'voice'), { recursive: true });
  const environment = { INKLING_ADAPTERS: join(parent, 'adapters') };
  for (const [name, exitCode, message] of [
    ['voice', 1, /There is no adapter voice: looked in/],
    ['.', 2, /"\." cannot be the name of an adapter: it begins with a dot/],
    ['../voice', 2, /cannot be the name of an adapter: it has one of/],
    ['', 2, /an argument is empty/],
  ] as const) {
    const cli = [join(distFolder, 'cli.js'), 'adapters', 'remove', name, '--model', model];
    const options = { cwd: parent, env: { ...process.env, ...environment }, encoding: 'utf8' } as const;
    const { status, stderr } = spawnSync(process.execPath, cli, options);
    expect({ name, status, stderr }).toEqual({ name, status: exitCode, stderr: expect.stringMatching(message) });
  }
  expect(await readdir(join(parent, 'voice'))).toEqual(await readdir(adapter));
});

test('names that are paths are refused, for models and for adapters, and a foreign NAME.partial stays', async () => {
  const parent = await temporaryFolder();
  const environment = { INKLING_ADAPTERS: join(parent, 'adapters'), INKLING_MODELS: join(parent, 'models') };
  await mkdir(join(parent, 'models', 'keep.partial'), { recursive: true });
  await writeFile(join(parent, 'models', 'keep.partial', 'diary.md'), 'dear diary');
  await writeFile(join(parent, 'broken.gguf'), 'no model');
  const add = (...commandLine: string[]) => runCli(commandLine, '', environment);
  for (const name of ['../x', '..', '.', '/x', 'a/b', 'nul', 'x.']) {
    const adapters = await add('adapters', 'add', adapter, '--model', model, '--name', name);
    expect([name, adapters.exitCode]).toEqual([name, 2]);
    expect(adapters.stderr).toMatch(/cannot be the name of an adapter/);
    const models = await add('models', 'add', join(parent, 'broken.gguf'), '--name', name);
    expect([name, models.exitCode]).toEqual([name, 2]);
    expect(models.stderr).toMatch(/cannot be the name of a model/);
  }
  expect((await add('models', 'add', join(parent, 'broken.gguf'), '--name', 'keep')).exitCode).toBe(1);
  expect((await readdir(parent)).sort()).toEqual(['broken.gguf', 'models']);
  expect(await readdir(join(parent, 'models'))).toEqual(['keep.partial']);
  expect(await readdir(join(parent, 'models', 'keep.partial'))).toEqual(['diary.md']);
});

test('finetune replaces nothing that stands there, and ends where no folder can be made', async () => {
  const parent = await temporaryFolder();
  const out = (folder: string) => runCli(['finetune', prose, '--out', folder, '--model', model, ...quick]);
  const files = await readdir(adapter);
  expect(await out(adapter)).toMatchObject({ exitCode: 1, stderr: expect.stringMatching(/holds an adapter already/) });
  expect(await readdir(adapter)).toEqual(files);
  await mkdir(join(parent, 'mine.run'));
  await writeFile(join(parent, 'mine.run', 'diary.md'), 'dear diary');
  const foreign = await out(join(parent, 'mine'));
  expect(foreign).toMatchObject({ exitCode: 1, stderr: expect.stringMatching(/holds files that are not of a run/) });
  expect(await readdir(join(parent, 'mine.run'))).toEqual(['diary.md']);
  if (process.platform !== 'linux') return;
  for (const folder of ['/proc/x/y', '/proc/1/x', '/dev/null/x', '/sys/kernel/x/y']) {
    const refused = await out(folder);
    expect([folder, refused.exitCode]).toEqual([folder, 1]);
    expect(refused.stderr).toMatch(/^inkling: .*cannot be written: .+ \(E[A-Z]+\)\.\n$/);
  }
});

test('only their owner may read adapters, and what a run leaves', async () => {
  if (process.platform === 'win32') return;
  const mode = async (path: string) => ((await stat(path)).mode & 0o777).toString(8);
  expect(await mode(adapter)).toBe('700');
  for (const name of await readdir(adapter)) expect([name, await mode(join(adapter, name))]).toEqual([name, '600']);
});
