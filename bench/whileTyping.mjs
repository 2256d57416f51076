// What a writer waits for while other work of the product runs beside the inference process, and while it rests.
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { continueText, openTokenizer, root, startClient } from './product.mjs';
import { median, spread } from './statistics.mjs';
import { markdownTable, withSpread } from './table.mjs';

const contextTokens = 500;
const suggestionTokens = 8;
/** Suggestions in one phase of a round. */
const suggestionCount = 60;
/** Somebody who types 40 words a minute presses a key about every 300 ms. */
const betweenKeysMs = 300;

/**
 * In each round the same characters are typed while the work rests and while it runs; which comes first alternates.
 * @param {number} rounds
 * @param {{ resting: string, running: string }} titles of the two columns
 * @param {(isRunning: boolean, type: () => Promise<number[]>) => Promise<{ waits: number[], done: number }>} phase lets the
 *   work run or rest, types meanwhile, and says how much the work got done
 * @param {(done: number) => string} summary of what it got done in all rounds
 */
export async function runWhileTyping(rounds, titles, phase, summary) {
  const prose = await readFile(path.join(root, 'test', 'golden', 'texts', 'prose.txt'), 'utf8');
  const tokenizer = openTokenizer();
  const ids = tokenizer.encode(prose);
  const client = startClient({ threads: 0 });
  const phases = { resting: [], running: [] };
  try {
    await typeAt(520); // the model is loaded, the caches are warm
    for (let round = 0; round < rounds; round++) {
      const order = round % 2 === 0 ? ['resting', 'running'] : ['running', 'resting'];
      for (const name of order) {
        const { waits, done } = await phase(name === 'running', () => typeAt(600 + ((40 * round) % 400)));
        phases[name].push({ medianMs: median(waits), p95Ms: p95(waits), done });
      }
      process.stderr.write(`round ${round + 1}: ${JSON.stringify([phases.resting.at(-1), phases.running.at(-1)])}\n`);
    }
  } finally {
    await client.dispose();
  }
  const done = phases.running.reduce((sum, round) => sum + round.done, 0);
  return { figures: { phases }, markdown: `${tableOf(phases, titles)}\n\n${summary(done)}` };

  /** Types behind about 500 tokens of the text that end at a word's end before token `end`. */
  function typeAt(end) {
    return typeOn(client, prose, tokenizer.decode(ids.slice(end - contextTokens, end)).trimEnd());
  }
}

/** Types what follows in the text at a writer's pace; ms until each suggestion. */
async function typeOn(client, prose, context) {
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

const p95 = (values) => values.toSorted((a, b) => a - b)[Math.floor(0.95 * values.length)];

/** Ratios are taken within a round. */
function tableOf({ resting, running }, titles) {
  const row = (label, name, bound) => [
    label,
    withSpread(spread(resting.map((round) => round[name])), 0),
    withSpread(spread(running.map((round) => round[name])), 0),
    withSpread(spread(running.map((round, i) => round[name] / resting[i][name])), 2),
    bound,
  ];
  const title = `Suggestion of ${suggestionTokens} tokens after one more character, ${contextTokens} tokens of context; ${running.length} rounds of ${suggestionCount}: median (lowest – highest)`;
  const head = ['', titles.resting, titles.running, 'ratio', 'wanted'];
  return `${title}\n\n${markdownTable([head, row('median, ms', 'medianMs', ''), row('95th percentile, ms', 'p95Ms', '≤ 2')])}`;
}
