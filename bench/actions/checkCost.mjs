// node bench/actions/checkCost.mjs [--rounds N]
// What the offered actions cost on 300 words where no model writes: wall and processor time until the result, the first time
// in a process and afterwards, and the share of it that checks take (samples whose stack holds a function of checks/ or
// protection/). For rewrite and expand, which a model writes, the model's answers are given at once, each sentence with a
// word exchanged, so every check runs on every sentence: all their time is rules and checks.
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import inspector from 'node:inspector/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { bundle, loadBundle, outFolder } from '../bundle.mjs';
import { median } from '../statistics.mjs';
import { markdownTable } from '../table.mjs';
import { threeHundredWords } from './reading/read.mjs';

const { values } = parseArgs({ options: { rounds: { type: 'string', default: '7' }, cold: { type: 'string' } } });
const modules = `
  export { runAction } from './src/writing/selection/runAction.ts';
  export { actionCatalogue } from './src/writing/selection/actionCatalogue.ts';
  export { offerOf } from './src/writing/selection/offer.ts';
  export { ScriptedEngine } from './test/unit/writing/selection/scriptedEngine.ts';
  export { CancellationToken } from 'vscode-jsonrpc/node.js';
`;
const parameters = 135e6;
const product = values.cold ? loadBundle('checkCost') : await bundle('checkCost', modules);
const text = await threeHundredWords();
const asked = { ask: { instruction: 'Who has to pay for it?' } };
const write = (_, sentence) => sentence.replace(/\b(the|a)\b/, 'this');
const lines = text.split('\n').filter((line) => line !== '');
const texts = {
  table: lines.map((line, i) => `- Part ${i}: ${line.replaceAll(':', ',')}`).join('\n'),
  commitMessage: `diff --git a/notes.md b/notes.md\nindex 1..2 100644\n--- a/notes.md\n+++ b/notes.md\n@@ -0,0 +1,${lines.length} @@\n${lines.map((line) => `+${line}`).join('\n')}\n`,
};

let known;
/** Of one run, in ms. */
async function timeOf(/** @type {string} */ action) {
  const engine = Object.assign(new product.ScriptedEngine({ write }), { knownParameters: () => parameters });
  const request = { action, text: texts[action] ?? text, languageId: 'markdown', ...asked[action] };
  const before = process.cpuUsage();
  const startedAt = performance.now();
  await product.runAction(request, engine, product.CancellationToken.None);
  const wall = performance.now() - startedAt;
  const { user, system } = process.cpuUsage(before);
  return { wall, processor: (user + system) / 1000 };
}

if (values.cold) {
  process.stdout.write(JSON.stringify(await timeOf(values.cold)));
} else {
  const offered = Object.keys(product.actionCatalogue).filter(
    (action) => product.offerOf(action, 'en', parameters).kind === 'offered',
  );
  const rows = [];
  for (const action of [...offered, 'rewrite', 'expand']) rows.push(await rowOf(action, offered.includes(action)));
  const head = ['action', 'first time: wall', 'processor', 'afterwards: wall', 'processor', 'checks, share'];
  process.stdout.write(`${text.split(/\s+/).length} words, ms\n\n${markdownTable([head, ...rows])}\n`);
}

async function rowOf(/** @type {string} */ action, /** @type {boolean} */ isByRules) {
  const rounds = Array.from({ length: Number(values.rounds) });
  const cold = rounds.map(() => {
    const { stdout } = spawnSync(process.execPath, [fileURLToPath(import.meta.url), '--cold', action]);
    return JSON.parse(stdout.toString());
  });
  await timeOf(action);
  const warm = [];
  for (const _ of rounds) warm.push(await timeOf(action));
  const share = isByRules ? `${(100 * (await shareOfChecks(action))).toFixed(0)} %` : '–';
  const of = (times, key) => median(times.map((time) => time[key])).toFixed(0);
  return [action, of(cold, 'wall'), of(cold, 'processor'), of(warm, 'wall'), of(warm, 'processor'), share];
}

/** Of the samples of a profile in which the action's own code runs. */
async function shareOfChecks(/** @type {string} */ action) {
  const session = new inspector.Session();
  session.connect();
  await session.post('Profiler.enable');
  await session.post('Profiler.setSamplingInterval', { interval: 100 });
  await session.post('Profiler.start');
  for (let i = 0; i < 20; i++) await timeOf(action);
  const { profile } = await session.post('Profiler.stop');
  session.disconnect();
  const parents = new Map(profile.nodes.flatMap((node) => (node.children ?? []).map((child) => [child, node])));
  const byId = new Map(profile.nodes.map((node) => [node.id, node]));
  let all = 0;
  let checking = 0;
  for (const id of profile.samples) {
    const files = [];
    for (let node = byId.get(id); node; node = parents.get(node.id)) files.push(fileOf(node.callFrame));
    if (!files.some((file) => file.startsWith('src/'))) continue;
    all++;
    if (files.some((file) => /\/(?:checks|protection\/(?:protection|protectedParts|textIndex|blocksStay))/u.test(file)))
      checking++;
  }
  return checking / Math.max(1, all);
}

/** esbuild says above each part of a bundle which file it comes from. */
function fileOf({ url, lineNumber }) {
  if (!url.endsWith('checkCost.cjs')) return '';
  const parts = partsOfBundle();
  return parts.findLast(({ line }) => line <= lineNumber)?.file ?? '';
}

function partsOfBundle() {
  known ??= readFileSync(path.join(outFolder, 'checkCost.cjs'), 'utf8')
    .split('\n')
    .flatMap((words, line) => {
      const file = /^ *\/\/ ((?:src|node_modules)\/\S+)$/u.exec(words)?.[1];
      return file ? [{ file, line }] : [];
    });
  return known;
}
