/**
 * LoRA adapters in the folder layout of PEFT (https://huggingface.co/docs/peft): adapter_config.json,
 * adapter_model.safetensors, and our own inkling-adapter.json beside them, which PEFT does not look at.
 */
import { writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { adapterFiles } from '../protocol/adapters.ts';
import { InklingError, sentence } from '../protocol/errors.ts';
import { systemSentence } from '../protocol/systemReason.ts';
import { type AdapterModule, adapterModules, demandAdaptable, moduleNames } from './adapterModules.ts';
import { readAdapterSettings } from './adapterSettings.ts';
import { type LinearName, linearShape } from './decoderParts.ts';
import {
  readFloat32Tensor,
  readSafetensorsHeader,
  type TensorEntry,
  type TensorSource,
  writeSafetensors,
} from './files/safetensors.ts';
import { type JsonObject, readJsonObject } from './files/textFile.ts';
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
  demandAdaptable(base.config);
  const settings = readJsonObject(join(folder, adapterFiles.config));
  if (!settings) {
    const path = join(folder, adapterFiles.config);
    throw new InklingError('modelMissing', sentence`${path} is missing: this is no adapter's folder.`);
  }
  const { scaleOf } = readAdapterSettings(settings, base.config);
  const provenance = readProvenance(folder);
  if (provenance && provenance.base.fingerprint !== base.fingerprint) {
    throw new InklingError(
      'modelConfig',
      sentence`The adapter ${provenance.name} was trained on another model (${provenance.base.name}) and cannot run on this one.`,
    );
  }
  const { tensors } = readSafetensorsHeader(join(folder, adapterFiles.weights));
  const pairs = readPairs(tensors, base.config, scaleOf);
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
  throw new InklingError('modelBroken', sentence`${path} does not say where the adapter comes from.`);
}

function readPairs(
  tensors: ReadonlyMap<string, TensorEntry>,
  config: ModelConfig,
  scaleOf: (module: string, rank: number) => number,
): LoraPair[] {
  const pairs: LoraPair[] = [];
  const unread = new Set(tensors.keys());
  for (const module of adapterModules(config)) {
    const [nameA, nameB] = [tensorName(module, 'A'), tensorName(module, 'B')];
    const [entryA, entryB] = [tensors.get(nameA), tensors.get(nameB)];
    if (!entryA && !entryB) continue;
    const rank = entryA?.shape[0] ?? 0;
    const { rows, columns } = moduleShape(config, module);
    const ofA = checked(nameA, entryA, [rank, columns]);
    const ofB = checked(nameB, entryB, [rows, rank]);
    if (rank < 1 || rank > mostRank)
      throw new InklingError('modelBroken', sentence`The adapter's tensor ${nameA} has the rank ${rank}.`);
    const [a, b] = [readFinite(nameA, ofA), readFinite(nameB, ofB)];
    const scale = scaleOf(module.path, rank);
    let row = 0;
    for (const target of module.targets) {
      const end = row + linearShape(config, target).rows;
      pairs.push({ layer: module.layer, target, rank, scale, a, b: b.subarray(row * rank, end * rank) });
      row = end;
    }
    unread.delete(nameA);
    unread.delete(nameB);
  }
  const [unknown] = unread;
  if (unknown)
    throw new InklingError(
      'modelConfig',
      sentence`The adapter has a tensor ${unknown}, which this model has no place for.`,
    );
  if (pairs.length === 0) throw new InklingError('modelBroken', sentence`The adapter is empty.`);
  return pairs;
}

/** (rows, columns) of all maps of a module, one below the other */
function moduleShape(config: ModelConfig, { targets }: AdapterModule): { rows: number; columns: number } {
  const shapes = targets.map((target) => linearShape(config, target));
  return { rows: shapes.reduce((sum, { rows }) => sum + rows, 0), columns: shapes[0]!.columns };
}

/** Maps that are stored as one add their ranks up; what is more is a lie, and would be read as a whole. */
const mostRank = 1 << 14;

