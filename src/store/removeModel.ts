import { existsSync, lstatSync, readdirSync, realpathSync, rmdirSync, rmSync, unlinkSync } from 'node:fs';
import { join } from 'node:path';
import { readManifest } from '../model/manifest.ts';
import { InklingError, sentence } from '../protocol/errors.ts';
import { plainName } from '../protocol/plainName.ts';
import type { RemoveModelRequest } from '../protocol/store.ts';
import { systemSentence } from '../protocol/systemReason.ts';

/**
 * Deletes the files of a model that was added or downloaded, and its folder if nothing else is in it. Of a model that was
 * linked into the folder only the link goes, unless it was moved where it leads; one that was put there by hand is left to whoever put it there.
 * @throws InklingError `optionOutOfRange` for what is no name, `modelMissing`, `fileAccess`
 */
export function removeModel({ modelsFolder, name }: RemoveModelRequest): { folder: string } {
  const folder = namedModel(modelsFolder, name);
  try {
    if (!lstatSync(folder).isSymbolicLink()) removeFiles(folder, name);
    else {
      if (readManifest(folder)?.moved) removeFiles(realpathSync(folder), name);
      unlinkSync(folder);
    }
  } catch (error) {
    if (error instanceof InklingError) throw error;
    throw new InklingError('fileAccess', sentence`${folder} could not be deleted: ${systemSentence(error)}.`, {
      cause: error,
    });
  }
  return { folder };
}

/**
 * The folder of a person's own model, or the link that stands for it.
 * @throws InklingError `optionOutOfRange` for what is no name, `modelMissing`
 */
export function namedModel(modelsFolder: string, name: string): string {
  const names = existsSync(modelsFolder) ? readdirSync(modelsFolder) : [];
  const wanted = names.includes(name) && !name.startsWith('.') ? name : plainName('model', name);
  const found = names.find((entry) => entry === wanted);
  const folder = join(modelsFolder, found ?? '');
  const isLink = found !== undefined && lstatSync(folder).isSymbolicLink();
  if (found === undefined || (!isLink && !existsSync(join(folder, 'config.json')))) {
    throw new InklingError('modelMissing', sentence`There is no model ${name} of your own: looked in ${modelsFolder}.`);
  }
  return folder;
}

function removeFiles(folder: string, name: string): void {
  const manifest = readManifest(folder);
  if (!manifest) {
    throw new InklingError(
      'fileAccess',
      sentence`${name} was not added by Inkling, so it is not deleted. Its folder is ${folder}.`,
    );
  }
  for (const file of [...Object.keys(manifest.files), 'inkling.json']) rmSync(join(folder, file), { force: true });
  if (readdirSync(folder).length === 0) rmdirSync(folder);
}
