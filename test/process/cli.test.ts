import { spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeAll, expect, onTestFinished, test } from 'vitest';
import { childrenOf, runCli, startCli } from '../support/cliProcess.ts';
import { isRunning } from '../support/isRunning.ts';
import { processorTicks } from '../support/processorTicks.ts';
import { temporaryFolder } from '../support/temporaryFolder.ts';
import { writeTinyModel } from '../support/tinyModel.ts';

/** what INKLING_MODELS names */
let ownModels: string;
let tiny: string;
beforeAll(async () => {
  ownModels = await mkdtemp(join(tmpdir(), 'inkling-test-'));
  tiny = await writeTinyModel(join(ownModels, 'tiny'));
  return () => rm(ownModels, { recursive: true, force: true });
});

const usageErrors: [commandLine: string, message: RegExp][] = [
  ['nonsense', /unknown command 'nonsense'/],
  ['complete --nonsense', /--nonsense/],
  ['complete --top-k 2000', /--top-k.*0 to 1000/],
  ['complete --top-k 1.5', /--top-k.*whole number/],
  ['complete --temperature warm', /--temperature.*0 to 2/],
  ['complete --temperature=', /--temperature.*0 to 2/],
  ['complete --no-repeat-ngram-size 21', /--no-repeat-ngram-size.*0 to 20/],
  ['complete --num-return-sequences 3', /--num-return-sequences.*temperature/],
  ['complete --device gpu', /--device.*auto, cpu/],
  ['complete --threads 1000', /--threads.*0 to 256/],
  ['complete --precision fp16', /--precision.*default, fp32/],
  ['complete --reset', /--reset needs --batch/],
  ['complete --batch --suffix-file x', /--batch/],
  ['complete --workspace . --raw', /--workspace has no effect with --raw/],
  ['score --window 1', /--window.*from 2/],
  ['finetune . --out x --lora-rank 0', /--lora-rank.*1 to 256/],
  ['finetune . --out x --optimizer adams', /--optimizer.*adamw/],
  ['finetune .', /--out/],
  ['complete --adapter-strength 3', /--adapter-strength.*0 to 2/],
  ['serve --port 70000', /--port.*0 to 65535/],
  ['pipeline dance', /dance is no task/],
  ['models download x', /OWNER\/NAME/],
  ['calibrate', /path/],
  ['calibrate . --max-carets 5', /--max-carets.*100 to/],
];

test('wrong use ends with 2 and one line that says what is wrong', async () => {
  for (const [commandLine, message] of usageErrors) {
    const { exitCode, stdout, stderr } = await runCli(commandLine.split(' '));
    expect({ commandLine, exitCode, stdout }).toEqual({ commandLine, exitCode: 2, stdout: '' });
    expect(stderr).toMatch(message);
    expect(stderr.trimEnd().split('\n')).toHaveLength(1);
    expect(stderr).toMatch(/^inkling: /);
  }
});

test('failures end with 1 and one line; the stack only with --verbose', async () => {
  const broken = await writeTinyModel(join(await temporaryFolder(), 'broken'));
  await truncate(join(broken, 'model.safetensors'), 100);
  const failures: [string[], RegExp][] = [
    [['tokenize', '--model', 'no-such-model'], /no model named no-such-model/],
    [['tokenize', '--model', './no/such/folder'], /no model folder .\/no\/such\/folder/],
    [['complete', '--raw', '--model', broken], /model\.safetensors/],
    [['complete', '--raw', '--model', tiny, '--prefix-file', '/no/such/file'], /\/no\/such\/file cannot be read/],
    [['models', 'show', broken], /model\.safetensors/],
  ];
  for (const [commandLine, message] of failures) {
    const { exitCode, stdout, stderr } = await runCli([...commandLine, '--json'], 'text');
    expect({ exitCode, stdout }).toEqual({ exitCode: 1, stdout: '' });
    expect(stderr).toMatch(message);
    expect(stderr.trimEnd().split('\n')).toHaveLength(1);
  }
  const { stderr } = await runCli(['tokenize', '--model', 'no-such-model', '--verbose']);
  expect(stderr).toMatch(/\n\s+at /);
});

