import { closeSync, mkdirSync, openSync, readFileSync, rmdirSync, rmSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { InklingError, systemCode } from '../protocol/errors.ts';
import { isAlive } from './isAlive.ts';

/**
 * Makes the run's folder and claims it: two windows never train into the same one. The claim of a process that is dead
 * does not count.
 * @returns gives the claim back, and the folder when nothing is in it
 * @throws InklingError `fileAccess`
 */
export function lockRun(folder: string): () => void {
  const path = join(folder, 'lock');
  try {
    mkdirSync(folder, { recursive: true });
    if (!claim(path)) {
      const owner = Number(readFileSync(path, 'utf8'));
      if (isAlive(owner)) throw new InklingError('fileAccess', `Another window is training into ${folder} already.`);
      rmSync(path, { force: true });
      if (!claim(path)) throw new InklingError('fileAccess', `Another window is training into ${folder} already.`);
    }
  } catch (error) {
    if (error instanceof InklingError) throw error;
    const code = systemCode(error);
    throw new InklingError('fileAccess', `The folder ${folder} cannot be written (${code}).`, { cause: error });
  }
  return () => {
    rmSync(path, { force: true });
    removeIfEmpty(folder);
  };
}

function removeIfEmpty(folder: string): void {
  try {
    rmdirSync(folder);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code !== 'ENOTEMPTY' && code !== 'EEXIST' && code !== 'ENOENT') throw error;
  }
}

function claim(path: string): boolean {
  try {
    const descriptor = openSync(path, 'wx');
    writeSync(descriptor, String(process.pid));
    closeSync(descriptor);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw error;
  }
}
