import { createHash } from 'node:crypto';
import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { readSafetensorsHeader, type TensorSource } from '../../model/files/safetensors.ts';
import type { ModelConfig } from '../../model/modelConfig.ts';
import { modelFingerprint } from '../../model/modelFingerprint.ts';
import type { ModelFolder } from '../../model/modelFolder.ts';
import { ModelWeights } from '../../model/weights/modelWeights.ts';
import type { BasePrecision } from '../../protocol/trainingOptions.ts';
import { removeUnused, useEntry } from './baseCache.ts';
import { denseTensors, isDenseFloat32 } from './denseWeights.ts';
import { exactByteType } from './exactByteType.ts';
import { type QuantizedBase, quantizedTensors, readQuantizedBase } from './quantizedBase.ts';
import { writeBaseFile } from './writeBaseFile.ts';

/** The weights that training does not change, as float32: the numbers that run at inference, dequantised. */
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
