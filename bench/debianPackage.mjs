import { existsSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import { runCommand } from './runScript.mjs';

/**
 * The content of a Debian package, downloaded by apt and unpacked below `folder` unless it is there already.
 * @param {string} name
 * @param {string} folder
 * @returns {Promise<string>} where it lies
 */
export async function debianPackage(name, folder) {
  const unpacked = path.join(folder, name);
  if (existsSync(unpacked)) return unpacked;
  await mkdir(folder, { recursive: true });
  await runCommand('apt-get', ['download', name], { cwd: folder });
  const archive = (await runCommand('sh', ['-c', `ls ${name}_*.deb`], { cwd: folder })).trim().split('\n').at(-1);
  await runCommand('dpkg-deb', ['-x', archive, unpacked], { cwd: folder });
  return unpacked;
}
