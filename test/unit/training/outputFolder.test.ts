import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { demandFreeOutput } from '../../../src/training/runTraining.ts';
import { temporaryFolder } from '../../support/temporaryFolder.ts';

const adapter = ['adapter_config.json', 'adapter_model.safetensors', 'inkling-adapter.json'];

/** @param files undefined: there is no folder */
async function folderWith(files: readonly string[] | undefined): Promise<string> {
  const folder = join(await temporaryFolder(), 'out');
  if (files) mkdirSync(folder);
  for (const name of files ?? []) writeFileSync(join(folder, name), '');
  return folder;
}

test.each<[string, string[] | undefined, boolean, RegExp | undefined]>([
  ['no folder', undefined, false, undefined],
  ['an empty folder', [], false, undefined],
  ['a finished adapter', adapter, false, /holds an adapter already: choose another folder, or delete it first/],
  ['an adapter from elsewhere', adapter.slice(0, 2), false, /holds an adapter already/],
  ['what the run itself has put there', adapter, true, undefined],
  ['the same, with a file of a person', [...adapter, 'notes.md'], true, /holds an adapter already/],
  ['files of a person', ['notes.md'], false, /holds files already/],
  ['files of a person, going on', ['notes.md'], true, /holds files already/],
  ['a hidden file', ['.git'], false, /holds files already/],
])('where there is %s', async (_, files, goesOn, refusal) => {
  const folder = await folderWith(files);
  const demand = () => demandFreeOutput(folder, goesOn);
  if (refusal) expect(demand).toThrow(refusal);
  else expect(demand).not.toThrow();
});

test('a file, and a link, are no place for an adapter', async () => {
  const root = await temporaryFolder();
  writeFileSync(join(root, 'file'), '');
  mkdirSync(join(root, 'empty'));
  symlinkSync(join(root, 'empty'), join(root, 'link'));
  symlinkSync(join(root, 'nowhere'), join(root, 'dangling'));
  for (const name of ['file', 'link', 'dangling']) {
    expect(() => demandFreeOutput(join(root, name), true)).toThrow(/is no folder: choose another folder/);
  }
});
