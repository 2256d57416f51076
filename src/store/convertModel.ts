import { existsSync, readdirSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import type { Manifest } from '../model/modelFolder.ts';
import { InklingError } from '../protocol/errors.ts';
import type { ConvertRequest, ModelDetails } from '../protocol/store.ts';
import { convertGguf } from './convertGguf.ts';
import { fileDigest } from './fileDigest.ts';
import { makeFolder } from './makeFolder.ts';
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
  if (existsSync(target) && readdirSync(target).length > 0) {
    throw new InklingError('fileAccess', `${target} exists already and is not empty.`);
  }
  const unfinished = `${target}.partial`;
  try {
    rmSync(unfinished, { recursive: true, force: true });
    makeFolder(unfinished);
    const { weightFormat, licence } = convertGguf(source, unfinished, onProgress);
    const manifest: Manifest = {
      name: basename(target),
      source: `${basename(source)} (SHA-256 ${await fileDigest(source)})`,
      licence,
      weightFormat,
      files: await describeFiles(unfinished),
    };
    writeFileSync(join(unfinished, 'inkling.json'), `${JSON.stringify(manifest, null, 2)}\n`);
    rmSync(target, { recursive: true, force: true }); // an empty folder at most
    renameSync(unfinished, target);
  } catch (error) {
    rmSync(unfinished, { recursive: true, force: true });
    if (error instanceof InklingError) throw error;
    throw new InklingError('fileAccess', `${target} could not be written: ${(error as Error).message}`, {
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
