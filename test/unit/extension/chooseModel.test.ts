import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, describe, expect, test, vi } from 'vitest';
import { chooseActionModel, chooseModel, type ModelFeatures } from '../../../src/extension/commands/chooseModel.ts';
import { InklingError } from '../../../src/protocol/errors.ts';
import type { ModelSummary } from '../../../src/protocol/store.ts';
import { temporaryFolder } from '../../support/temporaryFolder.ts';

/** A person who chooses rows by their beginning, folders, and buttons; and what was set and told. */
const person = vi.hoisted(() => ({
  rows: [] as string[],
  folders: [] as string[],
  buttons: [] as string[],
  lists: [] as string[][],
  descriptions: [] as string[][],
  told: [] as string[],
  set: [] as unknown[],
  ran: [] as string[],
}));

vi.mock('vscode', () => ({
  QuickPickItemKind: { Separator: -1 },
  env: { language: 'en' },
  ConfigurationTarget: { Global: 1, Workspace: 2 },
  l10n: {
    t: (text: string, ...args: unknown[]) => text.replace(/\{(\d)\}/g, (_, index) => String(args[Number(index)])),
  },
  commands: { executeCommand: async (command: string) => void person.ran.push(command) },
  window: {
    showQuickPick: async (given: Promise<readonly { label: string; description?: string }[]>) => {
      const rows = await given;
      person.lists.push(rows.map(({ label }) => label).filter((label) => label !== ''));
      person.descriptions.push(rows.map(({ description = '' }) => description).filter(Boolean));
      const wanted = person.rows.shift();
      return rows.find(
        ({ label, description = '' }) => wanted !== undefined && `${label} ${description}`.includes(wanted),
      );
    },
    showOpenDialog: async () => {
      const folder = person.folders.shift();
      return folder === undefined ? undefined : [{ fsPath: folder }];
    },
    showWarningMessage: async (message: string) => {
      person.told.push(message);
      return person.buttons.shift();
    },
  },
  workspace: {
    getConfiguration: () => ({
      inspect: () => undefined,
      update: async (name: string, value: unknown) => void person.set.push([name, value]),
    }),
  },
}));

const model = (name: string, modelFolder: string, problem?: string): ModelSummary => ({
  name,
  modelFolder,
  architecture: 'llama',
  parameters: 135e6,
  sizeBytes: 1e8,
  licence: 'MIT',
  languages: [],
  contextTokens: 4096,
  ...(problem === undefined ? {} : { problem }),
});

async function machine() {
  const folder = await temporaryFolder();
  const folders = { bundled: join(folder, 'bundled'), user: join(folder, 'user') };
  const places = ['bundled/smollm2-135m-instruct', 'user/smollm2-135m-instruct', 'user/larger', 'user/broken', 'notes'];
  for (const place of places) mkdirSync(join(folder, place), { recursive: true });
  const features = {
    modelFolders: folders,
    settings: { general: { model: 'larger', 'actions.model': '' } },
    store: {
      list: async (_: readonly string[], elsewhere: readonly string[]) => [
        ...elsewhere.map((path) => model('from-a-cache', path)),
        model('larger', join(folders.user, 'larger')),
        model('broken', join(folders.user, 'broken'), 'It has no weights.'),
        model('smollm2-135m-instruct', join(folders.bundled, 'smollm2-135m-instruct')),
        model('smollm2-135m-instruct', join(folders.user, 'smollm2-135m-instruct')),
      ],
      show: async (path: string) => {
        if (path.endsWith('notes')) throw new InklingError('modelMissing', 'It holds no config.json.');
        if (path.endsWith('broken')) throw new InklingError('modelBroken', 'It has no weights.');
        return {};
      },
    },
  } as unknown as ModelFeatures;
  return { folder, features };
}

beforeEach(() =>
  Object.assign(person, {
    rows: [],
    folders: [],
    buttons: [],
    lists: [],
    descriptions: [],
    told: [],
    set: [],
    ran: [],
  }),
);

/** Rows that lead to models which are not there yet. */
const others = ['$(cloud-download) Get a Better Model…', '$(folder-opened) Another Folder…'];

