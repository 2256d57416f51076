// npm test: all set-up, then everything that must hold. It ends with what failed, and `N passed, N failed` over all of it.
// `npm test -- unit ui` runs parts only.
import './requireNode.mjs';
import fs from 'node:fs/promises';
import path from 'node:path';
import { installBrowser } from './editor/browser.mjs';
import { installEditor } from './editor/install.mjs';
import { build, installDependencies, makePackage, root, say } from './prepare.mjs';
import { spawnGroup } from './processGroup.mjs';

/** @typedef {{ passed: number, failures: readonly string[] }} Outcome how many tests passed, and what the others say */

/**
 * What each part needs first, and how it runs; in the order in which they run.
 * @type {Record<string, { needs: readonly (() => Promise<unknown>)[], run: () => Promise<Outcome> }>}
 */
const parts = {
  check: { needs: [], run: check },
  unit: { needs: [], run: () => vitest('unit', 'unitAlone') },
  golden: { needs: [build], run: () => vitest('golden') },
  process: { needs: [build], run: () => vitest('process') },
  integration: { needs: [build, installEditor, installBrowser], run: integration },
  pages: { needs: [build, installBrowser], run: () => vitest('pages') },
  ui: { needs: [makePackage, installEditor, installBrowser], run: () => vitest('ui') },
  uiLong: { needs: [makePackage, installEditor, installBrowser], run: () => vitest('uiLong') },
};

/**
 * A part in which one editor leaves half of a machine free, and the part that runs beside it; that one comes later above.
 * @type {Readonly<Record<string, string>>}
 */
const beside = { integration: 'pages' };

const wanted = process.argv.slice(2);
const unknown = wanted.find((name) => !(name in parts));
if (unknown) {
  console.error(`There is no part "${unknown}": npm test [-- ${Object.keys(parts).join(' | ')} …]`);
  process.exit(2);
}
process.chdir(root);
let passed = 0;
/** @type {string[]} */
const failures = [];
/** @type {Map<() => Promise<unknown>, Promise<unknown>>} */
const prepared = new Map();
try {
  await installDependencies();
  // uiLong trains for minutes: when named
  const isChosen = (/** @type {string} */ name) => (wanted.length > 0 ? wanted.includes(name) : name !== 'uiLong');
  const chosen = Object.entries(parts).filter(([name]) => isChosen(name));
  // what is fetched waits for the network most of the time: it comes while the first parts run
  const fetched = [installEditor, installBrowser].filter((need) =>
    chosen.some(([, { needs }]) => needs.includes(need)),
  );
  for (const need of fetched) prepare(need).catch(() => undefined); // the part that needs it says what went wrong
  /** @type {Map<string, Promise<Outcome>>} */
  const begun = new Map();
  for (const [name] of chosen) {
    const running = begun.get(name) ?? outcomeOf(name);
    const other = beside[name];
    if (other !== undefined && isChosen(other)) {
      const runningOther = outcomeOf(other);
      runningOther.catch(() => undefined); // told where its turn comes
      begun.set(other, runningOther);
    }
    const outcome = await running;
    say(`${name}: ${outcome.passed} passed, ${outcome.failures.length} failed`);
    passed += outcome.passed;
    failures.push(...outcome.failures.map((failure) => `${name}: ${failure}`));
  }
} catch (error) {
  failures.push(`not even prepared: ${error instanceof Error ? error.message : error}`);
}
for (const failure of failures) say(`failed: ${failure}`);
console.log(`${passed} passed, ${failures.length} failed`);
process.exit(failures.length > 0 || passed === 0 ? 1 : 0);

/**
 * Runs a part once all is there that it needs.
 * @param {string} name
 */
async function outcomeOf(name) {
  const { needs, run: runPart } = /** @type {typeof parts[string]} */ (parts[name]);
  for (const need of needs) await prepare(need);
  say(`running: ${name}`);
  return runPart();
}

/**
 * Once, however many parts need it.
 * @param {() => Promise<unknown>} need
 */
function prepare(need) {
  const begun = prepared.get(need) ?? need();
  prepared.set(need, begun);
  return begun;
}

/** Style, types, and nothing unused: one each. */
async function check() {
  /** @type {[string, string[]][]} */
  const tools = [
    ['biome', ['check', '.']],
    ['tsc', ['-b']],
    ['knip', []],
  ];
  const codes = await Promise.all(tools.map(([tool, args]) => run(tool, args)));
  const failures = tools.filter((_, i) => codes[i] !== 0).map(([tool]) => tool);
  return { passed: tools.length - failures.length, failures };
}

/**
 * A part of one or more projects of vitest.config.mjs.
 * @param {...string} projects the first has the name of the part
 */
async function vitest(...projects) {
  const report = path.join('out/test', `${projects[0]}.json`);
  await fs.rm(report, { force: true });
  const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${report}`];
  const code = await run('vitest', ['run', ...projects.flatMap((project) => ['--project', project]), ...reporters]);
  const { numPassedTests = 0, testResults = [] } = await readJson(report);
  const failures = [];
  for (const { assertionResults } of testResults) {
    for (const { fullName, status, failureMessages } of assertionResults) {
      if (status === 'failed') failures.push(`${fullName}: ${firstLine(failureMessages[0])}`);
    }
  }
  return { passed: numPassedTests, failures: orUnnamed(failures, code) };
}

async function integration() {
  const report = 'out/integration/outcome.json';
  await fs.rm(report, { force: true });
  const code = await start(process.execPath, ['test/integration/run.mjs']);
  const { passed = 0, failures = [] } = await readJson(report);
  return { passed, failures: orUnnamed(failures, code) };
}

/**
 * A file that cannot be loaded, or an error outside of any test, is a failure too.
 * @param {string[]} failures
 * @param {number} code of the program that ran the tests
 */
function orUnnamed(failures, code) {
  return code !== 0 && failures.length === 0 ? ['outside of any test; see above'] : failures;
}

/** @param {string} [message] */
function firstLine(message = '') {
  return message.split('\n', 1)[0];
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
