import { existsSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import { outFolder } from '../product.mjs';
import { runCommand } from '../runScript.mjs';

/**
 * The content of an npm package that only a measurement reads, fetched and unpacked unless it is there already.
 * @param {string} name
 * @param {string} version
 * @returns {Promise<string>} where it lies
 */
export async function nodePackage(name, version) {
  const folder = path.join(outFolder, 'packages', `${name.replace('/', '+')}@${version}`);
  if (existsSync(path.join(folder, 'package'))) return path.join(folder, 'package');
  await mkdir(folder, { recursive: true });
  const archive = (await runCommand('npm', ['pack', '--silent', `${name}@${version}`], { cwd: folder })).trim();
  await runCommand('tar', ['xzf', archive], { cwd: folder });
  return path.join(folder, 'package');
}
