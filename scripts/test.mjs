// npm test: all set-up, then everything that must hold. Its last line is `N passed, N failed`, over all of it.
// `npm test -- unit ui` runs parts only.
import './requireNode.mjs';
import fs from 'node:fs/promises';
import path from 'node:path';
import { installBrowser } from './editor/browser.mjs';
import { installEditor } from './editor/install.mjs';
import { build, installDependencies, makePackage, root, say } from './prepare.mjs';
import { spawnGroup } from './processGroup.mjs';

/** @typedef {{ passed: number, failed: number }} Counts */

/**
 * What each part needs first, and how it runs; in the order in which they run.
 * @type {Record<string, { needs: readonly (() => Promise<unknown>)[], run: () => Promise<Counts> }>}
 */
const parts = {
  check: { needs: [], run: check },
  unit: { needs: [], run: () => vitest('unit') },
  golden: { needs: [build], run: () => vitest('golden') },
  process: { needs: [build], run: () => vitest('process') },
  integration: { needs: [build, installEditor, installBrowser], run: integration },
  ui: { needs: [makePackage, installEditor, installBrowser], run: () => vitest('ui') },
  uiLong: { needs: [makePackage, installEditor, installBrowser], run: () => vitest('uiLong') },
};

const wanted = process.argv.slice(2);
const unknown = wanted.find((name) => !(name in parts));
if (unknown) {
  console.error(`There is no part "${unknown}": npm test [-- ${Object.keys(parts).join(' | ')} …]`);
  process.exit(2);
}
process.chdir(root);
const total = { passed: 0, failed: 0 };
const done = new Set();
try {
  await installDependencies();
  for (const [name, part] of Object.entries(parts)) {
    if (wanted.length > 0 ? !wanted.includes(name) : name === 'uiLong') continue; // minutes of training: when named
    for (const need of part.needs) {
      if (!done.has(need)) await need();
      done.add(need);
    }
    say(`running: ${name}`);
    const counts = await part.run();
    say(`${name}: ${counts.passed} passed, ${counts.failed} failed`);
    total.passed += counts.passed;
    total.failed += counts.failed;
  }
} catch (error) {
  say(error instanceof Error ? error.message : String(error));
  total.failed += 1; // what could not even be prepared
}
console.log(`${total.passed} passed, ${total.failed} failed`);
process.exit(total.failed > 0 || total.passed === 0 ? 1 : 0);

/** Style, types, and nothing unused: one count each. */
async function check() {
  const codes = [await run('biome', ['check', '.']), await run('tsc', ['-b']), await run('knip', [])];
  const passed = codes.filter((code) => code === 0).length;
  return { passed, failed: codes.length - passed };
}

/**
 * One project of vitest.config.mjs.
 * @param {string} project
 */
async function vitest(project) {
  const report = path.join('out/test', `${project}.json`);
  await fs.rm(report, { force: true });
  const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${report}`];
  const code = await run('vitest', ['run', '--project', project, ...reporters]);
  const { numPassedTests = 0, numFailedTests = 0 } = await readJson(report);
  // A file that cannot be loaded, or an error outside of any test, is a failure too.
  return { passed: numPassedTests, failed: code === 0 ? numFailedTests : Math.max(numFailedTests, 1) };
}

async function integration() {
  const report = 'out/integration/counts.json';
  await fs.rm(report, { force: true });
  const code = await start(process.execPath, ['test/integration/run.mjs']);
  const { passed = 0, failed = 0 } = await readJson(report);
  return { passed, failed: code === 0 ? failed : Math.max(failed, 1) };
}

/**
 * Runs a tool of node_modules, on every platform without a shell.
 * @param {string} tool
 * @param {readonly string[]} args
 */
async function run(tool, args) {
  const folder = { biome: '@biomejs/biome', tsc: 'typescript' }[tool] ?? tool;
  const { bin } = await readJson(path.join('node_modules', folder, 'package.json'));
  const script = typeof bin === 'string' ? bin : bin[tool];
  return start(process.execPath, [path.join('node_modules', folder, script), ...args]);
}

/**
 * @param {string} command
 * @param {readonly string[]} args
 * @returns {Promise<number>} its exit code; 1 when a signal ended it
 */
function start(command, args) {
  const child = spawnGroup(command, args, { stdio: ['ignore', 'inherit', 'inherit'] });
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (code) => resolve(code ?? 1));
  });
}

/**
 * @param {string} file
 * @returns {Promise<any>} an empty object when there is no such file
 */
async function readJson(file) {
  return fs.readFile(file, 'utf8').then(JSON.parse, () => ({}));
}
