import { describe, expect, test } from 'vitest';
import { InterruptedRun } from '../../../src/extension/fineTuning/rememberedTraining.ts';
import type { RunState } from '../../../src/protocol/adapters.ts';
import type { TrainRequest } from '../../../src/protocol/training.ts';
import { Memory } from '../../support/fakeVscode.ts';

const outputFolder = '/adapters/mine';
const furtherTexts = [{ path: 'a.md', text: 'The tide is out' }];
const request = { outputFolder, name: 'mine', furtherTexts } as unknown as TrainRequest;

/** A run that is remembered and, as the store says, in a state. */
function remembered(state: RunState) {
  const removed: string[] = [];
  const store = {
    runState: async () => state,
    removeRun: async (folder: string) => {
      removed.push(folder);
      return null;
    },
  };
  const memory = new Memory();
  const interrupted = new InterruptedRun(memory, store);
  interrupted.remember(request);
  return { interrupted, memory, removed };
}

describe('an interrupted run', () => {
  test('is remembered without any text', () => {
    const { memory } = remembered('interrupted');
    expect(JSON.stringify([...memory.values.values()])).not.toContain('tide');
  });

  test('is gone on with, although its texts may differ', async () => {
    const { interrupted } = remembered('interrupted');
    expect(await interrupted.request()).toMatchObject({ outputFolder, resume: true, textsMayDiffer: true });
  });

  test.each(['running', 'none'] as const)('is not offered when it is %s', async (state) => {
    expect(await remembered(state).interrupted.request()).toBeUndefined();
  });

  test('is discarded with what it left', async () => {
    const { interrupted, removed, memory } = remembered('interrupted');
    await interrupted.discard(request);
    expect(removed).toEqual([outputFolder]);
    expect([...memory.values.values()]).toEqual([undefined]);
  });

  test('is not discarded by an answer that comes when somebody has gone on with it', async () => {
    const { interrupted, removed, memory } = remembered('running');
    await interrupted.discard(request);
    expect(removed).toEqual([]);
    expect([...memory.values.values()]).toEqual([expect.objectContaining({ outputFolder })]);
  });
});
