import { expect, test } from 'vitest';
import { parameterCount, parseModelConfig } from '../../../src/model/modelConfig.ts';

const smollm = {
  architectures: ['LlamaForCausalLM'],
  vocab_size: 49152,
  hidden_size: 576,
  intermediate_size: 1536,
  num_hidden_layers: 30,
  num_attention_heads: 9,
  num_key_value_heads: 3,
  rms_norm_eps: 1e-5,
  rope_theta: 100000,
  max_position_embeddings: 8192,
  tie_word_embeddings: true,
  eos_token_id: 2,
};

test('a Hugging Face config is read', () => {
  const config = parseModelConfig(smollm);
  expect(config).toMatchObject({ headDim: 64, kvHeads: 3, eosTokenIds: [2], bosTokenId: undefined });
  expect(config.rotary).toHaveLength(30);
  expect(config.rotary[29]?.frequencies[1]).toBeCloseTo(100000 ** (-2 / 64), 12);
  expect(parameterCount(config)).toBe(134_515_008);
});

test('newer files keep the rotary base elsewhere', () => {
  const { rope_theta, ...rest } = smollm;
  expect(parseModelConfig({ ...rest, rope_parameters: { rope_theta } }).rotary).toEqual(
    parseModelConfig(smollm).rotary,
  );
});

test.each([
  ['hidden_size', undefined, 'modelConfig', /hidden_size is missing/],
  ['vocab_size', 'many', 'modelConfig', /vocab_size is "many"/],
  ['num_attention_heads', 8, 'modelConfig', /no multiple of num_key_value_heads/],
  ['num_hidden_layers', 2.5, 'modelConfig', /whole number/],
  ['architectures', ['MambaForCausalLM'], 'modelUnsupported', /MambaForCausalLM/],
  ['architectures', undefined, 'modelUnsupported', /none named/],
  ['rope_scaling', { type: 'yarn', factor: -1 }, 'modelConfig', /rope_scaling: factor is -1/],
])('%s = %j is refused in words', (key, value, code, message) => {
  const parse = () => parseModelConfig({ ...smollm, [key]: value });
  expect(parse).toThrow(expect.objectContaining({ code, message: expect.stringMatching(message) }));
});
