// Models for one task: added, listed, run by the command line, and what goes wrong with them.
import { spawnSync } from 'node:child_process';
import { appendFileSync, existsSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, test } from 'vitest';
import { CancellationTokenSource } from 'vscode-jsonrpc/node.js';
import { runCli } from '../support/cliProcess.ts';
import { isRunning } from '../support/isRunning.ts';
import { startPipelines, writePipelineModel } from '../support/pipelineModel.ts';
import { temporaryFolder } from '../support/temporaryFolder.ts';

const made = async (name: string) => writePipelineModel(name, join(await temporaryFolder(), name));

interface Machine {
  readonly run: (commandLine: string[], stdin?: string) => ReturnType<typeof runCli>;
  readonly models: string;
}

/** The command line with model folders of its own. */
async function machine(): Promise<Machine> {
  const models = join(await temporaryFolder(), 'models');
  return { models, run: (commandLine, stdin) => runCli(commandLine, stdin, { INKLING_MODELS: models }) };
}

describe('inkling', () => {
  test('adds, lists, verifies, uses and removes a model for a task', async () => {
    const { run, models } = await machine();
    const source = await made('marian');
    writeFileSync(join(source, 'modeling_marian.py'), 'import os');
    const added = await run(['models', 'add', source, '--name', 'en-de', '--json']);
    expect(JSON.parse(added.stdout)).toMatchObject({
      name: 'en-de',
      architecture: 'MarianMTModel',
      pipeline: { kind: 'text2text', uses: ['translate'], languages: { from: 'en', to: 'de' } },
    });
    expect(readdirSync(join(models, 'en-de')).filter((file) => !/\.(?:json|onnx)$/u.test(file))).toEqual([]);
    const { stdout } = await run(['models', 'list', '--json']);
    const { models: listed } = JSON.parse(stdout) as { models: { name: string; pipeline?: { kind: string } }[] };
    expect(listed.find(({ name }) => name === 'en-de')?.pipeline?.kind).toBe('text2text');
    expect((await run(['models', 'verify', 'en-de'])).exitCode).toBe(0);
    const translated = await run(['pipeline', 'translate', '--json'], 'The cat sat.\n\nThe mat.');
    expect(translated.exitCode).toBe(0);
    expect(JSON.parse(translated.stdout)).toMatchObject({ task: 'translate', text: expect.stringMatching(/.\n\n./u) });
    expect((await run(['models', 'remove', 'en-de'])).exitCode).toBe(0);
    expect(existsSync(join(models, 'en-de'))).toBe(false);
  });

  test.each<[string, string[], string, object]>([
    ['bert-mask', ['fill-mask', '--count', '3'], 'The cat sat on the ___.', { candidates: expect.any(Array) }],
    [
      'bert-vectors',
      ['embed'],
      'The cat.\nThe mat.\n',
      { texts: ['The cat.', 'The mat.'], vectors: expect.any(Array) },
    ],
    ['bert-sentiment', ['sentiment'], 'The cat sat.', { labels: expect.any(Array) }],
    ['bert-tags', ['tag'], 'The cat sat.', { tags: expect.any(Array) }],
    ['t5', ['summarize', '--max-new-tokens', '8'], 'The cat sat.', { text: expect.any(String) }],
  ])('%s: pipeline %j', async (name, commandLine, stdin, document) => {
    const { run } = await machine();
    const result = await run(['pipeline', ...commandLine, '--model', await made(name), '--json'], stdin);
    expect(result.stderr).toBe('');
    expect(JSON.parse(result.stdout)).toMatchObject({ task: commandLine[0], ...document });
  });

  test('is told what a model was made for', async () => {
    const { run } = await machine();
    await run(['models', 'add', await made('bart'), '--name', 'mine', '--use', 'correct', '--prefix', 'grammar: ']);
    const { stdout } = await run(['models', 'show', 'mine', '--json']);
    expect(JSON.parse(stdout)).toMatchObject({ pipeline: { uses: ['correct'] } });
    const corrected = await run(['pipeline', 'correct', '--max-new-tokens', '6', '--json'], 'The cat');
    const plain = await run(
      ['pipeline', 'rephrase', '--model', 'mine', '--max-new-tokens', '6', '--json'],
      'grammar: The cat',
    );
    expect(JSON.parse(corrected.stdout).text).toBe(JSON.parse(plain.stdout).text);
  });

  test.each<[string, string[], RegExp]>([
    ['bert-vectors', ['--prefix', 'query: '], /takes neither a use nor a prefix/],
    ['bert-vectors', ['--use', 'correct'], /takes neither a use nor a prefix/],
    ['bart', ['--prefix', 'grammar: '], /does not tell what it is for: say its use, too/],
  ])('what a model would not be told is refused: %s %j', async (name, options, message) => {
    const { run } = await machine();
    const added = await run(['models', 'add', await made(name), '--name', 'mine', ...options]);
    expect(added).toMatchObject({ exitCode: 2, stderr: expect.stringMatching(message) });
    expect(JSON.parse((await run(['models', 'list', '--json'])).stdout)).not.toContainEqual(
      expect.objectContaining({ name: 'mine' }),
    );
  });

  test('an action is done by a model made for it, where one is installed', async () => {
    const { run } = await machine();
    const text = 'The cat sat on the mat and slept.';
    const before = await run(['act', 'betterWord', '--before-file', '/dev/null', '--json', '--way', 'pipeline'], 'cat');
    expect(JSON.parse(before.stdout)).toMatchObject({ kind: 'none', note: { code: 'pipelineMissing' } });
    await run(['models', 'add', await made('marian'), '--name', 'en-de']);
    const translated = await run(['act', 'translate', '--instruction', 'German', '--json'], text);
    expect(JSON.parse(translated.stdout)).toMatchObject({ kind: 'none', reason: 'nothingGood' }); // random weights
    const other = await run(['act', 'translate', '--instruction', 'French', '--json'], text);
    expect(JSON.parse(other.stdout)).toMatchObject({ kind: 'none', reason: 'modelTooSmall' });
  });

  test.each<[string, string[], string, number, string]>([
    ['', ['translate'], 'x', 1, 'No model for translate is installed'],
    ['', ['fly'], 'x', 2, 'fly is no task'],
    ['bert-mask', ['fill-mask'], 'no gap', 2, 'one gap'],
    ['bert-mask', ['fill-mask'], 'two ___ gaps ___', 2, 'one gap'],
    ['bert-mask', ['fill-mask', '--count', '0'], 'a ___', 2, 'from 1 to 50'],
    ['bert-mask', ['embed'], 'x', 1, 'is a model for filling gaps'],
    ['bert-vectors', ['translate'], 'x', 1, 'is a model for comparing texts'],
    ['bert-vectors', ['embed'], 'word '.repeat(200), 1, 'reads 64 at a time'],
    ['t5', ['summarize'], 'word '.repeat(200), 1, 'reads 64 at a time'],
    ['marian', ['translate', '--to', 'fr'], 'x', 2, 'from en to de only'],
    ['marian', ['translate', '--from', 'zh'], 'x', 2, 'from en to de only'],
    ['nllb', ['translate', '--from', 'en'], 'x', 2, 'the language to translate into'],
    ['nllb', ['translate', '--to', 'de'], 'x', 2, 'the language of the text'],
    ['nllb', ['translate', '--from', 'en', '--to', 'sv'], 'x', 2, 'does not know the language sv'],
    ['nllb', ['translate', '--from', 'en', '--to', '__proto__'], 'x', 2, 'does not know the language __proto__'],
  ])('%s: pipeline %j is refused in plain words', async (name, commandLine, stdin, exitCode, message) => {
    const { run } = await machine();
    const model = name === '' ? [] : ['--model', await made(name)];
    const result = await run(['pipeline', ...commandLine, ...model], stdin);
    expect(result.stderr).toContain(message);
    expect(result.stderr.trim().split('\n')).toHaveLength(1);
    expect(result.exitCode).toBe(exitCode);
  });
});

