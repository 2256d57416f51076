import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import type * as vscode from 'vscode';
import { InterruptedRun } from '../../../src/extension/fineTuning/interruptedRun.ts';
import { KeptSuggestions } from '../../../src/extension/fineTuning/keptSuggestions.ts';
import type { LearntExample } from '../../../src/extension/usage/learntExamples.ts';
import type { TrainRequest } from '../../../src/protocol/training.ts';
import { temporaryFolder } from '../../support/temporaryFolder.ts';

/** What an editor remembers for a workspace. */
function memory() {
  const values = new Map<string, unknown>();
  const memento = {
    get: (key: string, fallback?: unknown) => values.get(key) ?? fallback,
    update: async (key: string, value: unknown) => void values.set(key, value),
  };
  return { values, memento: memento as unknown as vscode.Memento };
}

const example = (kind: LearntExample['kind'], suggested: string, written: string): LearntExample => ({
  at: '2026-03-01T12:00:00.000Z',
  kind,
  path: 'a.md',
  languageId: 'markdown',
  before: 'The tide is ',
  suggested,
  written,
});

describe('suggestions that were kept', () => {
  const kept = [example('accepted', 'out', 'out'), example('rejected', 'out', 'coming in')];

  test('are learnt from only when the writer ticks it', async () => {
    const suggestions = new KeptSuggestions(async () => kept, memory().memento);
    expect(await suggestions.texts()).toEqual({ kept: { count: 2, areUsed: false } });
    await suggestions.use(true);
    expect(await suggestions.texts()).toEqual({
      kept: { count: 2, areUsed: true },
      furtherTexts: [
        { path: 'a.md', text: 'The tide is out' },
        { path: 'a.md', text: 'The tide is coming in' },
      ],
    });
  });

  test('are not spoken of when there are none', async () => {
    expect(await new KeptSuggestions(async () => [], memory().memento).texts()).toEqual({});
  });
});

test('an interrupted run is remembered without any text', async () => {
  const { values, memento } = memory();
  const outputFolder = join(await temporaryFolder(), 'mine');
  mkdirSync(`${outputFolder}.run`);
  writeFileSync(join(`${outputFolder}.run`, 'checkpoint.safetensors'), '');
  const furtherTexts = [{ path: 'a.md', text: 'The tide is out' }];
  const request = { outputFolder, name: 'mine', furtherTexts } as unknown as TrainRequest;
  const interrupted = new InterruptedRun(memento);
  interrupted.remember(request);
  expect(JSON.stringify([...values.values()])).not.toContain('tide');
  expect(interrupted.request).toMatchObject({ outputFolder, resume: true, textsMayDiffer: true });
});