test('help and version', async () => {
  expect(await runCli(['--version'])).toMatchObject({
    exitCode: 0,
    stdout: expect.stringMatching(/^\d+\.\d+\.\d+\n$/),
  });
  const { exitCode, stdout } = await runCli(['complete', '--help']);
  expect(exitCode).toBe(0);
  expect(stdout).toContain('--no-repeat-ngram-size <tokens>');
});

/** Runs a command with the tiny model and `--json`, and parses what must be one document. */
async function json(commandLine: string[], stdin = ''): Promise<Record<string, unknown>> {
  const { exitCode, stdout, stderr } = await runCli([...commandLine, '--model', tiny, '--json'], stdin);
  expect(stderr).toBe('');
  expect(exitCode).toBe(0);
  return JSON.parse(stdout);
}

test('tokenize and detokenize are inverse', async () => {
  const text = 'Ünïcode 🎉 the\tworld\r\n';
  const { tokens } = await json(['tokenize'], text);
  expect(await json(['detokenize'], (tokens as number[]).join(' '))).toEqual({ text });
  expect(await json(['detokenize'], JSON.stringify({ tokens }))).toEqual({ text });
});

test('complete --raw --json has the fields of the contract', async () => {
  const completion = await json(['complete', '--raw', '--max-new-tokens', '5', '--threads', '1'], 'The world');
  expect(completion).toEqual({
    kind: 'text',
    text: expect.any(String),
    reason: null,
    promptTokens: expect.any(Number),
    reusedTokens: 0,
    newTokens: 5,
    loadMs: expect.any(Number),
    prefillMs: expect.any(Number),
    decodeMs: expect.any(Number),
    firstTokenMs: expect.any(Number),
    logprob: expect.any(Number),
    model: 'tiny',
    device: 'cpu',
  });
});

test('complete says why a writer is shown nothing', async () => {
  const check = async (commandLine: string[], prefix: string, reason: string) => {
    const completion = await json(['complete', ...commandLine], prefix);
    expect(completion).toMatchObject({ kind: 'none', text: null, reason });
  };
  await check([], '---\ntitle: The wor', 'zone');
  await check(['--language', 'python'], 'The world and the wor', 'off');
  await check(['--path', 'main.c'], '', 'off');
  const { exitCode, stdout, stderr } = await runCli(['complete', '--model', tiny], '---\ntitle: The wor');
  expect({ exitCode, stdout, stderr }).toEqual({
    exitCode: 0,
    stdout: '',
    stderr: 'inkling: nothing is shown: zone\n',
  });
});

test('several sequences are alternatives, and the same seed repeats them', async () => {
  const commandLine = ['complete', '--raw', '--temperature', '1', '--seed', '7', '--num-return-sequences', '3'];
  const { text, alternatives } = await json(commandLine, 'The world');
  expect(alternatives).toHaveLength(3);
  expect((alternatives as { text: string }[])[0]!.text).toBe(text);
  expect((await json(commandLine, 'The world'))['alternatives']).toEqual(alternatives);
});

test('the prefix can come from a file', async () => {
  const file = join(await temporaryFolder(), 'prefix.md');
  await writeFile(file, 'The world');
  const fromFile = await json(['complete', '--raw', '--prefix-file', file]);
  expect(fromFile['text']).toBe((await json(['complete', '--raw'], 'The world'))['text']);
});

