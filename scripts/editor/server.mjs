// One running code-server: on a free loopback port, with folders of its own, gone without a trace after stop().
import { execFile } from 'node:child_process';
import { openSync, readFileSync } from 'node:fs';
import fs from 'node:fs/promises';
import { createServer } from 'node:net';
import os from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';
import { spawnGroup, stopGroup } from '../processGroup.mjs';
import { quietSettings } from './settings.mjs';

/**
 * @typedef {object} EditorOptions
 * @property {string} [vsix] an extension to install first
 * @property {string} [extensions] folder of installed extensions; one of its own when left out
 * @property {Record<string, unknown>} [settings] user settings, on top of the quiet ones
 * @property {Record<string, string>} [env] on top of our own environment
 * @property {readonly string[]} [flags] further arguments of the server; a folder is what its plain address opens
 * @property {string} [folder] for its profile, extensions and log; a temporary one, removed by stop(), when left out
 *
 * @typedef {object} EditorServer
 * @property {string} url plain address of the workbench
 * @property {string} authority host and port, as in `vscode-remote://` addresses
 * @property {(workspaceFolder: string) => string} workspaceUrl address of the workbench with a folder open
 * @property {() => string} log what the server has printed
 * @property {import('node:child_process').ChildProcess} process leader of the server's process group
 * @property {() => Promise<void>} stop ends every process and removes the temporary folder
 */

/**
 * @param {import('./install.mjs').InstalledEditor} editor
 * @param {EditorOptions} [options]
 * @returns {Promise<EditorServer>} once it answers
 * @throws with the server's log when it does not come up within 30 s
 */
export async function startEditor(editor, { vsix, extensions, settings = {}, env = {}, flags = [], folder } = {}) {
  const home = folder ?? (await fs.mkdtemp(path.join(os.tmpdir(), 'inkling-editor-')));
  const userData = path.join(home, 'data');
  await fs.mkdir(path.join(userData, 'User'), { recursive: true });
  await fs.writeFile(
    path.join(userData, 'User/settings.json'),
    JSON.stringify({ ...quietSettings, ...settings }, null, 2),
  );
  extensions ??= path.join(home, 'extensions');
  const environment = { ...ownEnvironment(home), ...env };
  if (vsix) await installExtension(editor, { vsix, extensions, folder: home });

  const port = await freePort();
  const logFile = path.join(home, 'server.log');
  const output = openSync(logFile, 'w');
  const address = ['--bind-addr', `127.0.0.1:${port}`, '--auth', 'none'];
  const silence = ['--disable-telemetry', '--disable-update-check', '--disable-getting-started-override'];
  const asksForTrust = settings['security.workspace.trust.enabled'] === true;
  const start = ['--ignore-last-opened', ...(asksForTrust ? [] : ['--disable-workspace-trust'])];
  const folders = ['--user-data-dir', userData, '--extensions-dir', extensions];
  const child = spawnGroup(editor.node, [editor.entry, ...address, ...silence, ...start, ...folders, ...flags], {
    env: environment,
    stdio: ['ignore', output, output],
  });
  const authority = `127.0.0.1:${port}`;
  const url = `http://${authority}/`;
  const server = {
    url,
    authority,
    /** @param {string} workspaceFolder */
    workspaceUrl: (workspaceFolder) => `${url}?folder=${encodeURIComponent(path.resolve(workspaceFolder))}`,
    log: () => readFileSync(logFile, 'utf8'),
    process: child,
    stop: async () => {
      await stopGroup(child);
      if (!folder) await fs.rm(home, { recursive: true, force: true, maxRetries: 10, retryDelay: 200 });
    },
  };
  if (await isHealthy(`${url}healthz`, child)) return server;
  const log = server.log();
  await server.stop();
  throw new Error(`The editor's server did not start:\n${log}`);
}

/**
 * Installs an extension for editors that are started later.
 * @param {import('./install.mjs').InstalledEditor} editor
 * @param {{ vsix: string, extensions: string, folder?: string }} places the package; the folder of extensions; one for the
 *   installing program's own files, a temporary one when left out
 */
export async function installExtension(editor, { vsix, extensions, folder }) {
  const home = folder ?? (await fs.mkdtemp(path.join(os.tmpdir(), 'inkling-editor-')));
  const folders = ['--user-data-dir', path.join(home, 'data'), '--extensions-dir', extensions];
  const install = [editor.entry, ...folders, '--install-extension', path.resolve(vsix), '--force'];
  await promisify(execFile)(editor.node, install, { env: ownEnvironment(home) });
  if (!folder) await fs.rm(home, { recursive: true, force: true });
}

/**
 * Our environment with everything that a program keeps for a user in one folder, so that nothing is read from or left in
 * the real home folder; without the variables by which an editor that we may be running in would be addressed instead.
 * @param {string} home
 * @returns {NodeJS.ProcessEnv}
 */
function ownEnvironment(home) {
  const inherited = Object.entries(process.env).filter(([name]) => !/^(VSCODE|ELECTRON)_/.test(name));
  return {
    ...Object.fromEntries(inherited),
    HOME: home,
    XDG_CONFIG_HOME: path.join(home, 'config'),
    XDG_DATA_HOME: path.join(home, 'share'),
    XDG_CACHE_HOME: path.join(home, 'cache'),
    EXTENSIONS_GALLERY: '{}',
  };
}

/** @returns {Promise<number>} a loopback port that nobody listens on */
function freePort() {
  return new Promise((resolve, reject) => {
    const probe = createServer().once('error', reject);
    probe.listen(0, '127.0.0.1', () => {
      const { port } = /** @type {import('node:net').AddressInfo} */ (probe.address());
      probe.close(() => resolve(port));
    });
  });
}

/**
 * @param {string} url
 * @param {import('node:child_process').ChildProcess} child
 */
async function isHealthy(url, child) {
  const deadline = Date.now() + 30_000;
  while (Date.now() < deadline && child.exitCode === null) {
    const ok = await fetch(url).then(
      (answer) => answer.ok,
      () => false,
    );
    if (ok) return true;
    await sleep(100);
  }
  return false;
}
