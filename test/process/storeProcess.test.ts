import { spawn, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { existsSync, mkdirSync, readdirSync, readFileSync, realpathSync, utimesSync, writeFileSync } from 'node:fs';
import { mkdtemp } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { CancellationTokenSource } from 'vscode-jsonrpc/node.js';
import { StoreClient } from '../../src/client/storeClient.ts';
import { childrenOf } from '../support/cliProcess.ts';
import { temporaryFolder } from '../support/temporaryFolder.ts';
import { generate, startEngine } from '../support/tinyEngine.ts';
import { writeTinyModel } from '../support/tinyModel.ts';

const log = () => undefined;
const store = (patienceMs?: number) =>
  new StoreClient({ modulePath: join('dist', 'store.js'), log, ...(patienceMs === undefined ? {} : { patienceMs }) });

test('a store process that no longer answers is ended, and its caller is told', async () => {
  const folder = await temporaryFolder();
  const silent = join(folder, 'silent.mjs');
  writeFileSync(silent, 'process.on("message", () => { for (;;) {} });');
  const client = new StoreClient({ modulePath: silent, log, patienceMs: 400 });
  await expect(client.show(folder)).rejects.toMatchObject({ code: 'processHung' });
});

test.runIf(process.platform === 'linux')('a model whose config.json is a pipe is an error at once', async () => {
  const folder = await temporaryFolder();
  spawnSync('mkfifo', [join(folder, 'config.json')]);
  await expect(store().show(folder)).rejects.toMatchObject({ code: 'modelBroken' });
});

test.each([
  ['at once', false],
  ...(process.platform === 'linux' ? [['by force, as it is too busy to hear', true] as const] : []),
] as const)('a conversion that is stopped %s leaves nothing behind', async (_, isBusy) => {
  const folder = await temporaryFolder();
  const source = join('models', 'smollm2-135m-instruct', 'SmolLM2-135M-Instruct.Q4_1.gguf');
  const models = join(folder, 'models');
  const child = spawn(process.execPath, [join('dist', 'cli.js'), 'models', 'add', source, '--name', 'again'], {
    env: { ...process.env, INKLING_MODELS: models },
    stdio: 'ignore',
  });
  const hasBegun = () =>
    existsSync(models) && readdirSync(models, { recursive: true }).join().includes('model.safetensors');
  while (!hasBegun()) await sleep(10);
  if (isBusy) for (const storeId of childrenOf(child.pid!)) process.kill(storeId, 'SIGSTOP');
  child.kill('SIGINT');
  expect(await once(child, 'exit')).toEqual([130, null]);
  if (isBusy) expect(readdirSync(models)).toEqual([]);
  await expect.poll(() => readdirSync(models)).toEqual([]);
});

test.runIf(process.platform !== 'win32')(
  'what an import that was killed has left goes when models are listed an hour later, and nothing else',
  async () => {
    const models = join(await temporaryFolder(), 'models');
    const source = join('models', 'smollm2-135m-instruct', 'SmolLM2-135M-Instruct.Q4_1.gguf');
    const adding = spawn(process.execPath, [join('dist', 'cli.js'), 'models', 'add', source, '--name', 'again'], {
      env: { ...process.env, INKLING_MODELS: models },
      stdio: 'ignore',
    });
    const left = () => (existsSync(models) ? readdirSync(models) : []);
    while (left().length === 0) await sleep(10);
    const stores = childrenOf(adding.pid!);
    for (const id of [adding.pid!, ...stores]) process.kill(id, 'SIGKILL');
    await once(adding, 'exit');
    const abandoned = left();
    expect(abandoned).toEqual([expect.stringMatching(/^\.inkling-writing-/)]);
    await store().list([models]);
    expect(left()).toEqual(abandoned);
    const hourAgo = new Date(Date.now() - 3_600_000);
    utimesSync(join(models, abandoned[0]!), hourAgo, hourAgo);
    const living = `.inkling-writing-${process.pid}-abc`;
    mkdirSync(join(models, living));
    await expect.poll(() => store().list([models]).then(left)).toEqual([living]);
  },
);

test('an import that somebody stops ends, leaves nothing, and can be made again', async () => {
  const models = join(await temporaryFolder(), 'models');
  const source = join('models', 'smollm2-135m-instruct', 'SmolLM2-135M-Instruct.Q4_1.gguf');
  const stop = new CancellationTokenSource();
  const told: number[] = [];
  const importing = store().convert(
    { source, target: join(models, 'again') },
    (done) => {
      told.push(done);
      stop.cancel();
    },
    stop.token,
  );
  await expect(importing).rejects.toMatchObject({ code: 'cancelled' });
  expect(told.length).toBeGreaterThan(0);
  expect(readdirSync(models)).toEqual([]);
  await writeTinyModel(join(models, '..', 'tiny'));
  await store().convert({ source: join(models, '..', 'tiny'), target: join(models, 'again') });
  expect(readdirSync(models)).toEqual(['again']);
});

test('a move that is stopped, or for which the disk is too small, leaves the model where it was; then it succeeds', async () => {
  const folder = await temporaryFolder();
  const models = join(folder, 'models');
  await writeTinyModel(join(folder, 'tiny'));
  const env = { ...process.env, INKLING_MODELS: models };
  const inkling = [process.execPath, join('dist', 'cli.js'), 'models'];
  const other = join(folder, 'other');
  mkdirSync(other);
  expect(spawnSync(inkling[0]!, [...inkling.slice(1), 'add', join(folder, 'tiny')], { env }).status).toBe(0);
  const before = readdirSync(join(models, 'tiny')).sort();
  // No file may become larger than 4 kB: as on a full disk, writing fails in the middle of one.
  const limited = ['-c', 'ulimit -f 4 && exec "$@"', 'bash', ...inkling, 'move', 'tiny', other];
  const { status, stderr } = spawnSync('bash', limited, { env, encoding: 'utf8' });
  expect({ status, stderr }).toEqual({
    status: 1,
    stderr: expect.stringMatching(/^inkling: tiny stays where it is: the disk of .*other .*(EFBIG|ENOSPC)\)\.\n$/),
  });
  expect(readdirSync(other)).toEqual([]);
  expect(readdirSync(join(models, 'tiny')).sort()).toEqual(before);
  const moved = spawnSync(inkling[0]!, [...inkling.slice(1), 'move', 'tiny', other, '--json'], {
    env,
    encoding: 'utf8',
  });
  expect(JSON.parse(moved.stdout)).toEqual({ moved: 'tiny', folder: join(other, 'tiny') });
  expect(spawnSync(inkling[0]!, [...inkling.slice(1), 'verify', 'tiny'], { env }).status).toBe(0);
});