test('complete --batch answers line by line, in order, also lines that are wrong', async () => {
  const prefix = 'The world and the word '.repeat(5);
  const lines = [
    JSON.stringify({ id: 'a', prefix }),
    'not JSON',
    JSON.stringify({ id: 3, prefix: 5 }),
    JSON.stringify({ id: { any: 'thing' }, prefix: `${prefix}\u2028x` }),
  ];
  const { exitCode, stdout, stderr } = await runCli(
    ['complete', '--raw', '--batch', '--model', tiny],
    lines.join('\n'),
  );
  const answers = stdout
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line));
  expect(answers.map(({ id, kind }) => [id, kind])).toEqual([
    ['a', 'text'],
    [null, 'failed'],
    [3, 'failed'],
    [{ any: 'thing' }, 'text'],
  ]);
  expect(answers[3].reusedTokens).toBeGreaterThan(40);
  expect({ exitCode, stderr }).toEqual({ exitCode: 1, stderr: 'inkling: 2 of 4 lines could not be answered\n' });
});

test('complete --batch --reset reuses nothing', async () => {
  const line = JSON.stringify({ id: 1, prefix: 'The world and the word' });
  const { stdout } = await runCli(['complete', '--raw', '--batch', '--reset', '--model', tiny], `${line}\n${line}\n`);
  const reused = stdout
    .trimEnd()
    .split('\n')
    .map((answer) => JSON.parse(answer).reusedTokens);
  expect(reused).toEqual([0, 0]);
});

test('score: windows, files and tokens', async () => {
  const text = 'The world and the word. '.repeat(20);
  const file = join(await temporaryFolder(), 'text.txt');
  await writeFile(file, text);
  const whole = await json(['score', '--tokens', '--window', '512'], text);
  const [scored] = whole['files'] as {
    path: string;
    tokens: number;
    logprob: number;
    ids: number[];
    logprobs: number[];
  }[];
  expect(scored).toMatchObject({ path: '-', tokens: whole['tokens'] });
  expect(scored!.ids).toHaveLength(scored!.tokens + 1);
  expect(scored!.logprobs[0]).toBeNull();
  expect(scored!.logprobs.slice(1).reduce((sum, value) => sum + value, 0)).toBeCloseTo(scored!.logprob, 3);
  expect(whole['perplexity']).toBeCloseTo(Math.exp(-scored!.logprob / scored!.tokens), 6);
  const twice = await json(['score', '--window', '512', '--file', file, '--file', file]);
  expect(twice).toMatchObject({ tokens: 2 * scored!.tokens });
  expect(twice['perplexity']).toBeCloseTo(whole['perplexity'] as number, 6);
});

test('devices: the processor is always there', async () => {
  const report = await json(['devices']);
  expect(report['devices']).toContainEqual(expect.objectContaining({ name: 'cpu', available: true }));
  expect(typeof report['chosen']).toBe('string');
});

test('bench reports medians and spread', async () => {
  const report = await json(['bench', '--runs', '1', '--threads', '1']);
  for (const name of ['loadMs', 'prefillTokensPerSecond', 'decodeTokensPerSecond', 'firstSuggestionMs', 'residentMb']) {
    expect(report[name], name).toEqual({
      median: expect.any(Number),
      minimum: expect.any(Number),
      maximum: expect.any(Number),
    });
    expect((report[name] as { median: number }).median, name).toBeGreaterThan(0);
  }
});

test('bench --against measures a second model in turn, and tells ratios', async () => {
  const report = await json(['bench', '--runs', '2', '--threads', '1', '--against', tiny]);
  const { against, ratios } = report as Record<string, Record<string, { median: number; minimum: number }>>;
  expect(against).toMatchObject({ model: report['model'], runs: 2, loadMs: { median: expect.any(Number) } });
  expect(ratios!['decodeStepMs']!.median).toBeGreaterThan(0.1); // of a model with itself
  expect(ratios!['decodeStepMs']!.median).toBeLessThan(10);
});

