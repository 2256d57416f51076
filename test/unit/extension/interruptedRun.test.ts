import { mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { InterruptedRun, removeDeadRuns } from '../../../src/extension/fineTuning/interruptedRun.ts';
import type { TrainRequest } from '../../../src/protocol/training.ts';
import { Memory } from '../../support/fakeVscode.ts';
import { temporaryFolder } from '../../support/temporaryFolder.ts';

/** Adapters with the folder of a run that left these files; nobody runs it. */
async function interruptedRun(files: readonly string[]) {
  const adapters = await temporaryFolder();
  const outputFolder = join(adapters, 'mine');
  mkdirSync(`${outputFolder}.run`);
  for (const name of files) writeFileSync(join(`${outputFolder}.run`, name), '');
  const furtherTexts = [{ path: 'a.md', text: 'The tide is out' }];
  return { adapters, request: { outputFolder, name: 'mine', furtherTexts } as unknown as TrainRequest };
}

test('it is remembered without any text', async () => {
  const { request } = await interruptedRun(['checkpoint.safetensors']);
  const memory = new Memory();
  const interrupted = new InterruptedRun(memory);
  interrupted.remember(request);
  expect(JSON.stringify([...memory.values.values()])).not.toContain('tide');
  const { outputFolder } = request;
  expect(interrupted.request).toMatchObject({ outputFolder, resume: true, textsMayDiffer: true });
});

test.each<[string, string[], boolean]>([
  ['a checkpoint', ['checkpoint.safetensors', 'run.json'], true],
  ['the checkpoint before the last one', ['checkpoint.safetensors.before', 'checkpoint.safetensors.writing'], true],
  ['a checkpoint that was being written', ['checkpoint.safetensors.writing', 'run.json'], false],
  ['no checkpoint', ['run.json'], false],
])('a run with %s', async (_, files, canGoOn) => {
  const { adapters, request } = await interruptedRun(files);
  const interrupted = new InterruptedRun(new Memory());
  interrupted.remember(request);
  expect(interrupted.request !== undefined).toBe(canGoOn);
  await removeDeadRuns(adapters);
  expect(readdirSync(adapters)).toEqual(canGoOn ? ['mine.run'] : []);
});