describe('a folder that is no model', () => {
  const spoilt: Record<string, (folder: string) => void> = {
    'without tokenizer': (folder) => rmSync(join(folder, 'tokenizer.json')),
    'without weights': (folder) => rmSync(join(folder, 'model.onnx')),
    'weights that are a text': (folder) => writeFileSync(join(folder, 'model.onnx'), 'version https://git-lfs\n'),
    'weights that are empty': (folder) => writeFileSync(join(folder, 'model.onnx'), ''),
    'weights that are a link to a device': (folder) => {
      rmSync(join(folder, 'model.onnx'));
      symlinkSync('/dev/zero', join(folder, 'model.onnx'));
    },
    'a configuration that is no JSON': (folder) => writeFileSync(join(folder, 'config.json'), '{'),
    'a configuration that is a list': (folder) => writeFileSync(join(folder, 'config.json'), '[]'),
    'a tokenizer that is a pipe': (folder) => {
      rmSync(join(folder, 'tokenizer.json'));
      spawnSync('mkfifo', [join(folder, 'tokenizer.json')]);
    },
  };
  test.runIf(process.platform === 'linux').each(Object.entries(spoilt))('%s: is not added', async (_, spoil) => {
    const { run, models } = await machine();
    const source = await made('bert-mask');
    spoil(source);
    const result = await run(['models', 'add', source]);
    expect(result.exitCode).toBe(1);
    expect(result.stderr.trim().split('\n')).toHaveLength(1);
    expect(existsSync(models) ? readdirSync(models) : []).toEqual([]);
  });

  const broken: Record<string, (folder: string) => void> = {
    'weights cut short': (folder) => {
      const path = join(folder, 'model.onnx');
      writeFileSync(path, readFileSync(path).subarray(0, 4000));
    },
    'a tokenizer of another kind': (folder) =>
      writeFileSync(join(folder, 'tokenizer.json'), JSON.stringify({ model: { type: 'Unknown', vocab: {} } })),
    'a configuration of no kind': (folder) => appendFileSync(join(folder, 'config.json'), '}'),
  };
  test.each(Object.entries(broken))('%s: is an error, and the process goes on', async (_, spoil) => {
    const client = startPipelines();
    const folder = await made('bert-mask');
    spoil(folder);
    const asked = client.fillMask({ folder, before: 'a ', after: '.', count: 3 });
    await expect(asked).rejects.toMatchObject({ code: 'modelBroken' });
    const { vectors } = await client.embed({ folder: await made('bert-vectors'), texts: ['word'] });
    expect(vectors).toHaveLength(1);
  });
});

