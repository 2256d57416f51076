import { type ChildProcess, fork } from 'node:child_process';
import { existsSync, readdirSync, writeFileSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import {
  createMessageConnection,
  IPCMessageReader,
  IPCMessageWriter,
  type MessageConnection,
} from 'vscode-jsonrpc/node.js';
import { readAdapter } from '../../src/model/adapterFile.ts';
import { modelFingerprint } from '../../src/model/modelFingerprint.ts';
import { openModelFolder } from '../../src/model/modelFolder.ts';
import {
  pauseRequest,
  resumeRequest,
  stopRequest,
  surveyRequest,
  type TrainingEvent,
  type TrainRequest,
  trainingEventNotification,
  trainRequest,
} from '../../src/protocol/training.ts';
import { builtPath } from '../golden/goldenFiles.ts';
import { isRunning } from '../support/isRunning.ts';
import { temporaryFolder } from '../support/temporaryFolder.ts';
import { writeTinyModel } from '../support/tinyModel.ts';

const sentences = [
  'The ferry leaves twice a day in winter and four times in summer.',
  'Nobody on the island owns a car, and nobody misses one.',
  'In the evening the lamps are lit one after the other, from the harbour up to the church.',
  'She wrote her letters at the kitchen table, with the window open.',
  'The baker knows what the weather will be; he does not always say it.',
];

/** A workspace of ten short files, a tiny model, and a request that trains on them. */
async function prepare(): Promise<{ folder: string; request: TrainRequest }> {
  const folder = await temporaryFolder();
  const texts = join(folder, 'texts');
  await mkdir(texts);
  for (let file = 0; file < 10; file++) {
    const lines = Array.from(
      { length: 40 },
      (_, line) => `${sentences[(file + line * 3) % 5]} It is number ${line * file}.`,
    );
    writeFileSync(join(texts, `letter ${file}.md`), `# Letter ${file}\n\n${lines.join('\n\n')}\n`);
  }
  const modelFolder = await writeTinyModel(join(folder, 'tiny'));
  const options = {
    maxSteps: 30,
    epochs: 50,
    sequenceLength: 64,
    loraRank: 2,
    evaluationSteps: 10,
    checkpointSteps: 5,
    threads: 1,
  };
  const corpus = { minCharacters: 100, dropDuplicates: false };
  const outputFolder = join(folder, 'voice');
  return {
    folder,
    request: { modelFolder, outputFolder, name: 'voice', paths: [texts], corpus, options, resume: false },
  };
}

interface Trainer {
  readonly child: ChildProcess;
  readonly connection: MessageConnection;
  readonly events: TrainingEvent[];
  /** Resolves with the first event that there is from now on or was before. */
  until(isIt: (event: TrainingEvent) => boolean): Promise<TrainingEvent>;
}

function startTrainer(): Trainer {
  const child = fork(builtPath('training.js'), [], { execArgv: [], serialization: 'advanced' });
  const connection = createMessageConnection(new IPCMessageReader(child), new IPCMessageWriter(child));
  const events: TrainingEvent[] = [];
  const waiting: (() => void)[] = [];
  connection.onNotification(trainingEventNotification, (event) => {
    events.push(event);
    for (const look of waiting) look();
  });
  connection.listen();
  onTestFinished(() => {
    connection.dispose();
    child.kill('SIGKILL');
  });
  const until = (isIt: (event: TrainingEvent) => boolean) =>
    new Promise<TrainingEvent>((resolve) => {
      const look = () => {
        const found = events.find(isIt);
        if (found) resolve(found);
      };
      waiting.push(look);
      look();
    });
  return { child, connection, events, until };
}

const adapterIn = ({ modelFolder, outputFolder }: TrainRequest) => {
  const { config, weights } = openModelFolder(modelFolder);
  return readAdapter(outputFolder, { config, fingerprint: modelFingerprint(config, weights) });
};

const isStep = (step: number) => (event: TrainingEvent) => event.event === 'step' && event.step === step;
const endless = { maxSteps: 100_000, epochs: 1000, earlyStoppingPatience: 0 };

test('from files to an adapter that was better on held-out files', async () => {
  const { folder, request } = await prepare();
  const { connection, events } = startTrainer();
  const survey = await connection.sendRequest(surveyRequest, request);
  expect(survey!.files).toHaveLength(10);
  const outcome = await connection.sendRequest(trainRequest, request);
  expect(outcome).toMatchObject({
    kind: 'trained',
    done: { reason: 'completed', step: 30, adapter: request.outputFolder },
  });
  const kinds = events.map(({ event }) => event);
  expect(kinds.slice(0, 4)).toEqual(['corpus', 'plan', 'evaluation', 'step']);
  expect(kinds.filter((kind) => kind === 'step')).toHaveLength(30);
  expect(kinds.filter((kind) => kind === 'checkpoint')).toHaveLength(6);
  const done = events.at(-1)!;
  if (done.event !== 'done') throw new Error('the last event is not done');
  expect(done.perplexityAfter).toBeLessThan(done.perplexityBefore!);
  const adapter = adapterIn(request);
  expect(adapter).toMatchObject({ name: 'voice', provenance: { steps: 30, dataDigest: survey!.digest } });
  expect(adapter.pairs.some(({ b }) => b.some((value) => value !== 0))).toBe(true);
  expect(readdirSync(folder).sort()).toEqual(['texts', 'tiny', 'voice']); // nothing is left behind
});

test('pause, resume, stop and keep', async () => {
  const { request } = await prepare();
  const { connection, events, until } = startTrainer();
  const outcome = connection.sendRequest(trainRequest, { ...request, options: { ...request.options, ...endless } });
  await until(isStep(3));
  await connection.sendRequest(pauseRequest);
  const atPause = events.length;
  await new Promise((resolve) => setTimeout(resolve, 300));
  expect(events.length).toBe(atPause);
  await connection.sendRequest(resumeRequest);
  await until(isStep(25));
  await connection.sendRequest(stopRequest, { keep: true });
  expect(await outcome).toMatchObject({ kind: 'trained', done: { reason: 'stopped' } });
  expect(adapterIn(request).pairs).toHaveLength(14);
  expect(existsSync(`${request.outputFolder}.run/checkpoint.safetensors`)).toBe(true); // it can go on later
});

test('stop and discard leaves nothing', async () => {
  const { folder, request } = await prepare();
  const { connection, until } = startTrainer();
  const outcome = connection.sendRequest(trainRequest, { ...request, options: { ...request.options, ...endless } });
  await until(isStep(7));
  await connection.sendRequest(stopRequest, { keep: false });
  expect(await outcome).toEqual({ kind: 'discarded' });
  expect(readdirSync(folder).sort()).toEqual(['texts', 'tiny']);
});

test('killed and resumed, it goes on after the last checkpoint on the same way', async () => {
  const { request } = await prepare();
  const whole = startTrainer();
  await whole.connection.sendRequest(trainRequest, { ...request, outputFolder: `${request.outputFolder} whole` });

  const killed = startTrainer();
  killed.connection.sendRequest(trainRequest, request).catch(() => undefined);
  await killed.until(isStep(13));
  killed.child.kill('SIGKILL');
  await new Promise((resolve) => killed.child.once('exit', resolve));
  expect(existsSync(request.outputFolder)).toBe(false);

  const resumed = startTrainer();
  await resumed.connection.sendRequest(trainRequest, { ...request, resume: true });
  const losses = (events: readonly TrainingEvent[]) =>
    events.flatMap((event) => (event.event === 'step' ? [[event.step, event.loss]] : []));
  const again = losses(resumed.events);
  expect([11, 16]).toContain(again[0]![0]); // the checkpoint of step 15 may have been reached before the kill
  expect(again).toEqual(losses(whole.events).slice(-again.length));
});

test('a second run into the same folder is refused while the first one lives', async () => {
  const { request } = await prepare();
  const first = startTrainer();
  const long = { ...request, options: { ...request.options, ...endless } };
  first.connection.sendRequest(trainRequest, long).catch(() => undefined);
  await first.until(isStep(1));
  const second = startTrainer();
  await expect(second.connection.sendRequest(trainRequest, request)).rejects.toThrow('Another window is training');
  await expect(first.connection.sendRequest(trainRequest, request)).rejects.toThrow('going on already');
});

test('the process ends when its parent does', async () => {
  const { request } = await prepare();
  const { child, connection, until } = startTrainer();
  connection
    .sendRequest(trainRequest, { ...request, options: { ...request.options, ...endless } })
    .catch(() => undefined);
  await until(isStep(2));
  child.disconnect();
  await new Promise((resolve) => child.once('exit', resolve));
  expect(isRunning(child.pid!)).toBe(false);
});

test.each<[string, Partial<TrainRequest>, string]>([
  ['options out of range', { options: { learningRate: 5 } }, 'learningRate must be a number from'],
  ['a model that does not exist', { modelFolder: '/nowhere' }, 'does not exist'],
  ['texts that do not exist', { paths: ['/nowhere'] }, '/nowhere'],
  ['too little text', { corpus: { minCharacters: 1_000_000 } }, 'at least 1,000,000'],
  ['less memory than any training needs', { options: { maxMemoryMb: 1 } }, '1 MB are allowed'],
])('%s is answered with a reason, and nothing is left behind', async (_, changes, message) => {
  const { folder, request } = await prepare();
  const { connection } = startTrainer();
  await expect(connection.sendRequest(trainRequest, { ...request, ...changes })).rejects.toThrow(message);
  expect(readdirSync(folder).filter((name) => name.startsWith('voice'))).toEqual([]);
});
