import { chmodSync, existsSync, readdirSync, statSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { isFree, UnfinishedFolder } from '../model/files/unfinishedFolder.ts';
import type { Manifest } from '../model/modelFolder.ts';
import { InklingError, messageOf } from '../protocol/errors.ts';
import { plainName } from '../protocol/plainName.ts';
import type { ConvertRequest, ModelDetails } from '../protocol/store.ts';
import { convertGguf } from './convertGguf.ts';
import { fileDigest } from './fileDigest.ts';
import { showModel } from './modelCatalogue.ts';

/**
 * Makes a model folder from a GGUF file. It appears under its name only when it is complete.
 * @throws InklingError `modelMissing`, `modelBroken`, `modelUnsupported`, `fileAccess`
 */
export async function convertModel(
  { source, target }: ConvertRequest,
  onProgress: (done: number, total: number) => void,
): Promise<ModelDetails> {
  if (!existsSync(source)) throw new InklingError('modelMissing', `${source} does not exist.`);
  if (!source.toLowerCase().endsWith('.gguf')) {
    throw new InklingError(
      'modelUnsupported',
      `${source} is not a .gguf file. A folder of safetensors needs no conversion: name it as the model.`,
    );
  }
  plainName('model', basename(target));
  if (!isFree(target)) {
    throw new InklingError('fileAccess', `${target} exists already and is not empty.`);
  }
  let unfinished: UnfinishedFolder | undefined;
  try {
    unfinished = new UnfinishedFolder(target);
    const { path } = unfinished;
    const { weightFormat, licence } = convertGguf(source, path, onProgress);
    const manifest: Manifest = {
      name: basename(target),
      source: `${basename(source)} (SHA-256 ${await fileDigest(source)})`,
      licence,
      weightFormat,
      files: await describeFiles(path),
    };
    writeFileSync(join(path, 'inkling.json'), `${JSON.stringify(manifest, null, 2)}\n`);
    chmodSync(path, 0o777 & ~process.umask()); // models are nobody's secret
    unfinished.putInPlace();
  } catch (error) {
    unfinished?.discard();
    if (error instanceof InklingError) throw error;
    throw new InklingError('fileAccess', `${target} could not be written: ${messageOf(error)}`, {
      cause: error,
    });
  }
  return showModel(target);
}

async function describeFiles(folder: string): Promise<Manifest['files']> {
  const files: Record<string, { sizeBytes: number; sha256: string }> = {};
  for (const name of readdirSync(folder).sort()) {
    const path = join(folder, name);
    files[name] = { sizeBytes: statSync(path).size, sha256: await fileDigest(path) };
  }
  return files;
}
