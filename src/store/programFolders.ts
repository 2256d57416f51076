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
export function huggingFaceHub(places: Places): string {
  const all = named(places, 'HF_HOME') ?? join(caches(places), 'huggingface');
  return named(places, 'HF_HUB_CACHE') ?? named(places, 'HUGGINGFACE_HUB_CACHE') ?? join(all, 'hub');
}

/** transformers.js keeps what it fetches in its own package: of a project, or of programs installed for all. */
export function transformersJsCaches(places: Places): string[] {
  const { home, platform, root, projects } = places;
  const prefix = named(places, 'npm_config_prefix');
  const windows = join(named(places, 'APPDATA') ?? join(home, 'AppData/Roaming'), 'npm');
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
  const { home, platform } = places;
  const usual = { darwin: join(home, 'Library/Caches'), win32: localAppData(places) } as Partial<
    Record<NodeJS.Platform, string>
  >;
  return named(places, 'LLAMA_CACHE') ?? join(usual[platform] ?? caches(places), 'llama.cpp');
}

/** Of the program, and of its library for Python. */
export function gpt4allFolders(places: Places): string[] {
  const { home, platform } = places;
  const data = { darwin: join(home, 'Library/Application Support'), win32: localAppData(places) } as Partial<
    Record<NodeJS.Platform, string>
  >;
  const ofProgram = data[platform] ?? named(places, 'XDG_DATA_HOME') ?? join(home, '.local/share');
  return [join(ofProgram, 'nomic.ai/GPT4All'), join(home, '.cache/gpt4all')];
}

/** On Linux it mostly runs as a service, which keeps its models in a home of its own. */
export function ollamaFolders(places: Places): string[] {
  const { home, platform, root } = places;
  const chosen = named(places, 'OLLAMA_MODELS');
  if (chosen !== undefined) return [chosen];
  return [
    join(home, '.ollama/models'),
    ...(platform === 'linux' ? [join(root, 'usr/share/ollama/.ollama/models')] : []),
  ];
}

/** [] for anything else: a relative one, or an empty one, would lead to where this process happens to be */
const wholePath = (path: unknown): string[] => (typeof path === 'string' && isAbsolute(path) ? [resolve(path)] : []);

const caches = (places: Places): string => named(places, 'XDG_CACHE_HOME') ?? join(places.home, '.cache');

const localAppData = (places: Places): string => named(places, 'LOCALAPPDATA') ?? join(places.home, 'AppData/Local');

/**
 * The folder that a variable of the environment names, as the programs read it that set it for themselves: `~` is a
 * person's home, `$NAME` and `${NAME}` are other variables, and quotes around it are left over from a settings file.
 * @returns undefined where it names none, or none that can be known from here
 */
function named({ home, environment }: Places, variable: string): string | undefined {
  const said = environment[variable]?.trim().replace(/^(["'])(.*)\1$/u, '$2') ?? '';
  const path = said.replace(/\$(?:(\w+)|\{(\w+)\})/gu, (all, plain, braced) => environment[plain ?? braced] ?? all);
  return wholePath(path.replace(/^~(?=$|[\\/])/u, () => home))[0];
}

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
