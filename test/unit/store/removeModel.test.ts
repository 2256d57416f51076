import { existsSync, mkdirSync, readdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeEach, expect, test } from 'vitest';
import { removeModel } from '../../../src/store/removeModel.ts';
import { temporaryFolder } from '../../support/temporaryFolder.ts';

let folder: string;
let modelsFolder: string;
beforeEach(async () => {
  folder = await temporaryFolder();
  modelsFolder = join(folder, 'models');
  await mkdir(modelsFolder);
});

/** A model's folder with a manifest of the given files. */
function model(path: string, files: readonly string[] = ['config.json', 'model.safetensors']): void {
  mkdirSync(path, { recursive: true });
  for (const file of files) writeFileSync(join(path, file), 'x');
  const entries = files.map((file) => [file, { sizeBytes: 1, sha256: '0'.repeat(64) }]);
  const manifest = { name: 'm', source: 's', licence: 'l', weightFormat: 'w', files: Object.fromEntries(entries) };
  writeFileSync(join(path, 'inkling.json'), JSON.stringify(manifest));
}

test('a model goes with its folder, and its neighbor stays', () => {
  model(join(modelsFolder, 'one'));
  model(join(modelsFolder, 'two'));
  expect(removeModel({ modelsFolder, name: 'one' })).toEqual({ folder: join(modelsFolder, 'one') });
  expect(readdirSync(modelsFolder)).toEqual(['two']);
});

test('what a person has put into the folder stays', () => {
  model(join(modelsFolder, 'one'));
  writeFileSync(join(modelsFolder, 'one/notes.txt'), 'mine');
  removeModel({ modelsFolder, name: 'one' });
  expect(readdirSync(join(modelsFolder, 'one'))).toEqual(['notes.txt']);
});

test('of a link only the link goes', () => {
  const elsewhere = join(folder, 'elsewhere');
  model(elsewhere);
  symlinkSync(elsewhere, join(modelsFolder, 'one'));
  removeModel({ modelsFolder, name: 'one' });
  expect(readdirSync(modelsFolder)).toEqual([]);
  expect(existsSync(join(elsewhere, 'model.safetensors'))).toBe(true);
});

test('a folder that was put there by hand is left alone, and the message says where it is', () => {
  mkdirSync(join(modelsFolder, 'own'));
  writeFileSync(join(modelsFolder, 'own/config.json'), '{}');
  expect(() => removeModel({ modelsFolder, name: 'own' })).toThrow(/was not added by Inkling.*own/);
  expect(readdirSync(join(modelsFolder, 'own'))).toEqual(['config.json']);
});

test('a manifest that names files elsewhere deletes nothing', () => {
  model(join(modelsFolder, 'one'));
  writeFileSync(join(folder, 'mine.txt'), 'mine');
  const files = { '../../mine.txt': { sizeBytes: 1, sha256: '0'.repeat(64) } };
  const manifest = { name: 'm', source: 's', licence: 'l', weightFormat: 'w', files };
  writeFileSync(join(modelsFolder, 'one/inkling.json'), JSON.stringify(manifest));
  expect(() => removeModel({ modelsFolder, name: 'one' })).toThrow(/damaged/);
  expect(existsSync(join(folder, 'mine.txt'))).toBe(true);
});

test.each(['', '.', '..', '../models', '/tmp', 'a/b', 'a\\b', 'nothing', 'ONE', 'con', '.downloads', 'one\0', 'one.'])(
  '%j is no model, and nothing is deleted',
  (name) => {
    model(join(modelsFolder, 'one'));
    mkdirSync(join(modelsFolder, '.downloads'));
    writeFileSync(join(modelsFolder, '.downloads/config.json'), '{}');
    expect(() => removeModel({ modelsFolder, name })).toThrow(/cannot be the name|no model/);
    expect(readdirSync(modelsFolder).sort()).toEqual(['.downloads', 'one']);
  },
);
