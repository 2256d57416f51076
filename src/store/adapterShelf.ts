import { cpSync, existsSync, readdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { type Adapter, readAdapter } from '../model/adapterFile.ts';
import { readSafetensorsHeader } from '../model/files/safetensors.ts';
import { modelFingerprint } from '../model/modelFingerprint.ts';
import { openModelFolder } from '../model/modelFolder.ts';
import type {
  AdapterDetails,
  AdapterReport,
  AdapterSummary,
  AddAdapterRequest,
  ListAdaptersRequest,
  ShowAdapterRequest,
} from '../protocol/adapters.ts';
import { InklingError, systemCode, toInklingError } from '../protocol/errors.ts';
import { makeFolder } from './makeFolder.ts';

/** What an adapter's folder holds; the first two are PEFT's, and all that PEFT looks at. */
const files = {
  config: 'adapter_config.json',
  weights: 'adapter_model.safetensors',
  provenance: 'inkling-adapter.json',
  report: 'inkling-report.json',
  log: 'inkling-log.jsonl',
};

type Provenance = NonNullable<Adapter['provenance']>;

/** The adapters in a folder, newest first. */
export function listAdapters({ adaptersFolder, modelFolder }: ListAdaptersRequest): AdapterSummary[] {
  if (!existsSync(adaptersFolder)) return [];
  return readdirSync(adaptersFolder)
    .map((name) => join(adaptersFolder, name))
    .filter((folder) => existsSync(join(folder, files.config)))
    .map((folder) => summarise({ folder, ...(modelFolder ? { modelFolder } : {}) }))
    .sort((a, b) => (b.createdAt ?? '').localeCompare(a.createdAt ?? ''));
}

function summarise(request: ShowAdapterRequest): AdapterSummary {
  try {
    const { alpha: _, targets: __, options: ___, versions: ____, ...summary } = showAdapter(request);
    return summary;
  } catch (error) {
    const problem = toInklingError(error).message;
    return { name: basename(request.folder), folder: request.folder, rank: 0, sizeBytes: 0, problem };
  }
}

/**
 * Reads no weights without a model; with one, all of them, to say whether the adapter can run on it.
 * @throws InklingError `modelMissing`, `modelBroken`
 */
export function showAdapter({ folder, modelFolder }: ShowAdapterRequest): AdapterDetails {
  const settings = readJson<Record<string, unknown>>(join(folder, files.config));
  if (!settings) throw new InklingError('modelMissing', `${folder} holds no adapter: ${files.config} is missing.`);
  const provenance = readJson<Provenance>(join(folder, files.provenance));
  const report = readJson<AdapterReport>(join(folder, files.report));
  const weights = join(folder, files.weights);
  const shapes = [...readSafetensorsHeader(weights).tensors.values()].map(({ shape }) => shape);
  const problem = modelFolder ? problemWith(folder, modelFolder) : undefined;
  const targets = settings['target_modules'];
  return {
    name: provenance?.name ?? basename(folder),
    folder,
    ...(provenance && {
      base: provenance.base.name,
      baseFingerprint: provenance.base.fingerprint,
      createdAt: provenance.createdAt,
      steps: provenance.steps,
      dataDigest: provenance.dataDigest,
      options: provenance.options,
      versions: provenance.versions,
    }),
    rank: Number(settings['r'] ?? 0),
    alpha: Number(settings['lora_alpha'] ?? 0),
    targets: Array.isArray(targets) ? targets.map(String) : [],
    parameters: shapes.reduce((sum, shape) => sum + shape.reduce((product, size) => product * size, 1), 0),
    sizeBytes: statSync(weights).size,
    ...(report && { report }),
    ...(problem && { problem }),
  };
}

function problemWith(folder: string, modelFolder: string): string | undefined {
  try {
    demandFit(folder, modelFolder);
    return undefined;
  } catch (error) {
    return toInklingError(error).message;
  }
}

/** @throws InklingError as model/adapterFile.ts lists them */
function demandFit(folder: string, modelFolder: string): void {
  const { config, weights } = openModelFolder(modelFolder);
  readAdapter(folder, { config, fingerprint: modelFingerprint(config, weights) });
}

/** @throws InklingError when it cannot run on the model, or when there is an adapter of that name already */
export function addAdapter({ source, target, modelFolder }: AddAdapterRequest): AdapterDetails {
  demandFit(source, modelFolder);
  copyAdapter(source, target);
  writeName(target, basename(target));
  return showAdapter({ folder: target, modelFolder });
}

/** Copied under another name and then renamed: a folder that exists is whole. */
export function copyAdapter(source: string, target: string): void {
  if (!existsSync(join(source, files.config))) {
    throw new InklingError('modelMissing', `${source} holds no adapter: ${files.config} is missing.`);
  }
  if (existsSync(target)) throw new InklingError('fileAccess', `${target} exists already: choose another name.`);
  const temporary = `${target}.writing-${process.pid}`;
  try {
    makeFolder(temporary);
    for (const name of Object.values(files)) {
      if (existsSync(join(source, name))) cpSync(join(source, name), join(temporary, name));
    }
    renameSync(temporary, target);
  } catch (error) {
    rmSync(temporary, { recursive: true, force: true });
    throw asFileError(target, error);
  }
}

/** The name that people read, and the folder's. */
export function renameAdapter(folder: string, name: string): { folder: string } {
  const target = join(dirname(folder), name);
  if (!/^[^\\/:*?"<>|.][^\\/:*?"<>|]{0,99}$/.test(name)) {
    throw new InklingError('optionOutOfRange', 'A name has 1 to 100 characters, and none of \\ / : * ? " < > |');
  }
  if (existsSync(target)) throw new InklingError('fileAccess', `There is an adapter named ${name} already.`);
  writeName(folder, name);
  try {
    renameSync(folder, target);
  } catch (error) {
    throw asFileError(target, error);
  }
  return { folder: target };
}

/** An adapter from elsewhere that says nothing of itself is known by its folder alone. */
function writeName(folder: string, name: string): void {
  const path = join(folder, files.provenance);
  const provenance = readJson<Provenance>(path);
  if (!provenance || provenance.name === name) return;
  try {
    writeFileSync(path, `${JSON.stringify({ ...provenance, name }, null, 2)}\n`);
  } catch (error) {
    throw asFileError(path, error);
  }
}

/** Deletes what an adapter consists of, and its folder if nothing else is in it. */
export function removeAdapter(folder: string): void {
  if (!existsSync(join(folder, files.config))) {
    throw new InklingError('modelMissing', `${folder} holds no adapter: ${files.config} is missing.`);
  }
  for (const name of Object.values(files)) rmSync(join(folder, name), { force: true });
  if (readdirSync(folder).length === 0) rmSync(folder, { recursive: true });
}

export function saveReport(folder: string, report: AdapterReport): void {
  try {
    writeFileSync(join(folder, files.report), `${JSON.stringify(report, null, 2)}\n`);
  } catch (error) {
    throw asFileError(folder, error);
  }
}

function readJson<T>(path: string): T | undefined {
  if (!existsSync(path)) return undefined;
  try {
    return JSON.parse(readFileSync(path, 'utf8')) as T;
  } catch (error) {
    throw new InklingError('modelBroken', `${path} is not valid JSON.`, { cause: error });
  }
}

function asFileError(path: string, error: unknown): InklingError {
  return new InklingError('fileAccess', `${path} cannot be written (${systemCode(error)}).`, { cause: error });
}
