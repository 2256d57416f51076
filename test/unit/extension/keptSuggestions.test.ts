import { describe, expect, test } from 'vitest';
import { KeptSuggestions } from '../../../src/extension/fineTuning/rememberedTraining.ts';
import type { LearntExample } from '../../../src/extension/usage/learntExamples.ts';
import { Memory } from '../../support/fakeVscode.ts';

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
    const suggestions = new KeptSuggestions(async () => kept, new Memory());
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
    expect(await new KeptSuggestions(async () => [], new Memory()).texts()).toEqual({});
  });
});
