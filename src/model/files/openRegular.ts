import { closeSync, constants, fstatSync, openSync } from 'node:fs';
import { InklingError, sentence, systemCode } from '../../protocol/errors.ts';
import { systemSentence } from '../../protocol/systemReason.ts';

/**
 * Opens a file for reading. A pipe, a device or a folder in its place is refused at once: reading it might never end.
 * @throws InklingError `modelMissing`, `fileAccess`, `modelBroken` for what is no regular file
 */
export function openRegular(path: string): { descriptor: number; sizeBytes: number } {
  let descriptor: number;
  try {
    descriptor = openSync(path, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0)); // a pipe would wait for its writer
  } catch (error) {
    throw fileError(path, error);
  }
  const stat = fstatSync(descriptor);
  if (stat.isFile()) return { descriptor, sizeBytes: stat.size };
  closeSync(descriptor);
  throw new InklingError('modelBroken', sentence`${path} is no ordinary file.`);
}

/** Missing and unreadable files, told apart in words a person can act on. */
export function fileError(path: string, error: unknown): InklingError {
  return systemCode(error) === 'ENOENT'
    ? new InklingError('modelMissing', sentence`${path} does not exist.`, { cause: error })
    : new InklingError('fileAccess', sentence`${path} cannot be read: ${systemSentence(error)}.`, { cause: error });
}
