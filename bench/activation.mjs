// node bench/activation.mjs [runs]: what the editor's process spends on loading the extension's bundle, which has to be
// built (npm run build -- --minify as the package has it). Every run is a fresh process that has Node's own modules
// loaded, as the editor's has; processor time, because that says the same on a busy machine.
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import Module, { builtinModules, createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';
import { median } from './statistics.mjs';

const bundle = fileURLToPath(new URL('../dist/extension.js', import.meta.url));
if (process.argv[2] === '--once') console.log(loadingMs());
else {
  const runs = Number(process.argv[2] ?? 15);
  const times = Array.from({ length: runs }, () => {
    const { stdout } = spawnSync(process.execPath, [fileURLToPath(import.meta.url), '--once'], { encoding: 'utf8' });
    return Number(stdout);
  });
  const sizeKb = readFileSync(bundle).length / 1000;
  const [least, middle] = [Math.min(...times), median(times)].map((ms) => ms.toFixed(0));
  console.log(`dist/extension.js, ${sizeKb.toFixed(0)} kB: least ${least} ms, median ${middle} ms of ${runs} runs`);
}

/** @returns {number} processor time, of all threads */
function loadingMs() {
  const require = createRequire(import.meta.url);
  for (const name of ['crypto', 'child_process', 'net', 'readline', 'stream', 'os', 'url', 'util', 'timers/promises']) {
    if (builtinModules.includes(name)) require(name);
  }
  const editor = editorApi();
  const load = Reflect.get(Module, '_load');
  Reflect.set(Module, '_load', (/** @type {string} */ name, /** @type {unknown[]} */ ...rest) =>
    name === 'vscode' ? editor : Reflect.apply(load, Module, [name, ...rest]),
  );
  const before = process.cpuUsage();
  require(bundle);
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1000;
}

/** Something by each name of the editor's interface: enough to load code that uses it, not to run it. */
function editorApi() {
  const declarations = readFileSync(new URL('../node_modules/@types/vscode/index.d.ts', import.meta.url), 'utf8');
  const names = [...declarations.matchAll(/^\s*export (?:abstract )?(?:class|enum|namespace|const) (\w+)/gm)];
  return Object.fromEntries(names.map(([, name]) => [name, anything()]));
}

/** @returns {any} answers every use with another of its kind */
function anything() {
  return new Proxy(class {}, {
    get: (_, key) => (key === 'prototype' ? {} : key === Symbol.toPrimitive ? () => '' : anything()),
    apply: anything,
    construct: anything,
  });
}
