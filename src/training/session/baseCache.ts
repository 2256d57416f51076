/** The cache of dequantised models: which of its files are in use, by which processes, and which may go. */
import { readdirSync, rmSync, writeFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { isAlive } from '../../model/files/isAlive.ts';
import { makeFolder } from '../../model/files/makeFolder.ts';
import { InklingError, systemCode } from '../../protocol/errors.ts';

/** The system's folder for what can be made again. `INKLING_CACHE` overrides it. */
export function trainingCacheFolder(environment: NodeJS.ProcessEnv = process.env): string {
  return environment['INKLING_CACHE'] || join(systemCacheFolder(environment), 'inkling', 'training');
}

function systemCacheFolder(environment: NodeJS.ProcessEnv): string {
  if (process.platform === 'win32') return environment['LOCALAPPDATA'] || join(homedir(), 'AppData', 'Local');
  if (process.platform === 'darwin') return join(homedir(), 'Library', 'Caches');
  return environment['XDG_CACHE_HOME'] || join(homedir(), '.cache');
}

/**
 * Says that this process uses an entry, so that no other one deletes it.
 * @returns takes it back
 * @throws InklingError `fileAccess`
 */
export function useEntry(folder: string, key: string): () => void {
  const claim = join(folder, `${key}.${process.pid}.used`);
  try {
    makeFolder(folder);
    writeFileSync(claim, '');
  } catch (error) {
    const code = systemCode(error);
    throw new InklingError('fileAccess', `The folder ${folder} cannot be written (${code}).`, { cause: error });
  }
  return () => rmSync(claim, { force: true });
}

/**
 * Deletes what no living process uses or is writing, except the entry `key`. Names: `KEY.safetensors`, `KEY.PID.used`,
 * `KEY.safetensors.PID.writing`.
 */
export function removeUnused(folder: string, key: string): void {
  const files = readdirSync(folder).flatMap((name) => {
    const [, entry, owner] = /^([0-9a-f]{32})\..*?(?:(\d+)\.(?:used|writing))?$/u.exec(name) ?? [];
    if (entry === undefined) return []; // not ours
    return [{ name, entry, isDead: owner !== undefined && !isAlive(Number(owner)), isOwned: owner !== undefined }];
  });
  const used = new Set([key, ...files.filter(({ isOwned, isDead }) => isOwned && !isDead).map(({ entry }) => entry)]);
  for (const { name, entry, isDead } of files) {
    if (isDead || !used.has(entry)) rmSync(join(folder, name), { force: true });
  }
}
