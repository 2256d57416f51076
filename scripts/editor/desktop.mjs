// The desktop VS Code of this machine, with a profile of ours: the user's own is neither read nor changed.
import { execFile } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import fs from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';
import { spawnGroup } from '../processGroup.mjs';
import { quietSettings } from './settings.mjs';

/** @returns {string | undefined} the `code` command, when there is one and a screen to show its window on */
export function findDesktop() {
  const { PATH = '', DISPLAY, WAYLAND_DISPLAY } = process.env;
  if (process.platform === 'linux' && !DISPLAY && !WAYLAND_DISPLAY) return undefined;
  const name = process.platform === 'win32' ? 'code.cmd' : 'code';
  return PATH.split(path.delimiter)
    .map((folder) => path.join(folder, name))
    .find((file) => existsSync(file));
}

/**
 * Installs the VSIX, opens a folder, and returns when its window is closed. The window ends with this process.
 * @param {string} code
 * @param {{ vsix: string, folder: string, workspace: string }} options `folder` keeps profile and extensions
 * @returns {Promise<void>}
 * @throws when this `code` cannot do that: the command inside a remote window or a container, for one
 */
export async function openDesktop(code, { vsix, folder, workspace }) {
  const userData = path.join(folder, 'desktop');
  const settings = path.join(userData, 'User/settings.json');
  await fs.mkdir(path.dirname(settings), { recursive: true });
  if (!existsSync(settings)) await fs.writeFile(settings, JSON.stringify(quietSettings, null, 2));
  const profile = ['--user-data-dir', userData, '--extensions-dir', path.join(folder, 'extensions')];
  const shell = process.platform === 'win32';
  await promisify(execFile)(code, [...profile, '--install-extension', vsix, '--force'], { shell });

  // `code` starts the editor in a session of its own; the editor writes its process id into its user-data folder.
  process.once('exit', () => endProcess(path.join(userData, 'code.lock')));
  const child = spawnGroup(code, [...profile, '--new-window', '--wait', workspace], { stdio: 'ignore', shell });
  await new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('exit', resolve);
  });
}

/** @param {string} lockFile */
function endProcess(lockFile) {
  try {
    const pid = Number(readFileSync(lockFile, 'utf8'));
    if (pid > 0) process.kill(pid);
  } catch {
    // closed already
  }
}
