import { mkdir, open, rm, stat } from 'node:fs/promises';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

/** Takes work, and begins each piece when the one before it has ended or failed. */
export function serialQueue(): <T>(work: () => Promise<T>) => Promise<T> {
  let last: Promise<unknown> = Promise.resolve();
  return (work) => {
    const done = last.then(work);
    last = done.catch(() => undefined);
    return done;
  };
}

const retryMs = 20;
/** A lock that is the same after so many tries was left behind by a window that died: work on such files takes moments. */
const triesUntilStale = 150;

/**
 * Does `work` on a file that several windows write, while none of the others does.
 * @param file need not exist, nor its folder
 */
export async function withFileLock<T>(file: string, work: () => Promise<T>): Promise<T> {
  const lock = `${file}.lock`;
  await mkdir(path.dirname(file), { recursive: true });
  await take(lock);
  try {
    return await work();
  } finally {
    await rm(lock, { force: true });
  }
}

async function take(lock: string): Promise<void> {
  let seen: string | undefined;
  for (let tries = 0; ; tries++) {
    try {
      const handle = await open(lock, 'wx');
      return await handle.close();
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    }
    const current = await identity(lock);
    if (current !== seen) tries = 0;
    else if (tries >= triesUntilStale) await rm(lock, { force: true });
    seen = current;
    await sleep(retryMs);
  }
}

/** Tells one lock from the next; undefined when there is none. */
async function identity(lock: string): Promise<string | undefined> {
  try {
    const { ino, mtimeMs } = await stat(lock);
    return `${ino} ${mtimeMs}`;
  } catch {
    return undefined; // given back meanwhile
  }
}
