import { existsSync } from 'node:fs';
import { mkdir, readdir } from 'node:fs/promises';
import path from 'node:path';
import { outFolder } from '../product.mjs';
import { runCommand } from '../runScript.mjs';

/**
 * The content of a Python package that only a measurement reads, fetched and unpacked unless it is there already.
 * @param {string} name
 * @param {string} version
 * @param {{ source?: boolean }} [options] its sources, documentation included, rather than what is installed
 * @returns {Promise<string>} where it lies
 */
export async function pythonPackage(name, version, { source = false } = {}) {
  const folder = path.join(outFolder, 'packages', `${name}==${version}`);
  const content = path.join(folder, 'content');
  if (!existsSync(content)) {
    await mkdir(folder, { recursive: true });
    const form = source ? ['--no-binary', ':all:', '--no-build-isolation'] : ['--only-binary', ':all:'];
    const python = source ? await pythonThatReadsSources() : 'python3';
    const spec = `${name}==${version}`;
    await runCommand(python, ['-m', 'pip', 'download', '--quiet', '--no-deps', ...form, '-d', folder, spec]);
    const archive = (await readdir(folder)).find((file) => /\.(?:whl|tar\.gz)$/u.test(file));
    await mkdir(content);
    const unpack = archive.endsWith('.whl') ? ['unzip', ['-qo', archive, '-d', content]] : tar(archive, content);
    await runCommand(unpack[0], unpack[1], { cwd: folder });
  }
  return content;
}

const tar = (/** @type {string} */ archive, /** @type {string} */ to) => [
  'tar',
  ['xzf', archive, '-C', to, '--strip-components', '1'],
];

/** pip asks a package of sources for its version by the tool that builds it. */
async function pythonThatReadsSources() {
  const folder = path.join(outFolder, 'pythonSources');
  const python = path.join(folder, 'bin', 'python');
  if (!existsSync(python)) {
    await runCommand('python3', ['-m', 'venv', folder]);
    await runCommand(python, ['-m', 'pip', 'install', '--quiet', 'hatchling==1.33.0', 'wheel==0.45.1']);
  }
  return python;
}
