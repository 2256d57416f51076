import { statfsSync } from 'node:fs';
import { InklingError, sentence } from '../../protocol/errors.ts';

/**
 * A disk that would be full is told before anything is written; where the system does not tell, writing will.
 * @param free bytes of the disk
 * @throws InklingError `fileAccess`
 */
export function demandDiskSpace(folder: string, bytes: number, free = freeBytes(folder)): void {
  if (free === undefined || free >= bytes) return;
  const [needed, left] = [Math.ceil(bytes / 1e6), Math.floor(free / 1e6)];
  throw new InklingError(
    'fileAccess',
    sentence`${needed} MB of disk space are needed in ${folder}, ${left} MB are free: make room and start again.`,
  );
}

/** @returns undefined where the system does not tell */
export function freeBytes(folder: string): number | undefined {
  try {
    const { bavail, bsize } = statfsSync(folder);
    return bavail * bsize;
  } catch {
    return undefined;
  }
}
