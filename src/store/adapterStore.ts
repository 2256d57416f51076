import {
  chmodSync,
  copyFileSync,
  existsSync,
  lstatSync,
  readdirSync,
  renameSync,
  rmdirSync,
  rmSync,
  statSync,
  unlinkSync,
  writeFileSync,
} from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { readAdapter, readProvenance } from '../model/adapterFile.ts';
import { demandAdaptable } from '../model/adapterModules.ts';
import { readSafetensorsHeader } from '../model/files/safetensors.ts';
import { type JsonObject, readJsonObject } from '../model/files/textFile.ts';
import { isUnfinished, kindOf, UnfinishedFolder } from '../model/files/unfinishedFolder.ts';
import { modelFingerprint } from '../model/modelFingerprint.ts';
import { openModelFolder } from '../model/modelFolder.ts';
import {
  type AdapterDetails,
  type AdapterReport,
  type AdapterSummary,
  type AddAdapterRequest,
  adapterFiles,
  isRunFolder,
  type ListAdaptersRequest,
  type RemoveAdapterRequest,
  type ShowAdapterRequest,
} from '../protocol/adapters.ts';
import { InklingError, type Problem, problemOf, sentence } from '../protocol/errors.ts';
import { isSameName, plainName } from '../protocol/plainName.ts';
import { unwritable } from '../protocol/systemReason.ts';
import { asAdapterReport } from './adapterReport.ts';

/** The adapters in a folder, newest first. */
export function listAdapters({ adaptersFolder, modelFolder }: ListAdaptersRequest): AdapterSummary[] {
  if (!existsSync(adaptersFolder)) return [];
  return readdirSync(adaptersFolder)
    .map((name) => join(adaptersFolder, name))
    .filter((folder) => existsSync(join(folder, adapterFiles.config)) && !isUnfinished(folder))
    .map((folder) => summarise({ folder, ...(modelFolder ? { modelFolder } : {}) }))
    .sort((a, b) => (b.createdAt ?? '').localeCompare(a.createdAt ?? ''));
}

function summarise(request: ShowAdapterRequest): AdapterSummary {
  try {
    const { alpha: _, targets: __, options: ___, versions: ____, ...summary } = showAdapter(request);
    return summary;
  } catch (error) {
    const nothing = { rank: 0, sizeBytes: 0, isUsable: false };
    return { name: basename(request.folder), folder: request.folder, ...nothing, ...wordsOf(error) };
  }
}

/**
 * Reads no weights without a model; with one, all of them, to say whether the adapter can run on it.
 * @throws InklingError `modelMissing`, `modelBroken`
 */
export function showAdapter({ folder, modelFolder }: ShowAdapterRequest): AdapterDetails {
  const settings = demandAdapter(folder);
  const weights = join(folder, adapterFiles.weights);
  const shapes = [...readSafetensorsHeader(weights).tensors.values()].map(({ shape }) => shape);
  const provenance = carefully(() => readProvenance(folder));
  const report = carefully(() => readReport(folder));
  const unfit = modelFolder ? carefully(() => demandFit(folder, modelFolder)).wrong : undefined;
  const wrong = unfit ?? provenance.wrong ?? report.wrong;
  const targets = settings['target_modules'];
  return {
    name: provenance.value?.name ?? basename(folder),
    folder,
    ...(provenance.value && {
      base: provenance.value.base.name,
      baseFingerprint: provenance.value.base.fingerprint,
      createdAt: provenance.value.createdAt,
      steps: provenance.value.steps,
      dataDigest: provenance.value.dataDigest,
      options: provenance.value.options,
      versions: provenance.value.versions,
    }),
    rank: numberOr0(settings['r']),
    alpha: numberOr0(settings['lora_alpha']),
    targets: Array.isArray(targets) ? targets.map(String) : [],
    parameters: shapes.reduce((sum, shape) => sum + shape.reduce((product, size) => product * size, 1), 0),
    sizeBytes: statSync(weights).size,
    ...(report.value && { report: report.value }),
    isUsable: unfit === undefined && provenance.wrong === undefined,
    ...wrong,
  };
}

/** What a file beside the weights says, or the sentence that says what is wrong with it. */
function carefully<T>(read: () => T): { readonly value?: T; readonly wrong?: AdapterWords } {
  try {
    return { value: read() };
  } catch (error) {
    return { wrong: wordsOf(error) };
  }
}

type AdapterWords = Pick<Problem, 'problem' | 'problemSentence'>;

function wordsOf(error: unknown): AdapterWords {
  const { problemCode: _, ...words } = problemOf(error);
  return words;
}

const numberOr0 = (value: unknown) => (typeof value === 'number' && Number.isFinite(value) ? value : 0);

/** @returns what its `adapter_config.json` says @throws InklingError `modelMissing`, `modelBroken` */
function demandAdapter(folder: string): JsonObject {
  const settings = readJsonObject(join(folder, adapterFiles.config));
  const weights = statSync(join(folder, adapterFiles.weights), { throwIfNoEntry: false });
  const missing = settings ? adapterFiles.weights : adapterFiles.config;
  if (!settings || !weights) {
    throw new InklingError('modelMissing', sentence`${folder} holds no adapter: ${missing} is missing.`);
  }
  if (!weights.isFile())
    throw new InklingError('modelBroken', sentence`${adapterFiles.weights} in ${folder} is no file.`);
  return settings;
}

