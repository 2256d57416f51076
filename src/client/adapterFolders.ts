import { existsSync } from 'node:fs';
import { isAbsolute, join, resolve } from 'node:path';
import { adapterFiles, runFolderOf } from '../protocol/adapterLayout.ts';
import { InklingError } from '../protocol/errors.ts';
import { isEntryName, isPlainName } from '../protocol/plainName.ts';
import { userDataFolder } from './modelFolders.ts';
import { refuseNetworkPath } from './networkPath.ts';

/** Where adapters lie that were trained in the editor, or added. `INKLING_ADAPTERS` overrides it. */
export const adaptersFolder = (environment: NodeJS.ProcessEnv = process.env): string =>
  environment['INKLING_ADAPTERS'] || join(userDataFolder(environment), 'inkling', 'adapters');

/**
 * Resolves what a person named: an adapter's name, or the path of its folder.
 * @returns an absolute path that exists
 * @throws InklingError `modelMissing`, `fileAccess`
 */
export function findAdapterFolder(nameOrFolder: string, folder = adaptersFolder()): string {
  refuseNetworkPath(nameOrFolder);
  const isName = isEntryName(nameOrFolder);
  const places = [...(isName ? [join(folder, nameOrFolder)] : []), resolve(nameOrFolder)];
  const found = places.find((place) => existsSync(join(place, adapterFiles.config)));
  if (found) return found;
  const where = isAbsolute(nameOrFolder) || !isName ? '' : `: looked in ${folder}`;
  throw new InklingError('modelMissing', `There is no adapter ${nameOrFolder}${where}.`);
}

/** The path of a new adapter's folder: its name, with a number behind it where there is one already. */
export function newAdapterFolder(name: string, folder = adaptersFolder()): string {
  const cleaned = name
    .normalize('NFC')
    .replace(/[\\/:*?"<>|\s\p{C}]+/gu, ' ')
    .slice(0, 60)
    .replace(/^[. ]+|[. ]+$|[\uD800-\uDBFF]$/g, '');
  const stem = isPlainName(cleaned) ? cleaned : 'adapter';
  for (let number = 1; ; number++) {
    const path = join(folder, number === 1 ? stem : `${stem} ${number}`);
    if (!existsSync(path) && !existsSync(runFolderOf(path))) return path;
  }
}
