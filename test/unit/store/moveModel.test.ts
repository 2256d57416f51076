import { createHash } from 'node:crypto';
import {
  existsSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  realpathSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { beforeEach, describe, expect, test } from 'vitest';
import { moveModel } from '../../../src/store/moveModel.ts';
import { removeModel } from '../../../src/store/removeModel.ts';
import { temporaryFolder } from '../../support/temporaryFolder.ts';

let folder: string;
let modelsFolder: string;
let elsewhere: string;
beforeEach(async () => {
  folder = realpathSync(await temporaryFolder());
  modelsFolder = join(folder, 'models');
  elsewhere = join(folder, 'large disk');
  mkdirSync(modelsFolder);
  mkdirSync(elsewhere);
  model('one');
});

const content = { 'config.json': '{}', 'model.safetensors': 'x'.repeat(3_000_000) };
const sha256 = (text: string) => createHash('sha256').update(text).digest('hex');

function model(name: string, files: Readonly<Record<string, string>> = content): string {
  const path = join(modelsFolder, name);
  mkdirSync(path);
  for (const [file, text] of Object.entries(files)) writeFileSync(join(path, file), text);
  const entries = Object.entries(files).map(([file, text]) => [file, { sizeBytes: text.length, sha256: sha256(text) }]);
  const manifest = { name, source: 's', licence: 'l', weightFormat: 'w', files: Object.fromEntries(entries) };
  writeFileSync(join(path, 'inkling.json'), JSON.stringify(manifest));
  return path;
}

const move = (to: string, name = 'one', signal = new AbortController().signal, onProgress = (): void => undefined) =>
  moveModel({ modelsFolder, name, folder: to }, { signal, onProgress });

/** The model as it was, in its place, and nothing half-written beside it. */
function expectUnmoved(): void {
  expect(readdirSync(modelsFolder).filter((name) => name.startsWith('.'))).toEqual([]);
  expect(lstatSync(join(modelsFolder, 'one')).isDirectory()).toBe(true);
  expect(readFileSync(join(modelsFolder, 'one/config.json'), 'utf8')).toBe('{}');
  expect(readFileSync(join(modelsFolder, 'one/model.safetensors')).length).toBe(3_000_000);
}

test('a model lies in its new place, and its name stands for it', async () => {
  expect(await move(elsewhere)).toEqual({ folder: join(elsewhere, 'one') });
  expect(readlinkSync(join(modelsFolder, 'one'))).toBe(join(elsewhere, 'one'));
  expect(lstatSync(join(elsewhere, 'one')).isDirectory()).toBe(true);
  for (const [name, text] of Object.entries(content)) {
    expect(readFileSync(join(modelsFolder, 'one', name), 'utf8')).toBe(text);
  }
  expect(readdirSync(elsewhere)).toEqual(['one']);
  expect(readdirSync(modelsFolder)).toEqual(['one']);
});

test('moved on and home again, it is what it was; what it left is gone', async () => {
  const before = readFileSync(join(modelsFolder, 'one/inkling.json'), 'utf8');
  await move(elsewhere);
  const third = join(folder, 'third');
  mkdirSync(third);
  await move(third);
  expect(readdirSync(elsewhere)).toEqual([]);
  expect(readlinkSync(join(modelsFolder, 'one'))).toBe(join(third, 'one'));
  await move(modelsFolder);
  expect(readdirSync(third)).toEqual([]);
  expectUnmoved();
  expect(JSON.parse(readFileSync(join(modelsFolder, 'one/inkling.json'), 'utf8'))).toEqual(JSON.parse(before));
});

test('deleted by its name, it is gone from its new place, too', async () => {
  await move(elsewhere);
  removeModel({ modelsFolder, name: 'one' });
  expect(readdirSync(modelsFolder)).toEqual([]);
  expect(readdirSync(elsewhere)).toEqual([]);
});

test('what a person has put beside the weights goes along', async () => {
  writeFileSync(join(modelsFolder, 'one/notes.txt'), 'mine');
  await move(elsewhere);
  expect(readFileSync(join(elsewhere, 'one/notes.txt'), 'utf8')).toBe('mine');
});

test('how far it is goes from nothing to all, and is never told wrongly', async () => {
  const told: [number, number][] = [];
  await moveModel(
    { modelsFolder, name: 'one', folder: elsewhere },
    { signal: new AbortController().signal, onProgress: (done, total) => told.push([done, total]) },
  );
  expect(told.at(-1)).toEqual([6_000_004, 6_000_004]);
  expect(told.every(([done], i) => i === 0 || done > told[i - 1]![0])).toBe(true);
});

test.each([1, 2, 3, 4, 5, 6, 7])(
  'stopped at piece %i, everything is as it was, and the next try succeeds',
  async (last) => {
    const stop = new AbortController();
    let pieces = 0;
    const stopped = move(elsewhere, 'one', stop.signal, () => {
      if (++pieces === last) stop.abort();
    });
    await expect(stopped).rejects.toMatchObject({ code: 'cancelled' });
    expectUnmoved();
    expect(readdirSync(elsewhere)).toEqual([]);
    await move(elsewhere);
    expect(readdirSync(elsewhere)).toEqual(['one']);
  },
);

test('what a process that died has left is deleted by the next try', async () => {
  mkdirSync(join(elsewhere, '.inkling-writing-999999999-abcdef'));
  await move(elsewhere);
  expect(readdirSync(elsewhere)).toEqual(['one']);
});

describe('nothing is moved, and one sentence says why', () => {
  const cases: Record<string, [prepare: () => string | undefined, message: RegExp]> = {
    'to a folder that is not there': [() => join(folder, 'nowhere'), /There is no folder .*nowhere\. Make it first/],
    'to a file': [() => file(join(folder, 'file')), /There is no folder .*file/],
    'into itself': [() => join(modelsFolder, 'one'), /lies within the model itself/],
    'into a folder within itself': [() => made(join(modelsFolder, 'one/inner')), /lies within the model itself/],
    'into itself by a link': [() => linked(join(modelsFolder, 'one'), join(folder, 'link')), /within the model itself/],
    'to where it lies': [() => modelsFolder, /one lies in .*models already/],
    'to where it lies, by a link': [() => linked(modelsFolder, join(folder, 'link')), /lies in .*link already/],
    'onto another model of its name': [() => occupied('config.json'), /There is something at .*one already/],
    'onto any file in a folder of its name': [() => occupied('a.txt'), /There is something at .*one already/],
    'onto a file of its name': [
      () => elsewhereAfter(file(join(elsewhere, 'one'))),
      /There is something at .*one already/,
    ],
    'onto a link of its name': [
      () => elsewhereAfter(linked(folder, join(elsewhere, 'one'))),
      /There is something at .*one already/,
    ],
    'onto a link that leads nowhere': [
      () => elsewhereAfter(linked(join(folder, 'gone'), join(elsewhere, 'one'))),
      /There is something at .*one already/,
    ],
    'with a folder inside': [
      () => elsewhereAfter(made(join(modelsFolder, 'one/inner'))),
      /inner is no file of the model/,
    ],
    'with a link inside': [
      () => elsewhereAfter(linked(folder, join(modelsFolder, 'one/link'))),
      /link is no file of the model/,
    ],
    'to a disk that is no disk': [
      () => (process.platform === 'linux' ? '/proc' : join(folder, 'nowhere')),
      /\/proc|nowhere/,
    ],
  };
  test.each(Object.entries(cases))('%s', async (_, [prepare, message]) => {
    const to = prepare() ?? elsewhere;
    await expect(move(to)).rejects.toThrow(message);
    expectUnmoved();
  });

  test.each(['', '.', '..', '../models', '/tmp', 'a/b', 'nothing', 'ONE', '.downloads', 'one\0'])(
    'of the name %j',
    async (name) => {
      await expect(move(elsewhere, name)).rejects.toThrow(/cannot be the name|no model/);
      expectUnmoved();
      expect(readdirSync(elsewhere)).toEqual([]);
    },
  );
});

describe('a model that is not what it should be stays', () => {
  test.each<[string, () => void, RegExp]>([
    [
      'damaged',
      () => writeFileSync(path('model.safetensors'), 'y'.repeat(3_000_000)),
      /model\.safetensors has a wrong/,
    ],
    ['cut short', () => writeFileSync(path('model.safetensors'), 'x'), /model\.safetensors has a wrong checksum/],
    ['without its weights', () => rmSync(path('model.safetensors')), /model\.safetensors is missing/],
    ['put there by hand', () => rmSync(path('inkling.json')), /was not added by Inkling/],
    ['with a manifest that is none', () => writeFileSync(path('inkling.json'), '{'), /inkling\.json/],
    ['with a manifest that names files elsewhere', () => manifestOf({ '../x': entry }), /damaged/],
  ])('%s', async (_, spoil, message) => {
    spoil();
    const before = readdirSync(path('.')).sort();
    await expect(move(elsewhere)).rejects.toThrow(message);
    expect(readdirSync(path('.')).sort()).toEqual(before);
    expect(readdirSync(elsewhere)).toEqual([]);
  });

  test('on a disk that is not there', async () => {
    await move(elsewhere);
    rmSync(elsewhere, { recursive: true });
    await expect(move(folder)).rejects.toThrow(/one lies on a disk or in a folder that is not there now/);
    expect(existsSync(join(folder, 'one'))).toBe(false);
  });
});

const path = (file: string) => join(modelsFolder, 'one', file);
const entry = { sizeBytes: 1, sha256: '0'.repeat(64) };
const manifestOf = (files: object) =>
  writeFileSync(
    path('inkling.json'),
    JSON.stringify({ name: 'm', source: 's', licence: 'l', weightFormat: 'w', files }),
  );

/** The move goes to the usual place once this is there. */
const elsewhereAfter = (_made: string) => undefined;

function file(at: string): string {
  writeFileSync(at, 'x');
  return at;
}

function made(at: string): string {
  mkdirSync(at);
  return at;
}

function linked(to: string, at: string): string {
  symlinkSync(to, at);
  return at;
}

function occupied(by: string): undefined {
  mkdirSync(join(elsewhere, 'one'));
  writeFileSync(join(elsewhere, 'one', by), 'x');
}
