// What a writer waits for while another model is fetched and converted, and while nothing is: both processes are the
// product's own, started as the editor starts them. The hub is on a loopback address and has the model in the box.
import { createHash } from 'node:crypto';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { createServer } from 'node:http';
import os from 'node:os';
import path from 'node:path';
import { distFolder, ggufFile, openTokenizer, product, root, startClient } from './product.mjs';
import { median, spread } from './statistics.mjs';
import { markdownTable, withSpread } from './table.mjs';
import { p95, suggestionCount, typeOn } from './whileTraining.mjs';

const contextTokens = 500;
const id = 'bench/model';
const commit = 'be'.repeat(20);

/**
 * In each round the same characters are typed while the store process rests and while it fetches and converts, again and
 * again; which comes first alternates.
 * @param {{ rounds: number }} options
 */
export async function runWhileFetching({ rounds }) {
  const prose = await readFile(path.join(root, 'test', 'golden', 'texts', 'prose.txt'), 'utf8');
  const tokenizer = openTokenizer();
  const ids = tokenizer.encode(prose);
  const contextBefore = (end) => tokenizer.decode(ids.slice(end - contextTokens, end)).trimEnd();
  const client = startClient({ threads: 0 });
  const hub = await startHub();
  const phases = { resting: [], running: [] };
  try {
    await typeOn(client, { prose, context: contextBefore(520) }); // the model is loaded, the caches are warm
    for (let round = 0; round < rounds; round++) {
      const order = round % 2 === 0 ? ['resting', 'running'] : ['running', 'resting'];
      for (const phase of order) {
        const store = phase === 'running' ? startFetching(hub.endpoint) : undefined;
        const waits = await typeOn(client, { prose, context: contextBefore(600 + ((40 * round) % 400)) });
        const models = (await store?.end()) ?? 0;
        phases[phase].push({ medianMs: median(waits), p95Ms: p95(waits), models });
      }
      process.stderr.write(`round ${round + 1}: ${JSON.stringify([phases.resting.at(-1), phases.running.at(-1)])}\n`);
    }
  } finally {
    await client.dispose();
    hub.close();
  }
  return { figures: { phases }, markdown: tableOf(phases, rounds) };
}

/** Fetches, converts and deletes until it is told to end, which says how many models came. */
function startFetching(endpoint) {
  const { CancellationTokenSource, StoreClient } = product();
  const store = new StoreClient({ modulePath: path.join(distFolder, 'store.js'), log: () => undefined });
  const stop = new CancellationTokenSource();
  let models = 0;
  const fetched = (async () => {
    while (!stop.token.isCancellationRequested) {
      const folder = await mkdtemp(path.join(os.tmpdir(), 'inkling-bench-'));
      const asked = { id, revision: 'main', name: 'fetched', folder, endpoint, resume: false };
      try {
        await store.download(asked, () => undefined, stop.token);
        models++;
      } catch (error) {
        if (!stop.token.isCancellationRequested) throw error;
      } finally {
        await rm(folder, { recursive: true, force: true });
      }
    }
  })();
  fetched.catch(() => undefined); // `end` tells it
  return {
    async end() {
      stop.cancel();
      await store.dispose(); // a conversion does not end by itself
      await fetched;
      return models;
    },
  };
}

/** As much of a hub as a download asks for. */
async function startHub() {
  const content = await readFile(ggufFile);
  const sha256 = createHash('sha256').update(content).digest('hex');
  const file = { rfilename: 'model.gguf', size: content.length, lfs: { size: content.length, sha256 } };
  const description = JSON.stringify({ id, sha: commit, siblings: [file], gated: false });
  const server = createServer(({ url }, response) => {
    if (url?.startsWith(`/api/models/${id}/revision/`)) {
      response.writeHead(200, { 'content-type': 'application/json' }).end(description);
    } else if (url === `/${id}/resolve/${commit}/model.gguf`) {
      response.writeHead(200, { etag: `"${sha256}"`, 'content-length': content.length }).end(content);
    } else response.writeHead(404).end();
  });
  await new Promise((resolve) => server.listen(0, '127.0.0.1', () => resolve(undefined)));
  const { port } = /** @type {import('node:net').AddressInfo} */ (server.address());
  return {
    endpoint: `http://127.0.0.1:${port}`,
    close: () => {
      server.closeAllConnections();
      server.close();
    },
  };
}

/** Ratios are taken within a round. */
function tableOf({ resting, running }, rounds) {
  const row = (label, name, bound) => [
    label,
    withSpread(spread(resting.map((round) => round[name])), 0),
    withSpread(spread(running.map((round) => round[name])), 0),
    withSpread(spread(running.map((round, i) => round[name] / resting[i][name])), 2),
    bound,
  ];
  const title = `Suggestion of 8 tokens after one more character, ${contextTokens} tokens of context; ${rounds} rounds of ${suggestionCount}: median (lowest – highest)`;
  const head = ['', 'nothing is fetched', 'a model is fetched and converted', 'ratio', 'wanted'];
  const models = running.reduce((sum, round) => sum + round.models, 0);
  return [
    title,
    '',
    markdownTable([head, row('median, ms', 'medianMs', ''), row('95th percentile, ms', 'p95Ms', '≤ 2')]),
    '',
    `${models} models of 98 MB were fetched and converted meanwhile.`,
  ].join('\n');
}
