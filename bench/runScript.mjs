import { spawn } from 'node:child_process';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const folder = fileURLToPath(new URL('.', import.meta.url));

/**
 * Runs a script of this folder in a process of its own.
 * @param {string} script
 * @param {object} options its only argument, as JSON
 * @returns {Promise<any>} the JSON document that it prints last
 */
export async function runScript(script, options) {
  const stdout = await runCommand(process.execPath, [path.join(folder, script), JSON.stringify(options)]);
  return JSON.parse(stdout.trimEnd().split('\n').at(-1));
}

/**
 * @param {string} command
 * @param {readonly string[]} args
 * @param {{ cwd?: string, input?: string }} [options] `input` is what it reads on stdin
 * @returns {Promise<string>} its stdout
 * @throws when it ends with a code other than 0
 */
export function runCommand(command, args, { cwd = folder, input = '' } = {}) {
  const child = spawn(command, args, { cwd, stdio: ['pipe', 'pipe', 'inherit'] });
  child.stdin.on('error', () => undefined); // it has ended without reading all: its code says why
  child.stdin.end(input);
  let stdout = '';
  child.stdout.on('data', (chunk) => {
    stdout += chunk;
  });
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (code, signal) => {
      if (code === 0) resolve(stdout);
      else reject(new Error(`${command} ${args.join(' ')} ended with ${signal ?? `code ${code}`}`));
    });
  });
}
