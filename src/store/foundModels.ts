import { existsSync, readdirSync, statSync } from 'node:fs';
import { basename, join } from 'node:path';
import { architectures } from '../model/architectures.ts';
import { readGgufHeader } from '../model/files/gguf.ts';
import { type JsonObject, readJsonFile } from '../model/files/textFile.ts';
import { namedArchitecture } from '../model/modelConfig.ts';
import { toInklingError } from '../protocol/errors.ts';
import type { FoundModel, FoundModels } from '../protocol/store.ts';

/** Where other programs keep models, for one person on one system. */
export interface Places {
  readonly home: string;
  readonly platform: NodeJS.Platform;
  readonly environment: NodeJS.ProcessEnv;
}

/** Folders below a place that are looked into, and files that are listed: somebody may have linked a whole disk there. */
const mostDepth = 5;
const mostFolders = 2_000;
const mostModels = 500;
/** Parts of split files but the first, and what is no language model by itself. */
const furtherParts = /-(?!00001)\d{5}-of-\d{5}\.gguf$|mmproj|imatrix/iu;

/**
 * Models that other programs have put on this disk, with what would be said if they were added. Only names, headers and
 * config.json are read. Broken ones and those that cannot be run are listed with their problem.
 */
export function findModels(places: Places): FoundModels {
  const { home, platform, environment } = places;
  const cache = environment['XDG_CACHE_HOME'] || join(home, platform === 'darwin' ? 'Library/Caches' : '.cache');
  const huggingFace =
    environment['HF_HUB_CACHE'] || join(environment['HF_HOME'] || join(home, '.cache/huggingface'), 'hub');
  const models = [
    ...huggingFaceModels(huggingFace),
    ...ggufsBelow(join(home, '.lmstudio/models'), 'LM Studio'),
    ...ggufsBelow(join(home, '.cache/lm-studio/models'), 'LM Studio'),
    ...ggufsBelow(environment['LLAMA_CACHE'] || join(cache, 'llama.cpp'), 'llama.cpp'),
    ...ggufsBelow(gpt4allFolder(places), 'GPT4All'),
    ...ollamaModels(environment['OLLAMA_MODELS'] || join(home, '.ollama/models')),
  ];
  return { models: models.slice(0, mostModels) };
}

function gpt4allFolder({ home, platform, environment }: Places): string {
  if (platform === 'darwin') return join(home, 'Library/Application Support/nomic.ai/GPT4All');
  const data = platform === 'win32' ? environment['LOCALAPPDATA'] : environment['XDG_DATA_HOME'];
  return join(data || join(home, platform === 'win32' ? 'AppData/Local' : '.local/share'), 'nomic.ai/GPT4All');
}

/** `models--OWNER--NAME/snapshots/COMMIT`, whose files are links: a folder of safetensors, or GGUF files. */
function huggingFaceModels(hub: string): FoundModel[] {
  return foldersIn(hub)
    .filter((name) => name.startsWith('models--'))
    .flatMap((name) => {
      const id = name.slice('models--'.length).replaceAll('--', '/');
      return foldersIn(join(hub, name, 'snapshots')).flatMap((commit) => {
        const folder = join(hub, name, 'snapshots', commit);
        const weights = filesIn(folder).filter((file) => /^model(?:-\d{5}-of-\d{5})?\.safetensors$/u.test(file));
        const ofFolder =
          weights.length > 0 && existsSync(join(folder, 'config.json')) ? [folderModel(id, folder, weights)] : [];
        return [...ofFolder, ...ggufsBelow(folder, 'Hugging Face')];
      });
    });
}

function folderModel(id: string, path: string, weights: readonly string[]): FoundModel {
  const sizeBytes = weights.reduce((sum, file) => sum + sizeOf(join(path, file)), 0);
  return described({ name: basename(id), path, from: 'Hugging Face', sizeBytes }, () => {
    const { name, known } = namedArchitecture(readJsonFile(join(path, 'config.json')));
    return { name, isKnown: known !== undefined };
  });
}

/** A manifest names the blob that holds the weights: a GGUF file without the ending. */
function ollamaModels(folder: string): FoundModel[] {
  return filesBelow(join(folder, 'manifests'), () => true).flatMap((path) => {
    const layers = jsonAt(path)?.['layers'];
    const layer = (Array.isArray(layers) ? layers : [])
      .map((each) => Object(each) as { mediaType?: unknown; digest?: unknown })
      .find(({ mediaType }) => mediaType === 'application/vnd.ollama.image.model');
    const digest = /^sha256:([0-9a-f]{64})$/u.exec(String(layer?.digest))?.[1];
    const blob = digest === undefined ? undefined : join(folder, 'blobs', `sha256-${digest}`);
    if (blob === undefined || !existsSync(blob)) return [];
    const [tag, name] = path.split(/[\\/]/u).reverse();
    return [ggufModel(blob, 'Ollama', tag === 'latest' ? name! : `${name}-${tag}`)];
  });
}

const ggufsBelow = (folder: string, from: FoundModel['from']): FoundModel[] =>
  filesBelow(folder, (file) => /\.gguf$/iu.test(file) && !furtherParts.test(file)).map((path) =>
    ggufModel(path, from, basename(path).replace(/(?:-00001-of-\d{5})?\.gguf$/iu, '')),
  );

const ggufModel = (path: string, from: FoundModel['from'], name: string): FoundModel =>
  described({ name, path, from, sizeBytes: sizeOf(path) }, () => {
    const architecture = String(readGgufHeader(path).metadata.get('general.architecture') ?? '');
    return { name: architecture, isKnown: architectures.some(({ ggufName }) => ggufName === architecture) };
  });

function described(
  found: Omit<FoundModel, 'architecture' | 'problem'>,
  architectureOf: () => { name: string; isKnown: boolean },
): FoundModel {
  try {
    const { name, isKnown } = architectureOf();
    const problem = isKnown ? {} : { problem: `Models of the kind "${name}" cannot be run.` };
    return { ...found, architecture: name, ...problem };
  } catch (error) {
    return { ...found, architecture: '', problem: toInklingError(error).message };
  }
}

function jsonAt(path: string): JsonObject | undefined {
  try {
    return readJsonFile(path);
  } catch {
    return undefined; // not a manifest
  }
}

/** Files of a tree, links followed, up to the bounds. */
function filesBelow(folder: string, isWanted: (file: string) => boolean): string[] {
  const found: string[] = [];
  let folders = 0;
  const look = (path: string, depth: number) => {
    if (depth > mostDepth || ++folders > mostFolders || found.length >= mostModels) return;
    found.push(
      ...filesIn(path)
        .filter(isWanted)
        .map((file) => join(path, file)),
    );
    for (const name of foldersIn(path)) look(join(path, name), depth + 1);
  };
  look(folder, 0);
  return found;
}

const sizeOf = (path: string): number => statSync(path, { throwIfNoEntry: false })?.size ?? 0;
const filesIn = (folder: string): string[] => entriesOf(folder).filter((name) => kindOf(join(folder, name)) === 'file');
const foldersIn = (folder: string): string[] =>
  entriesOf(folder).filter((name) => kindOf(join(folder, name)) === 'folder');

function kindOf(path: string): 'file' | 'folder' | undefined {
  const found = statSync(path, { throwIfNoEntry: false });
  return found?.isFile() ? 'file' : found?.isDirectory() ? 'folder' : undefined;
}

/** [] for what is not there or may not be read. */
function entriesOf(folder: string): string[] {
  try {
    return readdirSync(folder).sort();
  } catch {
    return [];
  }
}
