import { chmodSync, readdirSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { UnfinishedFolder } from '../model/files/unfinishedFolder.ts';
import type { Manifest } from '../model/manifest.ts';
import { InklingError, sentence, systemCode } from '../protocol/errors.ts';
import { systemSentence } from '../protocol/systemReason.ts';
import { fileDigest } from './fileDigest.ts';
import type { Origin } from './modelCard.ts';

/** How a model that is being added is told of, and broken off. */
export interface AddingWork {
  readonly onProgress: (done: number, total: number) => void;
  /** @throws InklingError `cancelled` once it is not wanted any more */
  readonly goOn: () => void;
  /** told in the model's notes instead of the name of the file or folder */
  readonly origin?: Origin;
}

/**
 * Makes the folder of a model, which appears under its name when it is whole.
 * @param fill writes the files of the folder and says what they are
 * @param prove reads the folder as it will be read, before anybody sees it
 * @throws InklingError what `fill` and `prove` throw; `fileAccess` when it cannot be written
 */
export async function newModelFolder<M extends Omit<Manifest, 'files'>>(
  target: string,
  fill: (path: string) => Promise<M>,
  { prove, goOn }: { prove: (path: string) => unknown; goOn: AddingWork['goOn'] },
): Promise<void> {
  let unfinished: UnfinishedFolder | undefined;
  try {
    unfinished = new UnfinishedFolder(target); // what cannot be written is known before anything is read
    const { path } = unfinished;
    const manifest = { ...(await fill(path)), files: await describeFiles(path, goOn) };
    writeFileSync(join(path, 'inkling.json'), `${JSON.stringify(manifest, null, 2)}\n`);
    chmodSync(path, 0o777 & ~process.umask()); // models are nobody's secret
    await prove(path);
    goOn();
    unfinished.putInPlace();
  } catch (error) {
    unfinished?.discard();
    if (error instanceof InklingError) throw error;
    if (/^(?:ENOTEMPTY|EEXIST)$/u.test(systemCode(error))) throw taken(target); // meanwhile, by another process
    throw new InklingError('fileAccess', sentence`${target} could not be written: ${systemSentence(error)}.`, {
      cause: error,
    });
  }
}

/** There is something where a model is to stand. */
export const taken = (target: string): InklingError =>
  new InklingError('fileAccess', sentence`${target} exists already and is not empty.`);

async function describeFiles(folder: string, goOn: AddingWork['goOn']): Promise<Manifest['files']> {
  const files: Record<string, { sizeBytes: number; sha256: string }> = {};
  for (const name of readdirSync(folder).sort()) {
    const path = join(folder, name);
    files[name] = { sizeBytes: statSync(path).size, sha256: await fileDigest(path, goOn) };
  }
  return files;
}
