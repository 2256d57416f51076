import { existsSync } from 'node:fs';
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeAll, expect, test } from 'vitest';
import { runCli } from '../support/cliProcess.ts';
import { writeTinyModel } from '../support/tinyModel.ts';

const tale = `# The king's daughters

Once upon a time there was a king who had seven daughters, and every one of them could sing.
`;
const list = `- apples and pears
- a pound of salt, if they have any
`;

let folder: string;
let model: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'inkling-simulate-'));
  model = await writeTinyModel(join(folder, '.model'));
  await writeFile(join(folder, 'tale.md'), tale);
  await writeFile(join(folder, 'list.txt'), list);
  await writeFile(join(folder, 'numbers.csv'), '1,2,3\n');
  await writeFile(join(folder, 'empty.txt'), '');
  return () => rm(folder, { recursive: true, force: true });
});

const commandLine = (...more: string[]) => ['simulate', folder, '--model', model, '--device', 'cpu', ...more];

async function report(...more: string[]) {
  const { exitCode, stdout, stderr } = await runCli(commandLine('--json', ...more));
  expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' });
  const { latencyMs, ...figures } = JSON.parse(stdout);
  return { latencyMs, figures };
}

test('the report has the fields of the contract, and the same seed gives the same', async () => {
  const { latencyMs, figures } = await report('--policy', 'always', '--max-carets', '60', '--seed', '5');
  expect(latencyMs).toEqual({ p50: expect.any(Number), p95: expect.any(Number) });
  expect(figures).toMatchObject({
    policy: 'always',
    seed: 5,
    carets: expect.any(Number),
    shown: expect.any(Number),
    precisionWhenShown: expect.any(Number),
    wrongShow: expect.any(Number),
    exactMatch: { 1: expect.any(Number), 2: expect.any(Number), 3: expect.any(Number), 5: expect.any(Number) },
    keystrokesSaved: expect.any(Number),
    netKeystrokesSaved: expect.any(Number),
    reuse: expect.any(Number),
    byZone: expect.any(Object),
    byCaretKind: { midWord: expect.any(Object) },
    intervals: expect.any(Object),
  });
  expect(figures.shown).toBeGreaterThan(0);
  expect(figures.reuse).toBeGreaterThan(0.5);
  expect((await report('--policy', 'always', '--max-carets', '60', '--seed', '5')).figures).toEqual(figures);
});

test('with --mid-line what follows stands right of the caret, and changes what is suggested', async () => {
  const { figures: atTheEnd } = await report('--policy', 'always');
  const { figures: inGaps } = await report('--policy', 'always', '--mid-line');
  expect(inGaps).toMatchObject({ midLine: true, carets: expect.any(Number) });
  expect(inGaps.characters).toBeLessThanOrEqual(atTheEnd.characters);
  expect(inGaps.characters).toBeGreaterThan(0.9 * atTheEnd.characters); // but for the blanks between two gaps
  expect(inGaps.shown).not.toBe(atTheEnd.shown);
});

test('with --slips wrong letters cost keys, with suggestions and without; all options go together', async () => {
  const { figures: off } = await report('--policy', 'off', '--slips', '0.2', '--seed', '3');
  expect(off).toMatchObject({ slips: 0.2, characters: tale.length + list.length, keystrokesSaved: 0 });
  expect(off.keysAlone).toBeGreaterThan(1.2 * off.characters);
  const trace = join(folder, '.slips.jsonl');
  const everything = ['--policy', 'always', '--mid-line', '--slips', '0.2', '--seed', '3', '--workspace', folder];
  const { figures } = await report(...everything, '--trace', trace);
  expect(figures).toMatchObject({ midLine: true, slips: 0.2, ownWords: { files: 0 } });
  expect(figures.keysAlone).toBeGreaterThan(figures.characters);
  const lines = (await readFile(trace, 'utf8')).trimEnd().split('\n');
  expect(lines).toHaveLength(figures.carets);
});

test('a folder stands for its texts, all of which are typed', async () => {
  const { latencyMs, figures } = await report('--policy', 'off');
  expect(figures.files.map((file: { path: string }) => file.path)).toEqual([
    join(folder, 'list.txt'),
    join(folder, 'tale.md'),
  ]);
  expect(figures).toMatchObject({
    characters: tale.length + list.length,
    carets: tale.length + list.length,
    keystrokesSaved: 0,
    precisionWhenShown: null,
  });
  expect(Object.keys(figures.byZone).sort()).toEqual(['heading', 'listItem', 'prose']);
  expect(latencyMs).toEqual({ p50: null, p95: null });
});

