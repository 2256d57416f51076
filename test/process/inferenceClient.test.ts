import { fileURLToPath } from 'node:url';
import { afterEach, describe, expect, onTestFinished, test } from 'vitest';
import { CancellationToken, CancellationTokenSource } from 'vscode-jsonrpc/node.js';
import { InferenceClient, type InferenceClientOptions } from '../../src/client/inferenceClient.ts';
import type { DeviceSetting } from '../../src/protocol/engineOptions.ts';
import { defaultGenerationOptions } from '../../src/protocol/generationOptions.ts';
import type { GenerateRequest, LoadRequest } from '../../src/protocol/inference.ts';
import { isRunning } from '../support/isRunning.ts';
import { OwnTimers } from '../support/ownTimers.ts';

const modulePath = fileURLToPath(new URL('../fixtures/processes/obedientInference.mjs', import.meta.url));
const quickRestarts = { delayMs: 10, maxDelayMs: 40, maxDeaths: 2, stableMs: 60_000 };
const load = (modelFolder: string): LoadRequest => ({
  modelFolder,
  device: 'cpu',
  threads: 1,
  precision: 'default',
  idleUnloadMs: 0,
  maxContextTokens: 64,
});
const ask = (text: string): Omit<GenerateRequest, 'id' | 'stream'> => ({
  slot: 'completion',
  prompt: { kind: 'continue', text, heal: false },
  options: defaultGenerationOptions,
  ignoreEndOfText: true,
});

let client: InferenceClient;
afterEach(() => client.dispose());

function start(options: Partial<InferenceClientOptions> = {}, model = 'tiny'): { states: string[]; log: string[] } {
  const states: string[] = [];
  const log: string[] = [];
  client = new InferenceClient({ modulePath, log: (line) => log.push(line), restartPolicy: quickRestarts, ...options });
  client.onStateChange((state) => states.push(state.kind));
  client.use(load(model));
  return { states, log };
}

async function answerTo(text: string): Promise<string> {
  const outcome = await client.generate(ask(text), CancellationToken.None);
  if (outcome.kind === 'text') return outcome.sequences[0]!.text;
  return outcome.kind === 'failed' ? outcome.error.code : outcome.kind;
}

test('nothing runs until something is asked', async () => {
  const { states } = start();
  expect(client.processId).toBeUndefined();
  expect(await answerTo('loads')).toBe('1');
  expect(await answerTo('loads')).toBe('1');
  expect(states).toEqual(['starting', 'loading', 'ready']);
});

test('partial texts reach the caller that asked for them', async () => {
  start();
  const seen: string[] = [];
  await client.generate(ask('stream'), CancellationToken.None, (text) => seen.push(text));
  expect(await answerTo('stream')).toBe('one two three');
  expect(seen).toEqual(['one', 'one two']);
});

test('a clean environment: nothing of the editor, no arguments of the host', async () => {
  process.env['VSCODE_IPC_HOOK'] = 'secret';
  process.env['NODE_OPTIONS'] = '--title=host';
  start();
  const environment = JSON.parse(await answerTo('environment'));
  delete process.env['VSCODE_IPC_HOOK'];
  delete process.env['NODE_OPTIONS'];
  expect(environment).toMatchObject({ ELECTRON_RUN_AS_NODE: '1', PATH: process.env['PATH'] });
  expect(Object.keys(environment).filter((name) => /^VSCODE_|^NODE_OPTIONS$/.test(name))).toEqual([]);
  expect(await answerTo('arguments')).toBe('[]');
});

test('what the process prints goes to the log', async () => {
  const { log } = start();
  await answerTo('loads');
  await expect.poll(() => log).toContain('asked for loads');
});

test('a cancelled request ends as cancelled, also before the model is loaded', async () => {
  start();
  const early = new CancellationTokenSource();
  const unloaded = client.generate(ask('wait'), early.token);
  early.cancel();
  expect((await unloaded).kind).toBe('cancelled');
  const late = new CancellationTokenSource();
  await client.load();
  const waiting = client.generate(ask('wait'), late.token);
  setTimeout(() => late.cancel(), 20);
  expect((await waiting).kind).toBe('cancelled');
});

