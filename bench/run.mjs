// npm run bench [-- PART …] [-- --rounds N] [--python FILE] [--threads 1,2] [--model FILE.gguf]
// npm run bench -- actions …   what the actions do to text: see actions.mjs
// npm run bench -- activation [RUNS]   what the editor's process spends on loading the extension: see activation.mjs
// Measures the built product on this machine, side by side with its peers; writes out/bench/results/*.json and prints
// Markdown tables. Every run of every engine is a process of its own; nothing runs at the same time.
import { existsSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { npm } from '../scripts/npm.mjs';
import { build, installDependencies } from '../scripts/prepare.mjs';

/** These read the command line themselves. */
const alone = { actions: () => import('./actions.mjs'), activation: () => import('./activation.mjs') };
const [part = ''] = process.argv.slice(2);
if (Object.hasOwn(alone, part)) {
  process.argv.splice(2, 1);
  await alone[/** @type {keyof typeof alone} */ (part)]();
  process.exit();
}

const folder = fileURLToPath(new URL('.', import.meta.url));
/** Read once it is known which model they measure. */
const parts = {
  peers: async () => (await import('./peers.mjs')).runPeers,
  writer: async () => (await import('./writer.mjs')).runWriter,
  carets: async () => (await import('./carets.mjs')).runCarets,
  parity: async () => (await import('./parity.mjs')).runParity,
  'while-training': async () => (await import('./whileTraining.mjs')).runWhileTraining,
  'while-fetching': async () => (await import('./whileFetching.mjs')).runWhileFetching,
  training: async () => (await import('./training.mjs')).runTrainingBench,
};
const withAnyModel = ['peers', 'writer', 'carets', 'parity'];

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    rounds: { type: 'string', default: '7' },
    threads: { type: 'string', default: '1,2' },
    steps: { type: 'string', default: '30' },
    python: { type: 'string' },
    contestants: { type: 'string' },
    model: { type: 'string' },
    'decode-tokens': { type: 'string', default: '64' },
    carets: { type: 'string', default: '300' },
  },
});
if (values.model) process.env['INKLING_BENCH_MODEL'] = path.resolve(process.env['INIT_CWD'] ?? '', values.model);
const known = values.model ? withAnyModel : Object.keys(parts);
const wanted = positionals.length > 0 ? positionals : known;
const unknown = wanted.find((part) => !known.includes(part));
if (unknown) {
  process.stderr.write(
    `There is no part "${unknown}": npm run bench [-- ${[...known, ...Object.keys(alone)].join(' | ')} …]\n`,
  );
  process.exit(2);
}
const options = {
  rounds: Number(values.rounds),
  steps: Number(values.steps),
  threads: values.threads.split(',').map(Number),
  contestants: (values.contestants ?? contestantsOf(values.model)).split(','),
  decodeTokens: Number(values['decode-tokens']),
  carets: Number(values.carets),
  python: values.python,
};

/** transformers.js takes a graph of its own, which is exported of the bundled model only. */
function contestantsOf(model) {
  return `inkling,llamaCpp,llamaCppWithoutAmx${model ? '' : ',transformersJs'}`;
}

await installDependencies();
if (!existsSync(path.join(folder, 'node_modules'))) await npm(['ci', '--loglevel=error'], { cwd: folder });
await build();
const { addGivenModel, bundleProduct, outFolder } = await import('./product.mjs');
const { makePrompts } = await import('./prompts.mjs');
await bundleProduct();
await addGivenModel();
await mkdir(path.join(outFolder, 'results'), { recursive: true });
await writeFile(path.join(outFolder, 'prompts.json'), JSON.stringify(makePrompts()));

const machine = {
  cpu: os.cpus()[0]?.model ?? 'unknown',
  cores: os.availableParallelism(),
  memoryGb: Math.round(os.totalmem() / 1e9),
  system: `${os.platform()} ${os.arch()}`,
  node: process.version,
};
const results = { startedAt: new Date().toISOString(), machine, options };
for (const part of wanted) {
  const loadBefore = os.loadavg()[0];
  const { figures, markdown } = await (await parts[part]())(options);
  results[part] = { loadBefore, loadAfter: os.loadavg()[0], ...figures };
  process.stdout.write(`\n${markdown}\n`);
}
const file = path.join(outFolder, 'results', `${results.startedAt.replaceAll(':', '-')}.json`);
await writeFile(file, `${JSON.stringify(results, null, 2)}\n`);
process.stdout.write(`\n${machine.cpu}, ${machine.cores} cores, ${machine.system}, Node ${machine.node}. ${file}\n`);
