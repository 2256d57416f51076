import { once } from 'node:events';
import { createWriteStream, type WriteStream } from 'node:fs';
import { open, rename, rm, stat } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { finished } from 'node:stream/promises';
import { InklingError, systemCode } from '../protocol/errors.ts';
import { systemReason } from '../protocol/systemReason.ts';

/** What a result looks like, so that an earlier one is known again. */
export interface ResultKind {
  /** `a report` */
  readonly name: string;
  /** @param beginning of a file, not cut within a character */
  readonly isOurs: (beginning: string) => boolean;
}

/** Long enough for the first line of a trace. */
const beginningBytes = 16_384;

/**
 * A file for what takes long to make: whatever stands against it is told before. An earlier one of its kind is replaced, once
 * the new one is whole; any other file is left as it is. A pipe or a device gets everything as it comes.
 */
export class ResultFile {
  readonly #path: string;
  readonly #partial: string | undefined;
  readonly #stream: WriteStream;
  #failure: unknown;

  private constructor(path: string, partial?: string) {
    this.#path = path;
    this.#partial = partial;
    this.#stream = createWriteStream(partial ?? path, { flags: partial === undefined ? 'w' : 'wx' });
    this.#stream.on('error', (error) => {
      this.#failure ??= error;
    });
  }

  /** @throws InklingError `fileAccess` */
  static async open(path: string, kind: ResultKind): Promise<ResultFile> {
    try {
      const place = await placeFor(path, kind);
      if (place === 'taken') {
        throw new InklingError('fileAccess', `${path} is there already and no ${kind.name}: choose another name.`);
      }
      const file = new ResultFile(path, place === 'stream' ? undefined : besides(path));
      await once(file.#stream, 'open');
      return file;
    } catch (error) {
      throw notWritten(path, error);
    }
  }

  /** @throws InklingError `fileAccess` what became of what was written before */
  write(text: string): void {
    if (this.#failure !== undefined) throw notWritten(this.#path, this.#failure);
    this.#stream.write(text);
  }

  /** @throws InklingError `fileAccess`; nothing is left of it then */
  async end(): Promise<void> {
    try {
      this.#stream.end();
      await finished(this.#stream);
      if (this.#partial !== undefined) await rename(this.#partial, this.#path);
    } catch (error) {
      throw notWritten(this.#path, this.#failure ?? error);
    }
  }

  /** When it does not become whole, nothing is left of it. */
  dispose = async (): Promise<void> => {
    this.#stream.destroy();
    if (this.#partial !== undefined) await rm(this.#partial, { force: true });
  };
}

/** A name that nobody else has, in the same folder. */
const besides = (path: string): string => join(dirname(path), `.${basename(path)}.inkling-${process.pid}`);

async function placeFor(path: string, { isOurs }: ResultKind): Promise<'free' | 'taken' | 'stream'> {
  try {
    const found = await stat(path);
    if (!found.isFile() && !found.isDirectory()) return 'stream';
  } catch (error) {
    if (systemCode(error) === 'ENOENT') return 'free';
    throw error;
  }
  const file = await open(path);
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(beginningBytes));
    const beginning = new TextDecoder().decode(buffer.subarray(0, bytesRead), { stream: true });
    return bytesRead === 0 || isOurs(beginning) ? 'free' : 'taken';
  } finally {
    await file.close();
  }
}

const notWritten = (path: string, error: unknown): InklingError =>
  error instanceof InklingError
    ? error
    : new InklingError('fileAccess', `${path} cannot be written: ${systemReason(error)}`, { cause: error });
