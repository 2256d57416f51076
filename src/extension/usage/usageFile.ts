import { readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { plusDays, readUsage, type UsageByDay } from '../../writing/usage/usageCounts.ts';
import { serialQueue, withFileLock } from '../serialQueue.ts';

/** How long counts wait in memory for others to be written with them. */
const writeEveryMs = 5000;

/**
 * Counts in one small file for all windows: each adds its own to what the file holds. A file that cannot be understood is
 * put aside, and what can be read of it goes on; one that cannot be read at all is left alone.
 */
export class UsageFile {
  readonly #path: string;
  #added: UsageByDay = {};
  #timer: NodeJS.Timeout | undefined;
  readonly #inTurn = serialQueue();

  /** @param path need not exist, nor its folder */
  constructor(path: string) {
    this.#path = path;
  }

  /** @param usage negative counts correct what was counted before */
  add(usage: UsageByDay): void {
    this.#added = plusDays(this.#added, usage);
    this.#timer ??= setTimeout(() => void this.flush(), writeEveryMs);
  }

  /** Throws when there is a file that cannot be read. */
  async read(): Promise<UsageByDay> {
    await this.flush();
    return plusDays(await withFileLock(this.#path, () => this.#stored()), this.#added);
  }

  /** The file that was put aside, if one was. */
  async setAside(): Promise<string | undefined> {
    return stat(this.#asidePath).then(
      () => this.#asidePath,
      () => undefined,
    );
  }

  /** Forgets everything, also what other windows have counted, and what was put aside. */
  async clear(): Promise<void> {
    await this.flush();
    this.#added = {};
    await withFileLock(this.#path, async () => {
      await rm(this.#path, { force: true });
      await rm(this.#asidePath, { force: true });
    });
  }

  /** Resolves when all that was added is on the disk; a disk that does not take it is tried again with the next count. */
  flush(): Promise<void> {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    return this.#inTurn(() => this.#write());
  }

  async #write(): Promise<void> {
    const added = this.#added;
    if (Object.keys(added).length === 0) return;
    this.#added = {};
    try {
      await withFileLock(this.#path, async () => this.#replace(plusDays(await this.#stored(), added)));
    } catch {
      this.#added = plusDays(added, this.#added);
    }
  }

  async #replace(days: UsageByDay): Promise<void> {
    const temporary = `${this.#path}.${process.pid}`;
    await writeFile(temporary, JSON.stringify(days));
    await rename(temporary, this.#path);
  }

  async #stored(): Promise<UsageByDay> {
    const text = await readFile(this.#path, 'utf8').catch((error: NodeJS.ErrnoException) => {
      if (error.code === 'ENOENT') return undefined;
      throw error;
    });
    if (text === undefined) return {};
    const { days, isDamaged } = readUsage(text);
    if (isDamaged) {
      await rename(this.#path, this.#asidePath);
      await this.#replace(days);
    }
    return days;
  }

  get #asidePath(): string {
    return `${this.#path}.damaged`;
  }
}
