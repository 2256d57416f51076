import { existsSync, readdirSync, statSync } from 'node:fs';
import { basename, join } from 'node:path';
import { isUnfinished } from '../model/files/unfinishedFolder.ts';
import { parameterCount } from '../model/modelConfig.ts';
import { openModelFolder } from '../model/modelFolder.ts';
import { toInklingError } from '../protocol/errors.ts';
import type { ModelDetails, ModelSummary } from '../protocol/store.ts';

/** Every model folder below the given folders; a broken one is listed with its problem. */
export function listModels(folders: readonly string[]): ModelSummary[] {
  return folders
    .filter((folder) => existsSync(folder))
    .flatMap((folder) => readdirSync(folder, { withFileTypes: true }).map((entry) => join(folder, entry.name)))
    .filter((path) => existsSync(join(path, 'config.json')) && !isUnfinished(path))
    .map(summarise);
}

function summarise(modelFolder: string): ModelSummary {
  try {
    const { name, architecture, parameters, sizeBytes } = showModel(modelFolder);
    return { name, modelFolder, architecture, parameters, sizeBytes };
  } catch (error) {
    const problem = toInklingError(error).message;
    return { name: basename(modelFolder), modelFolder, architecture: '', parameters: 0, sizeBytes: 0, problem };
  }
}

/** @throws InklingError when the folder cannot be used */
export function showModel(modelFolder: string): ModelDetails {
  const { name, config, manifest, chatTemplate } = openModelFolder(modelFolder);
  const files = readdirSync(modelFolder)
    .sort()
    .map((file) => ({
      name: file,
      sizeBytes: statSync(join(modelFolder, file), { throwIfNoEntry: false })?.size ?? 0,
    }));
  return {
    name,
    modelFolder,
    architecture: config.architecture.name,
    parameters: parameterCount(config),
    sizeBytes: files.reduce((sum, file) => sum + file.sizeBytes, 0),
    layers: config.layers,
    hiddenSize: config.hiddenSize,
    vocabularySize: config.vocabularySize,
    contextTokens: config.contextTokens,
    weightFormat: manifest?.weightFormat ?? 'safetensors',
    licence: manifest?.licence ?? 'unknown',
    source: manifest?.source ?? 'unknown',
    hasChatTemplate: chatTemplate !== undefined,
    files: files.map((file) => {
      const sha256 =
        manifest && Object.hasOwn(manifest.files, file.name) ? manifest.files[file.name]?.sha256 : undefined;
      return sha256 ? { ...file, sha256 } : file;
    }),
  };
}
