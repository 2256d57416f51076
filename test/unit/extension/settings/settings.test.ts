import { beforeEach, describe, expect, onTestFinished, test, vi } from 'vitest';
import type * as vscode from 'vscode';
import { corpusSettings, Settings, trainingSettings } from '../../../../src/extension/settings/settings.ts';
import { type Setting, settingNames, settingsByName } from '../../../../src/extension/settings/settingTable.ts';
import { resolveGenerationOptions } from '../../../../src/protocol/generationOptions.ts';
import { problemWith } from '../../../../src/protocol/optionTable.ts';
import { CompletionProvider } from '../../../../src/providers/completion/completionProvider.ts';
import { LastEdits } from '../../../../src/providers/completion/lastEdits.ts';
import { SuggestionWatch } from '../../../../src/providers/completion/suggestionWatch.ts';
import { Completer } from '../../../../src/writing/completion/completer.ts';
import {
  defaultCompletionSettings,
  resolveCompletionSettings,
} from '../../../../src/writing/completion/completionSettings.ts';
import { LineDocument, Position } from '../../../support/fakeVscode.ts';
import { ScriptedGenerator } from '../../writing/support/scriptedGenerator.ts';

/** A configuration that is set by a test, and counts how often it is read. */
const editor = await vi.hoisted(async () => {
  const { EventEmitter } = await import('../../../support/fakeVscode.ts');
  return {
    set: new Map<string, unknown>(),
    reads: 0,
    changed: new EventEmitter<{ affectsConfiguration(name: string): boolean }>(),
    granted: new EventEmitter<void>(),
  };
});

vi.mock('vscode', async () => {
  const fake = await import('../../../support/fakeVscode.ts');
  return {
    ...fake,
    workspace: {
      ...fake.workspace,
      getConfiguration: (section: string, scope?: { languageId: string }) => {
        editor.reads++;
        expect(section).toBe('inkling');
        return { get: (name: string) => editor.set.get(`[${scope?.languageId}] ${name}`) ?? editor.set.get(name) };
      },
      getWorkspaceFolder: ({ path }: { path: string }) => ({ uri: path.split('/')[1] }),
      onDidChangeConfiguration: editor.changed.event,
      onDidGrantWorkspaceTrust: editor.granted.event,
    },
  };
});

const documentOf = (languageId: string, path = '/notes/a.md') =>
  ({ languageId, uri: { path } }) as unknown as vscode.TextDocument;
const markdown = documentOf('markdown');

function start(values: Readonly<Record<string, unknown>> = {}) {
  change(values);
  const told: string[] = [];
  const settings = new Settings((message) => told.push(message));
  onTestFinished(() => settings.dispose());
  return { settings, told };
}

function change(values: Readonly<Record<string, unknown>>, section = 'inkling') {
  for (const [name, value] of Object.entries(values)) editor.set.set(name, value);
  editor.changed.fire({ affectsConfiguration: (name) => name === section });
}

beforeEach(() => {
  editor.set.clear();
  editor.reads = 0;
});

describe('settings', () => {
  test('are the defaults when nothing is set', () => {
    const { settings, told } = start();
    expect(settings.completion(markdown)).toEqual(defaultCompletionSettings);
    expect(settings.general).toMatchObject({ model: 'smollm2-135m-instruct', device: 'auto', learnFromUse: false });
    expect(told).toEqual([]);
  });

  test('are what was set', () => {
    const { settings, told } = start({
      'completion.length': 'short',
      'sampling.temperature': 0.7,
      'completion.zones': { math: true },
      languages: { rust: true },
      model: '  other ',
    });
    const { zones, ...completion } = settings.completion(markdown);
    expect(completion).toMatchObject({ length: 'short', sampling: { temperature: 0.7 } });
    expect(zones).toEqual({ ...defaultCompletionSettings.zones, math: true });
    expect(settings.general.model).toBe('other');
    expect([settings.isLanguageOn('rust'), settings.isLanguageOn('markdown'), settings.isLanguageOn('c')]).toEqual([
      true,
      true,
      false,
    ]);
    expect(told).toEqual([]);
  });

  test('can differ by language', () => {
    const { settings } = start({ 'completion.length': 'short', '[latex] completion.length': 'paragraph' });
    expect(settings.completion(markdown).length).toBe('short');
    expect(settings.completion(documentOf('latex')).length).toBe('paragraph');
    change({ textLanguage: 'de', '[latex] textLanguage': 'fr' });
    expect([settings.textLanguage(markdown), settings.textLanguage(documentOf('latex'))]).toEqual(['de', 'fr']);
  });

  test('ask for several suggestions only where they can differ', () => {
    const several = { 'sampling.numReturnSequences': 3 };
    expect(start(several).settings.completion(markdown).sampling.numReturnSequences).toBe(1);
    const drawn = start({ ...several, 'sampling.temperature': 1 }).settings;
    expect(drawn.completion(markdown).sampling.numReturnSequences).toBe(3);
  });
});