function checked(name: string, entry: TensorEntry | undefined, shape: readonly number[]): TensorEntry {
  if (!entry) throw new InklingError('modelBroken', sentence`The adapter lacks the tensor ${name}.`);
  if (entry.shape.join() !== shape.join()) {
    throw new InklingError(
      'modelConfig',
      sentence`The adapter's tensor ${name} has the shape (${entry.shape.join(', ')}), this model needs (${shape.join(', ')}).`,
    );
  }
  return entry;
}

function readFinite(name: string, entry: TensorEntry): Float32Array {
  const values = readFloat32Tensor(entry);
  if (!values.every(Number.isFinite)) {
    throw new InklingError('modelBroken', sentence`The adapter's tensor ${name} holds values that are no numbers.`);
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
 * stands there to be its own. What was learned from a person's texts may be read by nobody else.
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
    throw new InklingError(
      'fileAccess',
      sentence`The adapter could not be written to ${folder}: ${systemSentence(error)}.`,
      { cause: error },
    );
  }
}

function writeWeights(path: string, pairs: readonly LoraPair[], { config }: AdapterSettings): void {
  const tensors = adapterModules(config).flatMap((module) => {
    const own = pairs.filter(({ layer, target }) => layer === module.layer && module.targets.includes(target));
    if (own.length === 0) return [];
    const { rank, a, b } = joined(own, module, config);
    const { rows, columns } = moduleShape(config, module);
    return [
      tensorSource(tensorName(module, 'A'), [rank, columns], a),
      tensorSource(tensorName(module, 'B'), [rows, rank], b),
    ];
  });
  writeSafetensors(path, tensors, { metadata: { format: 'pt' }, mode: ownerOnly });
}

/** The pairs of a module as one: their A one below the other, their B on the diagonal of one matrix. */
function joined(pairs: readonly LoraPair[], module: AdapterModule, config: ModelConfig) {
  const [first] = pairs;
  if (module.targets.length === 1) return { rank: first!.rank, a: first!.a, b: first!.b };
  const rank = pairs.reduce((sum, pair) => sum + pair.rank, 0);
  const { rows, columns } = moduleShape(config, module);
  const a = new Float32Array(rank * columns);
  const b = new Float32Array(rows * rank);
  let [firstRow, firstRank] = [0, 0];
  for (const target of module.targets) {
    const pair = pairs.find((one) => one.target === target);
    const ownRows = linearShape(config, target).rows;
    if (pair) {
      a.set(pair.a, firstRank * columns);
      for (let row = 0; row < ownRows; row++) {
        b.set(pair.b.subarray(row * pair.rank, (row + 1) * pair.rank), (firstRow + row) * rank + firstRank);
      }
      firstRank += pair.rank;
    }
    firstRow += ownRows;
  }
  return { rank, a, b };
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
  const targets = [...new Set(pairs.map(({ target }) => target))];
  // a module of several maps has the ranks of all of them together
  const wide = adapterModules(config).filter((module) => module.targets.length > 1 && module.layer === 0);
  const pattern = (value: number) =>
    Object.fromEntries(
      wide.flatMap((module) => {
        const count = module.targets.filter((target) => targets.includes(target)).length;
        return count > 1 ? [[module.path.split('.').at(-1)!, count * value]] : [];
      }),
    );
  const patterns = wide.length > 0 ? { rank_pattern: pattern(rank), alpha_pattern: pattern(alpha) } : {};
  return {
    peft_type: 'LORA',
    task_type: 'CAUSAL_LM',
    base_model_name_or_path: baseName,
    r: rank,
    lora_alpha: alpha,
    lora_dropout: 0,
    target_modules: moduleNames(config, targets),
    ...patterns,
    layers_to_transform: isPartial ? layers : null,
    layers_pattern: isPartial ? layersPattern(config) : null,
    bias: 'none',
    fan_in_fan_out: config.architecture.isTransposed,
    inference_mode: true,
  };
}

/** What stands before a layer's number in the names of modules, `layers` or `h`. */
const layersPattern = (config: ModelConfig) => adapterModules(config)[0]!.path.split('.0.')[0]!.split('.').at(-1)!;

const tensorName = ({ path }: AdapterModule, matrix: 'A' | 'B') => `base_model.model.${path}.lora_${matrix}.weight`;

const writeJson = (path: string, value: object) =>
  writeFileSync(path, `${JSON.stringify(value, null, 2)}\n`, { mode: ownerOnly });
