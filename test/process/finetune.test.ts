// The command line's fine-tuning, with the real processes and a tiny model.
import { spawnSync } from 'node:child_process';
import { cp, mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { TrainingClient } from '../../src/client/trainingClient.ts';
import { linearNames } from '../../src/model/decoderParts.ts';
import { openModelFolder } from '../../src/model/modelFolder.ts';
import { readMatrix } from '../../src/model/weights/matrixWeights.ts';
import type { AdapterReport } from '../../src/protocol/adapters.ts';
import type { TrainingEvent } from '../../src/protocol/training.ts';
import { childrenOf, runCli, startCli } from '../support/cliProcess.ts';
import { isRunning } from '../support/isRunning.ts';
import { pageOfProse } from '../support/pageOfProse.ts';
import { temporaryFolder } from '../support/temporaryFolder.ts';
import { distFolder } from '../support/tinyEngine.ts';
import { writeTinyModel } from '../support/tinyModel.ts';

let folder: string;
let model: string;
let prose: string;
/** trained by the first test, for the others */
let adapter: string;
let events: (TrainingEvent | ({ event: 'report' } & AdapterReport))[];

/** Small enough to run in a second. */
const quick = [
  ...['--sequence-length', '64', '--min-characters', '2000', '--warmup-steps', '2', '--learning-rate', '0.001'],
  ...['--lora-rank', '4', '--lora-alpha', '16', '--lora-targets', linearNames.join(',')],
];

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'inkling-test-'));
  model = await writeTinyModel(join(folder, 'tiny'));
  prose = join(folder, 'prose');
  await mkdir(prose);
  for (let number = 1; number <= 8; number++) await writeFile(join(prose, `page-${number}.md`), pageOfProse(number));
  await writeFile(join(prose, 'LICENSE.md'), 'Permission is hereby granted, free of charge, to any person …\n');
  adapter = join(folder, 'mine');
  return () => rm(folder, { recursive: true, force: true });
});

test('finetune learns from a folder', async () => {
  const steps = ['--max-steps', '20', '--evaluation-steps', '10', '--proof-carets', '200'];
  const { exitCode, stdout, stderr } = await runCli([
    ...['finetune', prose, '--out', adapter, '--model', model, '--jsonl'],
    ...['--tensorboard', join(folder, 'curves'), ...quick, ...steps],
  ]);
  expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' });
  events = stdout
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line));
});

describe('what finetune --jsonl tells', () => {
  test('is the corpus, the plan, every step, the evaluations, the report and the end', () => {
    const kinds = events.map(({ event }) => event);
    expect(kinds.filter((kind) => kind === 'step')).toHaveLength(20);
    expect(events.filter((event) => event.event === 'evaluation' && !('proof' in event))).toHaveLength(3);
    expect(events.filter((event) => 'proof' in event).map(({ event }) => event)).toContain('evaluation');
    expect([...kinds.slice(0, 2), ...kinds.slice(-2)]).toEqual(['corpus', 'plan', 'report', 'done']);
  });

  test('names what is left out, and why', () => {
    const corpus = events.find((event) => event.event === 'corpus')!;
    expect(corpus.excluded).toEqual([{ path: 'LICENSE.md', reason: 'boilerplate' }]);
    expect(corpus.files).toHaveLength(8);
  });

  test('shows a loss that falls, and a model that is better on texts it has not seen', () => {
    const done = events.find((event) => event.event === 'done')!;
    expect(done).toMatchObject({ reason: 'completed', step: 20, adapter });
    expect(done.perplexityAfter).toBeLessThan(done.perplexityBefore!);
    expect(events.find((event) => event.event === 'report')).toMatchObject({
      strength: 0.8,
      heldOut: { isBetter: true },
    });
  });

  test('reports what it does to unrelated texts, and to a writer who types the held-out ones', () => {
    const { unrelated, writing } = events.find((event) => event.event === 'report')!;
    expect(unrelated).toMatchObject({ tokens: expect.any(Number), isWorse: expect.any(Boolean) });
    expect(unrelated!.tokens).toBeGreaterThan(1000);
    expect(writing).toMatchObject({ stretches: 2, carets: expect.any(Number) });
    const { keystrokesSaved, nextWords } = writing!;
    expect(keystrokesSaved.difference).toBeCloseTo(keystrokesSaved.adapted! - keystrokesSaved.base!, 12);
    expect(keystrokesSaved.interval).toHaveLength(2);
    expect(Object.keys(nextWords)).toEqual(['1', '2', '3']);
  });
});

