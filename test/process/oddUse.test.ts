// What scripts and shells do to a command line: empty variables, folders and pictures in place of texts, streams that are
// full, closed or nobody's. Each ends with the contract's code and one sentence.

import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, existsSync, openSync, readdirSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { runCli, startCli } from '../support/cliProcess.ts';
import { temporaryFolder } from '../support/temporaryFolder.ts';
import { distFolder } from '../support/tinyEngine.ts';
import { writeTinyModel } from '../support/tinyModel.ts';

let folder: string;
let tiny: string;
let picture: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'inkling-test-'));
  tiny = await writeTinyModel(join(folder, 'tiny'));
  picture = join(folder, 'picture.md');
  await writeFile(picture, Buffer.from('89504e470d0a1a0a0000000d49484452', 'hex'));
  return () => rm(folder, { recursive: true, force: true });
});

/** The lines on stderr, without the program's name. */
const said = (stderr: string) =>
  stderr
    .trimEnd()
    .split('\n')
    .map((line) => line.replace(/^inkling: /u, ''));

const empty: [commandLine: string[], what: RegExp][] = [
  [['complete', '--model', ''], /^--model is empty$/],
  [['complete', '--prefix-file='], /^--prefix-file is empty$/],
  [['complete', '--workspace', ''], /^--workspace is empty$/],
  [['tokenize', '--adapter', ''], /^--adapter is empty$/],
  [['score', '--file', 'a', ''], /^--file is empty$/],
  [['act', 'fix', '--language', ''], /^--language is empty$/],
  [['models', 'add', ''], /^an argument is empty$/],
  [['models', 'move', 'a', ''], /^an argument is empty$/],
  [['adapters', 'export', 'a', ''], /^an argument is empty$/],
  [['finetune', '.', '--out', ''], /^--out is empty$/],
  [['finetune', '', '--out', 'x'], /^an argument is empty$/],
  [['simulate', '.', '--trace', ''], /^--trace is empty$/],
  [['serve', '--token-file', ''], /^--token-file is empty$/],
];

test('a variable that is not set is wrong use, and never the current folder', async () => {
  for (const [commandLine, what] of empty) {
    const { exitCode, stdout, stderr } = await runCli(commandLine, 'text');
    expect({ commandLine, exitCode, stdout }).toEqual({ commandLine, exitCode: 2, stdout: '' });
    expect(said(stderr)).toEqual([expect.stringMatching(what)]);
  }
});

test('what is wrong with a value is said of the flag, before a model is loaded', async () => {
  const wrong: [commandLine: string[], message: RegExp][] = [
    [['complete', '--max-new-tokens', '1'], /^--max-new-tokens must be a whole number from 2 to 128/],
    [['complete', '--max-new-tokens', '129'], /^--max-new-tokens must be a whole number from 2 to 128/],
    [['complete', '--raw', '--num-return-sequences', '2'], /^--num-return-sequences above 1 needs a temperature/],
    [['score', '--window', '513'], /^--window must be 2 to 512, which is all that tiny reads at once$/],
  ];
  for (const [commandLine, message] of wrong) {
    const { exitCode, stderr } = await runCli([...commandLine, '--model', tiny], 'The world');
    expect(exitCode, stderr).toBe(2);
    expect(said(stderr)).toEqual([expect.stringMatching(message)]);
  }
});

test('without a window a text is scored in as many tokens as the model reads, also an empty one', async () => {
  const words = await runCli(['score', '--json', '--model', tiny], 'The world');
  const nothing = await runCli(['score', '--json', '--model', tiny], '');
  expect({ ...words, stdout: JSON.parse(words.stdout).tokens > 0 }).toEqual({ exitCode: 0, stdout: true, stderr: '' });
  expect(JSON.parse(nothing.stdout)).toEqual({
    files: [{ path: '-', tokens: 0, logprob: 0, perplexity: null }],
    tokens: 0,
    perplexity: null,
  });
});

