import { expect, test } from 'vitest';
import { loadWithAdapter } from '../../../src/client/loadWithAdapter.ts';
import { InklingError } from '../../../src/protocol/errors.ts';
import type { LoadedModel, LoadRequest } from '../../../src/protocol/inference.ts';
import { loadRequest } from '../../support/tinyEngine.ts';

/** A client whose loads end when the test says so. */
class ScriptedClient {
  readonly used: LoadRequest[] = [];
  readonly #loads: { resolve: () => void; reject: (error: Error) => void }[] = [];
  use = (request: LoadRequest) => void this.used.push(request);
  wants = (request: LoadRequest) => JSON.stringify(request) === JSON.stringify(this.used.at(-1));
  load = () =>
    new Promise<LoadedModel>((resolve, reject) => {
      this.#loads.push({ resolve: () => resolve({ name: 'a model' } as LoadedModel), reject });
    });
  /** Ends the oldest load that goes on. */
  async end(error?: Error): Promise<void> {
    const load = this.#loads.shift()!;
    if (error) load.reject(error);
    else load.resolve();
    await new Promise(setImmediate);
  }
}

const request = loadRequest('model');
const adapter = { folder: 'voice', strength: 1 };
const refused = new InklingError('modelBroken', 'It belongs to another model.');
const names = ({ used }: ScriptedClient) => used.map((one) => `${one.modelFolder} ${one.adapter?.folder ?? '-'}`);

test('an adapter that fits is used', async () => {
  const client = new ScriptedClient();
  const reason = loadWithAdapter(client, request, adapter);
  await client.end();
  expect(await reason).toBeUndefined();
  expect(names(client)).toEqual(['model voice']);
});

test('a refused adapter: the model runs without it, and the reason is told', async () => {
  const client = new ScriptedClient();
  const reason = loadWithAdapter(client, request, adapter);
  await client.end(refused);
  await client.end();
  expect(await reason).toBe(refused);
  expect(names(client)).toEqual(['model voice', 'model -']);
});

test.each<[string, LoadRequest]>([
  ['another model', loadRequest('another')],
  ['another model with the same adapter', { ...loadRequest('another'), adapter }],
  ['another adapter', { ...request, adapter: { folder: 'other', strength: 1 } }],
  ['the same adapter, weaker', { ...request, adapter: { folder: 'voice', strength: 0.5 } }],
  ['no adapter', request],
  ['more threads', { ...request, adapter, threads: 4 }],
])('%s was asked for while the adapter was refused: the old model does not come back', async (_, next) => {
  for (const error of [refused, new InklingError('superseded', 'Another model was asked for meanwhile.')]) {
    const client = new ScriptedClient();
    const reason = loadWithAdapter(client, request, adapter);
    client.use(next);
    await client.end(error);
    expect(await reason).toBeUndefined();
    expect(client.used.at(-1)).toBe(next);
  }
});

test('another model was asked for while the old one was loaded without its adapter: nothing is told', async () => {
  const client = new ScriptedClient();
  const reason = loadWithAdapter(client, request, adapter);
  await client.end(refused);
  client.use(loadRequest('another'));
  await client.end(new InklingError('superseded', 'Another model was asked for meanwhile.'));
  expect(await reason).toBeUndefined();
});