test('the adapter is in PEFT’s layout, with its report beside it, and nothing else is left', async () => {
  expect((await readdir(adapter)).sort()).toEqual([
    'adapter_config.json',
    'adapter_model.safetensors',
    'inkling-adapter.json',
    'inkling-log.jsonl',
    'inkling-report.json',
  ]);
  expect(JSON.parse(await readFile(join(adapter, 'adapter_config.json'), 'utf8'))).toMatchObject({
    peft_type: 'LORA',
    r: 4,
  });
  expect((await readdir(folder)).sort()).toEqual(['curves', 'mine', 'prose', 'tiny']);
});

test('its log has every step, and so have TensorBoard’s curves', async () => {
  const log = (await readFile(join(adapter, 'inkling-log.jsonl'), 'utf8')).trimEnd().split('\n');
  const kinds = log.map((line) => JSON.parse(line).event);
  expect([kinds[0], kinds[1], kinds.at(-1)]).toEqual(['run', 'plan', 'done']);
  expect(kinds.filter((kind) => kind === 'step')).toHaveLength(20);
  expect(kinds).toContain('epoch');
  const [curves] = await readdir(join(folder, 'curves'));
  const bytes = await readFile(join(folder, 'curves', curves!), 'latin1');
  expect(bytes.match(/train\/loss/g)).toHaveLength(20);
  expect(bytes.match(/validation\/perplexity/g)).toHaveLength(3);
});

test('a dry run says what would be read, and trains nothing', async () => {
  const commandLine = ['finetune', prose, '--dry-run', '--model', model, '--min-characters', '2000'];
  const { stdout } = await runCli([...commandLine, '--json']);
  expect(JSON.parse(stdout)).toMatchObject({ splitBy: 'file', excludedCounts: { boilerplate: 1 } });
  const shown = await runCli(commandLine);
  expect(shown.stdout).toMatch(/^page-1\.md +\d+ +(train|validation|test)$/m);
  expect(shown.stdout).toMatch(/^LICENSE\.md +boilerplate$/m);
});

test('a run is exported for PyTorch: texts as tokens, the model as float32, the configuration, the launch', async () => {
  const target = join(await temporaryFolder(), 'elsewhere');
  const options = ['--model', model, '--min-characters', '2000', '--lora-targets', 'q,v', '--lora-rank', '4'];
  const commandLine = ['finetune', prose, '--export', target, ...options];
  expect(await runCli(commandLine)).toMatchObject({ exitCode: 0, stderr: '' });
  const names = ['README.md', 'accelerate.yaml', 'base', 'dataset', 'requirements.txt', 'run.json', 'train.py'];
  expect((await readdir(target)).sort()).toEqual(names);
  const run = JSON.parse(await readFile(join(target, 'run.json'), 'utf8'));
  expect(run).toMatchObject({ name: 'elsewhere', targetModules: ['q_proj', 'v_proj'], options: { loraRank: 4 } });
  const lines = (await readFile(join(target, 'dataset', 'train.jsonl'), 'utf8')).trimEnd().split('\n');
  const { text, tokens } = JSON.parse(lines[0]!);
  const { stdout } = await runCli(['tokenize', '--model', model, '--json'], text);
  expect(JSON.parse(stdout)).toEqual({ tokens });
  const [exported, own] = [join(target, 'base'), model].map((of) => openModelFolder(of));
  expect(readMatrix(exported!.weights.linear(0, 'q'))).toEqual(readMatrix(own!.weights.linear(0, 'q')));
  expect((await runCli(commandLine)).stderr).toMatch(/holds files already/);
});

const wrongUse: [string[], RegExp][] = [
  [[], /give one of --out <folder>, --export <folder> and --dry-run/],
  [['--out', 'x', '--dry-run'], /give one of/],
  [['--out', 'x', '--proof-carets', '-1'], /--proof-carets.*whole number from 0/],
];

test('wrong use is told in one line', async () => {
  for (const [options, message] of wrongUse) {
    const { exitCode, stdout, stderr } = await runCli(['finetune', prose, '--model', model, ...options]);
    expect({ options, exitCode, stdout }).toEqual({ options, exitCode: 2, stdout: '' });
    expect(stderr).toMatch(message);
  }
  const { exitCode, stderr } = await runCli(['evaluate', prose, '--model', model, '--unrelated']);
  expect([exitCode, stderr]).toEqual([2, expect.stringMatching(/--adapter/)]);
});

test('evaluate says the same of a file as the report says of all, and the strength counts', async () => {
  const evaluate = async (...more: string[]) => {
    const { stdout } = await runCli(['evaluate', join(prose, 'page-1.md'), '--model', model, '--json', ...more]);
    return JSON.parse(stdout);
  };
  const { base, adapted } = await evaluate('--adapter', adapter);
  expect(adapted.loss).toBeLessThan(base.loss - 0.1);
  expect(await evaluate()).toEqual({ tokens: expect.any(Number), base });
  const none = await evaluate('--adapter', adapter, '--adapter-strength', '0');
  expect(none.adapted.loss).toBeCloseTo(base.loss, 4);
  const more = await evaluate('--adapter', adapter, '--max-carets', '100', '--unrelated');
  expect(more).toMatchObject({ base, adapted, unrelated: { isWorse: expect.any(Boolean) }, writing: { stretches: 1 } });
  const half = await evaluate('--adapter', adapter, '--adapter-strength', '0.5');
  expect(half.adapted.loss).toBeLessThan(base.loss);
  expect(half.adapted.loss).not.toBeCloseTo(adapted.loss, 2);
});

