import { describe, expect, test, vi } from 'vitest';
import type { TextDocument } from 'vscode';
import { CompletionSettingsReader } from '../../../src/extension/completionSettingsReader.ts';
import { defaultCompletionSettings } from '../../../src/writing/completion/completionSettings.ts';

/** What the person has set, by name without `inkling.`. */
const { set } = vi.hoisted(() => ({ set: new Map<string, unknown>() }));
vi.mock('vscode', () => ({
  workspace: { getConfiguration: () => ({ get: (name: string, value?: unknown) => set.get(name) ?? value }) },
}));

const document = {} as TextDocument;

function read(values: Record<string, unknown>) {
  set.clear();
  for (const [name, value] of Object.entries(values)) set.set(name, value);
  const told: string[] = [];
  const reader = new CompletionSettingsReader((message) => told.push(message));
  reader.read(document);
  return { settings: reader.read(document), told };
}

describe('settings of completions', () => {
  test('are the defaults when nothing is set', () => {
    expect(read({})).toEqual({ settings: defaultCompletionSettings, told: [] });
  });

  test('are what was set', () => {
    const { settings, told } = read({
      'completion.length': 'short',
      'sampling.temperature': 0.7,
      languages: { rust: true },
    });
    expect(settings).toMatchObject({ length: 'short', sampling: { temperature: 0.7 }, languages: { rust: true } });
    expect(told).toEqual([]);
  });

  test('out of their range are told once and left out, the others hold', () => {
    const { settings, told } = read({
      'completion.maxNewTokens': 9000,
      'completion.promptTokens': 100,
      'sampling.topP': 'much',
    });
    expect(settings.maxNewTokens).toBe(defaultCompletionSettings.maxNewTokens);
    expect(settings.promptTokens).toBe(100);
    expect(settings.sampling.topP).toBe(defaultCompletionSettings.sampling.topP);
    expect(told).toEqual([
      expect.stringContaining('inkling.completion.maxNewTokens must be'),
      expect.stringContaining('topP must be'),
    ]);
  });

  test('ask for several suggestions only where they can differ', () => {
    const several = { 'sampling.numReturnSequences': 3 };
    expect(read(several).settings.sampling.numReturnSequences).toBe(1);
    expect(read({ ...several, 'sampling.temperature': 1 }).settings.sampling.numReturnSequences).toBe(3);
  });
});
