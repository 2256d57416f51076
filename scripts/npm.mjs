import { spawnGroup } from './processGroup.mjs';

/**
 * Runs one npm command to its end. Under `npm run` it is the same npm that runs us.
 * @param {readonly string[]} args
 * @param {{ cwd?: string, quiet?: boolean }} [options] `quiet`: npm's output is shown only when it fails
 * @returns {Promise<void>}
 * @throws when npm cannot be started or ends with a code other than 0
 */
export function npm(args, { cwd = process.cwd(), quiet = false } = {}) {
  const cli = process.env['npm_execpath'];
  const [command, ...first] = cli ? [process.execPath, cli] : ['npm'];
  const child = spawnGroup(/** @type {string} */ (command), [...first, ...args], {
    cwd,
    stdio: ['ignore', quiet ? 'pipe' : 'inherit', quiet ? 'pipe' : 'inherit'],
    shell: !cli && process.platform === 'win32',
  });
  /** @type {Buffer[]} */
  const output = [];
  child.stdout?.on('data', (chunk) => output.push(chunk));
  child.stderr?.on('data', (chunk) => output.push(chunk));
  return new Promise((resolve, reject) => {
    child.once('error', (error) => reject(new Error(`npm could not be started: ${error.message}`)));
    child.once('close', (code, signal) => {
      if (code === 0) return resolve();
      if (quiet) process.stderr.write(Buffer.concat(output));
      reject(new Error(`npm ${args.join(' ')} ended with ${signal ?? `code ${code}`}`));
    });
  });
}
