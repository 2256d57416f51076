import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, readFileSync, symlinkSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { isAlive } from '../../../src/model/files/claim.ts';
import { emptyRun, lockRun, removeDeadRuns, removeRun, stateOfRun } from '../../../src/model/runFolder.ts';
import { temporaryFolder } from '../../support/temporaryFolder.ts';

/** No system gives it to a process. */
const nobody = 2 ** 31 - 2;

describe('a process', () => {
  test.each([0, -1, -process.ppid, Number.NaN, Number.POSITIVE_INFINITY, 1.5, 2 ** 60, nobody])('%d is none', (id) => {
    expect(isAlive(id)).toBe(false);
  });

  test('that runs is alive, also one of somebody else', () => {
    expect(isAlive(process.ppid)).toBe(true);
    if (process.platform !== 'win32') expect(isAlive(1)).toBe(true); // EPERM for everybody but root
  });
});

/** @param files of the run's folder, with what they hold */
async function runWith(files: Readonly<Record<string, string>>) {
  const adapters = await temporaryFolder();
  const output = join(adapters, 'voice');
  mkdirSync(`${output}.run`);
  for (const [name, content] of Object.entries(files)) writeFileSync(join(`${output}.run`, name), content);
  return { adapters, output, run: `${output}.run` };
}

const longAgo = new Date(Date.now() - 2 * 3_600_000);

/** What may stand in a lock that nobody holds. */
const deadLocks = [
  '',
  ' ',
  '\n',
  '0',
  '-1',
  '-0',
  '1.5',
  '1e3',
  'NaN',
  'x',
  `${nobody}`,
  '0x1',
  '\0',
  '999999999999999999',
];

describe('a lock', () => {
  test.each(deadLocks.map((content) => [JSON.stringify(content), content]))('of %s is nobody’s', async (_, content) => {
    const { adapters, output, run } = await runWith({ lock: content });
    utimesSync(join(run, 'lock'), longAgo, longAgo);
    expect(stateOfRun(output)).toBe('none');
    const unlock = lockRun(output, ['/texts']);
    expect(stateOfRun(output)).toBe('running');
    unlock();
    expect(readdirSync(adapters)).toEqual([]);
  });

  test('that is still empty is being written', async () => {
    const { output } = await runWith({ lock: '' });
    expect(stateOfRun(output)).toBe('running');
    expect(() => lockRun(output, ['/texts'])).toThrow(/Another window is training into/);
  });

  test.each([`${process.ppid}`, `${process.ppid}\n`, `${process.ppid}\nabc\n`])('of %j is held', async (content) => {
    const { output } = await runWith({ lock: content });
    expect(stateOfRun(output)).toBe('running');
    expect(() => lockRun(output, ['/texts'])).toThrow(/Another window is training into .*voice\.run already/);
  });

  test('of a process of somebody else is held', async () => {
    if (process.platform === 'win32') return;
    const { output } = await runWith({ lock: '1' });
    expect(stateOfRun(output)).toBe('running');
  });

  test('goes with its process', async () => {
    const child = spawn(process.execPath, ['-e', 'setTimeout(() => {}, 60000)']);
    onTestFinished(() => void child.kill('SIGKILL'));
    const { output } = await runWith({ lock: `${child.pid}` });
    expect(stateOfRun(output)).toBe('running');
    child.kill('SIGKILL');
    await new Promise((resolve) => child.once('exit', resolve));
    expect(stateOfRun(output)).toBe('none');
  });
});

describe('two runs', () => {
  test('from the same texts at once: the second one is told, and leaves nothing', async () => {
    const adapters = await temporaryFolder();
    const unlock = lockRun(join(adapters, 'voice'), ['/b', '/a']);
    expect(() => lockRun(join(adapters, 'voice 2'), ['/a', '/b'])).toThrow(
      /Another window is training on these texts, into .*voice\.run already\. Wait for its end, or stop it there/,
    );
    expect(readdirSync(adapters)).toEqual(['voice.run']);
    unlock();
    lockRun(join(adapters, 'voice 2'), ['/a', '/b'])();
  });

  test('from other texts go on side by side', async () => {
    const adapters = await temporaryFolder();
    const first = lockRun(join(adapters, 'voice'), ['/a']);
    lockRun(join(adapters, 'letters'), ['/b'])();
    first();
    expect(readdirSync(adapters)).toEqual([]);
  });
});

describe('a folder of that name that is somebody else’s', () => {
  test('is not trained into, and keeps what is in it', async () => {
    const { adapters, output, run } = await runWith({ 'diary.md': 'dear diary', lock: '' });
    utimesSync(join(run, 'lock'), longAgo, longAgo);
    expect(() => lockRun(output, ['/texts'])).toThrow(/holds files that are not of a run: choose another/);
    removeRun(output);
    emptyRun(run);
    removeDeadRuns(adapters);
    expect(readFileSync(join(run, 'diary.md'), 'utf8')).toBe('dear diary');
  });

  test('and is linked to is not emptied', async () => {
    const { adapters } = await runWith({ log: 'x' });
    const elsewhere = join(await temporaryFolder(), 'elsewhere');
    mkdirSync(elsewhere);
    writeFileSync(join(elsewhere, 'lock'), '');
    utimesSync(join(elsewhere, 'lock'), longAgo, longAgo);
    symlinkSync(elsewhere, join(adapters, 'linked.run'));
    removeDeadRuns(adapters);
    expect(existsSync(join(elsewhere, 'lock'))).toBe(true);
  });
});

test('an adapter that a dead process was writing goes, one that is being written stays', async () => {
  const adapters = await temporaryFolder();
  const writing = (id: number) => join(adapters, `.inkling-writing-${id}-abc`);
  for (const id of [nobody, process.ppid]) mkdirSync(writing(id));
  removeDeadRuns(adapters);
  expect(existsSync(writing(nobody))).toBe(true); // a machine that shares the disk may be writing it
  for (const id of [nobody, process.ppid]) utimesSync(writing(id), longAgo, longAgo);
  removeDeadRuns(adapters);
  expect([existsSync(writing(nobody)), existsSync(writing(process.ppid))]).toEqual([false, true]);
  removeDeadRuns(join(adapters, 'nowhere'));
});

test.each<[string, Record<string, string>, string, boolean]>([
  ['a checkpoint', { 'checkpoint.safetensors': '', 'inkling-log.jsonl': '' }, 'interrupted', true],
  ['the checkpoint before the last one', { 'checkpoint.safetensors.before': '' }, 'interrupted', true],
  ['a checkpoint that was being written', { 'checkpoint.safetensors.writing': '' }, 'none', false],
  ['a log', { 'inkling-log.jsonl': '' }, 'none', false],
  ['nothing', {}, 'none', false],
  ['a lock of a dead process', { lock: `${nobody}` }, 'none', false],
  ['a lock of a living one', { lock: `${process.ppid}` }, 'running', true],
  ['a living one with a checkpoint', { lock: `${process.ppid}`, 'checkpoint.safetensors': '' }, 'running', true],
])('a run with %s', async (_, files, state, stays) => {
  const { adapters, output } = await runWith(files);
  expect(stateOfRun(output)).toBe(state);
  removeDeadRuns(adapters);
  expect(readdirSync(adapters)).toEqual(stays ? ['voice.run'] : []);
  removeRun(output);
  expect(readdirSync(adapters)).toEqual(state === 'running' ? ['voice.run'] : []);
});
