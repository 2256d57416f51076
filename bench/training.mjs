// Fine-tuning side by side with PyTorch and PEFT: the same weights, batches, first adapter, rank, optimizer and threads.
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { modelFolder, openTokenizer, outFolder, product, root } from './product.mjs';
import { dequantisedModel, findPython } from './python.mjs';
import { runCommand, runScript } from './runScript.mjs';
import { spread } from './statistics.mjs';
import { markdownTable, withSpread } from './table.mjs';

const warmUp = 2; // steps that allocate and are not timed
const options = {
  sequenceLength: 256,
  loraTargets: ['q', 'k', 'v', 'o', 'gate', 'up', 'down'],
  loraRank: 8,
  loraAlpha: 16,
  learningRate: 1e-3,
  lrSchedule: 'constant',
  warmupSteps: 0,
  weightDecay: 0,
  maxGradNorm: 1,
};

const contestants = ['fast', 'lean', 'float32', 'torchFp32', 'torchBf16'];
const names = {
  fast: 'Inkling, fast',
  lean: 'Inkling, lean',
  float32: 'Inkling, fast, float32 base',
  torchFp32: 'PyTorch fp32',
  torchBf16: 'PyTorch bf16',
};
/** What a contestant of ours is told besides. */
const settings = {
  fast: { memoryMode: 'fast', basePrecision: 'int8' },
  lean: { memoryMode: 'lean', basePrecision: 'int8' },
  float32: { memoryMode: 'fast', basePrecision: 'float32' },
};

/** What is asked: [figure, contestant, compared with, bound]. */
const ratios = [
  ['tokensPerSecond', 'fast', 'torchFp32', '≥ 2.5'],
  ['tokensPerSecond', 'fast', 'torchBf16', '≥ 1.3'],
  ['peakMb', 'fast', 'torchFp32', '≤ 1.0'],
  ['peakMb', 'fast', 'torchBf16', '≤ 1.0'],
  ['tokensPerSecond', 'lean', 'torchFp32', '≥ 1.5'],
  ['peakMb', 'lean', 'torchFp32', '≤ 0.45'],
];
const labels = { tokensPerSecond: 'tokens/s', peakMb: 'peak memory' };

/** @param {{ rounds: number, threads: number[], steps: number, python?: string }} asked */
export async function runTrainingBench({ rounds, threads, steps, python: given }) {
  const python = await findPython(given);
  const shared = { ...(await prepareFiles(steps)), options, modelFolder: await dequantisedModel(python) };
  const figures = {};
  const sections = [];
  for (const count of threads) {
    const runs = Object.fromEntries(contestants.map((name) => [name, []]));
    for (let round = 0; round < rounds; round++) {
      for (const name of round % 2 === 0 ? contestants : contestants.toReversed()) {
        const run = figuresOf(await runOne(name, { ...shared, threads: count, python }));
        runs[name].push(run);
        process.stderr.write(`${count} thread(s), round ${round + 1}: ${name} ${JSON.stringify(run)}\n`);
      }
    }
    figures[`threads${count}`] = runs;
    const title = `**${count === 1 ? '1 thread' : `${count} threads`}**, ${rounds} rounds of ${steps} steps of ${options.sequenceLength} tokens: median (lowest – highest)`;
    sections.push([title, tableOf(runs), ratioTable(runs), lossLine(runs)].join('\n\n'));
  }
  return { figures, markdown: sections.join('\n\n') };
}

/** The batches, pieces of our own prose, and an adapter that changes nothing yet, in PEFT's layout. */
async function prepareFiles(steps) {
  const { initialValues, loraPairs, loraParameters, openModelFolder, writeAdapter } = product();
  const folder = path.join(outFolder, 'training');
  await mkdir(folder, { recursive: true });
  const prose = await readFile(path.join(root, 'test', 'golden', 'texts', 'prose.txt'), 'utf8');
  const ids = openTokenizer().encode(prose);
  const length = options.sequenceLength + 1;
  const batches = Array.from({ length: steps }, (_, i) => {
    const start = (97 * i) % (ids.length - length);
    return ids.slice(start, start + length);
  });
  const batchesFile = path.join(folder, 'batches.json');
  await writeFile(batchesFile, JSON.stringify(batches));
  const { config } = openModelFolder(modelFolder);
  const lora = { rank: options.loraRank, alpha: options.loraAlpha, targets: options.loraTargets, firstLayer: 0 };
  const parameters = loraParameters(config, lora);
  const pairs = loraPairs({ parameters, lora }, initialValues(parameters, 1));
  const adapterFolder = path.join(folder, 'adapter');
  const about = { config, rank: lora.rank, alpha: lora.alpha, baseName: 'bundled' };
  writeAdapter(adapterFolder, { name: 'untrained', pairs, provenance: undefined }, about);
  return { batchesFile, adapterFolder, cacheFolder: path.join(folder, 'cache') };
}

async function runOne(name, { python, ...of }) {
  if (settings[name]) return runScript('trainingOnce.mjs', { ...of, options: { ...of.options, ...settings[name] } });
  const asked = JSON.stringify({ ...of, autocast: name === 'torchBf16' });
  return JSON.parse((await runCommand(python, ['training.py', asked])).trimEnd().split('\n').at(-1));
}

function figuresOf({ seconds, cpuSeconds, losses, peakMb, peakWithEvaluationMb = peakMb }) {
  const middle = (values) => spread(values.slice(warmUp)).median;
  return {
    tokensPerSecond: options.sequenceLength / middle(seconds),
    cpuSecondsPerStep: middle(cpuSeconds),
    peakMb,
    peakWithEvaluationMb,
    losses,
  };
}

function tableOf(runs) {
  const rows = contestants.map((name) => {
    const cell = (figure, digits) => withSpread(spread(runs[name].map((run) => run[figure])), digits);
    return [
      names[name],
      cell('tokensPerSecond', 0),
      cell('cpuSecondsPerStep', 2),
      cell('peakMb', 0),
      cell('peakWithEvaluationMb', 0),
    ];
  });
  return markdownTable([
    ['', 'tokens/s', 'processor seconds per step', 'peak resident, MB', 'with an evaluation, MB'],
    ...rows,
  ]);
}

/** Pair by pair within a round, so that a slow minute of the machine cancels out. */
function ratioTable(runs) {
  const rows = ratios.map(([figure, ours, theirs, bound]) => {
    const pairs = runs[ours].map((run, round) => run[figure] / runs[theirs][round][figure]);
    return [`${labels[figure]}, ${names[ours]} / ${names[theirs]}`, withSpread(spread(pairs), 2), bound];
  });
  return markdownTable([['', 'ratio', 'wanted'], ...rows]);
}

function lossLine(runs) {
  const farthest = (one, other) =>
    Math.max(...one[0].losses.map((loss, step) => Math.abs(loss - other[0].losses[step])));
  const { fast, lean, float32, torchFp32, torchBf16 } = runs;
  const said = [
    `float32 base and PyTorch fp32 ${farthest(float32, torchFp32).toExponential(1)} (wanted: ≤ 1e-4)`,
    `lean and fast ${farthest(lean, fast).toExponential(1)} (wanted: ≤ 1e-4)`,
    `fast and float32 base ${farthest(fast, float32).toExponential(1)}`,
    `PyTorch bf16 and fp32 ${farthest(torchBf16, torchFp32).toExponential(1)}`,
  ];
  return `Largest difference of the loss over ${fast[0].losses.length} steps: ${said.join('; ')}.`;
}
