import { open, rename, rm, statfs } from 'node:fs/promises';
import { dirname } from 'node:path';
import { makeFolder } from '../../model/files/makeFolder.ts';
import { safetensorsHeader, type TensorSource } from '../../model/files/safetensors.ts';
import { InklingError, systemCode, toInklingError } from '../../protocol/errors.ts';

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
    await demandSpace(dirname(path), header.bytes.length + header.tensorBytes);
    await writeAll(temporary, [() => header.bytes, ...sources.map(({ bytes }) => bytes)]);
    await rename(temporary, path);
  } catch (error) {
    await rm(temporary, { force: true });
    const known = toInklingError(error);
    if (known.code !== 'internal') throw known;
    const code = systemCode(error);
    const megabytes = Math.ceil((header.bytes.length + header.tensorBytes) / 1e6);
    const reason = code === 'ENOSPC' ? 'the disk is full' : code;
    throw new InklingError(
      'fileAccess',
      `The model as it is trained on (${megabytes} MB) could not be written to ${dirname(path)}: ${reason}.`,
      { cause: error },
    );
  }
}

/** A full disk is said before hundreds of megabytes are written; where the system does not tell, writing will. */
async function demandSpace(folder: string, bytes: number): Promise<void> {
  const disk = await statfs(folder).catch(() => undefined);
  if (!disk || disk.bavail * disk.bsize >= bytes) return;
  const [needed, free] = [Math.ceil(bytes / 1e6), Math.floor((disk.bavail * disk.bsize) / 1e6)];
  throw new InklingError(
    'fileAccess',
    `Training needs ${needed} MB of disk space in ${folder}, ${free} MB are free: make room and start again.`,
  );
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
