import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { StoreClient } from '../../src/client/storeClient.ts';
import { temporaryFolder } from '../support/temporaryFolder.ts';

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

test('a conversion that is stopped leaves nothing behind', async () => {
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
  child.kill('SIGINT');
  await once(child, 'exit');
  await expect.poll(() => readdirSync(models)).toEqual([]);
});
