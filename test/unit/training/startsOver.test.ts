import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { runFiles, runFolderOf } from '../../../src/protocol/adapters.ts';
import type { PlanNote } from '../../../src/protocol/training.ts';
import { MessageControl } from '../../../src/training/loop/trainingControl.ts';
import { runTraining } from '../../../src/training/runTraining.ts';
import { prepareTraining } from '../../support/trainerProcess.ts';

/** What a run tells before its first step; it ends there. */
async function notesOf(left: readonly string[]): Promise<{ codes: readonly string[]; stays: boolean }> {
  const { request } = await prepareTraining();
  const folder = runFolderOf(request.outputFolder);
  if (left.length > 0) mkdirSync(folder);
  for (const name of left) writeFileSync(join(folder, name), 'of the run before');
  let notes: readonly PlanNote[] = [];
  const end = new Error('it ends here');
  const run = runTraining(request, {
    control: new MessageControl(),
    onEvent: (event) => {
      if (event.event !== 'plan') return;
      notes = event.notes;
      throw end;
    },
  });
  await expect(run).rejects.toBe(end);
  const stays = left.every((name) => existsSync(join(folder, name)));
  return { codes: notes.map(({ code }) => code), stays };
}

test.each([
  ['a checkpoint', [runFiles.checkpoint]],
  ['the checkpoint before the last one alone', [runFiles.checkpointBefore]],
])(
  'a run that starts over where there is %s says so, and what is there stays until it has one of its own',
  async (_, left) => {
    const { codes, stays } = await notesOf(left);
    expect(codes).toContain('startsOver');
    expect(stays).toBe(true);
  },
);

test('where there is nothing to go on from nothing is said', async () => {
  expect((await notesOf([])).codes).not.toContain('startsOver');
  expect((await notesOf([runFiles.log])).codes).not.toContain('startsOver');
});