test('a crash answers every call that waits, and the next call works', async () => {
  const { states } = start();
  const cancelled = new CancellationTokenSource();
  await client.load();
  const waiting = [
    answerTo('wait'),
    answerTo('wait'),
    client.generate(ask('wait'), cancelled.token),
    answerTo('crash'),
  ];
  cancelled.cancel();
  const [first, second, third, fourth] = await Promise.all(waiting);
  expect([first, second, fourth]).toEqual(['processDied', 'processDied', 'processDied']);
  expect(third).toMatchObject({ kind: 'cancelled' });
  expect(await answerTo('loads')).toBe('1');
  expect(states).toEqual(['starting', 'loading', 'ready', 'failed', 'starting', 'loading', 'ready']);
});

test('the reason of an end is told', async () => {
  start();
  const outcome = await client.generate(ask('throw'), CancellationToken.None);
  expect(outcome).toMatchObject({ kind: 'failed', error: { code: 'processDied' } });
  expect(outcome.kind === 'failed' && outcome.error.message).toContain('RangeError: a bug');
  expect(await answerTo('exhaust')).toBe('outOfMemory');
});

test('a hang is noticed, ended and mended', async () => {
  start({ patienceMs: 1500 });
  await client.load();
  const hung = client.processId!;
  expect(await answerTo('hang')).toBe('processHung');
  expect(isRunning(hung)).toBe(false);
  expect(await answerTo('loads')).toBe('1');
});

test.each([
  ['hang', 1500, 'did not answer any more'],
  ['closeChannel', 60_000, 'closed its channel'],
  ['answerTheWrongQuestion', 60_000, 'gave an answer that nobody had asked for'],
  ['answerTwice', 60_000, 'gave an answer that nobody had asked for'],
])(
  'a process that goes wrong (%s) is ended, everybody who waits is told why, and the next call works',
  async (deed, patienceMs, why) => {
    start({ patienceMs });
    await client.load();
    const wrong = client.processId!;
    const outcomes = await Promise.all(
      ['wait', 'wait', deed].map((text) => client.generate(ask(text), CancellationToken.None)),
    );
    for (const outcome of outcomes) {
      expect(outcome).toMatchObject({
        kind: 'failed',
        error: { code: 'processHung', message: expect.stringContaining(why) },
      });
    }
    expect(isRunning(wrong)).toBe(false);
    expect(await answerTo('loads')).toBe('1');
  },
);

test.runIf(process.platform !== 'win32').each(['loads', 'wait'])(
  'stopped by the system while it is asked (%s): ended and mended',
  async (text) => {
    start({ patienceMs: 1500 });
    await client.load();
    const stopped = client.processId!;
    process.kill(stopped, 'SIGSTOP');
    expect(await answerTo(text)).toBe('processHung');
    expect(isRunning(stopped)).toBe(false);
    expect(await answerTo('loads')).toBe('1');
  },
);

describe('a process that cannot be started is a clear failure', () => {
  const { execPath } = process;
  afterEach(() => {
    process.execPath = execPath;
  });

  test.each([
    ['no such program', '/nowhere/node', 'ENOENT'],
    ['a file that is no program', fileURLToPath(import.meta.url), 'EACCES'],
    ['a folder', '/tmp', 'EACCES'],
  ])('%s', async (_, path, code) => {
    process.execPath = path;
    start();
    await expect(client.load()).rejects.toMatchObject({
      code: 'processDied',
      message: expect.stringMatching(new RegExp(`^The inference process cannot be started: .*${code}`)),
    });
    expect(await answerTo('wait')).toBe('processDied');
    process.execPath = execPath;
    await client.restart();
    expect(await answerTo('stream')).toBe('one two three');
  });
});