describe('files that are none', () => {
  test.each<[what: string, commandLine: () => string[], message: RegExp]>([
    ['a folder', () => ['complete', '--prefix-file', folder], /cannot be read: it is a folder, not a file \(EISDIR\)$/],
    [
      'a path through a file',
      () => ['complete', '--prefix-file', join(tiny, 'config.json', 'x')],
      /a part of this path is a file.*\(ENOTDIR\)$/,
    ],
    [
      'no such file to score',
      () => ['score', '--file', 'no-such-file'],
      /^no-such-file cannot be read: there is no such file.*\(ENOENT\)$/,
    ],
    [
      'no such file to replay',
      () => ['simulate', 'no-such-file'],
      /^no-such-file cannot be read: there is no such file.*\(ENOENT\)$/,
    ],
    [
      'a picture, and a folder for the report',
      () => ['simulate', picture, '--report', folder],
      /no text to replay|it is a folder/,
    ],
    [
      'a name that is too long',
      () => ['act', 'fix', '--file', 'x'.repeat(300)],
      /cannot be read: the name is too long \(ENAMETOOLONG\)$/,
    ],
    [
      'a file where event files go',
      () => ['finetune', folder, '--out', join(folder, 'out'), '--tensorboard', picture],
      /cannot be written/,
    ],
  ])('%s', async (_, commandLine, message) => {
    const { exitCode, stdout, stderr } = await runCli([...commandLine(), '--model', tiny], 'text');
    expect({ exitCode, stdout }).toEqual({ exitCode: 1, stdout: '' });
    expect(said(stderr).at(-1)).toMatch(message);
    expect(stderr).not.toMatch(/^\s+at /mu);
  });

  test.runIf(process.platform === 'linux')('a name that is not UTF-8', async () => {
    const odd = await temporaryFolder();
    const name = Buffer.concat([Buffer.from(`${odd}/caf`), Buffer.from([0xe9]), Buffer.from('.md')]);
    await writeFile(name, 'The world and the word.');
    const asked = (path: string) => runCli(['simulate', path, '--max-carets', '4', '--model', tiny]);
    const wanted = {
      exitCode: 1,
      stderr: expect.stringMatching(/caf\uFFFD\.md cannot be read: its name is not UTF-8/u),
    };
    expect(await asked(odd)).toMatchObject(wanted);
    expect(await asked(join(odd, 'caf\uFFFD.md'))).toMatchObject(wanted);
    await writeFile(join(odd, 'café.md'), 'The world and the word.');
    expect(await asked(odd)).toMatchObject({ ...wanted, exitCode: 0 });
  });

  test('a picture among texts is left out, and alone there is no text', async () => {
    for (const [command, end] of [
      ['simulate', 'there is no text to replay'],
      ['evaluate', 'there is no text to evaluate'],
    ] as const) {
      const { exitCode, stderr } = await runCli([command, picture, '--model', tiny]);
      expect(exitCode).toBe(1);
      expect(said(stderr)).toEqual([`${picture} is left out: it is no text`, `${picture}: ${end}`]);
    }
  });
});

test('lines of a batch as other programs write them: a byte order mark, CRLF, null for what is not known', async () => {
  const lines = [
    '\uFEFF{"id":1,"prefix":"The world","suffix":null,"path":null,"languageId":null}',
    '{"id":2,"prefix":"The world","languageId":5}',
    '{"id":3,"prefix":null}',
    '7',
    `{"id":4,"prefix":"${'The world and the word. '.repeat(20_000)}"}`,
  ];
  const { stdout } = await runCli(['complete', '--raw', '--batch', '--model', tiny], lines.join('\r\n'));
  const answers = stdout.trimEnd().split('\n');
  expect(answers.map((line) => [JSON.parse(line).id, JSON.parse(line).kind])).toEqual([
    [1, 'text'],
    [2, 'failed'],
    [3, 'failed'],
    [null, 'failed'],
    [4, 'text'],
  ]);
});

/** Runs `inkling` with streams that the system made. */
async function runWith(commandLine: string[], streams: (number | 'pipe')[]) {
  const child = spawn(process.execPath, [join(distFolder, 'cli.js'), ...commandLine], { stdio: streams });
  let stderr = '';
  child.stderr?.setEncoding('utf8').on('data', (text) => {
    stderr += text;
  });
  const [exitCode] = await once(child, 'close');
  for (const stream of streams) if (typeof stream === 'number') closeSync(stream);
  return { exitCode, stderr };
}

test.runIf(process.platform !== 'win32')('a folder as the standard input is no empty text', async () => {
  const input = openSync(folder, 'r');
  const result = await runWith(['tokenize', '--model', tiny], [input, 'pipe', 'pipe']);
  expect(result).toEqual({ exitCode: 1, stderr: 'inkling: the standard input cannot be read: it is a folder\n' });
});