describe('choosing a model', () => {
  test.each([chooseModel, chooseActionModel])(
    'leads to models that could be had, and changes nothing',
    async (choose) => {
      const { features } = await machine();
      Object.assign(person, { rows: ['Get a Better'] });
      await choose(features);
      expect(person.lists[0]!.slice(-2)).toEqual(others);
      expect(person).toMatchObject({ set: [], told: [], ran: ['inkling.models'] });
    },
  );

  test('offers each once, the built-in one first', async () => {
    const { features } = await machine();
    await chooseModel(features);
    expect(person.lists).toEqual([
      ['$(package) smollm2-135m-instruct', '$(check) larger', '$(warning) broken', ...others],
    ]);
    expect(person.set).toEqual([]);
  });

  test('offers what is used where another program keeps it, and means its folder', async () => {
    const { features, folder } = await machine();
    const cached = join(folder, 'hub', 'snapshots', '0123abc');
    mkdirSync(cached, { recursive: true });
    const general = { model: cached, 'actions.model': '' };
    Object.assign(person, { rows: ['from-a-cache'] });
    await chooseModel({ ...features, settings: { general } } as unknown as ModelFeatures);
    expect(person.lists[0]).toContain('$(check) from-a-cache');
    expect(person.set).toEqual([['model', cached]]);
  });

  test('sets what can be opened', async () => {
    const { features, folder } = await machine();
    Object.assign(person, { rows: ['Another Folder'], folders: [join(folder, 'user', 'larger')] });
    await chooseModel(features);
    expect(person.set).toEqual([['model', join(folder, 'user', 'larger')]]);
    expect(person.told).toEqual([]);
  });

  test.each([
    ['a folder of notes', 'notes', '“notes” cannot be used as a model. It holds no config.json. Nothing was changed.'],
    ['a folder that is gone', 'gone', /“gone” cannot be used as a model\. There is no model folder .+ Nothing was/],
  ])('keeps the old one, and says why, for %s', async (_, name, message) => {
    const { features, folder } = await machine();
    Object.assign(person, { rows: ['Another Folder'], folders: [join(folder, name)] });
    await chooseModel(features);
    expect(person.set).toEqual([]);
    expect(person.told).toEqual([typeof message === 'string' ? message : expect.stringMatching(message)]);
  });

  test('keeps the old one for a listed model that is broken', async () => {
    const { features } = await machine();
    Object.assign(person, { rows: ['broken'] });
    await chooseModel(features);
    expect(person.set).toEqual([]);
    expect(person.told).toHaveLength(1);
  });

  test('offers the built-in one in its place, or another choice', async () => {
    const { features, folder } = await machine();
    const bad = { rows: ['Another Folder', 'larger'], folders: [join(folder, 'notes')] };
    Object.assign(person, bad, { buttons: ['Use the Built-In Model'] });
    await chooseModel(features);
    expect(person.set).toEqual([['model', 'smollm2-135m-instruct']]);

    const again = { rows: ['Another Folder', 'larger'], folders: [join(folder, 'notes')] };
    Object.assign(person, again, { buttons: ['Choose Another Model…'], set: [], lists: [] });
    await chooseModel(features);
    expect(person.lists).toHaveLength(2);
    expect(person.set).toEqual([['model', 'larger']]);
  });
});

