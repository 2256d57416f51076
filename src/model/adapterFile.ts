/**
 * LoRA adapters in the folder layout of PEFT (https://huggingface.co/docs/peft): adapter_config.json,
 * adapter_model.safetensors, and our own inkling-adapter.json beside them, which PEFT does not look at.
 */
import { writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { adapterFiles } from '../protocol/adapterLayout.ts';
import { InklingError, systemCode } from '../protocol/errors.ts';
import { type LinearName, linearNames, linearShape } from './architectures.ts';
import { type JsonObject, readJsonObject } from './files/jsonFile.ts';
import {
  readFloat32Tensor,
  readSafetensorsHeader,
  type TensorEntry,
  type TensorSource,
  writeSafetensors,
} from './files/safetensors.ts';
import { UnfinishedFolder } from './files/unfinishedFolder.ts';
import type { ModelConfig } from './modelConfig.ts';

/** The addition to one linear map: y += scale · B·A·x */
export interface LoraPair {
  readonly layer: number;
  readonly target: LinearName;
  readonly rank: number;
  readonly scale: number;
  /** (rank, inputs) */
  readonly a: Float32Array;
  /** (outputs, rank) */
  readonly b: Float32Array;
}

export interface Adapter {
  readonly name: string;
  readonly pairs: readonly LoraPair[];
  /** undefined for an adapter that was made elsewhere */
  readonly provenance: AdapterProvenance | undefined;
}

/** Where an adapter comes from: enough to refuse it on another model and to make it again. */
export interface AdapterProvenance {
  readonly name: string;
  readonly createdAt: string;
  readonly base: { readonly name: string; readonly fingerprint: string };
  readonly dataDigest: string;
  readonly options: object;
  readonly steps: number;
  readonly validationLossBefore?: number;
  readonly validationLoss?: number;
  readonly versions: Readonly<Record<string, string>>;
}

/**
 * @param base the model that the adapter is to run on, and its modelFingerprint
 * @throws InklingError `modelMissing`, `modelBroken` (unreadable, not finite), `modelConfig` (another base or other
 * shapes), `modelUnsupported` (a kind of adapter that is more than plain LoRA)
 */
export function readAdapter(folder: string, base: { config: ModelConfig; fingerprint: string }): Adapter {
  const settings = readJsonObject(join(folder, adapterFiles.config));
  if (!settings) {
    const path = join(folder, adapterFiles.config);
    throw new InklingError('modelMissing', `${path} is missing: this is no adapter's folder.`);
  }
  refuseOtherKinds(settings);
  const provenance = readProvenance(folder);
  if (provenance && provenance.base.fingerprint !== base.fingerprint) {
    throw new InklingError(
      'modelConfig',
      `The adapter ${provenance.name} was trained on another model (${provenance.base.name}) and cannot run on this one.`,
    );
  }
  const { tensors } = readSafetensorsHeader(join(folder, adapterFiles.weights));
  const pairs = readPairs(tensors, base.config, (rank) => {
    const alpha = numberOf(settings, 'lora_alpha');
    return settings['use_rslora'] === true ? alpha / Math.sqrt(rank) : alpha / rank;
  });
  return { name: provenance?.name ?? basename(folder), pairs, provenance };
}

/**
 * undefined for an adapter that was made elsewhere
 * @throws InklingError `modelBroken`
 */
export function readProvenance(folder: string): AdapterProvenance | undefined {
  const path = join(folder, adapterFiles.provenance);
  const json = readJsonObject(path);
  if (!json) return undefined;
  const base = (json['base'] ?? {}) as JsonObject;
  const texts = [json['name'], json['createdAt'], json['dataDigest'], base['name'], base['fingerprint']];
  if (texts.every((text) => typeof text === 'string') && typeof json['steps'] === 'number') {
    return json as unknown as AdapterProvenance;
  }
  throw new InklingError('modelBroken', `${path} does not say where the adapter comes from.`);
}

function refuseOtherKinds(settings: JsonObject): void {
  if (settings['peft_type'] !== 'LORA') {
    throw unsupported(`it is of the kind ${String(settings['peft_type'])}, only LORA can be run`);
  }
  const variant = Object.keys(settings).find((key) => /^use_(?!rslora)/u.test(key) && settings[key] === true);
  if (variant) throw unsupported(`it is a variant of LoRA (${variant})`);
  if (settings['fan_in_fan_out'] === true) throw unsupported('its matrices are transposed (fan_in_fan_out)');
  for (const key of [
    'alpha_pattern',
    'modules_to_save',
    'trainable_token_indices',
    'alora_invocation_tokens',
  ] as const) {
    const value = settings[key];
    if (value != null && Object.keys(value).length > 0) throw unsupported(`it sets ${key}`);
  }
}

function readPairs(
  tensors: ReadonlyMap<string, TensorEntry>,
  config: ModelConfig,
  scaleOf: (rank: number) => number,
): LoraPair[] {
  const pairs: LoraPair[] = [];
  const unread = new Set(tensors.keys());
  for (let layer = 0; layer < config.layers; layer++) {
    for (const target of linearNames) {
      const [nameA, nameB] = (['A', 'B'] as const).map((matrix) => tensorName(config, { layer, target, matrix }));
      const [entryA, entryB] = [tensors.get(nameA!), tensors.get(nameB!)];
      if (!entryA && !entryB) continue;
      const rank = entryA?.shape[0] ?? 0;
      const { rows, columns } = linearShape(config, target);
      const a = readChecked(nameA!, entryA, [rank, columns]);
      const b = readChecked(nameB!, entryB, [rows, rank]);
      pairs.push({ layer, target, rank, scale: scaleOf(rank), a, b });
      unread.delete(nameA!);
      unread.delete(nameB!);
    }
  }
  const [unknown] = unread;
  if (unknown)
    throw new InklingError('modelConfig', `The adapter has a tensor ${unknown}, which this model has no place for.`);
  if (pairs.length === 0) throw new InklingError('modelBroken', 'The adapter is empty.');
  return pairs;
}

function readChecked(name: string, entry: TensorEntry | undefined, shape: readonly number[]): Float32Array {
  if (!entry) throw new InklingError('modelBroken', `The adapter lacks the tensor ${name}.`);
  if (entry.shape.join() !== shape.join()) {
    throw new InklingError(
      'modelConfig',
      `The adapter's tensor ${name} has the shape (${entry.shape.join(', ')}), this model needs (${shape.join(', ')}).`,
    );
  }
  const values = readFloat32Tensor(entry);
  if (!values.every(Number.isFinite)) {
    throw new InklingError('modelBroken', `The adapter's tensor ${name} holds values that are no numbers.`);
  }
  return values;
}

/** of a file's permissions */
const ownerOnly = 0o600;

/** What `writeAdapter` must know beside the pairs; rank and alpha are those of all of them. */
export interface AdapterSettings {
  readonly config: ModelConfig;
  readonly rank: number;
  readonly alpha: number;
  readonly baseName: string;
}

/**
 * Writes the folder under another name and then renames it, so that a folder that exists is whole. The caller knows what
 * stands there to be its own. What was learnt from a person's texts may be read by nobody else.
 * @throws InklingError `fileAccess`, with what stood there before still in its place
 */
export function writeAdapter(folder: string, adapter: Adapter, settings: AdapterSettings): void {
  let unfinished: UnfinishedFolder | undefined;
  try {
    unfinished = new UnfinishedFolder(folder);
    const { path } = unfinished;
    writeWeights(join(path, adapterFiles.weights), adapter.pairs, settings);
    writeJson(join(path, adapterFiles.config), peftConfig(adapter.pairs, settings));
    if (adapter.provenance) writeJson(join(path, adapterFiles.provenance), adapter.provenance);
    unfinished.replace();
  } catch (error) {
    unfinished?.discard();
    const code = systemCode(error);
    throw new InklingError('fileAccess', `The adapter could not be written to ${folder} (${code}).`, { cause: error });
  }
}

function writeWeights(path: string, pairs: readonly LoraPair[], { config, rank }: AdapterSettings): void {
  const tensors = pairs.flatMap(({ layer, target, a, b }) => {
    const { rows, columns } = linearShape(config, target);
    return [
      tensorSource(tensorName(config, { layer, target, matrix: 'A' }), [rank, columns], a),
      tensorSource(tensorName(config, { layer, target, matrix: 'B' }), [rows, rank], b),
    ];
  });
  writeSafetensors(path, tensors, { metadata: { format: 'pt' }, mode: ownerOnly });
}

const tensorSource = (name: string, shape: readonly number[], values: Float32Array): TensorSource => ({
  name,
  shape,
  dtype: 'F32',
  bytes: () => new Uint8Array(values.buffer, values.byteOffset, values.byteLength),
});

function peftConfig(pairs: readonly LoraPair[], { config, rank, alpha, baseName }: AdapterSettings): object {
  const layers = [...new Set(pairs.map(({ layer }) => layer))];
  const isPartial = layers.length < config.layers;
  const modules = pairs.map(({ layer, target }) => modulePath(config, layer, target).split('.').at(-1)!);
  return {
    peft_type: 'LORA',
    task_type: 'CAUSAL_LM',
    base_model_name_or_path: baseName,
    r: rank,
    lora_alpha: alpha,
    lora_dropout: 0,
    target_modules: [...new Set(modules)],
    layers_to_transform: isPartial ? layers : null,
    layers_pattern: isPartial ? 'layers' : null,
    bias: 'none',
    fan_in_fan_out: false,
    inference_mode: true,
  };
}

const modulePath = (config: ModelConfig, layer: number, target: LinearName) =>
  config.architecture.huggingFace.linear(layer, target).replace(/\.weight$/u, '');

const tensorName = (config: ModelConfig, of: { layer: number; target: LinearName; matrix: 'A' | 'B' }) =>
  `base_model.model.${modulePath(config, of.layer, of.target)}.lora_${of.matrix}.weight`;

const writeJson = (path: string, value: object) =>
  writeFileSync(path, `${JSON.stringify(value, null, 2)}\n`, { mode: ownerOnly });

function numberOf(settings: JsonObject, key: string): number {
  const value = settings[key];
  if (typeof value === 'number' && value > 0) return value;
  throw new InklingError('modelConfig', `${adapterFiles.config}: ${key} must be a number above 0.`);
}

const unsupported = (why: string) => new InklingError('modelUnsupported', `This adapter cannot be used: ${why}.`);
