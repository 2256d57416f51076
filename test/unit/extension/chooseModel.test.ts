import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, describe, expect, test, vi } from 'vitest';
import { chooseModel, type ModelFeatures } from '../../../src/extension/commands/chooseModel.ts';
import { InklingError } from '../../../src/protocol/errors.ts';
import type { ModelSummary } from '../../../src/protocol/store.ts';
import { temporaryFolder } from '../../support/temporaryFolder.ts';

/** A person who chooses rows by their beginning, folders, and buttons; and what was set and told. */
const person = vi.hoisted(() => ({
  rows: [] as string[],
  folders: [] as string[],
  buttons: [] as string[],
  lists: [] as string[][],
  told: [] as string[],
  set: [] as unknown[],
}));

vi.mock('vscode', () => ({
  QuickPickItemKind: { Separator: -1 },
  env: { language: 'en' },
  ConfigurationTarget: { Global: 1, Workspace: 2 },
  l10n: {
    t: (text: string, ...args: unknown[]) => text.replace(/\{(\d)\}/g, (_, index) => String(args[Number(index)])),
  },
  window: {
    showQuickPick: async (given: Promise<readonly { label: string }[]>) => {
      const rows = await given;
      person.lists.push(rows.map(({ label }) => label).filter((label) => label !== ''));
      const wanted = person.rows.shift();
      return rows.find(({ label }) => wanted !== undefined && label.includes(wanted));
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

beforeEach(() => Object.assign(person, { rows: [], folders: [], buttons: [], lists: [], told: [], set: [] }));

describe('choosing a model', () => {
  test('offers each once, the built-in one first', async () => {
    const { features } = await machine();
    await chooseModel(features);
    expect(person.lists).toEqual([
      ['$(package) smollm2-135m-instruct', '$(check) larger', '$(warning) broken', '$(folder-opened) Another Folder…'],
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