test('completions differ with an adapter, and an adapter of another model is refused with the reason', async () => {
  const raw = (...more: string[]) => runCli(['complete', '--raw', '--model', model, ...more], 'The keeper of the');
  expect((await raw('--adapter', adapter)).stdout).not.toBe((await raw()).stdout);
  const deeper = await writeTinyModel(join(await temporaryFolder(), 'deeper'), { layers: 3 });
  const refused = await runCli(['complete', '--raw', '--model', deeper, '--adapter', adapter], 'x');
  expect(refused).toMatchObject({ exitCode: 1, stdout: '' });
  expect(refused.stderr).toMatch(/The adapter mine was trained on another model \(tiny\)/);
});

test('adapters are added, listed, shown, exported and removed', async () => {
  const environment = { INKLING_ADAPTERS: join(await temporaryFolder(), 'adapters') };
  const adapters = async (...commandLine: string[]) => {
    const result = await runCli(['adapters', ...commandLine, '--model', model, '--json'], '', environment);
    return { ...result, answer: result.stdout ? JSON.parse(result.stdout) : undefined };
  };
  expect((await adapters('list')).answer).toEqual({ adapters: [] });
  expect((await adapters('add', adapter, '--name', 'voice')).answer).toMatchObject({
    name: 'voice',
    base: 'tiny',
    steps: 20,
    rank: 4,
  });
  expect((await adapters('add', adapter, '--name', 'voice')).stderr).toMatch(/exists already/);
  const { answer } = await adapters('list');
  expect(answer.adapters).toEqual([expect.objectContaining({ report: expect.objectContaining({ split: 'test' }) })]);
  expect((await adapters('show', 'voice')).answer.dataDigest).toMatch(/^[0-9a-f]{64}$/);
  const copy = join(await temporaryFolder(), 'copy');
  await adapters('export', 'voice', copy);
  expect(await readFile(join(copy, 'adapter_model.safetensors'))).toEqual(
    await readFile(join(adapter, 'adapter_model.safetensors')),
  );
  expect((await adapters('remove', 'voice')).exitCode).toBe(0);
  expect((await adapters('show', 'voice')).stderr).toMatch(/no adapter voice/);
});

test('too little text is refused, with what is needed', async () => {
  const out = join(await temporaryFolder(), 'out');
  const { exitCode, stderr } = await runCli([
    'finetune',
    prose,
    '--out',
    out,
    '--model',
    model,
    '--min-characters',
    '9000000',
  ]);
  expect(exitCode).toBe(1);
  expect(stderr).toMatch(/needs at least 9,000,000/);
});

test('a disk that is full is told in one line, and nothing half-written is left', async () => {
  const parent = await temporaryFolder();
  const out = join(parent, 'out');
  const commandLine = ['finetune', prose, '--out', out, '--model', model, '--no-proof', '--max-steps', '3', ...quick];
  // No file may become larger than 16 kB: as on a full disk, writing fails in the middle of one.
  const limited = ['-c', 'ulimit -f 16 && exec "$@"', 'bash', process.execPath, join(distFolder, 'cli.js')];
  const { status, stderr } = spawnSync('bash', [...limited, ...commandLine], { encoding: 'utf8' });
  expect(status).toBe(1);
  expect(stderr).toMatch(/^inkling: .*(EFBIG|ENOSPC).*\n$/);
  expect(await readdir(parent)).toEqual([]);
});

