#!/usr/bin/env node
// Stands in for the VS Code executable: takes the arguments that @vscode/test-electron gives it, and runs the same tests
// in code-server and a headless browser. Exits with the code of the test run, 124 when it does not end. What the workbench
// logs is printed when INKLING_VERBOSE is set.
import path from 'node:path';
import { format } from 'node:util';
import { installEditor } from '../../scripts/editor/install.mjs';
import { launchBrowser } from '../../scripts/editor/launchBrowser.mjs';
import { startEditor } from '../../scripts/editor/server.mjs';

/** Each test has a limit of its own; this is for an editor that hangs. */
const timeoutMs = 600_000;
const args = process.argv.slice(2);
const workspace = args.find((arg) => !arg.startsWith('-'));

/** @param {string} name */
function flag(name) {
  const given = args.find((arg) => arg.startsWith(`--${name}=`));
  if (!given) throw new Error(`missing argument --${name}=…`);
  return given.slice(name.length + 3);
}

// With this option the workbench hands the tests' output and their end to two functions of the page.
const server = await startEditor(await installEditor(), { flags: ['--vscode-option', 'enable-smoke-test-driver'] });
const browser = await launchBrowser();
let code = 1;
try {
  const page = await browser.newPage({ viewport: { width: 1280, height: 800 } });
  await page.exposeFunction('codeAutomationLog', (/** @type {string} */ type, /** @type {unknown[]} */ values) => {
    if (process.env['INKLING_VERBOSE']) console.log(type, format(...values));
  });
  /** @type {Promise<number>} */
  const ended = new Promise((resolve) => {
    page.exposeFunction('codeAutomationExit', resolve).then(() => page.goto(workbenchUrl()));
    setTimeout(() => resolve(124), timeoutMs);
  });
  code = await ended;
  if (code === 124) console.log(`the tests did not end within ${timeoutMs / 1000} s\n${server.log()}`);
} finally {
  await browser.close();
  await server.stop();
}
process.exit(code);

function workbenchUrl() {
  /** @param {string} file */
  const remote = (file) => `vscode-remote://${server.authority}${path.resolve(file)}`;
  const environment = Object.entries(process.env).filter(([name]) => name.startsWith('INKLING_'));
  const payload = JSON.stringify([
    ['extensionDevelopmentPath', remote(flag('extensionDevelopmentPath'))],
    ['extensionTestsPath', remote(flag('extensionTestsPath'))],
    ['extensionEnvironment', JSON.stringify(Object.fromEntries(environment))],
  ]);
  const url = workspace ? server.workspaceUrl(workspace) : `${server.url}?ew=true`;
  return `${url}&payload=${encodeURIComponent(payload)}`;
}
