// What a writer waits for while another model is fetched and converted, and while nothing is: both processes are the
// product's own, started as the editor starts them. The hub is on a loopback address and has the model in the box.
import { createHash } from 'node:crypto';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { createServer } from 'node:http';
import os from 'node:os';
import path from 'node:path';
import { distFolder, ggufFile, product } from './product.mjs';
import { runWhileTyping } from './whileTyping.mjs';

const id = 'bench/model';
const commit = 'be'.repeat(20);

/** @param {{ rounds: number }} options */
export async function runWhileFetching({ rounds }) {
  const hub = await startHub();
  try {
    return await runWhileTyping(
      rounds,
      { resting: 'nothing is fetched', running: 'a model is fetched and converted' },
      async (isRunning, type) => {
        const store = isRunning ? startFetching(hub.endpoint) : undefined;
        const waits = await type();
        return { waits, done: (await store?.end()) ?? 0 };
      },
      (models) => `${models} models of 98 MB were fetched and converted meanwhile.`,
    );
  } finally {
    hub.close();
  }
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
