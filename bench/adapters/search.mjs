// node bench/adapters/search.mjs [--parallel 2] [--folder DIR]
// What should the defaults of fine-tuning be? Successive halving (Jamieson & Talwalkar 2016): all candidates for a few
// steps on three corpora of different kinds, the better ones for more steps and with several seeds. Each run is one of
// the product's command line; what is done already is in the folder and is not done again. Prints Markdown.
import { existsSync, readFileSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { distFolder, outFolder } from '../product.mjs';
import { runCommand } from '../runScript.mjs';
import { markdownTable } from '../table.mjs';
import { fetchCorpus } from './corpora.mjs';

const { values: given } = parseArgs({
  options: {
    parallel: { type: 'string', default: '2' },
    folder: { type: 'string', default: path.join(outFolder, 'adapters', 'search') },
  },
});

const all = 'q,k,v,o,gate,up,down';
/** The first is what was there before the search. */
const candidates = [
  { rank: 8, alpha: 16, learningRate: 1e-3, targets: all, dropout: 0 },
  { rank: 8, alpha: 16, learningRate: 2e-3, targets: all, dropout: 0 },
  { rank: 8, alpha: 16, learningRate: 4e-3, targets: all, dropout: 0 },
  { rank: 4, alpha: 8, learningRate: 2e-3, targets: all, dropout: 0 },
  { rank: 16, alpha: 32, learningRate: 1e-3, targets: all, dropout: 0 },
  { rank: 16, alpha: 32, learningRate: 2e-3, targets: all, dropout: 0.05 },
  { rank: 32, alpha: 64, learningRate: 1e-3, targets: all, dropout: 0 },
  { rank: 8, alpha: 16, learningRate: 2e-3, targets: 'q,v', dropout: 0 },
  { rank: 16, alpha: 32, learningRate: 2e-3, targets: 'gate,up,down', dropout: 0 },
];

/** Each rung keeps the best of the one before it. */
const rungs = [
  { steps: 30, keep: candidates.length, corpora: ['austen', 'exim', 'prose'], seeds: [0], evaluationTokens: 2048 },
  { steps: 50, keep: 3, corpora: ['austen', 'exim'], seeds: [0, 1], evaluationTokens: 2048 },
];

await mkdir(given.folder, { recursive: true });
let left = candidates;
for (const [number, rung] of rungs.entries()) {
  left = left.slice(0, rung.keep);
  const jobs = left.flatMap((candidate) =>
    rung.corpora.flatMap((corpus) => rung.seeds.map((seed) => ({ candidate, corpus, seed }))),
  );
  const results = await inParallel(jobs, Number(given.parallel), (job) => trained({ ...job, rung }));
  const scored = left.map((candidate) => {
    const own = results.filter((_, i) => jobs[i].candidate === candidate);
    return { candidate, own, score: mean(own.map(gain)) };
  });
  scored.sort((a, b) => b.score - a.score);
  process.stdout.write(`${tableOf(number + 1, rung, scored, jobs, results)}\n\n`);
  left = scored.map(({ candidate }) => candidate);
}

/** Nats per token of validation text that training took away. */
function gain({ before, after }) {
  return before - after;
}

/** @returns {Promise<{ before: number, after: number, seconds: number }>} validation losses */
async function trained({ candidate, corpus, seed, rung }) {
  const { rank, alpha, learningRate, targets, dropout } = candidate;
  const name = [corpus, rank, alpha, learningRate, targets.replaceAll(',', ''), dropout, rung.steps, seed].join('-');
  const adapter = path.join(given.folder, name);
  const record = `${adapter}.json`;
  if (!existsSync(record)) {
    const { learn } = await fetchCorpus(corpus);
    const options = {
      'lora-rank': rank,
      'lora-alpha': alpha,
      'learning-rate': learningRate,
      'lora-targets': targets,
      'lora-dropout': dropout,
      'max-steps': rung.steps,
      'evaluation-steps': rung.steps,
      'evaluation-tokens': rung.evaluationTokens,
      'early-stopping-patience': 0,
      epochs: 1,
      threads: 1,
      seed,
      'test-fraction': 0,
    };
    const stdout = await runCommand(process.execPath, [
      path.join(distFolder, 'cli.js'),
      ...['finetune', learn, '--out', adapter, '--jsonl', '--no-proof'],
      ...Object.entries(options).flatMap(([key, value]) => [`--${key}`, String(value)]),
    ]);
    const events = stdout.trimEnd().split('\n').map(JSON.parse);
    const evaluations = events.filter(({ event }) => event === 'evaluation');
    const [before, after] = [evaluations[0], evaluations.at(-1)].map(({ validationLoss }) => validationLoss);
    await writeFile(record, JSON.stringify({ before, after, seconds: events.at(-1).seconds }));
    process.stderr.write(`${name}: ${before.toFixed(3)} → ${after.toFixed(3)}\n`);
  }
  return JSON.parse(readFileSync(record, 'utf8'));
}

async function inParallel(jobs, count, run) {
  const results = [];
  let next = 0;
  const worker = async () => {
    while (next < jobs.length) {
      const index = next++;
      results[index] = await run(jobs[index]);
    }
  };
  await Promise.all(Array.from({ length: count }, worker));
  return results;
}

function tableOf(number, rung, scored, jobs, results) {
  const rows = scored.map(({ candidate, own, score }) => {
    const { rank, alpha, learningRate, targets, dropout } = candidate;
    const perCorpus = rung.corpora.map((name) => {
      const here = results.filter((_, i) => jobs[i].candidate === candidate && jobs[i].corpus === name);
      const change = mean(here.map((result) => Math.exp(-gain(result)) - 1));
      return `${change < 0 ? '−' : '+'}${Math.abs(100 * change).toFixed(1)} %`;
    });
    const range = rung.seeds.length > 1 ? ` (${spreadOfSeeds(own, rung.seeds.length)})` : '';
    const what = [rank, alpha, learningRate, targets === all ? 'all seven' : targets, dropout].map(String);
    return [...what, ...perCorpus, `${score.toFixed(4)}${range}`];
  });
  const head = ['rank', 'alpha', 'learning rate', 'targets', 'dropout', ...rung.corpora, 'nats per token saved'];
  const seeds = rung.seeds.length > 1 ? `, ${rung.seeds.length} seeds` : '';
  return `**Rung ${number}**: ${rung.steps} steps${seeds}; change of the validation perplexity\n\n${markdownTable([head, ...rows])}`;
}

/** Lowest and highest mean over the corpora, of the seeds. */
function spreadOfSeeds(own, seeds) {
  const means = Array.from({ length: seeds }, (_, seed) => mean(own.filter((_, i) => i % seeds === seed).map(gain)));
  return `${Math.min(...means).toFixed(4)} – ${Math.max(...means).toFixed(4)}`;
}

function mean(numbers) {
  return numbers.reduce((sum, value) => sum + value, 0) / numbers.length;
}
