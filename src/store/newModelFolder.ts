import { chmodSync, readdirSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { UnfinishedFolder } from '../model/files/unfinishedFolder.ts';
import type { Manifest } from '../model/manifest.ts';
import { InklingError, messageOf } from '../protocol/errors.ts';
import { fileDigest } from './fileDigest.ts';

/**
 * Makes the folder of a model, which appears under its name when it is whole.
 * @param fill writes the files of the folder and says what they are
 * @param prove reads the folder as it will be read, before anybody sees it
 * @throws InklingError what `fill` and `prove` throw; `fileAccess` when it cannot be written
 */
export async function newModelFolder<M extends Omit<Manifest, 'files'>>(
  target: string,
  fill: (path: string) => Promise<M>,
  prove: (path: string) => unknown = () => undefined,
): Promise<void> {
  let unfinished: UnfinishedFolder | undefined;
  try {
    unfinished = new UnfinishedFolder(target); // what cannot be written is known before anything is read
    const { path } = unfinished;
    const manifest = { ...(await fill(path)), files: await describeFiles(path) };
    writeFileSync(join(path, 'inkling.json'), `${JSON.stringify(manifest, null, 2)}\n`);
    chmodSync(path, 0o777 & ~process.umask()); // models are nobody's secret
    prove(path);
    unfinished.putInPlace();
  } catch (error) {
    unfinished?.discard();
    if (error instanceof InklingError) throw error;
    throw new InklingError('fileAccess', `${target} could not be written: ${messageOf(error)}`, { cause: error });
  }
}

async function describeFiles(folder: string): Promise<Manifest['files']> {
  const files: Record<string, { sizeBytes: number; sha256: string }> = {};
  for (const name of readdirSync(folder).sort()) {
    const path = join(folder, name);
    files[name] = { sizeBytes: statSync(path).size, sha256: await fileDigest(path) };
  }
  return files;
}