describe.runIf(existsSync('/dev/full'))('where nothing can be written', () => {
  test('an answer that is lost is a failure', async () => {
    const result = await runWith(['models', 'list'], [openSync('/dev/null', 'r'), openSync('/dev/full', 'w'), 'pipe']);
    expect(result).toEqual({
      exitCode: 1,
      stderr: 'inkling: the answer cannot be written: the disk is full (ENOSPC)\n',
    });
  });

  test('a message that is lost changes no exit code', async () => {
    const lost = () => openSync('/dev/full', 'w');
    const nothing = () => openSync('/dev/null', 'r');
    expect(await runWith(['nonsense'], [nothing(), 'pipe', lost()])).toMatchObject({ exitCode: 2 });
    expect(await runWith(['models', 'show', 'nobody'], [nothing(), 'pipe', lost()])).toMatchObject({ exitCode: 1 });
  });
});

test('a reader who goes away ends it without a word', async () => {
  const cli = startCli(['act', '--list', '--json'], '');
  let stderr = '';
  cli.stderr!.on('data', (text) => {
    stderr += text;
  });
  cli.stdout!.destroy();
  await once(cli, 'close');
  expect(stderr).toBe('');
});

test('a look at what could be had makes no folder, and needs none', async () => {
  const models = join(await temporaryFolder(), 'a', 'b');
  const places = process.platform === 'linux' ? [models, '/proc/nothing/models'] : [models];
  for (const place of places) {
    const { exitCode, stdout } = await runCli(['models', 'recommend', '--json'], '', { INKLING_MODELS: place });
    expect(exitCode).toBe(0);
    expect(JSON.parse(stdout).machine.freeDiskMb).toEqual(expect.any(Number));
  }
  expect(existsSync(models)).toBe(false);
});

test('where there is nothing to list, that is said', async () => {
  const nowhere = await temporaryFolder();
  const places = {
    HOME: nowhere,
    USERPROFILE: nowhere,
    INKLING_ADAPTERS: nowhere,
    HF_HOME: nowhere,
    OLLAMA_MODELS: nowhere,
  };
  for (const [commandLine, message, document] of [
    [['adapters', 'list'], `there is no adapter in ${nowhere} yet`, { adapters: [] }],
    [['models', 'find'], 'other programs have no models where they usually keep them', { models: [] }],
  ] as const) {
    expect(await runCli(commandLine, '', places)).toEqual({ exitCode: 0, stdout: '', stderr: `inkling: ${message}\n` });
    expect(JSON.parse((await runCli([...commandLine, '--json'], '', places)).stdout)).toEqual(document);
  }
});

test.runIf(process.platform === 'linux')('a token that there is no room for leaves no file', async () => {
  const file = join(await temporaryFolder(), 'token');
  const full = ['bash', '-c', 'ulimit -f 0; exec "$@"', 'bash']; // as on a full disk
  const cli = startCli(['serve', '--token-file', file, '--model', tiny], '', {}, full);
  const [exitCode] = await once(cli, 'close');
  expect({ exitCode, isThere: existsSync(file) }).toEqual({ exitCode: 1, isThere: false });
});

test('of two that add a model by one name at once, one does, and the other says that it is there', async () => {
  const models = join(await temporaryFolder(), 'models');
  const add = () => runCli(['models', 'add', tiny, '--name', 'twin'], '', { INKLING_MODELS: models });
  const [won, lost] = (await Promise.all([add(), add()])).sort((a, b) => a.exitCode! - b.exitCode!);
  expect(won).toMatchObject({ exitCode: 0, stderr: '' });
  expect(lost).toMatchObject({ exitCode: 1, stdout: '' });
  expect(said(lost!.stderr)).toEqual([`${join(models, 'twin')} exists already and is not empty.`]);
  expect(readdirSync(models)).toEqual(['twin']);
  const verified = await runCli(['models', 'verify', 'twin'], '', { INKLING_MODELS: models });
  expect(verified.exitCode).toBe(0);
});

test.runIf(process.platform === 'linux')('a token file in a folder that cannot be made', async () => {
  const { exitCode, stderr } = await runCli(['serve', '--token-file', '/proc/x/y', '--model', tiny]);
  expect(exitCode).toBe(1);
  expect(said(stderr)).toEqual([expect.stringMatching(/^The token file \/proc\/x\/y cannot be used: .*\(ENOENT\)\.$/)]);
});

test('a device that is not there is said, and the processor does it', async () => {
  const commandLine = ['tokenize', '--json', '--device', 'coreml', '--model', tiny];
  const { exitCode, stdout, stderr } = await runCli(commandLine, 'The world');
  expect(exitCode).toBe(0);
  expect(JSON.parse(stdout).tokens.length).toBeGreaterThan(0);
  if (process.platform !== 'darwin') expect(stderr).toMatch(/^inkling: tiny runs on cpu, not on coreml\./);
});
