import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { build } from 'esbuild';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { CancellationToken, CancellationTokenSource } from 'vscode-jsonrpc';
import { LongActions, type LongActionsOptions } from '../../../src/extension/actions/longActions.ts';
import { runAction } from '../../../src/writing/selection/runAction.ts';
import type { ActionRequest } from '../../../src/writing/selection/selectionAction.ts';
import { ScriptedEngine } from '../writing/selection/scriptedEngine.ts';

const folder = mkdtempSync(path.join(tmpdir(), 'inkling-test-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
let file: string;
beforeAll(async () => {
  file = path.join(folder, 'thread.cjs');
  await build({
    entryPoints: ['src/extension/actions/longActionsThread.ts'],
    bundle: true,
    platform: 'node',
    format: 'cjs',
    outfile: file,
    logLevel: 'silent',
  });
});

const engineOf = (parameters: number) => Object.assign(new ScriptedEngine(), { knownParameters: () => parameters });
const small = () => engineOf(135e6);
const text = Array.from(
  { length: 400 },
  (_, i) => `I recieved 12 letters, but they dont say when Anna comes ${i}.`,
).join('\n\n');
const fix: ActionRequest = { action: 'fix', text, languageId: 'markdown' };
const run = (
  request: ActionRequest,
  more: Partial<LongActionsOptions> = {},
  token = CancellationToken.None,
  engine = small(),
) => new LongActions({ file, minChars: 1_000, ...more }).run(request, engine, token, {});

/** A thread that does what a test wants. */
function threadThat(does: string): string {
  const script = path.join(
    folder,
    `${Math.abs([...does].reduce((hash, c) => (hash * 31 + c.charCodeAt(0)) | 0, 7))}.cjs`,
  );
  writeFileSync(script, does);
  return script;
}

test('gives what the action gives, and the thread that types has its turns meanwhile', async () => {
  let turns = 0;
  let isRunning = true;
  const beat = () => {
    turns++;
    if (isRunning) setImmediate(beat);
  };
  setImmediate(beat);
  const progress: number[] = [];
  const outcome = await new LongActions({ file, minChars: 1_000 }).run(fix, small(), CancellationToken.None, {
    onProgress: ({ done }) => void progress.push(done),
  });
  isRunning = false;
  expect(outcome).toEqual(await runAction(fix, small(), CancellationToken.None));
  expect(turns).toBeGreaterThan(progress.length);
  expect(progress.length).toBeGreaterThan(100);
});

test.each([
  ['short texts', { ...fix, text: 'I dont know.' }, small()],
  ['what the person says in words', { ...fix, action: 'custom', instruction: 'Make it formal.' } as const, small()],
  ['what needs a model', { ...fix, action: 'rewrite' } as const, small()],
  ['what a large model does', fix, engineOf(7e9)],
])('%s run where they are', async (_, request, engine) => {
  expect(await run(request, {}, CancellationToken.None, engine)).toBeUndefined();
});

test('a refusal comes with its reason', async () => {
  expect(await run({ ...fix, action: 'prose' })).toMatchObject({ kind: 'none', reason: 'notAList' });
});

test('can be stopped', async () => {
  const source = new CancellationTokenSource();
  const running = new LongActions({ file, minChars: 1_000, graceMs: 60_000 }).run(fix, small(), source.token, {
    onProgress: () => source.cancel(),
  });
  expect(await running).toMatchObject({ kind: 'cancelled' });
});

test('one that does not listen is stopped all the same, and one without end is given up', async () => {
  const deaf = threadThat(
    "const { parentPort } = require('node:worker_threads'); parentPort.once('message', () => { for (;;); });",
  );
  const source = new CancellationTokenSource();
  const stopped = run(fix, { file: deaf, graceMs: 1 }, source.token);
  source.cancel();
  expect(await stopped).toEqual({ kind: 'cancelled' });
  expect(await run(fix, { file: deaf, budgetMs: 1 })).toMatchObject({
    kind: 'none',
    reason: 'tooLarge',
    detail: 'This takes too long for so much text. Select less of it.',
  });
});

test.each([
  ['is not there', () => path.join(folder, 'none.cjs')],
  ['breaks', () => threadThat("throw new TypeError('Cannot read properties of undefined');")],
  ['ends', () => threadThat('process.exit(0);')],
])('a thread that %s is an answer for people', async (_, made) => {
  expect(await run(fix, { file: made() })).toMatchObject({
    kind: 'failed',
    error: { code: 'internal', message: 'The action failed inside Inkling. Your text is unchanged.' },
  });
});