describe('a value that cannot be used', () => {
  test.each([
    ['completion.maxNewTokens', 9000],
    ['completion.maxNewTokens', '16'],
    ['completion.maxNewTokens', 2.5],
    ['completion.promptTokens', -1],
    ['completion.minFirstWordProbability', 'high'],
    ['completion.length', 'book'],
    ['completion.showing', 'always'],
    ['completion.showing', 0.5],
    ['completion.length', ['short']],
    ['completion.midLine', 'yes'],
    ['completion.lookAhead', 1],
    ['completion.zones', ['prose']],
    ['completion.zones', { proze: true }],
    ['completion.zones', 'prose'],
    ['sampling.topP', 'much'],
    ['sampling.temperature', Number.NaN],
    ['sampling.seed', -1],
    ['enabled', 'on'],
    ['languages', { markdown: 1 }],
    ['languages', ['markdown']],
    ['ownWords', 'true'],
    ['learnFromUse', 'true'],
    ['textLanguage', 5],
    ['textLanguage', ['de']],
    ['model', 7],
    ['model', {}],
    ['adapter', false],
    ['device', 'gpu'],
    ['device', 3],
    ['threads', '4'],
    ['contextTokens', []],
    ['actions.model', [1]],
  ] as const)('%s = %j is told once, and the default holds', (name, value) => {
    const { settings, told } = start();
    const all = () => [settings.completion(markdown), settings.textLanguage(markdown), settings.general];
    const before = all();
    change({ [name]: value });
    for (let time = 0; time < 3; time++) {
      expect(all()).toEqual(before);
      change({});
    }
    expect(told).toEqual([expect.stringContaining(`inkling.${name} must be`)]);
  });

  const anything = [7, -1, 0.5, Number.NaN, 1e300, '', 'x', true, [], ['x'], [null], {}, { x: {} }, { prose: 'no' }];
  test.each(settingNames)('whatever %s is set to, every value can be used', (name) => {
    const { option }: Setting = settingsByName[name];
    for (const value of anything) {
      const { settings } = start({ [name]: value });
      const general: Readonly<Record<string, unknown>> = settings.general;
      const read = name === 'textLanguage' ? settings.textLanguage(markdown) : (general[name] ?? option.default);
      if (read !== option.default) expect(problemWith(option, read)).toBeUndefined();
      expect(resolveCompletionSettings(settings.completion(markdown))).toEqual(settings.completion(markdown));
      expect(resolveGenerationOptions(settings.completion(markdown).sampling)).toBeDefined();
    }
  });

  test.each([
    ['training.loraRank', 0, 'corpus'],
    ['training.loraTargets', ['q', 'q'], 'corpus'],
    ['training.maxMinutes', 'an hour', 'corpus'],
    ['training.include', ['', 'notes'], 'training'],
    ['training.minCharacters', {}, 'training'],
    ['training.useGitignore', 'yes', 'training'],
  ] as const)('%s = %j is refused by what needs it, and %s settings hold', (name, value, other) => {
    start({ [name]: value });
    const read = { corpus: corpusSettings, training: trainingSettings };
    const { [other]: whole, ...rest } = read;
    expect(whole()).toBeDefined();
    for (const refusing of Object.values(rest)) expect(refusing).toThrow(`inkling.${name} must be`);
  });

  test('does not touch the others', () => {
    const { settings } = start({ 'completion.maxNewTokens': 'x', 'completion.promptTokens': 100, 'sampling.topK': 5 });
    expect(settings.completion(markdown)).toMatchObject({ promptTokens: 100, sampling: { topK: 5 }, maxNewTokens: 16 });
  });

  test.each([
    ['threads', 1e9, 256],
    ['threads', -4, 0],
    ['contextTokens', 1, 128],
    ['contextTokens', 1000.4, 1000],
    ['idleUnloadMinutes', Number.POSITIVE_INFINITY, 1440],
    ['adapterStrength', 7, 2],
    ['adapterStrength', Number.NaN, 0.8],
  ] as const)('%s = %d: the engine gets the nearest that it can use, %d', (name, value, nearest) => {
    expect(start({ [name]: value }).settings.general[name]).toBe(nearest);
  });

  test('null is nothing', () => {
    const { settings, told } = start(Object.fromEntries(settingNames.map((name) => [name, null])));
    expect(settings.completion(markdown)).toEqual(defaultCompletionSettings);
    expect(told).toEqual([]);
  });

  test('unknown names are not looked at', () => {
    const { settings, told } = start({ 'completion.size': 3, constructor: 1, 'sampling.__proto__': 2 });
    expect(settings.completion(markdown)).toEqual(defaultCompletionSettings);
    expect(told).toEqual([]);
    expect(settings.isLanguageOn('constructor')).toBe(false);
  });
});

