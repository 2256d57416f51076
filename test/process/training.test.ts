import { existsSync, readdirSync } from 'node:fs';
import { expect, test, vi } from 'vitest';
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
  trainRequest,
} from '../../src/protocol/training.ts';
import { isRunning } from '../support/isRunning.ts';
import { patienceMs, prepareTraining, startTrainer } from '../support/trainerProcess.ts';

vi.setConfig({ testTimeout: patienceMs });

const adapterIn = ({ modelFolder, outputFolder }: TrainRequest) => {
  const { config, weights } = openModelFolder(modelFolder);
  return readAdapter(outputFolder, { config, fingerprint: modelFingerprint(config, weights) });
};

const isStep = (step: number) => (event: TrainingEvent) => event.event === 'step' && event.step === step;
const endless = { maxSteps: 100_000, epochs: 1000, earlyStoppingPatience: 0 };

test('from files to an adapter that was better on held-out files', async () => {
  const { folder, request } = await prepareTraining();
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
  const { request } = await prepareTraining();
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
  const { folder, request } = await prepareTraining();
  const { connection, until } = startTrainer();
  const outcome = connection.sendRequest(trainRequest, { ...request, options: { ...request.options, ...endless } });
  await until(isStep(7));
  await connection.sendRequest(stopRequest, { keep: false });
  expect(await outcome).toEqual({ kind: 'discarded' });
  expect(readdirSync(folder).sort()).toEqual(['texts', 'tiny']);
});

test('killed and resumed, it goes on after the last checkpoint on the same way', async () => {
  const { request } = await prepareTraining();
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
  const [first] = again[0]!; // further checkpoints may have been reached before the kill
  expect(first).toBeGreaterThanOrEqual(11);
  expect((first! - 1) % request.options.checkpointSteps!).toBe(0);
  expect(again).toEqual(losses(whole.events).slice(-again.length));
});

test('a second run into the same folder is refused while the first one lives', async () => {
  const { request } = await prepareTraining();
  const first = startTrainer();
  const long = { ...request, options: { ...request.options, ...endless } };
  first.connection.sendRequest(trainRequest, long).catch(() => undefined);
  await first.until(isStep(1));
  const second = startTrainer();
  await expect(second.connection.sendRequest(trainRequest, request)).rejects.toThrow('Another window is training');
  await expect(first.connection.sendRequest(trainRequest, request)).rejects.toThrow('going on already');
});

test('the process ends when its parent does', async () => {
  const { request } = await prepareTraining();
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
  const { folder, request } = await prepareTraining();
  const { connection } = startTrainer();
  await expect(connection.sendRequest(trainRequest, { ...request, ...changes })).rejects.toThrow(message);
  expect(readdirSync(folder).filter((name) => name.startsWith('voice'))).toEqual([]);
});
