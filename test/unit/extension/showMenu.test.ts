import { describe, expect, test, vi } from 'vitest';
import { showMenu } from '../../../src/extension/commands/showMenu.ts';

const editor = vi.hoisted(() => ({ rows: [] as { label: string; description?: string }[], languageId: 'markdown' }));

vi.mock('vscode', () => ({
  QuickPickItemKind: { Separator: -1 },
  extensions: {
    all: [
      {
        id: 'vscode.markdown',
        isActive: true,
        packageJSON: { contributes: { languages: [{ id: 'markdown', aliases: ['Markdown'] }] } },
      },
    ],
  },
  l10n: {
    t: (text: string, ...args: unknown[]) => text.replace(/\{(\d)\}/g, (_, index) => String(args[Number(index)])),
  },
  window: {
    get activeTextEditor() {
      return { document: { languageId: editor.languageId } };
    },
    showQuickPick: async (rows: typeof editor.rows) => {
      editor.rows = rows;
    },
  },
}));

interface Situation {
  readonly enabled?: boolean;
  readonly model?: string;
  readonly engine?: string;
  readonly isPaused?: boolean;
}

/** The rows of the menu, without their icons. */
async function rows({ enabled = true, model = 'larger', engine = 'ready', isPaused = false }: Situation) {
  await showMenu({
    pause: { until: isPaused ? 1 : undefined },
    settings: { general: { enabled, model }, isLanguageOn: () => true },
    completions: { value: enabled ? { engine: { kind: engine } } : undefined },
  } as unknown as Parameters<typeof showMenu>[0]);
  return editor.rows.filter(({ label }) => label !== '').map(({ label }) => label.replace(/^\$\([\w-]+\) /, ''));
}

describe('the menu of the status bar', () => {
  test.each<[string, Situation, string]>([
    ['ready', {}, 'Why Nothing?'],
    ['paused', { isPaused: true }, 'Why Nothing?'],
    ['failed with another model', { engine: 'failed' }, 'Use the Built-In Model'],
    ['failed with the built-in model', { engine: 'failed', model: 'smollm2-135m-instruct' }, 'Why Nothing?'],
    ['turned off', { enabled: false }, 'Turn On'],
  ])('%s: Enter alone turns nothing off', async (_, situation, first) => {
    expect((await rows(situation))[0]).toBe(first);
  });

  test('names the model, and leads to actions, fine-tuning and statistics', async () => {
    const labels = await rows({});
    expect(labels).toEqual(
      expect.arrayContaining(['Edit Text with Inkling…', 'Fine-Tune on This Workspace…', 'Suggestion Statistics']),
    );
    expect(editor.rows.find(({ label }) => label.includes('Choose a Model'))?.description).toBe('larger');
  });

  test('turns off by the language’s own name, and resumes', async () => {
    expect(await rows({})).toContain('Turn Off in Markdown Files');
    expect(await rows({ isPaused: true })).toContain('Resume Suggestions');
    const off = await rows({ enabled: false });
    expect(off.filter((label) => /Pause|Resume|Turn Off/.test(label))).toEqual([]);
  });
});
