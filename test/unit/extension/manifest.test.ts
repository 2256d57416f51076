import { readFileSync } from 'node:fs';
import { describe, expect, test, vi } from 'vitest';
import { generatedManifest } from '../../../src/extension/manifest.ts';
import { type Setting, settingNames, settingsByName } from '../../../src/extension/settings/settingTable.ts';
import { problemWith } from '../../../src/protocol/optionTable.ts';

vi.mock('vscode', () => ({ QuickPickItemKind: {} }));

const read = (file: string) => JSON.parse(readFileSync(new URL(`../../../${file}`, import.meta.url), 'utf8'));
const manifest = read('package.json');
const english: Record<string, string> = read('package.nls.json');
const chinese: Record<string, string> = read('package.nls.zh-cn.json');

describe('package.json', () => {
  test('says what the tables say, in their order: npm run manifest writes it', () => {
    expect(JSON.stringify(generatedManifest(manifest), undefined, 2)).toBe(JSON.stringify(manifest, undefined, 2));
  });
});

describe('keys', () => {
  const keybindings: { key: string; mac?: string; when: string }[] = manifest.contributes.keybindings;

  const isChord = (key: string) => key.includes(' ');
  test.each(keybindings)('$key is taken only while a suggestion is on screen, or as a chord in a text', (binding) => {
    const { key, mac = key, when } = binding;
    expect(isChord(mac)).toBe(isChord(key));
    expect(when).toContain(isChord(key) ? 'editorTextFocus' : 'inlineSuggestionVisible');
  });

  test('Enter, Escape and Tab stay the editor’s own', () => {
    const keys = keybindings.flatMap(({ key, mac }) => (mac ? [key, mac] : [key]));
    expect(keys.filter((key) => /(^|\+)(enter|escape|tab)$/i.test(key))).toEqual([]);
  });
});

describe('settings', () => {
  const all = settingNames.map((name): readonly [string, Setting] => [name, settingsByName[name]]);

  test.each(all)('%s has a default that it would accept', (_, { option }) => {
    const mayBeEmpty = option.type === 'texts' || option.type === 'text';
    if (!mayBeEmpty) expect(problemWith(option, option.default)).toBeUndefined();
  });

  test.each([english, chinese])('no two share a description', (texts) => {
    const descriptions = settingNames.map((name) => texts[`setting.${name}`]);
    expect(descriptions.filter((text, index) => !text || descriptions.indexOf(text) !== index)).toEqual([]);
  });

  test('few are in front: what a writer changes', () => {
    expect(settingNames.filter((name) => !settingsByName[name].isAdvanced)).toEqual([
      'enabled',
      'languages',
      'completion.length',
      'completion.showing',
      'completion.midLine',
      'completion.spaceAfterWord',
      'completion.zones',
      'ownWords',
      'model',
      'actions.model',
      'adapter',
      'adapterStrength',
      'training.maxMinutes',
      'training.include',
      'training.exclude',
      'training.useGitignore',
      'learnFromUse',
    ]);
  });

  test('that can differ by language are those of completion and sampling, and the language of a text', () => {
    const byLanguage = settingNames.filter((name) => settingsByName[name].scope === 'language-overridable');
    expect(byLanguage).toEqual(settingNames.filter((name) => /^(completion\.|sampling\.|textLanguage$)/.test(name)));
  });

  test('only the person names the hub and a server, and switches learning from use on', () => {
    expect(settingNames.filter((name) => settingsByName[name].scope === 'application')).toEqual([
      'hub',
      'server.url',
      'server.model',
      'server.suggestions',
      'server.contextTokens',
      'server.allowedHosts',
      'learnFromUse',
    ]);
  });

  test('a workspace that is not trusted sets only where suggestions are shown, and what language texts are in', () => {
    expect(settingNames.filter((name) => settingsByName[name].isHarmless)).toEqual([
      'enabled',
      'languages',
      'textLanguage',
    ]);
  });

  test('what loads the model again is what the engine is started with', () => {
    expect(settingNames.filter((name) => settingsByName[name].loadsModel).sort()).toEqual([
      'adapter',
      'adapterStrength',
      'contextTokens',
      'device',
      'idleUnloadMinutes',
      'model',
      'threads',
    ]);
  });
});
