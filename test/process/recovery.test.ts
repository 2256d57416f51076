import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { CancellationToken } from 'vscode-jsonrpc/node.js';
import type { InferenceClient } from '../../src/client/inferenceClient.ts';
import type { GenerateOutcome } from '../../src/protocol/inference.ts';
import { isRunning } from '../support/isRunning.ts';
import { continuationOf, generate, startTinyEngine } from '../support/tinyEngine.ts';

/** A model and a request that take seconds, so that something can happen meanwhile. */
const slow = { layers: 40, config: { max_position_embeddings: 8192 } };
const long = continuationOf('The world', { maxNewTokens: 4000 });
const quick = { delayMs: 10, maxDelayMs: 40, maxDeaths: 3, stableMs: 60_000 };

/** A generation of many seconds that has begun to decode. */
async function decoding(engine: InferenceClient): Promise<{ answer: Promise<GenerateOutcome> }> {
  let answer!: Promise<GenerateOutcome>;
  await new Promise<void>((resolve) => {
    answer = engine.generate(long, CancellationToken.None, () => resolve());
  });
  return { answer };
}

test('kill -9 while it decodes: who waits is answered, the next request works', async () => {
  const engine = await startTinyEngine({
    model: slow,
    load: { maxContextTokens: 8192 },
    client: { restartPolicy: quick },
  });
  await engine.load();
  const before = await generate(engine, 'The world');
  const killed = engine.processId!;
  const { answer } = await decoding(engine);
  process.kill(killed, 'SIGKILL');
  expect(await answer).toMatchObject({ kind: 'failed', error: { code: 'processDied' } });
  const after = await generate(engine, 'The world');
  expect(after.sequences[0]!.text).toBe(before.sequences[0]!.text);
  expect(engine.processId).not.toBe(killed);
});

test('a process that hangs is ended and replaced', async () => {
  const engine = await startTinyEngine({
    model: slow,
    load: { maxContextTokens: 8192 },
    client: { restartPolicy: quick, patienceMs: 3000 },
  });
  await engine.load();
  const hung = engine.processId!;
  const { answer } = await decoding(engine);
  process.kill(hung, 'SIGSTOP');
  expect(await answer).toMatchObject({ kind: 'failed', error: { code: 'processHung' } });
  expect(isRunning(hung)).toBe(false);
  expect((await generate(engine, 'The world')).usage.newTokens).toBe(16);
});

test('a long decode is not taken for a hang', async () => {
  const engine = await startTinyEngine({
    model: slow,
    load: { maxContextTokens: 8192 },
    client: { patienceMs: 800 },
  });
  const { usage } = await generate(engine, 'The world', { maxNewTokens: 1000 });
  expect(usage.newTokens).toBe(1000);
});

test('dispose ends a busy process', async () => {
  const engine = await startTinyEngine({ model: slow, load: { maxContextTokens: 8192 } });
  await engine.load();
  const processId = engine.processId!;
  const { answer } = await decoding(engine);
  await engine.dispose();
  expect(isRunning(processId)).toBe(false);
  expect((await answer).kind).toBe('failed');
});

test('idle: the memory is given back, and the next request loads the model again', async () => {
  const engine = await startTinyEngine({ load: { idleUnloadMs: 300 } });
  const states: string[] = [];
  engine.onStateChange((state) => states.push(state.kind));
  const before = await generate(engine, 'The world');
  await expect.poll(() => engine.state.kind).toBe('unloaded');
  expect(await engine.memory()).toMatchObject({ modelLoaded: false });
  const after = await generate(engine, 'The world');
  expect(after.sequences[0]!.text).toBe(before.sequences[0]!.text);
  expect(states.slice(states.indexOf('unloaded'))).toContain('loading');
  expect(engine.state.kind).toBe('ready');
});

test.runIf(process.platform === 'linux')('idle: the process does not wake up', async () => {
  const engine = await startTinyEngine();
  await generate(engine, 'The world');
  await new Promise((resolve) => setTimeout(resolve, 500));
  const before = wakeUps(engine.processId!);
  await new Promise((resolve) => setTimeout(resolve, 1500));
  expect(wakeUps(engine.processId!) - before).toBeLessThanOrEqual(1);
});

/** How often the main thread of a process went to sleep so far. */
function wakeUps(processId: number): number {
  const status = readFileSync(`/proc/${processId}/task/${processId}/status`, 'utf8');
  return Number(/^voluntary_ctxt_switches:\s*(\d+)/m.exec(status)![1]);
}

test('a long run does not grow', async () => {
  const engine = await startTinyEngine();
  const residentAfter = async (requests: number) => {
    for (let i = 0; i < requests; i++)
      await generate(engine, `${i} ${'The world and the word. '.repeat(10)}`, { maxNewTokens: 4 });
    return (await engine.memory()).residentBytes;
  };
  await residentAfter(150);
  const early = await residentAfter(50);
  const late = await residentAfter(400);
  expect((late - early) / 1e6).toBeLessThan(15);
});
