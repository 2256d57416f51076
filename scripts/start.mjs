// npm start: from a fresh clone to an editor in which one can write. Node and npm are all that must be there.
import './requireNode.mjs';
import { execFileSync } from 'node:child_process';
import fs from 'node:fs/promises';
import path from 'node:path';
import { findDesktop, openDesktop } from './editor/desktop.mjs';
import { installEditor } from './editor/install.mjs';
import { startEditor } from './editor/server.mjs';
import { findVsix } from './findVsix.mjs';
import { build, installDependencies, makePackage, root, say } from './prepare.mjs';

const opening =
  'The lighthouse stood on the last rock before the open sea. One stormy evening, the keeper heard a knock at ';

const args = process.argv.slice(2);
if (args.some((arg) => arg !== '--browser')) {
  say('use: npm start [-- --browser]   (--browser: not the desktop VS Code, even if it is there)');
  process.exit(2);
}
try {
  await installDependencies();
  await build();
  completeInTerminal();
  await makePackage();
  await openEditor();
} catch (error) {
  say(error instanceof Error ? error.message : String(error));
  process.exit(1);
}

/** Shows in the terminal what the bundled model makes of a beginning. @throws when the command line fails */
function completeInTerminal() {
  say('asking the bundled model to go on with a sentence');
  const cli = path.join(root, 'dist/cli.js');
  const answer = JSON.parse(
    execFileSync(process.execPath, [cli, 'complete', '--language', 'markdown', '--json'], {
      input: opening,
      stdio: ['pipe', 'pipe', 'inherit'],
      encoding: 'utf8',
    }),
  );
  const suggested = answer.kind === 'text' ? `[${answer.text}]` : `[nothing: ${answer.reason ?? answer.kind}]`;
  console.log(`\n    ${opening}${suggested}\n`);
  say(
    `${answer.model} on ${answer.device}: loaded in ${round(answer.loadMs)} ms, first word after ${round(answer.firstTokenMs)} ms`,
  );
}

/** @param {number} ms */
function round(ms) {
  return Math.round(ms).toLocaleString('en');
}

/** Opens a copy of the sample workspace, in a profile of its own, and stays until it is closed or stopped. */
async function openEditor() {
  const folder = path.join(root, '.vscode-test/start');
  const workspace = path.join(folder, 'sample');
  await fs.cp(path.join(root, 'media/sample'), workspace, { recursive: true, force: false });
  const vsix = findVsix();
  const desktop = args.includes('--browser') ? undefined : findDesktop();
  if (desktop) {
    say(`opening the sample workspace in ${desktop}, with a profile of its own; ${howToStop()}`);
    const problem = await openDesktop(desktop, { vsix, folder, workspace }).catch(String);
    if (!problem) return;
    say(`this VS Code cannot do that (${problem}); serving one to the browser instead`);
  }
  say('preparing an editor that is served to the browser');
  const server = await startEditor(await installEditor(say), {
    vsix,
    folder: path.join(folder, 'browser'),
    settings: { 'editor.wordWrap': 'on' },
    flags: [workspace],
  });
  say(`open this address in a browser, and go on writing at the end of README.md:\n\n    ${server.url}\n`);
  say(howToStop());
  await new Promise((resolve) => server.process.once('exit', resolve));
  throw new Error(`the editor's server has ended: see ${path.join(folder, 'browser/server.log')}`);
}

function howToStop() {
  return process.stdin.isTTY ? 'Ctrl+C ends everything' : `to end everything: kill ${process.pid}`;
}
