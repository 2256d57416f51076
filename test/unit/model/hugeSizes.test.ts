import { expect, test } from 'vitest';
import { parseModelConfig } from '../../../src/model/modelConfig.ts';

const right = {
  architectures: ['LlamaForCausalLM'],
  vocab_size: 64,
  hidden_size: 32,
  intermediate_size: 48,
  num_hidden_layers: 2,
  num_attention_heads: 4,
  num_key_value_heads: 2,
  rms_norm_eps: 1e-5,
  max_position_embeddings: 512,
};

/** Each is an error or a configuration, at once and without memory for what it promises. */
test.each(
  [
    'num_hidden_layers',
    'vocab_size',
    'hidden_size',
    'intermediate_size',
    'num_attention_heads',
    'head_dim',
    'max_position_embeddings',
  ].flatMap((key) => [1e6, 2 ** 31, 2 ** 40, 1e300, Number.MAX_SAFE_INTEGER].map((size) => [key, size] as const)),
)('%s of %d', (key, size) => {
  let found: unknown;
  try {
    found = parseModelConfig({ ...right, [key]: size });
  } catch (error) {
    found = error;
  }
  if (key === 'num_hidden_layers')
    expect(found).toMatchObject({ code: 'modelConfig', message: expect.stringMatching(/num_hidden_layers/) });
  else expect(found).toSatisfy((value: { code?: string }) => value.code === undefined || value.code === 'modelConfig');
});