describe('the process', () => {
  test('is started by the first request and ended when idle, and comes back', async () => {
    const client = startPipelines({ idleMs: 50 });
    const folder = await made('bert-vectors');
    expect(client.processId).toBeUndefined();
    const first = await client.embed({ folder, texts: ['The cat sat on the mat.'] });
    const { processId } = client;
    await expect.poll(() => processId !== undefined && isRunning(processId), { timeout: 20_000 }).toBe(false);
    expect(await client.embed({ folder, texts: ['The cat sat on the mat.'] })).toEqual(first);
  });

  test.each([0, 300])('a long text is given up when it is cancelled, after %i ms', async (afterMs) => {
    const client = startPipelines();
    const folder = await made('bart');
    await client.open(folder);
    const source = new CancellationTokenSource();
    const texts = Array.from({ length: 20_000 }, () => 'a word of a word');
    const running = client.rewrite({ folder, texts, use: 'rephrase', maxNewTokens: 60 }, source.token);
    await sleep(afterMs);
    source.cancel();
    expect(await running).toEqual({ kind: 'cancelled' });
    expect((await client.rewrite({ folder, texts: ['a'], use: 'rephrase', maxNewTokens: 4 })).kind).toBe('texts');
  });

  test('a name with blanks, dots and other scripts is a folder like any other', async () => {
    const client = startPipelines();
    for (const name of ['my model v2.0', '模型', 'a%20b', '#1', 'http:', 'a+b(c)']) {
      const folder = await writePipelineModel('bert-vectors', join(await temporaryFolder(), name));
      expect((await client.embed({ folder, texts: ['word'] })).vectors).toHaveLength(1);
    }
  });

  test.each(['[MASK]', '[CLS]', '[SEP] [PAD]', '</s>', '<mask>', 'a[SEP]b', '[MASK][MASK]'])(
    'control tokens in a text, %s, are what a person wrote',
    async (token) => {
      const client = startPipelines();
      const folder = await made('bert-mask');
      const { candidates } = await client.fillMask({ folder, before: `a ${token} `, after: ` ${token}.`, count: 3 });
      expect(candidates).toHaveLength(3);
      const tags = await client.tag({ folder: await made('bert-tags'), texts: [`The ${token} sat.`] });
      for (const { start, end } of tags.tags[0]!) expect(end).toBeGreaterThan(start);
    },
  );

  test.each(['', ' ', '\n\n', '\u0000', '\uD800', '\u202Eabc', 'e\u0301'.repeat(20), '👩‍👩‍👧‍👦'])(
    'an odd text, %j, has an answer',
    async (text) => {
      const client = startPipelines();
      const folder = await made('t5');
      const answer = await client.rewrite({ folder, texts: [text], use: 'rephrase', maxNewTokens: 4 });
      expect(answer.kind).toBe('texts');
      const { vectors } = await client.embed({ folder: await made('bert-vectors'), texts: [text] });
      expect([...vectors[0]!].every(Number.isFinite)).toBe(true);
      expect((await client.tag({ folder: await made('bert-tags'), texts: [text] })).tags).toHaveLength(1);
    },
  );
});
