// What a writer waits for while the product's training process runs beside the inference process, and while it rests.
// Both are the product's own, started as the editor starts them; training is at the priority that it gives itself.
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { continueText, distFolder, modelFolder, openTokenizer, product, root, startClient } from './product.mjs';
import { median, spread } from './statistics.mjs';
import { markdownTable, withSpread } from './table.mjs';

const contextTokens = 500;
const suggestionTokens = 8;
/** Suggestions in one phase of a round. */
export const suggestionCount = 60;
/** Somebody who types 40 words a minute presses a key about every 300 ms. */
const betweenKeysMs = 300;

/**
 * In each round, the same characters are typed while training rests and while it runs; which comes first alternates.
 * @param {{ rounds: number }} options
 */
export async function runWhileTraining({ rounds }) {
  const prose = await readFile(path.join(root, 'test', 'golden', 'texts', 'prose.txt'), 'utf8');
  const tokenizer = openTokenizer();
  const ids = tokenizer.encode(prose);
  const client = startClient({ threads: 0 });
  const training = await startTraining();
  const phases = { resting: [], running: [] };
  try {
    await typeOn(client, { prose, context: contextBefore(520) }); // the model is loaded, the caches are warm
    for (let round = 0; round < rounds; round++) {
      const order = round % 2 === 0 ? ['resting', 'running'] : ['running', 'resting'];
      for (const phase of order) {
        await (phase === 'running' ? training.run() : training.rest());
        const context = contextBefore(600 + ((40 * round) % 400));
        const stepsBefore = training.steps();
        const waits = await typeOn(client, { prose, context });
        phases[phase].push({ medianMs: median(waits), p95Ms: p95(waits), steps: training.steps() - stepsBefore });
      }
      process.stderr.write(`round ${round + 1}: ${JSON.stringify({ ...lastOf(phases) })}\n`);
    }
  } finally {
    await training.end();
    await client.dispose();
  }
  return { figures: { phases }, markdown: tableOf(phases, rounds) };

  /** Text of about 500 tokens in front of token `end`, ending at a word's end. */
  function contextBefore(end) {
    return tokenizer.decode(ids.slice(end - contextTokens, end)).trimEnd();
  }
}

/** A run of the training process that does not end by itself. */
async function startTraining() {
  const { TrainingClient } = product();
  const folder = await mkdtemp(path.join(os.tmpdir(), 'inkling-bench-'));
  const training = new TrainingClient({ modulePath: path.join(distFolder, 'training.js'), log: () => undefined });
  let steps = 0;
  const started = new Promise((resolve) => {
    training.onEvent((event) => {
      if (event.event !== 'step') return;
      steps = event.step;
      resolve(undefined);
    });
  });
  const ended = training.train({
    modelFolder,
    paths: [path.join(root, 'media', 'sample')],
    corpus: {},
    outputFolder: path.join(folder, 'adapter'),
    name: 'bench',
    options: { epochs: 1000, earlyStoppingPatience: 0, evaluationSteps: 100_000 },
    resume: false,
  });
  await Promise.race([started, ended]);
  return {
    steps: () => steps,
    rest: () => training.pause(),
    async run() {
      await training.resume();
      await sleep(2000); // it is in the middle of a step
    },
    async end() {
      await training.stop(false);
      await ended;
      await training.dispose();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

/** Types what follows in the text at a writer's pace; ms until each suggestion. */
export async function typeOn(client, { prose, context }) {
  const from = prose.indexOf(context.slice(-60)) + 60;
  const suggest = (text) => continueText(client, text, { maxNewTokens: suggestionTokens, heal: true });
  await suggest(context);
  const waits = [];
  for (let typed = 1; typed <= suggestionCount; typed++) {
    const { ms } = await suggest(context + prose.slice(from, from + typed));
    waits.push(ms);
    await sleep(Math.max(0, betweenKeysMs - ms));
  }
  return waits;
}

export const p95 = (values) => values.toSorted((a, b) => a - b)[Math.floor(0.95 * values.length)];
const lastOf = (phases) => Object.fromEntries(Object.entries(phases).map(([name, rounds]) => [name, rounds.at(-1)]));

/** Ratios are taken within a round. */
function tableOf({ resting, running }, rounds) {
  const row = (label, name, bound) => [
    label,
    withSpread(spread(resting.map((round) => round[name])), 0),
    withSpread(spread(running.map((round) => round[name])), 0),
    withSpread(spread(running.map((round, i) => round[name] / resting[i][name])), 2),
    bound,
  ];
  const title = `Suggestion of ${suggestionTokens} tokens after one more character, ${contextTokens} tokens of context; ${rounds} rounds of ${suggestionCount}: median (lowest – highest)`;
  const head = ['', 'training rests', 'training runs', 'ratio', 'wanted'];
  const steps = running.reduce((sum, round) => sum + round.steps, 0);
  return [
    title,
    '',
    markdownTable([head, row('median, ms', 'medianMs', ''), row('95th percentile, ms', 'p95Ms', '≤ 2')]),
    '',
    `Training took ${steps} steps meanwhile.`,
  ].join('\n');
}