function readReport(folder: string): AdapterReport | undefined {
  const path = join(folder, adapterFiles.report);
  const json = readJsonObject(path);
  return json && asAdapterReport(json, path);
}

/** @throws InklingError as model/adapterFile.ts lists them */
function demandFit(folder: string, modelFolder: string): void {
  const { config, weights } = openModelFolder(modelFolder);
  demandAdaptable(config);
  readAdapter(folder, { config, fingerprint: modelFingerprint(config, weights) });
}

/** @throws InklingError when it cannot run on the model, or when there is an adapter of that name already */
export function addAdapter({ source, adaptersFolder, name, modelFolder }: AddAdapterRequest): AdapterDetails {
  const target = join(adaptersFolder, plainName('adapter', name));
  demandAdapter(source);
  demandFit(source, modelFolder);
  demandFreeName(target);
  copyAdapter(source, target);
  writeName(target, basename(target));
  return showAdapter({ folder: target, modelFolder });
}

/** Copies what the files hold: links to files are followed, and become files. Only their owner may read them. */
export function copyAdapter(source: string, target: string): void {
  demandAdapter(source);
  if (kindOf(target) !== 'nothing') {
    throw new InklingError('fileAccess', sentence`${target} exists already: choose another name.`);
  }
  onDisk(target, () => {
    const unfinished = new UnfinishedFolder(target);
    try {
      for (const name of Object.values(adapterFiles)) {
        const from = join(source, name);
        if (!statSync(from, { throwIfNoEntry: false })?.isFile()) continue;
        copyFileSync(from, join(unfinished.path, name));
        chmodSync(join(unfinished.path, name), 0o600);
      }
      unfinished.putInPlace();
    } catch (error) {
      unfinished.discard();
      throw error;
    }
  });
}

/** The name that people read, and the folder's. */
export function renameAdapter(folder: string, name: string): { folder: string } {
  const target = join(dirname(folder), plainName('adapter', name));
  demandAdapter(folder);
  demandFreeName(target, basename(folder));
  writeName(folder, basename(target));
  onDisk(target, () => renameSync(folder, target));
  return { folder: target };
}

/**
 * Names that differ in case alone are one folder on some systems.
 * @param but the name of the adapter itself
 */
function demandFreeName(target: string, but?: string): void {
  const name = basename(target);
  const names = existsSync(dirname(target)) ? readdirSync(dirname(target)) : [];
  const taken = names.find((other) => other !== but && isSameName(other, name));
  if (taken !== undefined) {
    throw new InklingError(
      'fileAccess',
      sentence`${join(dirname(target), taken)} exists already: choose another name.`,
    );
  }
}

/** An adapter from elsewhere that says nothing of itself is known by its folder alone. */
function writeName(folder: string, name: string): void {
  const path = join(folder, adapterFiles.provenance);
  const provenance = readProvenance(folder);
  if (!provenance || provenance.name === name) return;
  writeJson(path, { ...provenance, name });
}

/**
 * Deletes what an adapter of the store consists of, and its folder if nothing else is in it. Of an adapter that was linked
 * into the store only the link goes.
 * @throws InklingError `optionOutOfRange` for what is no name, `modelMissing`
 */
export function removeAdapter({ adaptersFolder, name }: RemoveAdapterRequest): { folder: string } {
  const names = existsSync(adaptersFolder) ? readdirSync(adaptersFolder) : [];
  const wanted = names.includes(name) ? name : plainName('adapter', name);
  const found = names.find((entry) => entry === wanted);
  if (found === undefined || isRunFolder(found) || !existsSync(join(adaptersFolder, found, adapterFiles.config))) {
    throw new InklingError('modelMissing', sentence`There is no adapter ${name}: looked in ${adaptersFolder}.`);
  }
  const folder = join(adaptersFolder, found);
  onDisk(folder, () => {
    if (lstatSync(folder).isSymbolicLink()) return unlinkSync(folder);
    for (const file of Object.values(adapterFiles)) rmSync(join(folder, file), { force: true });
    if (readdirSync(folder).length === 0) rmdirSync(folder);
  });
  return { folder };
}

export function saveReport(folder: string, report: AdapterReport): void {
  writeJson(join(folder, adapterFiles.report), report);
}

/** In the place of what stood there, be it a link. */
function writeJson(path: string, value: object): void {
  const temporary = `${path}.${process.pid}.writing`;
  onDisk(path, () => {
    writeFileSync(temporary, `${JSON.stringify(value, null, 2)}\n`, { mode: 0o600 });
    renameSync(temporary, path);
  });
}

/** @throws InklingError `fileAccess` instead of what the system says */
function onDisk(path: string, work: () => void): void {
  try {
    work();
  } catch (error) {
    if (error instanceof InklingError) throw error;
    throw unwritable(path, error);
  }
}
