import { existsSync, readFileSync, realpathSync, statSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { InklingError } from '../protocol/errors.ts';
import { templateSource } from './chatTemplate.ts';
import { fileError } from './files/openRegular.ts';
import { readSafetensorsHeader, type TensorEntry } from './files/safetensors.ts';
import { type ModelConfig, parseModelConfig } from './modelConfig.ts';
import { type BlockLayouts, ModelWeights } from './weights/modelWeights.ts';

/**
 * `inkling.json`: what a folder made by Inkling says about itself. Folders from elsewhere have none.
 * Sizes are checked at every start, checksums when asked for and once in the background.
 */
export interface Manifest {
  readonly name: string;
  readonly source: string;
  readonly licence: string;
  readonly weightFormat: string;
  readonly files: Readonly<Record<string, { readonly sizeBytes: number; readonly sha256: string }>>;
}

export interface ModelFolder {
  readonly path: string;
  readonly name: string;
  readonly config: ModelConfig;
  readonly weights: ModelWeights;
  /** where the weights' files really lie: a folder of Hugging Face's cache holds links to them */
  readonly weightsFolder: string;
  /** `tokenizer.json`, read anew at each access: it is large and needed once */
  readonly tokenizerJson: object;
  /** `tokenizer_config.json`; empty when there is none */
  readonly tokenizerConfig: Readonly<Record<string, unknown>>;
  /** Jinja source, if the model can hold a conversation */
  readonly chatTemplate: string | undefined;
  readonly manifest: Manifest | undefined;
}

/**
 * Opens a folder in the Hugging Face layout or in our own; reads no weights.
 * @throws InklingError `modelMissing`, `modelBroken`, `modelConfig`, `modelUnsupported`, `fileAccess`
 */
export function openModelFolder(path: string): ModelFolder {
  if (!existsSync(path)) throw new InklingError('modelMissing', `The model folder ${path} does not exist.`);
  const config = parseModelConfig(readJson(join(path, 'config.json')));
  const manifest = readOptionalJson(join(path, 'inkling.json')) as Manifest | undefined;
  if (manifest) checkSizes(path, manifest);
  const tokenizerConfig = readOptionalJson(join(path, 'tokenizer_config.json')) ?? {};
  const { weights, weightsFolder } = openWeights(path, config);
  return {
    path,
    name: manifest?.name ?? basename(path),
    config,
    weights,
    weightsFolder,
    get tokenizerJson() {
      return readJson(join(path, 'tokenizer.json'));
    },
    tokenizerConfig,
    chatTemplate: chatTemplateOf(path, tokenizerConfig),
    manifest,
  };
}

function openWeights(path: string, config: ModelConfig): Pick<ModelFolder, 'weights' | 'weightsFolder'> {
  const files = weightFiles(path).map((file) => realPath(join(path, file)));
  const weightsFolder = dirname(files[0]!);
  if (files.some((file) => dirname(file) !== weightsFolder)) {
    throw new InklingError('modelUnsupported', `The weights of ${path} are links into several folders.`);
  }
  const tensors = new Map<string, TensorEntry>();
  let blocks: BlockLayouts | undefined;
  for (const file of files) {
    const header = readSafetensorsHeader(file);
    for (const [name, entry] of header.tensors) tensors.set(name, entry);
    if (header.metadata['blocks']) blocks = parseLayouts(file, header.metadata['blocks']);
  }
  const weights = new ModelWeights(config, tensors, blocks);
  weights.check();
  return { weights, weightsFolder };
}

/** Names of the files, which lie beside the index and nowhere else. */
function weightFiles(path: string): string[] {
  const map = readOptionalJson(join(path, 'model.safetensors.index.json'))?.['weight_map'];
  if (map === undefined) return ['model.safetensors'];
  const files = typeof map === 'object' && map !== null ? [...new Set(Object.values(map))] : [];
  if (files.length > 0 && files.every((file) => typeof file === 'string' && file === basename(file))) {
    return files as string[];
  }
  throw new InklingError('modelBroken', `${path} has a model.safetensors.index.json that does not name its files.`);
}

function realPath(path: string): string {
  try {
    return realpathSync(path);
  } catch (error) {
    throw fileError(path, error);
  }
}

function parseLayouts(path: string, text: string): BlockLayouts {
  try {
    return JSON.parse(text) as BlockLayouts;
  } catch (error) {
    throw new InklingError('modelBroken', `${basename(path)} is damaged: its block layouts are not JSON.`, {
      cause: error,
    });
  }
}

function checkSizes(path: string, manifest: Manifest): void {
  for (const [name, expected] of Object.entries(manifest.files)) {
    const size = statSync(join(path, name), { throwIfNoEntry: false })?.size;
    if (size === undefined) throw new InklingError('modelMissing', `${name} is missing from the model folder ${path}.`);
    if (size !== expected.sizeBytes) {
      throw new InklingError(
        'modelBroken',
        `${name} has ${size} bytes instead of ${expected.sizeBytes}. Install the model again.`,
      );
    }
  }
}

function chatTemplateOf(path: string, tokenizerConfig: Readonly<Record<string, unknown>>): string | undefined {
  const file = join(path, 'chat_template.jinja');
  if (existsSync(file)) return readFileSync(file, 'utf8');
  const inConfig = templateSource(tokenizerConfig['chat_template']);
  return inConfig ?? templateSource(readOptionalJson(join(path, 'chat_template.json'))?.['chat_template']);
}

function readJson(path: string): Record<string, unknown> {
  let text: string;
  try {
    text = readFileSync(path, 'utf8');
  } catch (error) {
    throw fileError(path, error);
  }
  try {
    const value: unknown = JSON.parse(text);
    if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value as Record<string, unknown>;
  } catch (error) {
    throw new InklingError('modelBroken', `${path} is not valid JSON.`, { cause: error });
  }
  throw new InklingError('modelBroken', `${path} holds no JSON object.`);
}

const readOptionalJson = (path: string) => (existsSync(path) ? readJson(path) : undefined);
