import { existsSync } from 'node:fs';
import { mkdir, rename, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { outFolder } from '../product.mjs';
import { runCommand } from '../runScript.mjs';

/**
 * The sources of a Rust crate that only a measurement reads, fetched by cargo unless they are there already. Cargo fetches
 * what the crate depends on, too, some hundreds of MB, which do not stay.
 * @param {string} name
 * @param {string} version
 * @returns {Promise<string>} where they lie
 */
export async function rustCrate(name, version) {
  const folder = path.join(outFolder, 'packages', `${name}-${version}`);
  const content = path.join(folder, 'content');
  if (existsSync(content)) return content;
  await mkdir(path.join(folder, 'src'), { recursive: true });
  const manifest = [
    '[package]',
    'name = "reader"',
    'version = "0.0.0"',
    '[dependencies]',
    `${name} = "=${version}"`,
    '',
  ];
  await writeFile(path.join(folder, 'Cargo.toml'), manifest.join('\n'));
  await writeFile(path.join(folder, 'src', 'lib.rs'), '');
  await runCommand('cargo', ['vendor', '--quiet'], { cwd: folder });
  await rename(path.join(folder, 'vendor', name), content);
  await rm(path.join(folder, 'vendor'), { recursive: true });
  return content;
}