test('no timer runs while nothing is asked', async () => {
  const timers = new OwnTimers('/src/client/');
  onTestFinished(() => timers.stop());
  start();
  const waiting = new CancellationTokenSource();
  const answer = client.generate(ask('wait'), waiting.token);
  await client.load();
  await expect.poll(() => timers.running).toEqual([expect.stringContaining('watchdog.ts')]);
  waiting.cancel();
  await answer;
  await expect.poll(() => timers.running).toEqual([]);
});

test('after too many deaths in a row it stays down, until restart', async () => {
  const { states } = start();
  for (let death = 0; death < 3; death++) expect(await answerTo('crash')).toBe('processDied');
  const outcome = await client.generate(ask('loads'), CancellationToken.None);
  expect(outcome.kind === 'failed' && outcome.error.message).toContain('not started again until you restart it');
  expect(states.at(-1)).toBe('failed');
  await client.restart();
  expect(await answerTo('loads')).toBe('1');
  expect(states.at(-1)).toBe('ready');
});

test('a model that kills the process while it loads does not loop for ever', async () => {
  const { states } = start({}, 'crash');
  await expect(client.load()).rejects.toMatchObject({ code: 'processDied' });
  await expect.poll(() => states.filter((state) => state === 'starting').length).toBe(4);
  await expect(client.load()).rejects.toMatchObject({ message: expect.stringContaining('3 times in a row') });
});

test('a model that cannot be loaded is tried once, then again after use() named another', async () => {
  start({}, 'missing');
  expect(await answerTo('loads')).toBe('modelMissing');
  expect(await answerTo('loads')).toBe('modelMissing');
  expect(client.state).toMatchObject({ kind: 'failed', error: { message: 'There is no such folder.' } });
  client.use(load('tiny'));
  expect(await answerTo('loads')).toBe('2');
});

describe('a device whose driver crashed is left for the CPU', () => {
  const on = (device: DeviceSetting, model = 'tiny'): LoadRequest => ({ ...load(model), device });

  test.each<[string, LoadRequest, string]>([
    ['when it ran on it', on('auto'), 'crash'],
    ['when it ran on one asked for by name', on('cuda'), 'crash'],
    ['when it moved there', on('auto', 'laptop'), 'move'],
  ])('%s, also for the next model', async (_, request, deed) => {
    start();
    client.use(request);
    await answerTo(deed);
    expect(await answerTo('device')).toBe('cpu');
    client.use({ ...request, modelFolder: 'another' });
    expect(await answerTo('device')).toBe('cpu');
    expect(client.state).toMatchObject({ model: { name: 'another', device: 'cpu' } });
  });

  test('when it crashed at every load', async () => {
    start();
    client.use(on('webgpu', 'driver'));
    await expect(client.load()).rejects.toMatchObject({ code: 'processDied' });
    expect(await answerTo('device')).toBe('cpu');
  });

  test('until a person chooses another device, or restarts', async () => {
    start();
    client.use(on('auto'));
    await answerTo('crash');
    client.use(on('cuda'));
    expect(await answerTo('device')).toBe('cuda');
    client.use(on('auto'));
    expect(await answerTo('device')).toBe('cpu');
    await client.restart();
    expect(await answerTo('device')).toBe('webgpu');
  });

  test('but not when it ran on the CPU', async () => {
    start();
    client.use(on('auto', 'laptop'));
    await answerTo('crash');
    client.use(on('auto'));
    expect(await answerTo('device')).toBe('webgpu');
  });
});

test('dispose ends the process and answers who waits', async () => {
  start();
  await client.load();
  const processId = client.processId!;
  const waiting = answerTo('wait');
  await client.dispose();
  expect(await waiting).toBe('processDied');
  expect(isRunning(processId)).toBe(false);
  expect(await answerTo('loads')).toBe('processDied');
});

test('a bundle that is not there is a clear failure', async () => {
  start({ modulePath: '/nowhere/inference.js' });
  await expect(client.load()).rejects.toMatchObject({ message: expect.stringContaining('Cannot find module') });
});