test('a process that is killed in the middle of a move loses nothing, and the next move starts over', async () => {
  const folder = realpathSync(await temporaryFolder());
  const models = join(folder, 'models');
  const large = join(models, 'large');
  mkdirSync(large, { recursive: true });
  const weights = Buffer.alloc(60_000_000, 7);
  writeFileSync(join(large, 'config.json'), '{}');
  writeFileSync(join(large, 'model.safetensors'), weights);
  const files = Object.fromEntries(
    [['config.json', Buffer.from('{}')] as const, ['model.safetensors', weights] as const].map(([name, bytes]) => [
      name,
      { sizeBytes: bytes.length, sha256: createHash('sha256').update(bytes).digest('hex') },
    ]),
  );
  const manifest = { name: 'large', source: 's', licence: 'l', weightFormat: 'w', files };
  writeFileSync(join(large, 'inkling.json'), JSON.stringify(manifest));
  const env = { ...process.env, INKLING_MODELS: models };
  let other: string;
  do {
    other = await mkdtemp(join(folder, 'other-'));
    const commandLine = [join('dist', 'cli.js'), 'models', 'move', 'large', other];
    const child = spawn(process.execPath, commandLine, { env, stdio: 'ignore', detached: true });
    while (readdirSync(other).length === 0) await sleep(1);
    process.kill(-child.pid!, 'SIGKILL'); // and the store process, which is in its group
    await once(child, 'exit');
  } while (existsSync(join(other, 'large'))); // on a busy machine it may be faster than this
  expect(readdirSync(large).sort()).toEqual(['config.json', 'inkling.json', 'model.safetensors']);
  expect(readdirSync(other).filter((name) => !name.startsWith('.'))).toEqual([]);
  await store().move({ modelsFolder: models, name: 'large', folder: other }, () => undefined);
  expect(readdirSync(other).filter((name) => !name.startsWith('.'))).toEqual(['large']);
  expect(readFileSync(join(large, 'model.safetensors')).equals(weights)).toBe(true);
});

test('a model that runs goes on running while it is moved, and can be loaded from its new place', async () => {
  const folder = await temporaryFolder();
  const models = join(folder, 'models');
  await writeTinyModel(join(folder, 'tiny'));
  const other = join(folder, 'other');
  mkdirSync(other);
  await store().convert({ source: join(folder, 'tiny'), target: join(models, 'tiny') });
  const engine = startEngine(join(models, 'tiny'));
  const write = async () =>
    (await generate(engine, 'The world', { temperature: 0, maxNewTokens: 8 })).sequences[0]!.text;
  const before = await write();
  await store().move({ modelsFolder: models, name: 'tiny', folder: other }, () => undefined);
  expect(await write()).toBe(before);
  await engine.restart();
  expect(await write()).toBe(before);
});
