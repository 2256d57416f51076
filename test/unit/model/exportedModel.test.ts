import { expect, test } from 'vitest';
import { exportedConfig } from '../../../src/model/exportedModel.ts';

const least = { vocab_size: 100, num_hidden_layers: 2, num_attention_heads: 4, hidden_size: 32 };

test.each([
  [
    'Llama',
    { ...least, num_key_value_heads: 2, head_dim: 16, max_position_embeddings: 512 },
    { kvHeads: 2, headDim: 16, contextTokens: 512 },
  ],
  ['the fewest keys', least, { heads: 4, kvHeads: 4, headDim: 8, contextTokens: 2048 }],
  ['GPT-2', { vocab_size: 9, n_layer: 3, n_head: 2, n_embd: 8, n_positions: 64 }, { headDim: 4, contextTokens: 64 }],
  ['MPT', { vocab_size: 9, n_layers: 3, n_heads: 2, d_model: 8, max_seq_len: 64 }, { headDim: 4, contextTokens: 64 }],
  ['Falcon', { ...least, num_kv_heads: 1 }, { kvHeads: 1 }],
  ['several ends', { ...least, eos_token_id: [1, 2], bos_token_id: 0 }, { eosTokenIds: [1, 2], bosTokenId: 0 }],
  [
    'ends that are none',
    { ...least, eos_token_id: ['x', null, 3], bos_token_id: 'x' },
    { eosTokenIds: [3], bosTokenId: undefined },
  ],
  ['classes of odd kinds', { ...least, architectures: [7] }, {}],
  ['a class named like a prototype', { ...least, architectures: ['constructor'] }, {}],
  ['absurdly many layers', { ...least, num_hidden_layers: 1e9 }, {}],
])('of %s is known what is needed', (_, json, expected) => {
  const config = exportedConfig(json);
  expect(config).toMatchObject(expected);
  expect(config.mixers.length).toBeLessThanOrEqual(1000);
  expect(config.architecture.noAdapters).toBeDefined();
});

test.each([
  [{ vocab_size: undefined }, /vocab_size/],
  [{ vocab_size: -1 }, /vocab_size is -1/],
  [{ vocab_size: '100' }, /vocab_size/],
  [{ vocab_size: 1.5 }, /vocab_size is 1.5/],
  [{ vocab_size: [100] }, /vocab_size/],
  [{ num_hidden_layers: null }, /num_hidden_layers is missing/],
  [{ num_hidden_layers: 0 }, /num_hidden_layers is 0/],
  [{ num_attention_heads: {} }, /num_attention_heads/],
  [{ num_attention_heads: true }, /num_attention_heads/],
  [{ hidden_size: null }, /hidden_size is missing/],
  [{ head_dim: 'wide' }, /head_dim/],
  [{ max_position_embeddings: -5 }, /max_position_embeddings/],
  [{ num_key_value_heads: 0.5 }, /num_key_value_heads/],
])('%j is an error that names the key', (change, message) => {
  expect(() => exportedConfig({ ...least, ...change })).toThrow(message);
});
