import { existsSync } from 'node:fs';
import { mkdir, rename, rm } from 'node:fs/promises';

/**
 * Fills a folder unless it is there already; what was broken off begins anew.
 * @param {string} folder
 * @param {(unfinished: string) => Promise<void>} fill writes below the folder that it is given
 */
export async function fillOnce(folder, fill) {
  if (existsSync(folder)) return;
  const unfinished = `${folder}.part`;
  await rm(unfinished, { recursive: true, force: true });
  await mkdir(unfinished, { recursive: true });
  await fill(unfinished);
  await rename(unfinished, folder);
}
