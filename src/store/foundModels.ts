import { statSync } from 'node:fs';
import { basename, join, relative } from 'node:path';
import { architectures } from '../model/architectures.ts';
import { exportedConfig, exportedFiles, exportedGraph, refuseOtherThanDecoders } from '../model/exportedModel.ts';
import { readGgufHeader } from '../model/files/gguf.ts';
import { type JsonObject, readJsonFile } from '../model/files/textFile.ts';
import { namedArchitecture } from '../model/modelConfig.ts';
import { configuredKind, openPipelineFolder } from '../model/pipelineFolder.ts';
import { InklingError, problemOf, type Sentence, sentence } from '../protocol/errors.ts';
import type { FoundModel, FoundModels } from '../protocol/store.ts';
import { LookAround } from './lookAround.ts';
import { ollamaManifests } from './ollamaManifests.ts';
import {
  gpt4allFolders,
  huggingFaceHub,
  llamaCppCache,
  lmStudioFolders,
  ollamaFolders,
  type Places,
  transformersJsCaches,
} from './programFolders.ts';

/** Of one place, and of all together. */
const mostModels = 500;
/** Parts of split files but the first, and what is no language model by itself. */
const furtherParts = /-(?!00001)\d{5}-of-\d{5}\.gguf$|mmproj|imatrix/iu;

/**
 * Models that other programs have put on this disk, with what would be said if they were added. Only names, headers and
 * config.json are read. Broken ones and those that cannot be run are listed with their problem.
 */
export function findModels(places: Places): FoundModels {
  const found = [
    huggingFaceModels(huggingFaceHub(places)),
    ...transformersJsCaches(places).map(transformersJsModels),
    ...lmStudioFolders(places).map((folder) => ggufsBelow(folder, 'LM Studio')),
    ggufsBelow(llamaCppCache(places), 'llama.cpp'),
    ...gpt4allFolders(places).map((folder) => ggufsBelow(folder, 'GPT4All')),
    ...ollamaFolders(places).map(ollamaModels),
  ];
  return { models: found.flatMap((models) => [...firstOf(models, mostModels)]).slice(0, mostModels) };
}

function* firstOf<T>(values: Iterable<T>, count: number): Generator<T> {
  let given = 0;
  for (const value of values) {
    if (given++ === count) return;
    yield value;
  }
}

/** `models--OWNER--NAME/snapshots/COMMIT`, whose files are links: a folder of safetensors or ONNX, or GGUF files. */
function* huggingFaceModels(hub: string): Generator<FoundModel> {
  const look = new LookAround();
  for (const name of look.read(hub).folders) {
    if (!name.startsWith('models--')) continue;
    const snapshots = join(hub, name, 'snapshots');
    const id = name.slice('models--'.length).replaceAll('--', '/');
    for (const commit of look.read(snapshots).folders) {
      const folder = join(snapshots, commit);
      const ofFolder = folderModel(look, { name: basename(id), path: folder, from: 'Hugging Face' });
      if (ofFolder) yield ofFolder;
      yield* ggufsBelow(folder, 'Hugging Face', look);
    }
  }
}

/** `OWNER/NAME`, or `OWNER/NAME/REVISION` where another one than the newest was asked for. */
function* transformersJsModels(cache: string): Generator<FoundModel> {
  const look = new LookAround();
  for (const path of look.below(cache)) {
    if (path === cache) continue;
    const [owner = '', name = owner, ...revision] = relative(cache, path).split(/[\\/]/u);
    const found = folderModel(look, { name: [name, ...revision].join('-'), path, from: 'transformers.js' });
    if (found) yield found;
  }
}

const weights = /^model(?:-\d{5}-of-\d{5})?\.safetensors$/u;

