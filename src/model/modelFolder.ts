import { existsSync, realpathSync, statSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { InklingError, sentence } from '../protocol/errors.ts';
import { calibrationFile, isCalibration, type ModelCalibration } from '../protocol/gateCalibration.ts';
import { templateSource } from './chatTemplate.ts';
import { exportedConfig, exportedGraph, exportedTensors, parametersOfExported } from './exportedModel.ts';
import { fileError } from './files/openRegular.ts';
import { readSafetensorsHeader, type TensorEntry } from './files/safetensors.ts';
import { isObject, type JsonObject, readJsonFile, readJsonObject, readSmallFile } from './files/textFile.ts';
import { demandWeights, refuseFolder } from './foreignFiles.ts';
import { type Manifest, readManifest } from './manifest.ts';
import { type ModelConfig, parameterCount, parseModelConfig } from './modelConfig.ts';
import { readTokenizerConfig, readTokenizerJson } from './tokenizerFiles.ts';
import type { BlockLayouts } from './weights/matrixWeights.ts';
import { ModelWeights } from './weights/modelWeights.ts';

export interface ModelFolder {
  readonly path: string;
  readonly name: string;
  readonly config: ModelConfig;
  /** number of weights, an embedding that is the head, too, counted once; 0 where an exported graph does not tell */
  readonly parameters: number;
  readonly weights: ModelWeights;
  /** where the weights' files really lie: a folder of Hugging Face's cache holds links to them */
  readonly weightsFolder: string;
  /** `tokenizer.json`, or the same made of `tokenizer.model`; read anew at each access: it is large and needed once */
  readonly tokenizerJson: object;
  /** `tokenizer_config.json`; empty when there is none */
  readonly tokenizerConfig: Readonly<Record<string, unknown>>;
  /** Jinja source, if the model can hold a conversation */
  readonly chatTemplate: string | undefined;
  readonly manifest: Manifest | undefined;
  /** what its probabilities are worth, where that was measured; read again when its file has changed */
  readonly calibration: ModelCalibration | undefined;
  /** path of a graph that others exported, which is run instead of one made from weights */
  readonly exported?: string;
}

/**
 * Opens a folder in the Hugging Face layout or in our own; reads no weights.
 * @throws InklingError `modelMissing`, `modelBroken`, `modelConfig`, `modelUnsupported`, `fileAccess`
 */
export function openModelFolder(path: string): ModelFolder {
  if (!existsSync(path)) throw new InklingError('modelMissing', sentence`The model folder ${path} does not exist.`);
  if (!existsSync(join(path, 'config.json'))) refuseFolder(path);
  const json = withEndTokens(readJsonFile(join(path, 'config.json')), path);
  const exported = exportedGraph(path);
  const config = exported === undefined ? parseModelConfig(json) : exportedConfig(json);
  const manifest = readManifest(path);
  if (manifest) checkSizes(path, manifest);
  const tokenizerConfig = readTokenizerConfig(path);
  const calibration = calibrationOf(path);
  calibration(); // a damaged one is said at once
  const { weights, weightsFolder } =
    exported === undefined
      ? openWeights(path, config)
      : { weights: new ModelWeights(config, exportedTensors(exported), {}), weightsFolder: dirname(exported) };
  return {
    path,
    name: manifest?.name ?? folderName(path),
    config,
    weights,
    weightsFolder,
    ...(exported === undefined ? {} : { exported }),
    get parameters() {
      return exported === undefined ? parameterCount(config) : parametersOfExported(exported, json);
    },
    get tokenizerJson() {
      return readTokenizerJson(path);
    },
    tokenizerConfig,
    chatTemplate: chatTemplateOf(path, tokenizerConfig),
    manifest,
    get calibration() {
      return calibration();
    },
  };
}

/** In Hugging Face's cache, where a folder is called by its commit, the repository has the name. */
export const folderName = (path: string): string =>
  /[\\/]models--(?:[^\\/]+--)?([^\\/]+)[\\/]snapshots[\\/][^\\/]+[\\/]?$/u.exec(path)?.[1] ?? basename(path);

/** `generation_config.json` knows more tokens that end a text than `config.json` does, such as the end of a turn. */
function withEndTokens(config: Record<string, unknown>, path: string): Record<string, unknown> {
  const idsOf = (json: JsonObject | undefined) => [json?.['eos_token_id']].flat();
  const generation = readJsonObject(join(path, 'generation_config.json'));
  const ids = [...new Set([...idsOf(config), ...idsOf(generation)])].filter((id) => typeof id === 'number');
  return ids.length === 0 ? config : { ...config, eos_token_id: ids };
}

function openWeights(path: string, config: ModelConfig): Pick<ModelFolder, 'weights' | 'weightsFolder'> {
  const names = weightFiles(path);
  demandWeights(path, names);
  const files = names.map((file) => realPath(join(path, file)));
  const weightsFolder = dirname(files[0]!);
  if (files.some((file) => dirname(file) !== weightsFolder)) {
    throw new InklingError('modelUnsupported', sentence`The weights of ${path} are links into several folders.`);
  }
  const tensors = new Map<string, TensorEntry>();
  let blocks: BlockLayouts | undefined;
  for (const file of files) {
    const header = readSafetensorsHeader(file);
    for (const [name, entry] of header.tensors) {
      if (tensors.has(name))
        throw new InklingError('modelBroken', sentence`Two files of ${path} hold the tensor ${name}. Get them again.`);
      tensors.set(name, entry);
    }
    if (header.metadata['blocks']) blocks = parseLayouts(file, header.metadata['blocks']);
  }
  const weights = new ModelWeights(config, tensors, blocks);
  weights.check();
  return { weights, weightsFolder };
}

/** Names of the files, which lie beside the index and nowhere else. */
function weightFiles(path: string): string[] {
  const map = readJsonObject(join(path, 'model.safetensors.index.json'))?.['weight_map'];
  if (map === undefined) return ['model.safetensors'];
  const files = isObject(map) ? [...new Set(Object.values(map))] : [];
  if (files.length > 0 && files.every(isFileName)) return files;
  throw new InklingError(
    'modelBroken',
    sentence`${path} has a model.safetensors.index.json that does not name its files.`,
  );
}

const longestFileName = 255; // bytes

const isFileName = (name: unknown): name is string =>
  typeof name === 'string' &&
  name === basename(name) &&
  /^[^\0\\]+$/u.test(name) &&
  Buffer.byteLength(name) <= longestFileName;

function realPath(path: string): string {
  try {
    return realpathSync(path);
  } catch (error) {
    throw fileError(path, error);
  }
}

function parseLayouts(path: string, text: string): BlockLayouts {
  let layouts: unknown;
  try {
    layouts = JSON.parse(text);
  } catch {
    layouts = undefined;
  }
  if (isObject(layouts) && Object.values(layouts).every(isLayout)) return layouts as BlockLayouts;
  throw new InklingError(
    'modelBroken',
    sentence`${basename(path)} is damaged: its block layouts are none. Get the file again.`,
  );
}

function isLayout(value: unknown): boolean {
  const { bits, blockSize, centre } = isObject(value) ? value : {};
  return (bits === 4 || bits === 8) && blockSizes.has(blockSize) && Number.isInteger(centre);
}

const blockSizes = new Set<unknown>([16, 32, 64, 128, 256]);

function checkSizes(path: string, manifest: Manifest): void {
  for (const [name, expected] of Object.entries(manifest.files)) {
    const size = statSync(join(path, name), { throwIfNoEntry: false })?.size;
    if (size === undefined)
      throw new InklingError('modelMissing', sentence`${name} is missing from the model folder ${path}.`);
    if (size !== expected.sizeBytes) {
      throw new InklingError(
        'modelBroken',
        sentence`${name} has ${size} bytes instead of ${expected.sizeBytes}. Install the model again.`,
      );
    }
  }
}

/** Looks at its file at each call: a model that runs follows what `inkling calibrate` finds meanwhile. */
function calibrationOf(path: string): () => ModelCalibration | undefined {
  const file = join(path, calibrationFile);
  let known: { readonly changed: string; readonly calibration: ModelCalibration | undefined } | undefined;
  return () => {
    const stats = statSync(file, { throwIfNoEntry: false });
    const changed = stats ? `${stats.mtimeMs} ${stats.size} ${stats.ino}` : '';
    if (known?.changed !== changed) known = { changed, calibration: readCalibration(file) };
    return known.calibration;
  };
}

function readCalibration(file: string): ModelCalibration | undefined {
  const json = readJsonObject(file);
  if (json === undefined || isCalibration(json)) return json;
  throw new InklingError('modelBroken', sentence`${file} is damaged. Delete it, or calibrate the model again.`);
}

function chatTemplateOf(path: string, tokenizerConfig: Readonly<Record<string, unknown>>): string | undefined {
  const file = join(path, 'chat_template.jinja');
  if (existsSync(file)) return readSmallFile(file).toString('utf8');
  const inConfig = templateSource(tokenizerConfig['chat_template']);
  return inConfig ?? templateSource(readJsonObject(join(path, 'chat_template.json'))?.['chat_template']);
}
