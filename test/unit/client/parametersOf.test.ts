import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { InferenceClient } from '../../../src/client/inferenceClient.ts';
import { parametersOf } from '../../../src/client/modelFolders.ts';

const folder = mkdtempSync(join(tmpdir(), 'inkling-test-'));
afterAll(() => rmSync(folder, { recursive: true }));

const smolLm2 = {
  hidden_size: 576,
  intermediate_size: 1536,
  num_attention_heads: 9,
  num_key_value_heads: 3,
  num_hidden_layers: 30,
  vocab_size: 49152,
  tie_word_embeddings: true,
};
const qwen25 = {
  hidden_size: 1536,
  intermediate_size: 8960,
  num_attention_heads: 12,
  num_key_value_heads: 2,
  num_hidden_layers: 28,
  vocab_size: 151936,
  tie_word_embeddings: true,
};
/** Its heads are larger than its width divided by their number. */
const qwen3 = {
  hidden_size: 1024,
  head_dim: 128,
  intermediate_size: 3072,
  num_attention_heads: 16,
  num_key_value_heads: 8,
  num_hidden_layers: 28,
  vocab_size: 151936,
  tie_word_embeddings: true,
};

/** @param millions as the model's card gives them; `undefined`: nobody can tell */
function check(config: unknown, millions: number | undefined): void {
  writeFileSync(join(folder, 'config.json'), typeof config === 'string' ? config : JSON.stringify(config));
  const told = parametersOf(folder);
  if (millions === undefined) expect(told).toBeUndefined();
  else expect(Math.abs(told! / 1e6 - millions) / millions).toBeLessThan(0.01);
}

test.each<[string, unknown, number | undefined]>([
  ['SmolLM2 135M', smolLm2, 134.5],
  ['SmolLM2 135M with a head of its own', { ...smolLm2, tie_word_embeddings: false }, 162.8],
  ['Qwen2.5 1.5B', qwen25, 1543],
  ['Qwen3 0.6B', qwen3, 596],
  ['as many keys as queries', { ...smolLm2, num_key_value_heads: undefined }, 147.8],
  ['no number of layers', { ...smolLm2, num_hidden_layers: undefined }, undefined],
  ['a list', [], undefined],
  ['nothing', 'null', undefined],
  ['no JSON', '{', undefined],
])('the size of %s is told by its configuration', (_, config, millions) => check(config, millions));

test('the client knows the size of the model it is to use before any process runs', () => {
  check(qwen3, 596);
  const client = new InferenceClient({ modulePath: join(folder, 'none.js'), log: () => undefined });
  expect(client.knownParameters()).toBeUndefined();
  const settings = { device: 'cpu', threads: 1, precision: 'default', idleUnloadMs: 0, maxContextTokens: 64 } as const;
  client.use({ modelFolder: folder, ...settings });
  expect(Math.round(client.knownParameters()! / 1e6)).toBe(596);
  expect(client.processId).toBeUndefined();
  client.use({ modelFolder: join(folder, 'other'), ...settings });
  expect(client.knownParameters()).toBeUndefined();
});
