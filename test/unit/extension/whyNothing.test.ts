import { describe, expect, test, vi } from 'vitest';
import { decisionItem, whyNothing } from '../../../src/extension/commands/whyNothing.ts';
import type { Decision } from '../../../src/writing/completion/decision.ts';
import { configuration } from '../../support/fakeVscode.ts';

vi.mock('vscode', async () => ({
  ...(await import('../../support/fakeVscode.ts')),
  env: { language: 'en' },
  extensions: { all: [{ packageJSON: { contributes: { languages: [{ id: 'markdown', aliases: ['Markdown'] }] } } }] },
  l10n: {
    t: (text: string, ...args: unknown[]) => text.replace(/\{(\d)\}/g, (_, index) => String(args[Number(index)])),
  },
  ThemeIcon: class {},
  window: {
    get activeTextEditor() {
      return { document: { uri: { scheme: list.scheme } } };
    },
    createQuickPick: () => {
      const nothing = () => undefined;
      const events = ['onDidTriggerButton', 'onDidTriggerItemButton', 'onDidAccept', 'onDidHide', 'show', 'dispose'];
      return Object.assign(list, Object.fromEntries(events.map((name) => [name, nothing])));
    },
  },
}));

/** What the person is shown. */
const list = vi.hoisted(() => ({ scheme: 'file', items: [] as readonly { label: string; remedy?: unknown }[] }));

const decision = (more: Partial<Decision>): Decision => ({
  at: 0,
  documentId: 'file:///a.md',
  languageId: 'markdown',
  line: 3,
  trigger: 'automatic',
  result: 'lowConfidence',
  totalMs: 40.4,
  ...more,
});

const usage = {
  promptTokens: 250,
  reusedTokens: 249,
  newTokens: 3,
  waitMs: 0,
  prefillMs: 21.2,
  decodeMs: 9,
  firstTokenMs: 25,
};

const shown = (more: Partial<Decision>, isDetailed: boolean) => {
  const { label, detail, remedy } = decisionItem(decision(more), isDetailed);
  return [label, detail, remedy];
};

describe('a row of “Why nothing?”', () => {
  test('says in plain words what happened and what would change it', () => {
    expect(shown({ usage, detail: 'probability 0.21' }, false)).toEqual([
      '$(dash) The model was not sure enough',
      'With less confidence needed you see more suggestions, and more wrong ones.',
      { setting: 'inkling.completion.showing' },
    ]);
    expect(shown({ result: 'cancelled' }, false)).toEqual(['$(dash) You kept typing', undefined, undefined]);
    expect(shown({ result: 'shown', source: 'cache' }, false)[1]).toBe('Already computed');
    expect(shown({ result: 'off', detail: 'markdown' }, false)[2]).toEqual({ setting: 'inkling.languages' });
  });

  test('has no figure in it, whatever the decision', () => {
    const results = ['off', 'zone', 'lowConfidence', 'misspelt', 'failed', 'repeatsText', 'shown', 'snoozed'] as const;
    for (const result of results) {
      const { label, detail = '' } = decisionItem(decision({ result, usage, detail: 'probability 0.21' }), false);
      expect(label + detail).not.toMatch(/\d/);
    }
  });

  test('has figures and the engine’s words in its details', () => {
    expect(shown({ usage, detail: 'probability 0.21' }, true)[1]).toBe(
      'Markdown · probability 0.21 · 250 tokens read (249 reused): 21 ms · 3 tokens written: 9 ms · 40 ms in total',
    );
    expect(shown({ result: 'shown', source: 'cache' }, true)[1]).toBe('Markdown · Already computed');
    expect(shown({ result: 'off', detail: 'unheardOf', languageId: 'unheardOf' }, true)[1]).toBe('unheardOf');
  });
});

test('while suggestions are turned off, that comes first, and can be changed there', () => {
  whyNothing([decision({ result: 'shown' })], false);
  expect(list.items.map(({ label }) => label)).toEqual(['$(circle-slash) Turned off', '$(check) Shown']);
  expect(list.items[0]!.remedy).toEqual({ command: 'inkling.toggle' });
  whyNothing([decision({ result: 'shown' })], true);
  expect(list.items.map(({ label }) => label)).toEqual(['$(check) Shown']);
});

test.each([
  ['file', undefined, []],
  ['file', true, []],
  ['memfs', undefined, []],
  ['file', false, ['$(circle-slash) The editor’s inline suggestions are turned off']],
  ['output', undefined, ['$(circle-slash) No suggestions in this kind of document']],
  ['search-editor', false, ['$(circle-slash) No suggestions in this kind of document']],
])(
  'in a document of the scheme %s, with inline suggestions set to %s, what keeps the editor from asking comes first',
  (scheme, inline, told) => {
    list.scheme = scheme;
    configuration.set('editor.inlineSuggest.enabled', inline);
    whyNothing([decision({ result: 'shown' })], true);
    expect(list.items.map(({ label }) => label)).toEqual([...told, '$(check) Shown']);
  },
);