test('after Ctrl+C no process is left, no adapter is there, and the run goes on from its checkpoint', async () => {
  const out = join(await temporaryFolder(), 'out');
  const options = [...quick, '--checkpoint-steps', '2', '--max-steps', '3000', '--evaluation-steps', '3000'];
  const commandLine = ['finetune', prose, '--out', out, '--model', model, '--jsonl', ...options];
  const child = startCli(commandLine);
  const [processes, lastStep] = await new Promise<[number[], number]>((resolve) => {
    let text = '';
    child.stdout!.on('data', (chunk) => {
      text += chunk;
      const steps = text.match(/"event":"checkpoint","step":\d+/g);
      if (steps && steps.length > 2) resolve([childrenOf(child.pid!), Number(steps.at(-1)!.match(/\d+$/)![0])]);
    });
  });
  let stderr = '';
  child.stderr!.on('data', (chunk) => {
    stderr += chunk;
  });
  process.kill(-child.pid!, 'SIGINT');
  await new Promise((resolve) => child.once('close', resolve));
  expect(stderr).toMatch(/^inkling: stopped; the same command with --resume goes on from step \d+\n$/u);
  expect(processes.filter(isRunning)).toEqual([]);
  await expect(readFile(join(out, 'adapter_config.json'))).rejects.toThrow();

  const resumed = startCli([...commandLine, '--resume']);
  const firstStep = await new Promise<number>((resolve) => {
    let text = '';
    resumed.stdout!.on('data', (chunk) => {
      text += chunk;
      const step = text.match(/"event":"step".*?"step":(\d+)/);
      if (step) resolve(Number(step[1]));
    });
  });
  expect(firstStep).toBeGreaterThan(lastStep);
  process.kill(-resumed.pid!, 'SIGINT');
  await new Promise((resolve) => resumed.once('exit', resolve)); // it writes into the folder that goes now
});

test('who interrupts the comparison keeps what is known by then', async () => {
  const out = join(await temporaryFolder(), 'out');
  const options = [...quick, '--max-steps', '10', '--proof-carets', '1000000'];
  const child = startCli(['finetune', prose, '--out', out, '--model', model, '--jsonl', ...options]);
  const processes = await new Promise<number[]>((resolve) => {
    let text = '';
    child.stdout!.on('data', (chunk) => {
      text += chunk;
      if (text.includes('"proof":"typing"')) resolve(childrenOf(child.pid!));
    });
  });
  process.kill(-child.pid!, 'SIGINT');
  await new Promise((resolve) => child.once('exit', resolve));
  expect(processes.filter(isRunning)).toEqual([]);
  const report = JSON.parse(await readFile(join(out, 'inkling-report.json'), 'utf8'));
  expect(report).toMatchObject({ heldOut: { base: { perplexity: expect.any(Number) } }, comparedShare: 1 });
});

test('a run pauses before its first step, and what is discarded leaves nothing', async () => {
  const client = new TrainingClient({ modulePath: join(distFolder, 'training.js'), log: () => undefined });
  onTestFinished(() => client.dispose());
  const seen: string[] = [];
  client.onEvent(({ event }) => seen.push(event));
  const outputFolder = join(await temporaryFolder(), 'out');
  const corpus = { minCharacters: 2000 };
  const options = { sequenceLength: 64, loraRank: 4, maxSteps: 200 };
  const request = { modelFolder: model, paths: [prose], corpus, options, outputFolder, name: 'x', resume: false };
  const run = client.train(request);
  await client.pause();
  expect(seen).toEqual(['corpus', 'plan']);
  const other = new TrainingClient({ modulePath: join(distFolder, 'training.js'), log: () => undefined });
  onTestFinished(() => other.dispose());
  await expect(other.train(request)).rejects.toThrow(/Another window is training/);
  await client.resume();
  await new Promise<void>((resolve) => client.onEvent(({ event }) => event === 'step' && resolve()));
  await client.stop(false);
  expect(await run).toEqual({ kind: 'discarded' });
  await expect(readdir(`${outputFolder}.run`)).rejects.toThrow();
});

test('a run goes on although its texts have changed, but only when that is allowed', async () => {
  const texts = join(await temporaryFolder(), 'texts');
  await cp(prose, texts, { recursive: true });
  const request = {
    modelFolder: model,
    paths: [texts],
    corpus: { minCharacters: 2000 },
    options: { sequenceLength: 64, loraRank: 4, maxSteps: 3000, evaluationSteps: 3000, checkpointSteps: 2 },
    outputFolder: join(await temporaryFolder(), 'out'),
    name: 'x',
    resume: true,
  };
  const trainUntil = async (kind: TrainingEvent['event'], more: { textsMayDiffer?: boolean } = {}) => {
    const client = new TrainingClient({ modulePath: join(distFolder, 'training.js'), log: () => undefined });
    onTestFinished(() => client.dispose());
    const seen = new Promise<TrainingEvent>((resolve) => {
      client.onEvent((event) => event.event === kind && resolve(event));
    });
    const run = client.train({ ...request, ...more });
    run.catch(() => undefined); // it dies with its process
    return Promise.race([seen, run]).finally(() => client.dispose());
  };
  const checkpoint = await trainUntil('checkpoint');
  await writeFile(join(texts, 'page-9.md'), pageOfProse(9));
  await expect(trainUntil('step')).rejects.toThrow(/belongs to a run with other texts/);
  const step = await trainUntil('step', { textsMayDiffer: true });
  expect(step).toMatchObject({ event: 'step' });
  expect((step as { step: number }).step).toBeGreaterThan((checkpoint as { step: number }).step);
});