describe('a change', () => {
  test.each([
    ['model', 'x', true],
    ['threads', 3, true],
    ['threads', 0, false], // what held before
    ['threads', -7, false], // the nearest is what held before
    ['adapter', 'mine', true],
    ['adapterStrength', 0.5, true],
    ['device', 'cpu', true],
    ['device', 'gpu', false],
    ['contextTokens', 512, true],
    ['idleUnloadMinutes', 1, true],
    ['completion.length', 'short', false],
    ['learnFromUse', true, false],
    ['training.loraRank', 4, false],
  ] as const)('of %s to %j loads the model again: %j', (name, value, loadsModel) => {
    const { settings } = start();
    const changes: unknown[] = [];
    settings.onDidChange((event) => changes.push(event));
    change({ [name]: value });
    expect(changes).toEqual([{ loadsModel }]);
  });

  test('of something else is none', () => {
    const { settings } = start();
    const changes: unknown[] = [];
    settings.onDidChange((event) => changes.push(event));
    const before = settings.completion(markdown);
    change({}, 'editor');
    expect(settings.completion(markdown)).toBe(before);
    expect(changes).toEqual([]);
  });

  test('makes a new value; who was given the old one keeps it', () => {
    const { settings } = start({ 'completion.length': 'short' });
    const before = settings.completion(markdown);
    const lengths = ['paragraph', 'sentence', 'short', 'paragraph', 'sentence', 'short', 'paragraph', 'sentence'];
    for (const length of lengths) {
      change({ 'completion.length': length });
      expect(settings.completion(markdown).length).toBe(length);
    }
    expect(before.length).toBe('short');
  });

  test('in the middle of a fine-tune changes nothing of it: the next one begins with the new values', () => {
    start();
    const [training, corpus] = [trainingSettings(), corpusSettings()];
    const running = structuredClone({ training, corpus });
    change({ 'training.loraRank': 4, 'training.maxMinutes': 1, 'training.exclude': ['drafts/**'] });
    expect({ training, corpus }).toEqual(running);
    expect(trainingSettings()).toMatchObject({ loraRank: 4, maxMinutes: 1 });
    expect(corpusSettings().exclude).toContain('drafts/**');
  });

  test('comes with trust: from then on the workspace’s settings count', () => {
    const { settings } = start();
    expect(settings.completion(markdown).length).toBe('sentence');
    editor.set.set('completion.length', 'paragraph'); // as the editor hides it until then
    editor.granted.fire();
    expect(settings.completion(markdown).length).toBe('paragraph');
  });

  test('is not heard after the end', () => {
    const { settings } = start();
    settings.dispose();
    editor.reads = 0;
    change({ model: 'x' });
    expect(editor.reads).toBe(0);
  });
});

describe('a keystroke', () => {
  const tide = () => new ScriptedGenerator(() => [[' tide', 0.9], ' is', ' out']);

  /** The provider and the completer as the extension puts them together; a change forgets what was computed before. */
  function typing(settings: Settings, generator = tide()) {
    const completer = new Completer(generator, { now: () => 0 });
    settings.onDidChange(() => completer.reset());
    const provider = new CompletionProvider({
      complete: (request, value, token) => completer.complete(request, value, token),
      settings: (document) => settings.completion(document),
      silence: ({ languageId }) => (settings.isLanguageOn(languageId) ? undefined : 'off'),
      isForeign: () => false,
      onShow: () => undefined,
      lastEdits: new LastEdits(),
      watch: new SuggestionWatch(),
      acceptedCommand: 'accepted',
    });
    return async (text: string) => {
      const document = new LineDocument(text) as unknown as vscode.TextDocument;
      const position = new Position(0, text.length) as unknown as vscode.Position;
      const { CancellationToken } = await import('vscode-jsonrpc');
      const context = { triggerKind: 1 } as vscode.InlineCompletionContext;
      return provider.provideInlineCompletionItems(document, position, context, CancellationToken.None);
    };
  }

  test('reads no configuration: 200 of them, one reading', async () => {
    const { settings } = start();
    const ask = typing(settings);
    editor.reads = 0;
    const text = 'It was a dark and stormy night, and the rain fell in torrents upon the roofs of the town. '.repeat(3);
    for (let length = 1; length <= 200; length++) await ask(text.slice(0, length));
    expect(editor.reads).toBe(1);
  });

  test('after a change reads it once more, and is answered by it', async () => {
    const { settings } = start();
    const ask = typing(settings);
    await ask('It was the ');
    editor.reads = 0;
    change({ languages: { markdown: false } });
    expect(await ask('It was the l')).toEqual([]);
    for (let time = 0; time < 10; time++) await ask('It was the la');
    expect(editor.reads).toBeLessThanOrEqual(2);
  });

  test('in the middle of a generation: that one is given up, the next is asked under the new settings', async () => {
    const { settings } = start();
    const generator = new ScriptedGenerator(); // answers only when told to
    const ask = typing(settings, generator);
    const first = ask('It was the ');
    await vi.waitFor(() => expect(generator.calls).toHaveLength(1));
    for (const maxNewTokens of [20, 30, 40, 50, 60, 70, 80, 90, 100, 110]) {
      change({ 'completion.maxNewTokens': maxNewTokens });
    }
    expect(await first).toEqual([]);
    expect(generator.calls.map(({ cancelled }) => cancelled)).toEqual([true]);
    void ask('It was the l');
    await vi.waitFor(() => expect(generator.calls).toHaveLength(2));
    const asked = generator.calls.map(({ request }) => request.options.maxNewTokens);
    expect(asked[1]! - asked[0]!).toBe(94);
  });
});