/** @returns undefined for a folder without weights, or without what describes them */
function folderModel(
  look: LookAround,
  { path, ...about }: Pick<FoundModel, 'name' | 'path' | 'from'>,
): FoundModel | undefined {
  const { files, folders } = look.read(path);
  if (!files.includes('config.json')) return undefined;
  const tensors = files.filter((file) => weights.test(file)).map((file) => join(path, file));
  const below = folders.includes('onnx') ? look.read(join(path, 'onnx')).files.map((file) => join('onnx', file)) : [];
  const graphs = [...files, ...below].filter((file) => file.endsWith('.onnx')).map((file) => join(path, file));
  if (tensors.length + graphs.length === 0) return undefined;
  return described({ ...about, path, sizeBytes: sizeOf(tensors.length > 0 ? tensors : graphs) }, () => {
    const config = readJsonFile(join(path, 'config.json'));
    if (configuredKind(config)) return pipelineIn(path, about.name);
    return tensors.length > 0 || exportedGraph(path) === undefined ? decoderIn(config) : exportedIn(path, config);
  });
}

interface Known extends Partial<Pick<FoundModel, 'sizeBytes' | 'runsThere'>> {
  readonly name: string;
  readonly isKnown: boolean;
}

function decoderIn(config: JsonObject): Known {
  const { name, known } = namedArchitecture(config);
  return { name, isKnown: known !== undefined };
}

/** Of the graphs of a model for one task those count that would be taken. @throws InklingError where some are missing */
function pipelineIn(path: string, name: string): Known {
  const { architecture, subfolder, onnxFiles } = openPipelineFolder(path, name);
  const files = onnxFiles.flatMap((file) => exportedFiles(join(path, subfolder, file)));
  return { name: architecture, isKnown: true, sizeBytes: sizeOf(files) };
}

/** A decoder in ONNX is not converted: it can be used where it lies. @throws InklingError where it cannot be used */
function exportedIn(path: string, config: JsonObject): Known {
  refuseOtherThanDecoders(basename(path), config);
  const { architecture } = exportedConfig(config);
  if (sizeOf([join(path, 'tokenizer.json')]) === 0)
    throw new InklingError('modelMissing', sentence`It has no tokenizer.json, which a model is read with.`);
  const files = exportedFiles(exportedGraph(path)!);
  return { name: architecture.name, isKnown: true, sizeBytes: sizeOf(files), runsThere: true };
}

function* ollamaModels(folder: string): Generator<FoundModel> {
  for (const { name, path, problem } of ollamaManifests(folder)) {
    if (problem) yield { name, path, from: 'Ollama', sizeBytes: 0, architecture: '', ...problemOf(unusable(problem)) };
    else if (sizeOf([path]) > 0) yield ggufModel(path, 'Ollama', name);
  }
}

const unusable = (problem: Sentence) => new InklingError('modelUnsupported', problem);

function* ggufsBelow(folder: string, from: FoundModel['from'], look = new LookAround()): Generator<FoundModel> {
  for (const path of filesBelow(folder, (file) => /\.gguf$/iu.test(file) && !furtherParts.test(file), look))
    yield ggufModel(path, from, basename(path).replace(/(?:-00001-of-\d{5})?\.gguf$/iu, ''));
}

const ggufModel = (path: string, from: FoundModel['from'], name: string): FoundModel =>
  described({ name, path, from, sizeBytes: sizeOf([path]) }, () => {
    const architecture = String(readGgufHeader(path).metadata.get('general.architecture') ?? '');
    return { name: architecture, isKnown: architectures.some(({ ggufName }) => ggufName === architecture) };
  });

function described(found: Omit<FoundModel, 'architecture' | 'problem'>, read: () => Known): FoundModel {
  let architecture = '';
  try {
    const { name, isKnown, ...more } = read();
    architecture = name;
    if (!isKnown) throw unusable(sentence`Models of the kind "${name}" cannot be run.`);
    return { ...found, ...more, architecture };
  } catch (error) {
    return { ...found, architecture, ...problemOf(error) };
  }
}

function* filesBelow(folder: string, isWanted: (file: string) => boolean, look = new LookAround()): Generator<string> {
  for (const path of look.below(folder))
    yield* look
      .read(path)
      .files.filter(isWanted)
      .map((file) => join(path, file));
}

const sizeOf = (paths: readonly string[]): number => paths.reduce((sum, path) => sum + sizeOfFile(path), 0);

function sizeOfFile(path: string): number {
  try {
    return statSync(path).size;
  } catch {
    return 0; // it is gone, may not be looked at, or is a link in a circle
  }
}
