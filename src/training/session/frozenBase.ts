/** The cache of dequantized models: which of its files are in use, by which processes, and which may go. */
import { createHash } from 'node:crypto';
import { readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { open, rename, rm } from 'node:fs/promises';
import { homedir } from 'node:os';
import { dirname, isAbsolute, join } from 'node:path';
import { isAlive } from '../../model/files/claim.ts';
import { demandDiskSpace } from '../../model/files/diskSpace.ts';
import { makeFolder } from '../../model/files/makeFolder.ts';
import { readSafetensorsHeader, safetensorsHeader, type TensorSource } from '../../model/files/safetensors.ts';
import type { ModelConfig } from '../../model/modelConfig.ts';
import { modelFingerprint } from '../../model/modelFingerprint.ts';
import type { ModelFolder } from '../../model/modelFolder.ts';
import { Graph } from '../../model/onnx/graph.ts';
import { Session } from '../../model/session.ts';
import { ModelWeights } from '../../model/weights/modelWeights.ts';
import { InklingError, sentence, toInklingError } from '../../protocol/errors.ts';
import { systemSentence, unwritable } from '../../protocol/systemReason.ts';
import type { BasePrecision } from '../../protocol/trainingOptions.ts';
import { denseTensors, isDenseFloat32 } from './denseWeights.ts';
import { type ByteType, type QuantizedBase, quantizedTensors, readQuantizedBase } from './quantizedBase.ts';

/** The weights that training does not change, as float32: the numbers that run at inference, dequantized. */
export interface FrozenBase {
  readonly config: ModelConfig;
  /** every matrix is dense float32 */
  readonly weights: ModelWeights;
  /** given when most of the training graph's products are to be 8-bit ones */
  readonly quantized?: QuantizedBase;
  /** the folder of the files that the graph maps */
  readonly folder: string;
  /** From now on others may delete what the graph maps. */
  release(): void;
}

/**
 * A model that is float32 already is used as it lies, if that is all that is asked. Otherwise its numbers are written once
 * into `cacheFolder`, where the runtime maps them: on the disk instead of in the heap. The next run of the same model
 * finds them there; those of other models that nobody uses are deleted, so that the cache holds one model at rest.
 * @throws InklingError `fileAccess` when the disk is full
 */
export async function openFrozenBase(
  model: ModelFolder,
  cacheFolder: string,
  precision: BasePrecision = 'float32',
): Promise<FrozenBase> {
  const { config, weights } = model;
  if (precision === 'float32' && isDenseFloat32(model)) {
    return { config, weights, folder: model.weightsFolder, release: () => undefined };
  }
  const key = keyOf(model);
  const release = useEntry(cacheFolder, key);
  const made = async (name: string, sources: () => TensorSource[]) => {
    const path = join(cacheFolder, `${key}.${name}`);
    if (!isWhole(path, key)) await writeBaseFile(path, sources(), { key });
    return readSafetensorsHeader(path).tensors;
  };
  try {
    removeUnused(cacheFolder, key);
    const dense = await made('safetensors', () => denseTensors(model));
    const base = { config, weights: new ModelWeights(config, dense, {}), folder: cacheFolder, release };
    if (precision === 'float32') return base;
    const type = await exactByteType();
    const quantized = await made(`${type}.safetensors`, () => quantizedTensors(base, type));
    return { ...base, quantized: readQuantizedBase(quantized) };
  } catch (error) {
    release();
    throw error;
  }
}

/** Changes whenever the numbers may have changed: by the manifest's checksums, or by size and time of the files. */
function keyOf({ path, config, weights, manifest }: ModelFolder): string {
  const files = readdirSync(path).filter((name) => name.endsWith('.safetensors'));
  const facts = files.sort().map((name) => {
    const { size, mtimeMs } = statSync(join(path, name));
    return [name, manifest?.files[name]?.sha256 ?? [path, size, mtimeMs]];
  });
  const identity = { layout: 4, fingerprint: modelFingerprint(config, weights), facts };
  return createHash('sha256').update(JSON.stringify(identity)).digest('hex').slice(0, 32);
}

/** The header says how long the file is and for which model it was made. */
function isWhole(path: string, key: string): boolean {
  try {
    return readSafetensorsHeader(path).metadata['key'] === key;
  } catch {
    return false;
  }
}

/** The system's folder for what can be made again. `INKLING_CACHE` overrides it. */
export function trainingCacheFolder(environment: NodeJS.ProcessEnv = process.env): string {
  return environment['INKLING_CACHE'] || join(systemCacheFolder(environment), 'inkling', 'training');
}

function systemCacheFolder(environment: NodeJS.ProcessEnv): string {
  if (process.platform === 'win32') return environment['LOCALAPPDATA'] || join(homedir(), 'AppData', 'Local');
  if (process.platform === 'darwin') return join(homedir(), 'Library', 'Caches');
  const { XDG_CACHE_HOME: cache = '' } = environment;
  return isAbsolute(cache) ? cache : join(homedir(), '.cache'); // a path that is not absolute is none, says its specification
}

/**
 * Says that this process uses an entry, so that no other one deletes it.
 * @returns takes it back
 * @throws InklingError `fileAccess`
 */
function useEntry(folder: string, key: string): () => void {
  const claim = join(folder, `${key}.${process.pid}.used`);
  try {
    makeFolder(folder);
    writeFileSync(claim, '');
  } catch (error) {
    throw unwritable(folder, error);
  }
  return () => rmSync(claim, { force: true });
}

/**
 * Deletes what no living process uses or is writing, except the entry `key`. Names: `KEY.safetensors`, `KEY.PID.used`,
 * `KEY.safetensors.PID.writing`.
 */
function removeUnused(folder: string, key: string): void {
  const files = readdirSync(folder).flatMap((name) => {
    const [, entry, owner] = /^([0-9a-f]{32})\..*?(?:(?<!\d)(\d+)\.(?:used|writing))?$/u.exec(name) ?? [];
    if (entry === undefined) return []; // not ours
    return [{ name, entry, isDead: owner !== undefined && !isAlive(Number(owner)), isOwned: owner !== undefined }];
  });
  const used = new Set([key, ...files.filter(({ isOwned, isDead }) => isOwned && !isDead).map(({ entry }) => entry)]);
  for (const { name, entry, isDead } of files) {
    if (isDead || !used.has(entry)) rmSync(join(folder, name), { force: true });
  }
}

const [rows, inner, columns] = [16, 256, 32];

/**
 * The bytes whose products this processor sums exactly. Signed ones are the faster ones, but x64 processors without
 * instructions for sums of 8-bit products (before AVX-VNNI) add pairs of them in 16 bits, which overflow; unsigned ones
 * they widen first.
 */
export async function exactByteType(): Promise<ByteType> {
  const sums = await largestProducts();
  // they are exact but for the last bits; an overflow takes half away
  return sums.every((sum) => Math.abs(sum / inner - 1) < 1e-3) ? 'int8' : 'uint8';
}

/** Rows of 1 times columns of 127: sums as large as they get. */
async function largestProducts(): Promise<Float32Array> {
  const graph = new Graph('largest products');
  const x = graph.input('x', 'float32', [rows, inner]);
  const weight = graph.initializer('w', 'int8', [inner, columns], new Int8Array(inner * columns).fill(127));
  const scales = graph.initializer('scales', 'float32', [columns], new Float32Array(columns).fill(1 / 127));
  const product = graph.op('RowQuantizedMatMul', [x, weight, scales, '', '', '']);
  graph.output('y', product, 'float32', [rows, columns]);
  const session = await Session.create(graph.serialize(), { device: 'cpu', threads: 1 });
  const data = new Float32Array(rows * inner).fill(1);
  const { y } = await session.run({ x: { data, shape: [rows, inner] } }, ['y']);
  await session.release();
  return y.data;
}

/**
 * Writes a safetensors file of the frozen base, one tensor after the other; messages are let in between them. It is
 * written beside its place and renamed: whenever the process dies, no half file has the name.
 * @throws InklingError `fileAccess` or `outOfMemory`, with nothing left behind
 */
export async function writeBaseFile(
  path: string,
  sources: readonly TensorSource[],
  metadata: Readonly<Record<string, string>> = {},
): Promise<void> {
  const temporary = `${path}.${process.pid}.writing`;
  const header = safetensorsHeader(sources, metadata);
  try {
    makeFolder(dirname(path));
    demandDiskSpace(dirname(path), header.bytes.length + header.tensorBytes);
    await writeAll(temporary, [() => header.bytes, ...sources.map(({ bytes }) => bytes)]);
    await rename(temporary, path);
  } catch (error) {
    await rm(temporary, { force: true });
    const known = toInklingError(error);
    if (known.code !== 'internal') throw known;
    const megabytes = Math.ceil((header.bytes.length + header.tensorBytes) / 1e6);
    throw new InklingError(
      'fileAccess',
      sentence`The model as it is trained on (${megabytes} MB) could not be written to ${dirname(path)}: ${systemSentence(error)}.`,
      { cause: error },
    );
  }
}

async function writeAll(path: string, parts: readonly (() => Uint8Array)[]): Promise<void> {
  const file = await open(path, 'w');
  try {
    for (const part of parts) {
      const bytes = part();
      for (let done = 0; done < bytes.length; ) {
        done += (await file.write(bytes, done, Math.min(1 << 26, bytes.length - done))).bytesWritten;
      }
    }
    await file.sync();
  } finally {
    await file.close();
  }
}