/** Folders below `bundled` and `user` lie here, others elsewhere; what a setting names begins with `/` where it is a folder. */
describe('models of one name', () => {
  const places = [
    ...['bundled/smollm2-135m-instruct', 'bundled/other', 'user/smollm2-135m-instruct', 'user/other', 'user/larger'],
    ...['user/larger copy', 'hub/larger', 'hub2/larger', 'hub/smollm2-135m-instruct', 'hub/alone'],
  ];

  async function offered(setting: string, there: readonly string[], names: Readonly<Record<string, string>> = {}) {
    const folder = await temporaryFolder();
    for (const place of places) if (there.includes(place)) mkdirSync(join(folder, place), { recursive: true });
    const folders = { bundled: join(folder, 'bundled'), user: join(folder, 'user') };
    const absolute = (name: string) => (name.startsWith('/') ? join(folder, name) : name);
    const named = (place: string) => model(names[place] ?? place.split('/')[1]!, join(folder, place));
    const features = {
      modelFolders: folders,
      settings: { general: { model: absolute(setting), 'actions.model': absolute(setting) } },
      store: {
        list: async (_: unknown, elsewhere: readonly string[]) => [
          ...there.filter((place) => /^(?:bundled|user)/u.test(place)).map(named),
          ...[...new Set(elsewhere.map((path) => path.slice(folder.length + 1)))]
            .filter((place) => !/^(?:bundled|user)/u.test(place))
            .map(named),
        ],
        show: async () => ({}),
      },
    } as unknown as ModelFeatures;
    return { folder, features };
  }

  const own = ['bundled/smollm2-135m-instruct', 'user/larger'];
  const rows = (...given: string[]) => given;
  test.each<[string, string, readonly string[], readonly string[], readonly string[]]>([
    ['own, in use', 'larger', own, rows('smollm2', '✓larger'), ['built-in', 'in use']],
    [
      'used elsewhere, of the name of an own one',
      '/hub/larger',
      [...own, 'hub/larger'],
      rows('smollm2', 'larger', '✓larger'),
      ['built-in', 'in use · /hub/larger'],
    ],
    [
      'used elsewhere, of the built-in one’s name',
      '/hub/smollm2-135m-instruct',
      [...own, 'hub/smollm2-135m-instruct'],
      rows('smollm2', 'larger', '✓smollm2'),
      ['built-in', 'in use · /hub/smollm2-135m-instruct'],
    ],
    [
      'used elsewhere, of a name of its own',
      '/hub/alone',
      [...own, 'hub/alone'],
      rows('smollm2', 'larger', '✓alone'),
      ['built-in', 'in use · /hub/alone'],
    ],
    [
      'elsewhere and gone, of the name of an own one',
      '/hub2/larger',
      own,
      rows('smollm2', 'larger', '✓larger'),
      ['built-in', 'in use · /hub2/larger'],
    ],
    ['own, used by its folder', '/user/larger', own, rows('smollm2', '✓larger'), ['built-in', 'in use']],
    [
      'of the built-in one’s name, not used',
      'larger',
      [...own, 'user/smollm2-135m-instruct'],
      rows('smollm2', '✓larger'),
      ['built-in', 'in use'],
    ],
    [
      'of the built-in one’s name, used by its folder',
      '/user/smollm2-135m-instruct',
      [...own, 'user/smollm2-135m-instruct'],
      rows('smollm2', 'larger', '✓smollm2'),
      ['built-in', 'in use · /user/smollm2-135m-instruct'],
    ],
    [
      'two that came with the product',
      'other',
      ['bundled/other', ...own, 'user/other'],
      rows('✓other', 'smollm2', 'larger'),
      ['built-in · in use', 'built-in'],
    ],
    [
      'only the own one of that name',
      'other',
      ['bundled/smollm2-135m-instruct', 'user/other'],
      rows('smollm2', '✓other'),
      ['built-in', 'in use'],
    ],
  ])('%s', async (_, setting, there, expected, descriptions) => {
    for (const choose of [chooseModel, chooseActionModel]) {
      Object.assign(person, { lists: [], descriptions: [] });
      const { features, folder } = await offered(setting, there);
      await choose(features);
      const shown = person.lists[0]!.filter((label) => !/Another Folder|Get a Better|Same model/u.test(label)).map(
        (label) =>
          label.replace('$(check) ', '✓').replace('$(package) ', '').replace('smollm2-135m-instruct', 'smollm2'),
      );
      expect(shown).toEqual(expected);
      expect(person.descriptions[0]!.map((text) => text.replace(folder, ''))).toEqual(descriptions);
    }
  });

  test('are told apart by their folders where notes in them say the same name', async () => {
    const there = [...own, 'user/larger copy'];
    const { features } = await offered('larger', there, { 'user/larger copy': 'larger' });
    Object.assign(person, { rows: ['larger copy'] });
    await chooseModel(features);
    expect(person.lists[0]).toEqual([
      ...['$(package) smollm2-135m-instruct', '$(check) larger', '$(package) larger', ...others],
    ]);
    expect(person.set).toEqual([['model', 'larger copy']]);
  });
});
