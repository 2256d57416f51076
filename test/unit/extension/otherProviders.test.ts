import { beforeEach, expect, test, vi } from 'vitest';
import { languageName, otherProviders, switchOtherOff } from '../../../src/extension/otherProviders.ts';

const editor = vi.hoisted(() => ({
  extensions: { all: [] as { id: string; isActive: boolean; packageJSON?: unknown }[] },
  settings: {} as Record<string, unknown>,
  commands: [] as unknown[][],
}));

vi.mock('vscode', () => ({
  l10n: { t: (text: string) => text },
  extensions: editor.extensions,
  ConfigurationTarget: { Global: 1 },
  workspace: {
    getConfiguration: (section: string) => ({
      has: (key: string) => `${section}.${key}` in editor.settings,
      get: (key: string) => editor.settings[`${section}.${key}`],
      update: async (key: string, value: unknown) => {
        editor.settings[`${section}.${key}`] = value;
      },
    }),
  },
  commands: { executeCommand: async (...call: unknown[]) => void editor.commands.push(call) },
}));

const copilot = { id: 'github.copilot', name: 'GitHub Copilot' };

beforeEach(() => {
  editor.settings = {};
  editor.commands.length = 0;
});

test('whoever else suggests in this window is named once, and only while it runs', () => {
  editor.extensions.all = [
    { id: 'GitHub.copilot', isActive: true },
    { id: 'GitHub.copilot-chat', isActive: true },
    { id: 'Continue.continue', isActive: false },
    { id: 'inkling.inkling', isActive: true },
  ];
  expect(otherProviders()).toEqual([{ id: 'GitHub.copilot', name: 'GitHub Copilot' }]);
});

test('it is switched off for one language, and the others stay as they were', async () => {
  editor.settings['github.copilot.enable'] = { '*': true, plaintext: true };
  await switchOtherOff(copilot, 'markdown');
  expect(editor.settings['github.copilot.enable']).toEqual({ '*': true, plaintext: true, markdown: false });
});

test('where it has no such switch its settings are opened', async () => {
  await switchOtherOff({ id: 'continue.continue', name: 'Continue' }, 'markdown');
  expect(editor.commands).toEqual([['workbench.action.openSettings', '@ext:continue.continue']]);
  expect(editor.settings).toEqual({});
});

test.each([
  ['plaintext', 'Plain Text'],
  ['markdown', 'Markdown'],
  ['klingon', 'klingon'],
  ['unnamed', 'unnamed'],
])('the language %s is called %s', (id, name) => {
  const languages = [
    { id: 'markdown', aliases: ['Markdown', 'markdown'] },
    { id: 'unnamed', aliases: [] },
  ];
  editor.extensions.all = [
    { id: 'a.b', isActive: true, packageJSON: {} },
    { id: 'vscode.markdown', isActive: false, packageJSON: { contributes: { languages } } },
  ];
  expect(languageName(id)).toBe(name);
});
