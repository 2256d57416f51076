import { existsSync, readFileSync } from 'node:fs';
import { homedir, userInfo } from 'node:os';
import { isAbsolute, join, resolve } from 'node:path';
import { adapterFiles, runFolderOf } from '../protocol/adapters.ts';
import { InklingError, sentence } from '../protocol/errors.ts';
import { isEntryName, isPlainName } from '../protocol/plainName.ts';

/** The model that comes with the product. */
export const bundledModelName = 'smollm2-135m-instruct';

/** Models are fetched from here when somebody asks for one, unless they name another. */
export const defaultHub = 'https://huggingface.co';

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

/**
 * The lists of models that are recommended: the product's own, and one that a person may put beside their models.
 * @param distFolder the folder of the bundles, beside which `media` lies
 */
export const modelLists = (distFolder: string, { user }: ModelFolders): readonly string[] => [
  join(distFolder, '..', 'media', 'models.json'),
  join(user, 'recommended.json'),
];

/** The system's folder for a person's application data. */
export function userDataFolder(environment: NodeJS.ProcessEnv): string {
  if (process.platform === 'win32') return environment['LOCALAPPDATA'] || join(homeFolder(), 'AppData', 'Local');
  if (process.platform === 'darwin') return join(homeFolder(), 'Library', 'Application Support');
  const { XDG_DATA_HOME: data = '' } = environment;
  return isAbsolute(data) ? data : join(homeFolder(), '.local', 'share'); // a path that is not absolute is none, says its specification
}

/** Never '': that would be the current folder. */
function homeFolder(): string {
  const told = homedir(); // as `HOME` says
  return isAbsolute(told) ? told : userInfo().homedir;
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
    throw new InklingError('modelMissing', sentence`There is no model folder ${nameOrFolder}.`);
  }
  throw new InklingError(
    'modelMissing',
    sentence`There is no model named ${nameOrFolder}: looked in ${folders.bundled} and ${folders.user}.`,
  );
}

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
  throw new InklingError(
    'modelMissing',
    isAbsolute(nameOrFolder) || !isName
      ? sentence`There is no adapter ${nameOrFolder}.`
      : sentence`There is no adapter ${nameOrFolder}: looked in ${folder}.`,
  );
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

/**
 * Refuses a path that leads to another machine: on Windows, merely looking whether it exists connects to that machine and
 * gives it the person's name. `\\?\C:\…` is a path of this machine.
 * @throws InklingError `fileAccess`
 */
export function refuseNetworkPath(path: string, platform: NodeJS.Platform = process.platform): void {
  if (platform !== 'win32' || !/^\s*[\\/]{2}(?![?.][\\/][a-z]:[\\/])/iu.test(path)) return;
  throw new InklingError(
    'fileAccess',
    sentence`${path} is on another machine. Models and adapters are read from this one only.`,
  );
}

/**
 * About how many parameters a model has, from its configuration alone; undefined where that does not tell.
 * @param folder a model folder with a `config.json` of the Llama family
 */
export function parametersOf(folder: string): number | undefined {
  const config = readConfig(folder);
  const figure = (name: string) => (typeof config[name] === 'number' ? config[name] : Number.NaN);
  const hidden = figure('hidden_size');
  const heads = figure('num_attention_heads');
  const headSize = figure('head_dim') || hidden / heads;
  const attention = 2 * hidden * headSize * (heads + (figure('num_key_value_heads') || heads));
  const feedForward = 3 * hidden * figure('intermediate_size');
  const embeddings = figure('vocab_size') * hidden * (config['tie_word_embeddings'] === true ? 1 : 2);
  const parameters = figure('num_hidden_layers') * (attention + feedForward) + embeddings;
  return Number.isFinite(parameters) ? parameters : undefined;
}

function readConfig(folder: string): Readonly<Record<string, unknown>> {
  try {
    const config: unknown = JSON.parse(readFileSync(join(folder, 'config.json'), 'utf8'));
    return typeof config === 'object' && config !== null ? { ...config } : {};
  } catch {
    return {}; // loading the model says what is wrong with it
  }
}