test('the trace has a line for each caret', async () => {
  const file = join(folder, '.trace.jsonl');
  const asked = ['--policy', 'always', '--max-carets', '40', '--trace', file];
  await report(...asked);
  const { figures } = await report(...asked); // an earlier one makes room
  const lines = (await readFile(file, 'utf8'))
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line));
  expect(lines).toHaveLength(figures.carets);
  expect(lines.filter(({ shown }) => shown !== undefined)).toHaveLength(figures.shown);
  for (const { path, offset, before, after } of lines) {
    const text = path.endsWith('.md') ? tale : list;
    expect(text.slice(Math.max(0, offset - 60), offset)).toBe(before);
    expect(text.slice(offset, offset + 60)).toBe(after);
  }
});

test('the report is a page; an earlier one is replaced, another file never', async () => {
  const pages = await mkdtemp(join(tmpdir(), 'inkling-report-'));
  const page = join(pages, 'saved <b>.html');
  const asked = commandLine('--policy', 'always', '--max-carets', '40', '--report', page);
  const { exitCode, stdout } = await runCli(asked);
  expect({ exitCode, stdout }).toEqual({ exitCode: 0, stdout: expect.stringContaining(`the report is in ${page}`) });
  const first = await readFile(page, 'utf8');
  expect(first).toMatch(/^<!DOCTYPE html>/);
  expect(first).toContain('What Inkling would have saved you');
  await writeFile(page, first.replace('What Inkling', 'What an older Inkling'));
  expect((await runCli(asked)).exitCode).toBe(0);
  expect(await readFile(page, 'utf8')).toBe(first); // the same seed gives the same page

  const none: [option: string, target: string, message: RegExp][] = [
    ['--report', join(folder, 'tale.md'), /is there already and no report/],
    ['--trace', join(folder, 'tale.md'), /is there already and no trace/],
    ['--trace', page, /is there already and no trace/],
    [
      '--report',
      join(pages, 'no', 'such', 'folder.html'),
      /cannot be written: there is no such file or folder \(ENOENT\)/,
    ],
    [
      '--trace',
      join(pages, 'no', 'such', 'folder.jsonl'),
      /cannot be written: there is no such file or folder \(ENOENT\)/,
    ],
    ['--report', pages, /cannot be written: it is a folder, not a file \(EISDIR\)/],
    ['--trace', pages, /cannot be written: it is a folder, not a file \(EISDIR\)/],
    ...(existsSync('/dev/full')
      ? (['--report', '--trace'] as const).map((option): (typeof none)[number] => [
          option,
          '/dev/full',
          /^inkling: \/dev\/full cannot be written: the disk is full \(ENOSPC\)\n$/,
        ])
      : []),
  ];
  for (const [option, target, message] of none) {
    const { exitCode, stderr } = await runCli(commandLine('--max-carets', '40', option, target));
    expect({ option, target, exitCode }).toEqual({ option, target, exitCode: 1 });
    expect(stderr).toMatch(message);
  }
  expect(await readFile(join(folder, 'tale.md'), 'utf8')).toBe(tale);
  expect(await readdir(pages)).toEqual(['saved <b>.html']);
  await rm(pages, { recursive: true });
});

test('without --json there are tables', async () => {
  const { exitCode, stdout } = await runCli(commandLine('--max-carets', '30'));
  expect(exitCode).toBe(0);
  expect(stdout).toMatch(/^\d+ carets in \d+ characters of [12] files\n/);
  expect(stdout).toMatch(/^wrongShow {2,}\d+\.\d %/m);
});

const wrongUse: [string[], number, RegExp][] = [
  [['simulate'], 2, /missing required argument 'path'/],
  [['simulate', 'x.md', '--policy', 'sometimes'], 2, /--policy.*gated, always, off/],
  [['simulate', 'x.md', '--max-carets', '0'], 2, /--max-carets.*whole number from 1/],
  [['simulate', 'x.md', '--slips', '0.6'], 2, /--slips.*number from 0 to 0.5/],
  [['simulate', 'x.md', '--slips', 'many'], 2, /--slips.*number from 0 to 0.5/],
  [['simulate', 'x.md', '--seed', '-1'], 2, /--seed.*whole number from 0/],
  [['simulate', '/no/such/file.md'], 1, /\/no\/such\/file.md cannot be read/],
];

test('wrong use and missing files are told in one line', async () => {
  for (const [given, code, message] of wrongUse) {
    const { exitCode, stdout, stderr } = await runCli(given);
    expect({ given, exitCode, stdout }).toEqual({ given, exitCode: code, stdout: '' });
    expect(stderr).toMatch(message);
    expect(stderr.trimEnd().split('\n')).toHaveLength(1);
  }
  const { exitCode, stderr } = await runCli(['simulate', join(folder, 'empty.txt')]);
  expect([exitCode, stderr]).toEqual([1, expect.stringMatching(/there is no text to replay/)]);
});
