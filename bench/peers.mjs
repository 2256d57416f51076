// Side by side: load, prefill of 512 tokens, decode of 64 tokens around 256 tokens of context, memory.
import { existsSync, readFileSync } from 'node:fs';
import { exportOnnx } from './python.mjs';
import { runScript } from './runScript.mjs';
import { spread } from './statistics.mjs';
import { markdownTable, withSpread } from './table.mjs';

/** Figures of a contestant, with the better direction of the ratio "Inkling / other". */
const measured = [
  { name: 'loadMs', label: 'model load, ms', digits: 0 },
  { name: 'readyMs', label: 'process start to model ready, ms', digits: 0 },
  { name: 'prefillTokensPerSecond', label: 'prefill, tokens/s', digits: 0 },
  { name: 'prefillProcessorMs', label: 'the same 512 tokens, processor time, ms', digits: 0 },
  { name: 'decodeTokensPerSecond', label: 'decode, tokens/s', digits: 1 },
  { name: 'residentMb', label: 'memory once loaded, MB', digits: 0 },
  { name: 'peakMb', label: 'peak memory, MB', digits: 0 },
];
const names = {
  inkling: 'Inkling',
  llamaCpp: 'llama.cpp',
  llamaCppWithoutAmx: 'llama.cpp without AMX',
  transformersJs: 'transformers.js',
};

/** @param {{ rounds: number, threads: number[], contestants: string[], python?: string, decodeTokens: number }} options */
export async function runPeers({ rounds, threads, contestants: wanted, python, decodeTokens }) {
  const contestants = wanted.filter((name) => name !== 'llamaCppWithoutAmx' || hasAmx());
  if (contestants.includes('transformersJs')) await exportOnnx(python);
  const figures = {};
  const sections = [];
  for (const count of threads) {
    const runs = await alternate(contestants, rounds, { threads: count, decodeTokens });
    figures[`threads${count}`] = runs;
    sections.push(
      `**${count === 1 ? '1 thread' : `${count} threads`}**, ${rounds} rounds: median (lowest – highest)\n\n${table(runs)}`,
    );
  }
  return { figures, markdown: sections.join('\n\n') };
}

/** Without the unit the two columns of llama.cpp would be the same. */
const hasAmx = () => existsSync('/proc/cpuinfo') && /\bamx_int8\b/.test(readFileSync('/proc/cpuinfo', 'utf8'));

/** Each round runs every contestant once, in turned order, so that what the machine does meanwhile hits all alike. */
async function alternate(contestants, rounds, options) {
  const runs = Object.fromEntries(contestants.map((name) => [name, []]));
  for (let round = 0; round < rounds; round++) {
    const order = round % 2 === 0 ? contestants : contestants.toReversed();
    for (const name of order) {
      const run = await runScript(`contestants/${name}.mjs`, options);
      runs[name].push(run);
      process.stderr.write(
        `${options.threads} thread(s), round ${round + 1}: ${name} ${JSON.stringify({ ...run, text: undefined })}\n`,
      );
    }
  }
  return runs;
}

function table(runs) {
  const others = Object.keys(runs).filter((name) => name !== 'inkling');
  const head = [
    '',
    ...Object.keys(runs).map((name) => names[name]),
    ...others.map((name) => `Inkling / ${names[name]}`),
  ];
  const rows = measured.map(({ name, label, digits }) => [
    label,
    ...Object.values(runs).map((ofOne) => withSpread(spread(ofOne.map((run) => run[name])), digits)),
    ...others.map((other) => withSpread(spread(ratios(runs.inkling, runs[other], name)), 2)),
  ]);
  return markdownTable([head, ...rows]);
}

/** Pair by pair: round by round, so that a slow minute of the machine cancels out. */
const ratios = (ours, theirs, name) => ours.map((run, round) => run[name] / theirs[round][name]);
