// .vscode-test/: everything that tests and `npm start` install. Generated; git and the package leave it out.
import { existsSync } from 'node:fs';
import fs from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const testFolder = fileURLToPath(new URL('../../.vscode-test', import.meta.url));

/**
 * A folder in .vscode-test/ that is either absent or complete: it is filled under another name and renamed at the end,
 * so what an interrupted run leaves behind is never used.
 * @param {string} name
 * @param {(folder: string) => Promise<void>} fill puts everything into the given empty folder; called only when absent
 * @returns {Promise<string>} the folder's path
 */
export async function completeFolder(name, fill) {
  const folder = path.join(testFolder, name);
  if (existsSync(folder)) return folder;
  await removeLeftovers();
  const partial = `${folder}.${process.pid}.partial`;
  await fs.mkdir(partial, { recursive: true });
  await fill(partial);
  try {
    await fs.rename(partial, folder);
  } catch (error) {
    if (!existsSync(folder)) throw error;
    await fs.rm(partial, { recursive: true }); // another run was faster: its folder is as good
  }
  return folder;
}

/** Removes what interrupted runs left behind, but not what a run at work is filling. */
async function removeLeftovers() {
  for (const name of await fs.readdir(testFolder).catch(() => [])) {
    const pid = /\.(\d+)\.partial$/.exec(name)?.[1];
    if (pid && !isRunning(Number(pid))) await fs.rm(path.join(testFolder, name), { recursive: true, force: true });
  }
}

/** @param {number} pid */
function isRunning(pid) {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}
