import { appendFileSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { TrainingEvent } from '../../../src/protocol/training.ts';
import { ExperimentLog } from '../../../src/training/experimentLog.ts';
import { temporaryFolder } from '../../support/temporaryFolder.ts';

const totalSteps = 8;
/** Four steps an epoch. */
const step = (number: number, loss: number): TrainingEvent => ({
  event: 'step',
  step: number,
  totalSteps,
  epoch: number * 0.25,
  loss,
  learningRate: 0.001,
  gradNorm: 1,
  tokensPerSecond: 100,
  etaSeconds: 10,
});

function linesIn(folder: string) {
  const lines = readFileSync(join(folder, 'inkling-log.jsonl'), 'utf8').trimEnd().split('\n');
  return lines.map((line) => JSON.parse(line) as { event: string; step?: number; time: number; meanLoss?: number });
}

const kinds = (folder: string) =>
  linesIn(folder).map(({ event, step: at }) => (at === undefined ? event : `${event} ${at}`));

test('every step, and the mean of every epoch', async () => {
  const folder = await temporaryFolder();
  const log = ExperimentLog.start(folder, { name: 'mine' });
  for (let number = 1; number <= totalSteps; number++) log.add(step(number, number));
  log.add({ event: 'checkpoint', step: 8 });
  const steps = (from: number) => [0, 1, 2, 3].map((i) => `step ${from + i}`);
  expect(kinds(folder)).toEqual(['run', ...steps(1), 'epoch 4', ...steps(5), 'epoch 8']);
  expect(linesIn(folder).flatMap(({ event, meanLoss }) => (event === 'epoch' ? [meanLoss] : []))).toEqual([2.5, 6.5]);
  expect(linesIn(folder)[0]).toMatchObject({ name: 'mine', time: expect.any(Number) });
});

test('a run that is resumed takes off what it takes again, and half a line', async () => {
  const folder = await temporaryFolder();
  const died = ExperimentLog.start(folder, {});
  for (let number = 1; number <= 6; number++) died.add(step(number, number));
  appendFileSync(join(folder, 'inkling-log.jsonl'), '{"event":"step","st');
  const resumed = ExperimentLog.resume(folder, { step: 5, facts: {} });
  for (let number = 6; number <= 8; number++) resumed.add(step(number, 10));
  const kept = ['run', 'step 1', 'step 2', 'step 3', 'step 4', 'epoch 4', 'step 5'];
  expect(kinds(folder)).toEqual([...kept, 'resumed 5', 'step 6', 'step 7', 'step 8', 'epoch 8']);
  expect(linesIn(folder).at(-1)!.meanLoss).toBe((5 + 3 * 10) / 4);
});

test('names of files and folders are in no line, and it comes along with the adapter', async () => {
  const [folder, adapter] = [await temporaryFolder(), await temporaryFolder()];
  const log = ExperimentLog.start(folder, {});
  log.add({
    event: 'evaluation',
    step: 1,
    epoch: 0.1,
    validationLoss: 3,
    validationPerplexity: 20,
    isBest: true,
    adapter: '/home/ada/secret',
  });
  log.copyTo(adapter);
  expect(readFileSync(join(adapter, 'inkling-log.jsonl'), 'utf8')).not.toContain('secret');
  expect(kinds(adapter)).toEqual(['run', 'evaluation 1']);
});
