// The browser that the tests drive: a Chrome or Chromium of this machine, else the one in an npm package.
import { execFileSync } from 'node:child_process';
import { accessSync, constants, existsSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { completeFolder } from './testFolder.mjs';

const here = fileURLToPath(new URL('.', import.meta.url));

/**
 * @typedef {object} Browser
 * @property {string} executablePath
 * @property {Record<string, string>} env what it needs beside our own environment
 */

/**
 * Finds a browser or unpacks one into .vscode-test/. `CHROME` in the environment wins.
 * @param {(line: string) => void} [log] one line per step; silent when there is nothing to do
 * @returns {Promise<Browser>}
 * @throws when `CHROME` names no executable, and on platforms for which no package is known
 */
export async function installBrowser(log = console.log) {
  const chosen = process.env['CHROME'];
  if (chosen && !isExecutable(chosen)) throw new Error(`CHROME names no executable file: ${chosen}`);
  const executablePath = chosen ?? systemBrowser();
  return executablePath ? { executablePath, env: {} } : unpackBrowser(log);
}

/** @returns {string | undefined} */
function systemBrowser() {
  const names = ['google-chrome', 'google-chrome-stable', 'chromium', 'chromium-browser'];
  const folders = (process.env['PATH'] ?? '').split(path.delimiter);
  const candidates = names.flatMap((name) => folders.map((folder) => path.join(folder, name)));
  if (process.platform === 'darwin') {
    candidates.push('/Applications/Google Chrome.app/Contents/MacOS/Google Chrome');
    candidates.push('/Applications/Chromium.app/Contents/MacOS/Chromium');
  }
  return candidates.find(isExecutable);
}

/** @param {string} file */
function isExecutable(file) {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

/**
 * @param {(line: string) => void} log
 * @returns {Promise<Browser>}
 */
async function unpackBrowser(log) {
  if (process.platform !== 'linux' || process.arch !== 'x64') {
    throw new Error('No Chrome or Chromium found: install one, or name it in the environment variable CHROME');
  }
  const folder = await completeFolder('chromium', async (tmp) => {
    log('browser: no Chrome or Chromium here; unpacking the one of the npm package @sparticuz/chromium');
    // The package unpacks into the temporary folder; the second variable makes it add the libraries that a bare
    // machine lacks.
    const unpack = `await (await import('@sparticuz/chromium')).default.executablePath()`;
    execFileSync(process.execPath, ['--input-type=module', '-e', unpack], {
      cwd: here,
      env: { ...process.env, TMPDIR: tmp, AWS_LAMBDA_JS_RUNTIME: 'nodejs20.x' },
    });
  });
  const executablePath = path.join(folder, 'chromium');
  /** @type {Record<string, string>} */
  const env = {};
  if (linksAgainst(executablePath).includes('not found')) env['LD_LIBRARY_PATH'] = path.join(folder, 'al2023/lib');
  if (!existsSync('/etc/fonts/fonts.conf')) env['FONTCONFIG_PATH'] = path.join(folder, 'fonts');
  return { executablePath, env };
}

/** @param {string} file */
function linksAgainst(file) {
  try {
    return execFileSync('ldd', [file], { encoding: 'utf8' });
  } catch {
    return 'not found'; // no `ldd` on so bare a machine
  }
}
