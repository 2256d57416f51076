import { closeSync, fstatSync, openSync, readSync } from 'node:fs';
import { basename } from 'node:path';
import { InklingError } from '../../protocol/errors.ts';

const largestRead = 1 << 28; // bytes; one read call must stay below 2 GiB on every platform

/** Positional reads from a file that may be broken: every read is bounds-checked and names the file. */
export class BinaryFile {
  readonly sizeBytes: number;
  private readonly descriptor: number;

  /** @throws InklingError `modelMissing` or `fileAccess` */
  constructor(readonly path: string) {
    try {
      this.descriptor = openSync(path, 'r');
    } catch (error) {
      throw fileError(path, error);
    }
    this.sizeBytes = fstatSync(this.descriptor).size;
  }

  /** @throws InklingError `modelBroken` when the file ends before `offset + length` */
  read(offset: number, length: number): Buffer {
    if (offset + length > this.sizeBytes) {
      throw new InklingError(
        'modelBroken',
        `${basename(this.path)} is cut off: it has ${this.sizeBytes} bytes, ${offset + length} are needed. Get the file again.`,
      );
    }
    const bytes = Buffer.allocUnsafeSlow(length); // own ArrayBuffer, so that typed arrays can view it
    for (let done = 0; done < length; ) {
      done += readSync(this.descriptor, bytes, done, Math.min(largestRead, length - done), offset + done);
    }
    return bytes;
  }

  close(): void {
    closeSync(this.descriptor);
  }
}

/** Missing and unreadable files, told apart in words a person can act on. */
export function fileError(path: string, error: unknown): InklingError {
  const code = (error as NodeJS.ErrnoException).code;
  if (code === 'ENOENT') return new InklingError('modelMissing', `${path} does not exist.`, { cause: error });
  return new InklingError('fileAccess', `${path} cannot be read (${code ?? String(error)}).`, { cause: error });
}
