import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { hostname } from 'node:os';
import path from 'node:path';
import { build } from 'esbuild';
import { expect, onTestFinished, test, vi } from 'vitest';
import { claimFile, isClaimed } from '../../../src/model/files/claim.ts';
import { temporaryFolder } from '../../support/temporaryFolder.ts';

const lockIn = async () => path.join(await temporaryFolder(), 'lock');
function ageBy(file: string, seconds: number): void {
  const then = Date.now() / 1000 - seconds;
  utimesSync(file, then, then);
}
/** Above all ids that systems give. */
const nobody = '99999999';

test('what is claimed is nobody else’s until it is given back', async () => {
  const lock = await lockIn();
  const release = claimFile(lock, ['more']);
  expect(readFileSync(lock, 'utf8')).toBe(`${process.pid} ${hostname()}\nmore\n`);
  expect(claimFile(lock)).toBeUndefined();
  release!();
  expect(isClaimed(lock)).toBe(false);
  expect(claimFile(lock)).toBeDefined();
});

test.each([
  ['of a process that is dead', nobody, true],
  ['of this process, made before it was born', String(process.pid), true],
  ['that names no process', 'yes\n', true],
  ['that names a group of processes', '-1', true],
  ['that names all processes', '0', true],
  ['that names a fraction', '1.5', true],
  ['too large for an id', '1e99', true],
  ['of a process that lives', `${process.ppid}\n`, false],
  ['that is being written', '', false],
  ['of a process of this machine that lives', `${process.ppid} ${hostname()}\n`, false],
  ['of a process of this machine that is dead', `${nobody} ${hostname()}\n`, true],
  ['of another machine that shares this disk', `${nobody} another machine\n`, false],
  ['of another machine, without a number', ' another\n', true],
])('a claim %s', async (_, text, isFree) => {
  const lock = await lockIn();
  writeFileSync(lock, text);
  expect(isClaimed(lock)).toBe(!isFree);
  expect(claimFile(lock) !== undefined).toBe(isFree);
  expect(readdirSync(path.dirname(lock))).toEqual(['lock']);
});

test.each([
  ['another machine, some minutes ago', `${nobody} another`, 5 * 60, true],
  ['another machine, half an hour ago', `${nobody} another`, 30 * 60, false],
  ['a living process of this machine, hours ago', `${process.ppid} ${hostname()}`, 5 * 3600, true],
  ['a number that was given again to another process', `${process.ppid} ${hostname()}`, 3 * 24 * 3600, false],
])('last heard of %s', async (_, text, seconds, counts) => {
  const lock = await lockIn();
  writeFileSync(lock, text);
  ageBy(lock, seconds);
  expect(isClaimed(lock)).toBe(counts);
});

test('who has a claim says from time to time that it lives, until it gives it back', async () => {
  vi.useFakeTimers();
  onTestFinished(() => void vi.useRealTimers());
  const lock = await lockIn();
  const release = claimFile(lock)!;
  ageBy(lock, 3600);
  vi.advanceTimersByTime(60_000);
  expect(Math.abs(Date.now() - statSync(lock).mtimeMs)).toBeLessThan(60_000);
  rmSync(lock); // by a person
  vi.advanceTimersByTime(60_000);
  expect(existsSync(lock)).toBe(false);
  release();
  expect(vi.getTimerCount()).toBe(0);
});

test('a folder in its place is an error, and stays', async () => {
  const lock = await lockIn();
  mkdirSync(path.join(lock, 'of a person'), { recursive: true });
  expect(() => claimFile(lock)).toThrow('EISDIR');
  expect(readdirSync(lock)).toEqual(['of a person']);
});

test('of processes that find a dead claim at once, one has it', async () => {
  const folder = await temporaryFolder();
  const outfile = path.join(folder, 'claimant.cjs');
  await build({
    stdin: {
      contents: `
        import { claimFile } from './src/model/files/claim.ts';
        import { existsSync } from 'node:fs';
        const [folder, rounds] = process.argv.slice(2);
        while (!existsSync(folder + '/go'));
        const won = [];
        for (let round = 0; round < Number(rounds); round++) if (claimFile(folder + '/' + round)) won.push(round);
        console.log(JSON.stringify(won));
        setInterval(() => {}, 1000); // it lives until all are done
      `,
      resolveDir: path.resolve(import.meta.dirname, '../../..'),
      loader: 'ts',
    },
    bundle: true,
    platform: 'node',
    outfile,
    logLevel: 'silent',
  });
  const rounds = 200;
  for (let round = 0; round < rounds; round++) writeFileSync(path.join(folder, String(round)), nobody);
  const claimants = Array.from({ length: 4 }, () => spawn(process.execPath, [outfile, folder, String(rounds)]));
  try {
    const answers = claimants.map(
      (claimant) =>
        new Promise<number[]>((resolve) => claimant.stdout.once('data', (line) => resolve(JSON.parse(line)))),
    );
    writeFileSync(path.join(folder, 'go'), '');
    const won = (await Promise.all(answers)).flat();
    expect(won.sort((a, b) => a - b)).toEqual(Array.from({ length: rounds }, (_, round) => round));
  } finally {
    for (const claimant of claimants) claimant.kill();
  }
}, 60_000);
