// node bench/serve.mjs [--pairs N] [--threads N] [--model FOLDER]
// What the endpoint for other programs costs: time to the first streamed token through `inkling serve`, as a program on this
// machine gets it (HTTP, server-sent events), and through the product's own client. Both have the same model in a process of
// their own, get the same prompt in the same slot with the same cache, and answer in turn, the first one changing from pair
// to pair; the other one is idle meanwhile. Build before: node esbuild.config.mjs.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { parseArgs } from 'node:util';
import { root } from './bundle.mjs';
import { cpuTicks } from './procfs.mjs';
import { bundleProduct, distFolder, product } from './product.mjs';
import { spread } from './statistics.mjs';
import { markdownTable, withSpread } from './table.mjs';

const { values } = parseArgs({
  options: {
    pairs: { type: 'string', default: '30' },
    threads: { type: 'string', default: '1' },
    model: { type: 'string', default: path.join(distFolder, 'models', 'smollm2-135m-instruct') },
  },
});
const threads = Number(values.threads);
const options = { temperature: 0, maxNewTokens: 2 };
/** As `inkling serve` loads it. */
const maxContextTokens = 8192;

await bundleProduct();
const { CancellationToken, InferenceClient, resolveGenerationOptions } = product();
const folder = await mkdtemp(path.join(os.tmpdir(), 'inkling-bench-'));
const client = new InferenceClient({ modulePath: path.join(distFolder, 'inference.js'), log: () => undefined });
client.use({
  modelFolder: values.model,
  device: 'cpu',
  threads,
  precision: 'default',
  idleUnloadMs: 0,
  maxContextTokens,
});
const server = await startServer(path.join(folder, 'token'));
try {
  await client.load();
  const prose = (await readFile(path.join(root, 'test', 'golden', 'texts', 'prose.txt'), 'utf8')).repeat(4);
  /** Texts of two numbers share no more than a digit or three: nothing else of one is in the cache of the next. */
  const prompt = (number, characters) => {
    const from = (37 * number) % (prose.length - characters);
    return `${number}. ${prose.slice(from, from + characters)}`.trimEnd();
  };
  const conditions = [
    { name: '200 characters that were not read before', text: (pair) => prompt(1000 + pair, 200) },
    { name: '1,000 characters that were not read before', text: (pair) => prompt(2000 + pair, 1000) },
    { name: '1,000 characters, read before', text: () => prompt(3000, 1000) },
    { name: '12,000 characters, read before', text: () => prompt(4000, 12_000) },
  ];
  const rows = [];
  for (const { name, text } of conditions) {
    const ways = {
      served: { times: [], ticks: 0, ask: throughServer, processes: [server.processId, childOf(server.processId)] },
      direct: { times: [], ticks: 0, ask: throughClient, processes: [client.processId] },
    };
    for (let pair = -2; pair < Number(values.pairs); pair++) {
      const asked = text(pair + 2);
      const turns = [ways.served, ways.direct];
      for (const way of pair % 2 === 0 ? turns : turns.toReversed()) {
        const before = ticksOf(way.processes);
        const ms = await way.ask(asked);
        if (pair < 0) continue; // two pairs before warm everything up
        way.times.push(ms);
        way.ticks += ticksOf(way.processes) - before;
      }
    }
    const { served, direct } = ways;
    const differences = served.times.map((ms, pair) => ms - direct.times[pair]);
    const perAnswer = ({ ticks, times }) => ((10 * ticks) / times.length).toFixed(1);
    rows.push([
      name,
      ...[served.times, direct.times, differences].map((times) => withSpread(spread(times), 1)),
      `${perAnswer(served)} and ${perAnswer(direct)}`,
    ]);
    process.stderr.write(`${rows.at(-1).join(' | ')}\n`);
  }
  const head = [
    'first token, ms',
    'inkling serve',
    'the client',
    'difference, pair by pair',
    'processor time an answer',
  ];
  process.stdout.write(`${markdownTable([head, ...rows])}\n`);
} finally {
  await client.dispose();
  await server.end();
  await rm(folder, { recursive: true, force: true });
}

/** @returns {Promise<number>} milliseconds until the first text of the answer is here */
async function throughServer(text) {
  const startedAt = performance.now();
  const response = await fetch(`${server.url}/completions`, {
    method: 'POST',
    headers: { authorization: `Bearer ${server.token}`, 'content-type': 'application/json' },
    body: JSON.stringify({
      model: server.model,
      prompt: text,
      stream: true,
      temperature: options.temperature,
      max_tokens: options.maxNewTokens,
    }),
  });
  if (!response.ok || !response.body) throw new Error(await response.text());
  let firstMs;
  let answer = '';
  for await (const chunk of response.body) {
    answer += Buffer.from(chunk).toString('latin1');
    if (firstMs === undefined && /"text":"[^"]/u.test(answer)) firstMs = performance.now() - startedAt;
  }
  return told(firstMs);
}

/** @returns {Promise<number>} the same */
async function throughClient(text) {
  const startedAt = performance.now();
  let firstMs;
  const outcome = await client.generate(
    {
      slot: 'action',
      prompt: { kind: 'continue', text, heal: false },
      options: resolveGenerationOptions(options),
      ignoreEndOfText: false,
      freshCache: false,
    },
    CancellationToken.None,
    (partial) => {
      if (partial !== '') firstMs ??= performance.now() - startedAt;
    },
  );
  if (outcome.kind === 'failed') throw outcome.error;
  return told(firstMs);
}

/** With this script's own, which speaks to both. */
function ticksOf(processIds) {
  return [process.pid, ...processIds].reduce((sum, id) => sum + cpuTicks(id), 0);
}

/** Of a process with one child. */
function childOf(processId) {
  return Number(readFileSync(`/proc/${processId}/task/${processId}/children`, 'utf8'));
}

function told(firstMs) {
  if (firstMs === undefined) throw new Error('the model wrote nothing');
  return firstMs;
}

async function startServer(tokenFile) {
  const child = spawn(
    process.execPath,
    [
      path.join(distFolder, 'cli.js'),
      ...['serve', '--with-parent', '--json', '--device', 'cpu', '--threads', String(threads)],
      ...['--model', values.model, '--token-file', tokenFile],
    ],
    { stdio: ['pipe', 'pipe', 'inherit'] },
  );
  const [line] = await once(createInterface({ input: child.stdout }), 'line');
  const { url, model } = JSON.parse(line);
  return {
    processId: child.pid,
    url,
    model,
    token: (await readFile(tokenFile, 'utf8')).trim(),
    end: async () => {
      child.stdin.end();
      await once(child, 'exit');
    },
  };
}
