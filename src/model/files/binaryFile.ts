import { closeSync, readSync } from 'node:fs';
import { basename } from 'node:path';
import { InklingError, sentence } from '../../protocol/errors.ts';
import { openRegular } from './openRegular.ts';

const largestRead = 1 << 28; // bytes; one read call must stay below 2 GiB on every platform

/** Positional reads from a file that may be broken: every read is bounds-checked and names the file. */
export class BinaryFile {
  readonly sizeBytes: number;
  readonly #descriptor: number;

  /** @throws InklingError as `openRegular` */
  constructor(readonly path: string) {
    const { descriptor, sizeBytes } = openRegular(path);
    this.#descriptor = descriptor;
    this.sizeBytes = sizeBytes;
  }

  /** @throws InklingError `modelBroken` when the file ends before `offset + length` */
  read(offset: number, length: number): Buffer {
    if (offset + length > this.sizeBytes) throw this.#cutOff(this.sizeBytes, offset + length);
    const bytes = Buffer.allocUnsafeSlow(length); // own ArrayBuffer, so that typed arrays can view it
    for (let done = 0; done < length; ) {
      const count = readSync(this.#descriptor, bytes, done, Math.min(largestRead, length - done), offset + done);
      if (count === 0) throw this.#cutOff(offset + done, offset + length); // it was shortened while it was open
      done += count;
    }
    return bytes;
  }

  #cutOff(bytes: number, needed: number): InklingError {
    const name = basename(this.path);
    const message = sentence`${name} is cut off: it has ${bytes} bytes, ${needed} are needed. Get the file again.`;
    return new InklingError('modelBroken', message);
  }

  close(): void {
    closeSync(this.#descriptor);
  }
}
