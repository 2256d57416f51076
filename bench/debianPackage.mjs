import { existsSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { runCommand } from './runScript.mjs';

/**
 * The content of a Debian package, downloaded by apt and unpacked below `folder` unless it is there already.
 * @param {string} name
 * @param {string} folder
 * @param {string} [component] of the archive, where this machine's apt does not know it: its own lists are left as they are
 * @returns {Promise<string>} where it lies
 */
export async function debianPackage(name, folder, component) {
  const unpacked = path.join(folder, name);
  if (existsSync(unpacked)) return unpacked;
  await mkdir(folder, { recursive: true });
  const options = component ? await optionsFor(component, path.join(folder, 'apt')) : [];
  await runCommand('apt-get', [...options, 'download', name], { cwd: folder });
  const archive = (await runCommand('sh', ['-c', `ls ${name}_*.deb`], { cwd: folder })).trim().split('\n').at(-1);
  await runCommand('dpkg-deb', ['-x', archive, unpacked], { cwd: folder });
  return unpacked;
}

/** What makes apt read another component of the archive that this machine uses, with lists in a folder of ours. */
async function optionsFor(/** @type {string} */ component, /** @type {string} */ folder) {
  const format = '$(REPO_URI) $(RELEASE)';
  const known = await runCommand('apt-get', ['indextargets', '--format', format, 'Component: main']);
  const target = known.trim().split('\n')[0];
  const source = path.join(folder, 'sources.list');
  await mkdir(path.join(folder, 'lists', 'partial'), { recursive: true });
  await mkdir(path.join(folder, 'cache', 'archives', 'partial'), { recursive: true });
  const keys = '/usr/share/keyrings/debian-archive-keyring.gpg';
  await writeFile(source, `deb [signed-by=${keys}] ${target} ${component}\n`);
  const options = {
    'Dir::Etc::SourceParts': '/dev/null',
    'Dir::Etc::SourceList': source,
    'Dir::State::lists': path.join(folder, 'lists'),
    'Dir::Cache': path.join(folder, 'cache'),
  };
  const flags = Object.entries(options).flatMap(([key, value]) => ['-o', `${key}=${value}`]);
  await runCommand('apt-get', [...flags, 'update']);
  return flags;
}
