import { existsSync, readdirSync, statSync } from 'node:fs';
import { basename, join } from 'node:path';
import { triedTemplate } from '../model/chatTemplate.ts';
import { exportedFiles } from '../model/exportedModel.ts';
import { isUnfinished } from '../model/files/unfinishedFolder.ts';
import { type Manifest, readManifest } from '../model/manifest.ts';
import { folderName, type ModelFolder, openModelFolder } from '../model/modelFolder.ts';
import { openTokenizer } from '../model/openTokenizer.ts';
import { openPipelineFolder, pipelineKindOf } from '../model/pipelineFolder.ts';
import { problemOf } from '../protocol/errors.ts';
import type { ModelDetails, ModelSummary } from '../protocol/store.ts';
import { readModelCard } from './modelCard.ts';

/**
 * Every model folder below the given folders; a broken one is listed with its problem.
 * @param elsewhere model folders of other programs, which are listed as well, and with their problem when they are gone
 */
export function listModels(folders: readonly string[], elsewhere: readonly string[] = []): ModelSummary[] {
  const own = folders
    .filter((folder) => existsSync(folder))
    .flatMap((folder) => readdirSync(folder, { withFileTypes: true }).map((entry) => join(folder, entry.name)))
    .filter((path) => existsSync(join(path, 'config.json')) && !isUnfinished(path));
  return [...new Set([...own, ...elsewhere])].map(summarise);
}

function summarise(modelFolder: string): ModelSummary {
  try {
    const { name, architecture, parameters, sizeBytes, licence, contextTokens, languages, ...details } =
      readDetails(modelFolder);
    const { pipeline, chatTemplateProblem } = details;
    return {
      ...{ name, modelFolder, architecture, parameters, sizeBytes, licence, contextTokens, languages },
      ...(pipeline ? { pipeline } : {}),
      ...(chatTemplateProblem === undefined ? {} : { chatTemplateProblem }),
    };
  } catch (error) {
    const nothing = { architecture: '', parameters: 0, sizeBytes: 0, licence: '', contextTokens: 0, languages: [] };
    return { name: folderName(modelFolder), modelFolder, ...nothing, ...problemOf(error) };
  }
}

/** Tries the chat template as well, which takes a moment. @throws InklingError when the folder cannot be used */
export function showModel(modelFolder: string): ModelDetails {
  if (pipelineKindOf(modelFolder)) return showPipeline(modelFolder);
  const folder = openModelFolder(modelFolder);
  const details = detailsOf(folder);
  if (!details.hasChatTemplate) return details;
  const found = chatTemplateProblem(folder);
  return { ...details, ...found, hasChatTemplate: found.chatTemplateProblem === undefined };
}

/** What a model's notes say of its chat template, and what is told of it: nothing when it can be used, or there is none. */
export function chatTemplateProblem(folder: ModelFolder): Pick<ModelSummary, 'chatTemplateProblem'> {
  if (folder.chatTemplate === undefined) return {};
  const { problem } = triedTemplate(folder, openTokenizer(folder));
  return problem === undefined ? {} : { chatTemplateProblem: problem };
}

/**
 * What its files and the notes of its adding say, as they are listed; nothing is tried.
 * @throws InklingError when the folder cannot be used
 */
export const readDetails = (modelFolder: string): ModelDetails =>
  pipelineKindOf(modelFolder) ? showPipeline(modelFolder) : detailsOf(openModelFolder(modelFolder));

function detailsOf(folder: ModelFolder): ModelDetails {
  const { path: modelFolder, name, config, parameters, manifest, chatTemplate, exported } = folder;
  const card = readModelCard(modelFolder);
  const files = [
    ...filesOf(modelFolder, manifest),
    ...(exported === undefined ? [] : graphsBelow(modelFolder, exported)),
  ];
  return {
    name,
    modelFolder,
    architecture: config.architecture.name,
    parameters,
    sizeBytes: files.reduce((sum, file) => sum + file.sizeBytes, 0),
    layers: config.layers,
    hiddenSize: config.hiddenSize,
    vocabularySize: config.vocabularySize,
    contextTokens: config.contextTokens,
    weightFormat: manifest?.weightFormat ?? (exported === undefined ? 'safetensors' : 'ONNX'),
    ...(manifest?.accuracy ? { accuracy: manifest.accuracy } : {}),
    licence: manifest?.licence ?? (card.licence || 'unknown'),
    languages: manifest?.languages ?? card.languages,
    source: manifest?.source ?? 'unknown',
    hasChatTemplate: chatTemplate !== undefined && manifest?.chatTemplateProblem === undefined,
    ...(manifest?.chatTemplateProblem ? { chatTemplateProblem: manifest.chatTemplateProblem } : {}),
    files,
  };
}

/** A model for one task: what its configuration says, as far as it says the same things. */
function showPipeline(modelFolder: string): ModelDetails {
  const { name, architecture, kind, uses, languages, contextTokens, dtype, onnxFiles, jsonFiles, subfolder } =
    openPipelineFolder(modelFolder);
  const manifest = readManifest(modelFolder);
  const own = new Set([...jsonFiles, ...onnxFiles, 'inkling.json']);
  const files = [
    ...filesOf(modelFolder, manifest).filter((file) => own.has(file.name)),
    ...(subfolder === '' ? [] : filesOf(join(modelFolder, subfolder), undefined).filter((file) => own.has(file.name))),
  ];
  return {
    name,
    modelFolder,
    architecture,
    parameters: 0,
    sizeBytes: files.reduce((sum, file) => sum + file.sizeBytes, 0),
    pipeline: { kind, uses, ...(languages ? { languages } : {}) },
    layers: 0,
    hiddenSize: 0,
    vocabularySize: 0,
    contextTokens,
    weightFormat: `ONNX ${dtype}`,
    licence: manifest?.licence ?? 'unknown',
    languages: manifest?.languages ?? readModelCard(modelFolder).languages,
    source: manifest?.source ?? 'unknown',
    hasChatTemplate: false,
    files,
  };
}

/** An exported graph and its numbers where they lie in a folder of their own; other graphs beside them are not counted. */
const graphsBelow = (folder: string, graph: string): ModelDetails['files'] =>
  existsSync(join(folder, basename(graph)))
    ? []
    : exportedFiles(graph).map((file) => ({ name: `onnx/${basename(file)}`, sizeBytes: statSync(file).size }));

function filesOf(folder: string, manifest: Manifest | undefined): ModelDetails['files'] {
  return readdirSync(folder, { withFileTypes: true })
    .filter((entry) => !entry.isDirectory())
    .map(({ name }) => name)
    .sort()
    .map((name) => {
      const sizeBytes = statSync(join(folder, name), { throwIfNoEntry: false })?.size ?? 0;
      const sha256 = manifest && Object.hasOwn(manifest.files, name) ? manifest.files[name]?.sha256 : undefined;
      return { name, sizeBytes, ...(sha256 ? { sha256 } : {}) };
    });
}