test('models: list, show and verify', async () => {
  const models = (...commandLine: string[]) =>
    runCli(['models', ...commandLine, '--json'], '', { INKLING_MODELS: ownModels });
  const list = JSON.parse((await models('list')).stdout);
  expect(list.models).toContainEqual(expect.objectContaining({ name: 'tiny', modelFolder: tiny }));
  const details = JSON.parse((await models('show', 'tiny')).stdout);
  expect(details).toMatchObject({ name: 'tiny', layers: 2, hiddenSize: 32, hasChatTemplate: true });
  const added = JSON.parse((await models('add', tiny, '--name', 'again')).stdout);
  const folder = join(ownModels, 'again');
  await rm(folder, { recursive: true });
  const counts = { architecture: 'LlamaForCausalLM', parameters: details.parameters, sizeBytes: expect.any(Number) };
  expect(added).toMatchObject({ name: 'again', folder, ...counts });
  const verified = await models('verify', 'tiny');
  expect(verified).toMatchObject({ exitCode: 1, stdout: '', stderr: expect.stringContaining('no inkling.json') });
});

test.runIf(process.platform === 'linux')('models: a folder that cannot be made is refused', async () => {
  const gguf = join(ownModels, 'some.gguf');
  await writeFile(gguf, 'GGUF');
  const add = await runCli(['models', 'add', gguf], '', { INKLING_MODELS: '/proc/nothing' });
  await rm(gguf);
  expect(add).toMatchObject({ exitCode: 1, stdout: '', stderr: expect.stringContaining('/proc/nothing') });
});

test.runIf(process.platform === 'linux')('Ctrl+C ends every process', async () => {
  const { cli, children } = await busyCli();
  process.kill(-cli.pid!, 'SIGINT'); // a terminal sends it to the whole group
  expect(await once(cli, 'exit')).toEqual([130, null]);
  await expect.poll(() => children.filter(isRunning)).toEqual([]);
});

for (const signal of ['SIGINT', 'SIGTERM', 'SIGKILL'] as const) {
  test.runIf(process.platform === 'linux')(`${signal} to the command line alone leaves no process behind`, async () => {
    const { cli, children } = await busyCli();
    cli.kill(signal);
    await once(cli, 'exit');
    await expect.poll(() => children.filter(isRunning)).toEqual([]);
  });
}

const mayLimit = spawnSync('prlimit', ['--version']).status === 0;

test.runIf(mayLimit)('so few open files that no process can be started: said so, whatever the number', async () => {
  const limits = Array.from({ length: 18 }, (_, i) => 17 + i);
  const said = await Promise.all(
    limits.map(async (limit) => {
      const cli = startCli(['complete', '--raw', '--model', tiny], 'The world', {}, ['prlimit', `--nofile=${limit}`]);
      let stderr = '';
      cli.stderr!.setEncoding('utf8').on('data', (text) => {
        stderr += text;
      });
      await once(cli, 'close');
      return stderr;
    }),
  );
  // with fewer still Node itself does not start; with more, the process does
  const ours = said.filter((text) => text.startsWith('inkling:'));
  expect(ours).toContainEqual(expect.stringMatching(/^inkling: The inference process cannot be started: .*EMFILE\.$/m));
  for (const text of ours) expect(text).not.toMatch(/TypeError|is not a function|^\s+at /m);
});

/** `inkling complete` in the middle of a decode of many seconds. */
async function busyCli() {
  const config = { max_position_embeddings: 8192 };
  const model = await writeTinyModel(join(await temporaryFolder(), 'slow'), { layers: 40, config });
  const cli = startCli(['complete', '--raw', '--max-new-tokens', '4000', '--model', model], 'The world');
  await expect.poll(() => childrenOf(cli.pid!).length).toBe(1);
  const children = childrenOf(cli.pid!);
  onTestFinished(() => {
    for (const child of children) if (isRunning(child)) process.kill(child, 'SIGKILL');
  });
  // starting and loading the model take less than that
  await expect.poll(() => processorTicks(children[0]!)).toBeGreaterThan(150);
  expect(children.every(isRunning)).toBe(true);
  return { cli, children };
}
