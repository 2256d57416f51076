// Runs the tests beside this file inside the extension host: in code-server, or in a desktop VS Code when the environment
// variable VSCODE_EXECUTABLE names one. Writes what came of them to out/integration/outcome.json. `run.mjs actions chat`
// runs only the files whose names begin so.
import fs from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { runTests } from '@vscode/test-electron';
import { build } from 'esbuild';

const here = fileURLToPath(new URL('.', import.meta.url));
const root = path.resolve(here, '../..');
const out = path.join(root, 'out/integration');

const tests = (await fs.readdir(here)).filter((name) => name.endsWith('.test.ts')).map((name) => name.split('.')[0]);
const wanted = process.argv.slice(2);
if (wanted.some((start) => !tests.some((name) => name?.startsWith(start)))) {
  console.error(`use: node test/integration/run.mjs [${tests.join(' | ')} …]`);
  process.exit(2);
}
await bundleTests();
const { results, problem } = await runInEditor();
for (const { title, durationMs, error } of results) {
  const time = durationMs > 1000 ? ` (${(durationMs / 1000).toFixed(1)} s)` : '';
  console.log(error ? `  ✗ ${title}${time}\n${error.replace(/^/gm, '      ')}` : `  ✓ ${title}${time}`);
}
if (problem) console.log(`  ✗ the editor ended before its tests did: ${problem}`);
const passed = results.filter(({ error }) => !error).length;
const failures = results.flatMap(({ title, error }) => (error ? [`${title}: ${error.split('\n', 1)[0]}`] : []));
if (problem) failures.push(`the editor ended before its tests did: ${problem}`);
await fs.writeFile(path.join(out, 'outcome.json'), JSON.stringify({ passed, failures }));
console.log(`integration: ${passed} passed, ${failures.length} failed`);
process.exitCode = failures.length > 0 || passed === 0 ? 1 : 0;

async function bundleTests() {
  await fs.rm(out, { recursive: true, force: true });
  const names = (await fs.readdir(here)).filter((name) => name.endsWith('.ts'));
  await build({
    entryPoints: names.map((name) => path.join(here, name)),
    outdir: out,
    bundle: true,
    platform: 'node',
    format: 'cjs',
    target: 'node20',
    external: ['vscode', 'mocha'],
    logLevel: 'warning',
  });
}

/** @returns {Promise<{ results: import('./index.ts').TestResult[], problem?: string }>} */
async function runInEditor() {
  const workspace = path.join(out, 'workspace');
  const report = path.join(out, 'results.json');
  await fs.mkdir(workspace);
  const ended = await runTests({
    vscodeExecutablePath: process.env['VSCODE_EXECUTABLE'] ?? path.join(root, 'test/support/vscodeShim.mjs'),
    extensionDevelopmentPath: root,
    extensionTestsPath: path.join(out, 'index.js'),
    extensionTestsEnv: {
      INKLING_TEST_RESULTS: report,
      INKLING_TEST_FILES: wanted.join(' '),
      INKLING_CACHE: path.join(out, 'cache'),
    },
    launchArgs: [workspace],
  }).catch(String);
  const results = await fs.readFile(report, 'utf8').then(JSON.parse, () => undefined);
  const hasEnded = ended === 0 || /code 1$/.test(String(ended)); // 1: some failed
  return { results: results ?? [], ...(results && hasEnded ? {} : { problem: String(ended) }) };
}
