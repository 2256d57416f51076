// What one condition (the model, or the model with an adapter) makes of held-out texts: how likely they are to it, and
// what a simulated writer has of it. Written stretch by stretch, so that a run that is broken off goes on.
import { appendFileSync, existsSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { bundle } from '../bundle.mjs';
import { distFolder, modelFolder } from '../product.mjs';

const modules = `
  export { adapterStrength } from './src/protocol/engineOptions.ts';
  export { InferenceClient } from './src/client/inferenceClient.ts';
  export { languageOf } from './src/cli/input.ts';
  export { guessNextWords } from './src/writing/simulator/adapterComparison.ts';
  export { pairedFigures } from './src/writing/simulator/intervals.ts';
  export { replay } from './src/writing/simulator/simulation.ts';
  export { textFigures } from './src/writing/simulator/simulationReport.ts';
  export { stretchesOf } from './src/writing/simulator/stretches.ts';
`;

/** The product's own simulator and client, bundled as they stand. */
export const loadSimulator = () => bundle('adapters/simulator', modules);

/** As in the report that stays with an adapter. */
const windowTokens = 256;
const maxContextTokens = 1024;

/**
 * @param {any} simulator
 * @param {{ adapter: string | undefined, strength: number, words?: readonly string[], file: string, carets: number, threads: number, losses: Record<string, readonly string[]>,
 *   typed: readonly { path: string, languageId: string, text: string }[], stretches: readonly object[] }} request
 *   `losses`: texts to be scored, by the name of their group; `typed`: those that the stretches are of
 *   `words`: texts of the writer's, whose words are preferred
 * @returns {Promise<{ losses: Record<string, number[]>, typed: object[], guessed: object[] }>} nats per token; tallies
 *   per stretch
 */
export async function measure(simulator, request) {
  const { adapter, strength, words = [], file, carets, threads, losses, typed, stretches } = request;
  const client = new simulator.InferenceClient({
    modulePath: path.join(distFolder, 'inference.js'),
    log: () => undefined,
  });
  const load = { modelFolder, device: 'cpu', threads, precision: 'default', idleUnloadMs: 0, maxContextTokens };
  client.use(adapter ? { ...load, adapter: { folder: adapter, strength } } : load);
  try {
    const scored = await once(`${file}.losses.json`, () => scoreAll(client, losses));
    const texts = await Promise.all(words.map(async (text) => (await client.tokenize(text)).tokens));
    await client.useOwnWords({ modelFolder, texts });
    const tallies = await typeAll(client, simulator, { file: `${file}-${carets}.stretches.jsonl`, typed, stretches });
    return { losses: scored, typed: tallies.map((line) => line.typed), guessed: tallies.map((line) => line.guessed) };
  } finally {
    await client.dispose();
  }
}

async function scoreAll(client, groups) {
  const losses = {};
  for (const [name, texts] of Object.entries(groups)) {
    losses[name] = [];
    for (const text of texts) {
      const { logprobs } = await client.score({ text, windowTokens, withTokens: true });
      losses[name].push(...logprobs.filter((logprob) => logprob !== null).map((logprob) => -logprob));
    }
  }
  return losses;
}

async function typeAll(client, simulator, { file, typed, stretches }) {
  const lines = existsSync(file)
    ? readFileSync(file, 'utf8').trimEnd().split('\n').filter(Boolean).map(JSON.parse)
    : [];
  for (const stretch of stretches.slice(lines.length)) {
    const options = { policy: 'gated', stopwatch: { now: () => 0 } };
    const answers = simulator.replay(client, { texts: typed, stretches: [stretch] }, options);
    const { value: tally } = await answers.next();
    const guessed = await simulator.guessNextWords(client, typed[stretch.text], stretch);
    lines.push({ typed: tally.all, guessed });
    appendFileSync(file, `${JSON.stringify(lines.at(-1))}\n`);
    process.stderr.write(`\r${path.basename(file)}: ${lines.length} of ${stretches.length}`);
  }
  process.stderr.write('\n');
  return lines;
}

/** The document in a file, made when it is not there. */
async function once(file, make) {
  if (!existsSync(file)) {
    const made = await make();
    rmSync(`${file}.part`, { force: true });
    writeFileSync(`${file}.part`, JSON.stringify(made));
    renameSync(`${file}.part`, file);
  }
  return JSON.parse(readFileSync(file, 'utf8'));
}
