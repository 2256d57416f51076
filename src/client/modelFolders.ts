import { existsSync } from 'node:fs';
import { homedir } from 'node:os';
import { isAbsolute, join, resolve } from 'node:path';
import { InklingError } from '../protocol/errors.ts';
import { isEntryName } from '../protocol/plainName.ts';
import { refuseNetworkPath } from './networkPath.ts';

/** The model that comes with the product. */
export const bundledModelName = 'smollm2-135m-instruct';

/** Where models are looked for, in this order: those that came with the product, then those that the user added. */
export interface ModelFolders {
  readonly bundled: string;
  readonly user: string;
}

/**
 * @param distFolder the folder of the bundles, which holds `models`
 * @param environment `INKLING_MODELS` overrides the user's folder
 */
export function modelFolders(distFolder: string, environment: NodeJS.ProcessEnv = process.env): ModelFolders {
  const user = environment['INKLING_MODELS'] || join(userDataFolder(environment), 'inkling', 'models');
  return { bundled: join(distFolder, 'models'), user };
}

/** The system's folder for a person's application data. */
export function userDataFolder(environment: NodeJS.ProcessEnv): string {
  if (process.platform === 'win32') return environment['LOCALAPPDATA'] || join(homedir(), 'AppData', 'Local');
  if (process.platform === 'darwin') return join(homedir(), 'Library', 'Application Support');
  return environment['XDG_DATA_HOME'] || join(homedir(), '.local', 'share');
}

/**
 * Resolves what a person named: a folder's path, or the name of a model in one of the two folders.
 * @returns an absolute path that exists
 * @throws InklingError `modelMissing`, `fileAccess`
 */
export function findModelFolder(nameOrFolder: string, folders: ModelFolders): string {
  refuseNetworkPath(nameOrFolder);
  const isName = isEntryName(nameOrFolder);
  const places = isName ? [join(folders.bundled, nameOrFolder), join(folders.user, nameOrFolder)] : [];
  const found = [...places, resolve(nameOrFolder)].find((folder) => existsSync(folder));
  if (found) return found;
  if (isAbsolute(nameOrFolder) || !isName) {
    throw new InklingError('modelMissing', `There is no model folder ${nameOrFolder}.`);
  }
  throw new InklingError(
    'modelMissing',
    `There is no model named ${nameOrFolder}: looked in ${folders.bundled} and ${folders.user}.`,
  );
}
