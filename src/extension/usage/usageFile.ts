import { readFile, rename, rm, writeFile } from 'node:fs/promises';
import { noUsage, plus, plusDays, type UsageByDay, type UsageDelta } from '../../writing/usage/usageCounts.ts';
import { serialQueue, withFileLock } from '../serialQueue.ts';

/** How long counts wait in memory for others to be written with them. */
const writeEveryMs = 5000;

/** Counts in one small file for all windows: each adds its own to what the file holds. */
export class UsageFile {
  readonly #path: string;
  #added: UsageByDay = {};
  #timer: NodeJS.Timeout | undefined;
  readonly #inTurn = serialQueue();

  /** @param path need not exist, nor its folder */
  constructor(path: string) {
    this.#path = path;
  }

  add(day: string, delta: UsageDelta): void {
    this.#added = plusDays(this.#added, { [day]: plus(noUsage, delta) });
    this.#timer ??= setTimeout(() => void this.flush(), writeEveryMs);
  }

  async read(): Promise<UsageByDay> {
    await this.flush();
    return this.#stored();
  }

  /** Forgets everything, also what other windows have counted. */
  async clear(): Promise<void> {
    this.#added = {};
    await this.flush();
    await withFileLock(this.#path, () => rm(this.#path, { force: true }));
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
    const temporary = `${this.#path}.${process.pid}`;
    try {
      await withFileLock(this.#path, async () => {
        const days = plusDays(await this.#stored(), added);
        await writeFile(temporary, JSON.stringify(days));
        await rename(temporary, this.#path);
      });
    } catch {
      this.#added = plusDays(added, this.#added);
    }
  }

  async #stored(): Promise<UsageByDay> {
    try {
      return plusDays({}, JSON.parse(await readFile(this.#path, 'utf8')));
    } catch {
      return {}; // not there yet, or not ours any more
    }
  }
}
