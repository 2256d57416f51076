// The steps from a fresh clone to a package, each announced in one line. Runs with nothing installed.
import { statSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { npm } from './npm.mjs';

export const root = fileURLToPath(new URL('..', import.meta.url));

/** @param {string} line */
export const say = (line) => console.log(`inkling: ${line}`);

/** Installs the dependencies unless they are there and as new as the lock file. */
export async function installDependencies() {
  const installed = changed('node_modules/.package-lock.json');
  const locked = /** @type {number} */ (changed('package-lock.json'));
  if (installed !== undefined && installed > locked - 1000) return; // npm writes both within the same second
  say(`installing dependencies (${installed === undefined ? 'first run' : 'package-lock.json has changed'})`);
  await npm(['ci', '--loglevel=error'], { cwd: root });
}

export async function build() {
  say('building');
  await npm(['run', '--silent', 'build'], { cwd: root });
}

export async function makePackage() {
  say('packaging for this platform');
  await npm(['run', '--silent', 'package'], { cwd: root });
}

/**
 * @param {string} file relative to the root
 * @returns {number | undefined} milliseconds; undefined when there is no such file
 */
const changed = (file) => statSync(path.join(root, file), { throwIfNoEntry: false })?.mtimeMs;
