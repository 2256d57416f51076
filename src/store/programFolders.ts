import { isAbsolute, join, resolve } from 'node:path';
import { readJsonObject, readSmallFile } from '../model/files/textFile.ts';

/** Where other programs keep models, for one person on one system. */
export interface Places {
  readonly home: string;
  readonly platform: NodeJS.Platform;
  readonly environment: NodeJS.ProcessEnv;
  /** above the folders of programs that are there for all; `/` except in tests */
  readonly root: string;
  /** folders of programs that may have transformers.js among their packages */
  readonly projects: readonly string[];
}

/** As huggingface_hub chooses it; newer versions of llama.cpp put their models there, too. */
export function huggingFaceHub({ home, environment }: Places): string {
  const { HF_HUB_CACHE, HUGGINGFACE_HUB_CACHE, HF_HOME, XDG_CACHE_HOME } = environment;
  const all = HF_HOME || join(XDG_CACHE_HOME || join(home, '.cache'), 'huggingface');
  return HF_HUB_CACHE || HUGGINGFACE_HUB_CACHE || join(all, 'hub');
}

/** transformers.js keeps what it fetches in its own package: of a project, or of programs installed for all. */
export function transformersJsCaches({ home, platform, environment, root, projects }: Places): string[] {
  const prefix = environment['npm_config_prefix'];
  const windows = join(environment['APPDATA'] || join(home, 'AppData/Roaming'), 'npm');
  const unix = [join(home, '.npm-global/lib'), join(root, 'usr/local/lib'), join(root, 'usr/lib')];
  const shared = platform === 'win32' ? [windows] : unix;
  const programs = [...projects, home, ...(prefix ? [join(prefix, platform === 'win32' ? '' : 'lib')] : []), ...shared];
  const folders = programs.flatMap((program) =>
    ['@huggingface/transformers', '@xenova/transformers'].map((name) => join(program, 'node_modules', name, '.cache')),
  );
  return [...new Set(folders)];
}

/** Its home may be named by a file, and its models' folder by its settings. */
export function lmStudioFolders({ home }: Places): string[] {
  const named = firstLine(join(home, '.lmstudio-home-pointer'));
  const homes = [...wholePath(named), join(home, '.lmstudio'), join(home, '.cache/lm-studio')];
  const chosen = homes.flatMap((folder) =>
    wholePath(readQuietly(() => readJsonObject(join(folder, 'settings.json')))?.['downloadsFolder']),
  );
  return [...new Set([...homes.map((folder) => join(folder, 'models')), ...chosen])];
}

export function llamaCppCache(places: Places): string {
  const { home, platform, environment } = places;
  if (environment['LLAMA_CACHE']) return environment['LLAMA_CACHE'];
  if (platform === 'darwin') return join(home, 'Library/Caches/llama.cpp');
  return join(
    platform === 'win32' ? localAppData(places) : environment['XDG_CACHE_HOME'] || join(home, '.cache'),
    'llama.cpp',
  );
}

/** Of the program, and of its library for Python. */
export function gpt4allFolders(places: Places): string[] {
  const { home, platform, environment } = places;
  const data = { darwin: join(home, 'Library/Application Support'), win32: localAppData(places) } as Partial<
    Record<NodeJS.Platform, string>
  >;
  const ofProgram = data[platform] ?? (environment['XDG_DATA_HOME'] || join(home, '.local/share'));
  return [join(ofProgram, 'nomic.ai/GPT4All'), join(home, '.cache/gpt4all')];
}

/** On Linux it mostly runs as a service, which keeps its models in a home of its own. */
export function ollamaFolders({ home, platform, environment, root }: Places): string[] {
  if (environment['OLLAMA_MODELS']) return [environment['OLLAMA_MODELS']];
  return [
    join(home, '.ollama/models'),
    ...(platform === 'linux' ? [join(root, 'usr/share/ollama/.ollama/models')] : []),
  ];
}

/** [] for anything else: a relative one, or an empty one, would lead to where this process happens to be */
const wholePath = (path: unknown): string[] => (typeof path === 'string' && isAbsolute(path) ? [resolve(path)] : []);

const localAppData = ({ home, environment }: Places): string =>
  environment['LOCALAPPDATA'] || join(home, 'AppData/Local');

const firstLine = (path: string): string | undefined =>
  readQuietly(() => readSmallFile(path).toString())
    ?.split('\n')[0]
    ?.trim() || undefined;

/** @returns undefined where there is nothing, or nothing that can be read: another program's fault is not ours to tell */
function readQuietly<T>(read: () => T): T | undefined {
  try {
    return read();
  } catch {
    return undefined;
  }
}
