import { existsSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, describe, expect, test, vi } from 'vitest';
import type * as vscode from 'vscode';
import { LearntExamples } from '../../../../src/extension/usage/learntExamples.ts';
import { UsageFile } from '../../../../src/extension/usage/usageFile.ts';
import { UsagePage } from '../../../../src/extension/usage/usagePanel.ts';
import type { UsagePageAction, UsagePageUpdate } from '../../../../src/protocol/usagePage.ts';
import { dayName, usageOf } from '../../../../src/writing/usage/usageCounts.ts';
import { temporaryFolder } from '../../../support/temporaryFolder.ts';

/** What the editor shows: panels, questions with their answers, messages. */
const editor = vi.hoisted(() => ({
  opened: 0,
  revealed: 0,
  answer: undefined as string | undefined,
  questions: [] as string[],
  errors: [] as string[],
  updates: [] as unknown[],
  send: async (_: unknown): Promise<void> => undefined,
}));

vi.mock('vscode', async () => {
  const fake = await import('../../../support/fakeVscode.ts');
  const nothing = () => ({ dispose: () => undefined });
  const panel = {
    visible: true,
    webview: {
      cspSource: '',
      asWebviewUri: String,
      postMessage: (update: unknown) => editor.updates.push(update),
      onDidReceiveMessage: (listener: typeof editor.send) => {
        editor.send = listener;
        return nothing();
      },
    },
    onDidDispose: nothing,
    onDidChangeViewState: nothing,
    reveal: () => void editor.revealed++,
    dispose: () => undefined,
  };
  return {
    ...fake,
    env: { language: 'en' },
    l10n: { t: (text: string, ...parts: unknown[]) => text.replace(/\{(\d)\}/g, (_, i) => String(parts[Number(i)])) },
    Uri: { joinPath: (...parts: unknown[]) => parts.join('/') },
    ViewColumn: { Active: -1 },
    extensions: { all: [] },
    window: {
      ...fake.window,
      createWebviewPanel: () => {
        editor.opened++;
        return panel;
      },
      showWarningMessage: async (question: string, { detail }: { detail: string }) => {
        editor.questions.push(`${question} ${detail}`);
        return editor.answer;
      },
      showErrorMessage: async (message: string) => void editor.errors.push(message),
    },
  };
});

beforeEach(() =>
  Object.assign(editor, { opened: 0, revealed: 0, answer: undefined, questions: [], errors: [], updates: [] }),
);

/** The page over real files, with one suggestion that was taken. */
async function openedPage(keepsExamples = true) {
  const folder = await temporaryFolder();
  const counts = new UsageFile(join(folder, 'usage.json'));
  const examples = keepsExamples ? new LearntExamples(join(folder, 'learnt.jsonl')) : undefined;
  const forgotten = vi.fn();
  const page = new UsagePage('/extension' as unknown as vscode.Uri, {
    counts,
    examples: () => examples,
    isLearning: () => true,
    onForget: forgotten,
  });
  const where = { day: dayName(new Date()), languageId: 'markdown', place: 'midWord' } as const;
  counts.add(usageOf(where, { takenWhole: 1, takes: 1, characters: 9 }));
  const texts = { path: 'a.md', languageId: 'markdown', before: '', suggested: 'a', written: 'b' };
  for (const kind of ['accepted', 'rejected', 'rejected'] as const) await examples?.add({ at: '', kind, ...texts });
  page.open();
  const act = async (kind: UsagePageAction['kind']) => {
    await editor.send({ kind });
    return (editor.updates.at(-1) as UsagePageUpdate).view!;
  };
  return { page, act, folder, forgotten };
}

describe('the page of statistics', () => {
  test('is opened once, and shows what was counted a moment ago', async () => {
    const { page, act } = await openedPage();
    page.open();
    expect([editor.opened, editor.revealed]).toEqual([1, 1]);
    const view = await act('opened');
    expect(view.spans.week).toMatchObject({ shown: 1, keysSaved: 8 });
    expect(view.languages).toMatchObject([{ name: 'markdown', figures: { shown: 1 } }]);
    expect(view.learnt).toEqual({ taken: 1, corrected: 2, isLearning: true });
    expect(view.problem).toBeUndefined();
  });

  test('forgets nothing unless the question is answered with yes', async () => {
    const { act, forgotten } = await openedPage();
    const view = await act('forget');
    expect(editor.questions).toEqual([expect.stringContaining('kept for learning')]);
    expect(view.spans.all.shown).toBe(1);
    expect(view.learnt?.taken).toBe(1);
    expect(forgotten).not.toHaveBeenCalled();
  });

  test.each([true, false])('forgets everything then, and says so before (with examples: %s)', async (keepsExamples) => {
    editor.answer = 'Delete';
    const { act, folder, forgotten } = await openedPage(keepsExamples);
    const view = await act('forget');
    expect(editor.questions[0]!.includes('kept for learning')).toBe(keepsExamples);
    expect(view.spans.all.shown).toBe(0);
    expect(view.learnt?.corrected ?? 0).toBe(0);
    expect(forgotten).toHaveBeenCalledOnce();
    expect([existsSync(join(folder, 'usage.json')), existsSync(join(folder, 'learnt.jsonl'))]).toEqual([false, false]);
    expect(editor.errors).toEqual([]);
  });

  test('says what is in the way of reading, and of deleting', async () => {
    const { act, folder } = await openedPage();
    mkdirSync(join(folder, 'usage.json'));
    expect((await act('opened')).problem).toMatch(/EISDIR|EPERM|EACCES/u);
    editor.answer = 'Delete';
    await act('forget');
    expect(editor.errors).toEqual([expect.stringContaining('Not everything could be deleted')]);
  });
});
