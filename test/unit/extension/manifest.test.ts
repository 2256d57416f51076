import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { engineRanges } from '../../../src/extension/engineRanges.ts';
import {
  corpusSettingNames,
  defaultMaxMinutes,
  trainingSettingNames,
} from '../../../src/extension/fineTuning/trainingSettingNames.ts';
import { adapterStrength } from '../../../src/protocol/adapterStrength.ts';
import { corpusOptionSpecs, defaultCorpusOptions } from '../../../src/protocol/corpus.ts';
import { generationOptionSpecs } from '../../../src/protocol/generationOptions.ts';
import { defaultTrainingOptions, trainingOptionSpecs } from '../../../src/protocol/trainingOptions.ts';
import { completionSettingSpecs } from '../../../src/writing/completion/completionSettings.ts';

const manifest = JSON.parse(readFileSync(new URL('../../../package.json', import.meta.url), 'utf8'));
const sections: { properties: Record<string, Record<string, unknown>> }[] = manifest.contributes.configuration;
const settings: Record<string, Record<string, unknown>> = Object.assign(
  {},
  ...sections.map(({ properties }) => properties),
);

type NumericSpec = { minimum: number; maximum: number; integer: boolean; default: number };

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
  test.each(Object.entries(engineRanges))('%s has the range and default that the code applies', (name, range) => {
    expect(settings[`inkling.${name}`]).toMatchObject({ type: 'integer', ...range });
  });

  const numeric = ({ minimum, maximum, integer, default: value }: NumericSpec) => ({
    type: integer ? 'integer' : 'number',
    minimum,
    maximum,
    default: value,
  });

  test.each(Object.entries(completionSettingSpecs))('completion.%s is what the completer expects', (name, spec) => {
    if (name === 'enabled') return expect(settings['inkling.enabled']?.['default']).toBe(spec.default);
    if (name === 'languages') return expect(settings['inkling.languages']?.['default']).toEqual(spec.default);
    const setting = settings[`inkling.completion.${name}`];
    if (spec.type === 'number') return expect(setting).toMatchObject(numeric(spec));
    if (spec.type === 'choice') expect(setting?.['enum']).toEqual(spec.choices);
    expect(setting?.['default']).toEqual(spec.default);
  });

  const { maxNewTokens: _, ...sampling } = generationOptionSpecs;
  test.each(Object.entries(sampling))('sampling.%s has the range and default of the decode loop', (name, spec) => {
    expect(settings[`inkling.sampling.${name}`]).toMatchObject(numeric(spec));
  });

  test('of completion and sampling are all applied, and can differ by language', () => {
    const declared = Object.keys(settings).filter((name) => /^inkling\.(completion|sampling)\./.test(name));
    const applied = [
      ...Object.keys(completionSettingSpecs).map((name) => `inkling.completion.${name}`),
      ...Object.keys(sampling).map((name) => `inkling.sampling.${name}`),
    ];
    expect(declared.filter((name) => !applied.includes(name))).toEqual([]);
    expect(declared.filter((name) => settings[name]?.['scope'] !== 'language-overridable')).toEqual([]);
  });

  test('that choose what is run, and how, are ignored in workspaces that are not trusted', () => {
    const restricted: string[] = manifest.capabilities.untrustedWorkspaces.restrictedConfigurations;
    const harmless = ['inkling.enabled', 'inkling.languages'];
    expect([...restricted, ...harmless].sort()).toEqual(Object.keys(settings).sort());
  });

  test('say in which order they stand, and no two claim the same place', () => {
    for (const { properties } of sections) {
      const orders = Object.values(properties).map(({ order }) => order);
      expect(new Set(orders).size).toBe(orders.length);
      expect(orders.every((order) => typeof order === 'number')).toBe(true);
    }
  });
});

describe('settings of fine-tuning', () => {
  const specs = { ...trainingOptionSpecs, ...corpusOptionSpecs };
  const defaults = { ...defaultTrainingOptions, ...defaultCorpusOptions, exclude: [], maxMinutes: defaultMaxMinutes };
  const names = [...trainingSettingNames, ...corpusSettingNames];

  test.each(names)('%s has the range and default that training applies', (name) => {
    const setting = settings[`inkling.training.${name}`];
    expect(setting?.['default']).toEqual(defaults[name]);
    if (!(name in specs)) return;
    const { minimum, maximum, integer } = specs[name as keyof typeof specs];
    expect(setting).toMatchObject({ type: integer ? 'integer' : 'number', minimum, maximum });
  });

  test('are all applied', () => {
    const declared = Object.keys(settings).filter((name) => name.startsWith('inkling.training.'));
    expect(declared.sort()).toEqual(names.map((name) => `inkling.training.${name}`).sort());
  });

  test('the strength of an adapter has the range that is applied', () => {
    expect(settings['inkling.adapterStrength']).toMatchObject(adapterStrength);
  });
});
