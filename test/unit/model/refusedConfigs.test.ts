import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { parseModelConfig } from '../../../src/model/modelConfig.ts';
import { positionsFor, tokensUntilOthers } from '../../../src/model/rotaryTable.ts';
import { goldenPath } from '../../golden/goldenFiles.ts';
import { isInChinese } from '../../support/chineseOf.ts';

type Json = Record<string, unknown>;

const readConfig = (name: string): Json =>
  JSON.parse(readFileSync(goldenPath(join('architectures', name, 'config.json')), 'utf8')) as Json;
const names = readdirSync(goldenPath('architectures'));
const plain: Json = {
  architectures: ['LlamaForCausalLM'],
  vocab_size: 64,
  hidden_size: 32,
  intermediate_size: 48,
  num_hidden_layers: 2,
  num_attention_heads: 4,
  rms_norm_eps: 1e-5,
  max_position_embeddings: 512,
};
const yarn = { rope_type: 'yarn', factor: 4 };
const longrope = { rope_type: 'longrope', short_factor: [1, 1, 1, 1], long_factor: [2, 2, 2, 2] };

const ofQwen3 = { architectures: ['Qwen3ForCausalLM'], head_dim: 8, num_key_value_heads: 2 };
const ofGemma3 = { architectures: ['Gemma3ForCausalLM'], num_key_value_heads: 2 };

test.each(names)('all that transformers writes for %s is understood', (name) => {
  expect(parseModelConfig(readConfig(name)).layers).toBeGreaterThan(0);
});

/** [what config.json says, what the message must name] */
test.each<[Json, string]>([
  // kinds of scaling, under every spelling
  [{ rope_scaling: { rope_type: 'ntk', factor: 2 } }, 'rope_type'],
  [{ rope_scaling: { type: 'ntk', factor: 2 } }, 'type'],
  [{ rope_parameters: { rope_type: 'proportional', rope_theta: 1e4 } }, 'rope_type'],
  [{ rope_scaling: { rope_type: 'mrope', mrope_section: [1, 2, 3] } }, 'rope_type'],
  [{ rope_scaling: { rope_type: 'default', mrope_section: [1, 2, 3] } }, 'mrope_section'],
  [{ rope_scaling: { rope_type: 'constructor', factor: 2 } }, 'rope_type'],
  [{ rope_scaling: { rope_type: '__proto__', factor: 2 } }, 'rope_type'],
  [{ rope_scaling: { ...yarn, new_key: 3 } }, 'new_key'],
  [{ rope_parameters: { full_attention: yarn, sliding_attention: yarn } }, 'full_attention'],
  [{ rope_scaling: { ...longrope, long_mscale: 1.2 } }, 'long_mscale'],
  // a part of each head: of these classes only Phi-3's turns it
  [{ partial_rotary_factor: 0.5 }, 'partial_rotary_factor to 0.5'],
  [{ rope_parameters: { rope_type: 'default', partial_rotary_factor: 0.5 } }, 'partial_rotary_factor to 0.5'],
  [{ ...ofQwen3, partial_rotary_factor: 0.25 }, 'partial_rotary_factor to 0.25'],
  // what a class keeps and leaves out
  [{ ...ofGemma3, attn_logit_softcapping: 50 }, 'attn_logit_softcapping'],
  [{ ...ofGemma3, _sliding_window_pattern: 2 }, '_sliding_window_pattern'],
  // what nobody reads
  [{ hidden_act: 'relu' }, 'hidden_act'],
  [{ hidden_act: 'quick_gelu' }, 'hidden_act'],
  [{ hidden_act: 'toString' }, 'hidden_act'],
  [{ num_local_experts: 8 }, 'num_local_experts'],
  [{ n_routed_experts: 64 }, 'n_routed_experts'],
  [{ num_experts_per_tok: 2 }, 'num_experts_per_tok'],
  [{ sliding_window: 4096 }, 'sliding_window'],
  [{ layer_types: ['full_attention', 'sliding_attention'] }, 'layer_types'],
  [{ attn_logit_softcapping: 50 }, 'attn_logit_softcapping'],
  [{ final_logit_softcapping: 30 }, 'final_logit_softcapping'],
  [{ logit_scale: 0.25 }, 'logit_scale'],
  [{ embedding_multiplier: 12 }, 'embedding_multiplier'],
  [{ residual_multiplier: 0.2 }, 'residual_multiplier'],
  [{ attention_multiplier: 0.1 }, 'attention_multiplier'],
  [{ query_pre_attn_scalar: 256 }, 'query_pre_attn_scalar'],
  [{ use_qk_norm: true }, 'use_qk_norm'],
  [{ clip_qkv: 8 }, 'clip_qkv'],
  [{ rope_interleaved: true }, 'rope_interleaved'],
  [{ quantization_config: { quant_method: 'gptq', bits: 4 } }, 'quantization_config'],
  [{ text_config: { hidden_size: 4 } }, 'text_config'],
  [{ vision_config: { hidden_size: 4 } }, 'vision_config'],
  [{ num_nextn_predict_layers: 1 }, 'num_nextn_predict_layers'],
  [{ parallel_attn: true }, 'parallel_attn'],
  [{ alibi: true }, 'alibi'],
])('%j is refused by its name', (changes, key) => {
  expect(() => parseModelConfig({ ...plain, ...changes })).toThrow(
    expect.objectContaining({ code: 'modelUnsupported', message: expect.stringContaining(key) }),
  );
});

test.each<[Json, string]>([
  [{ rope_scaling: { rope_type: 'linear' } }, 'factor is missing'],
  [{ rope_scaling: { rope_type: 'linear', factor: 0 } }, 'factor is 0'],
  [{ rope_scaling: { rope_type: 'linear', type: 'yarn', factor: 2 } }, 'rope_type is "linear" and type "yarn"'],
  [{ rope_scaling: 'yarn' }, 'an object is needed'],
  [{ rope_scaling: [yarn] }, 'an object is needed'],
  [{ rope_scaling: yarn, rope_parameters: { ...yarn, factor: 5 } }, 'differ'],
  [{ rope_scaling: { ...longrope, short_factor: [1, 1, 1] } }, 'a list of 4 numbers'],
  [{ rope_scaling: { ...longrope, short_factor: [1, 1, 1, 0] } }, 'not above 0'],
  [{ architectures: ['Phi3ForCausalLM'], partial_rotary_factor: 0.1 }, 'partial_rotary_factor 0.1'],
  [{ architectures: ['Phi3ForCausalLM'], partial_rotary_factor: 2 }, 'partial_rotary_factor 2'],
  [{ attention_bias: 'yes' }, 'attention_bias is "yes"'],
  [{ mlp_bias: 1 }, 'mlp_bias is 1'],
  [{ tie_word_embeddings: 'no' }, 'tie_word_embeddings'],
  [{ hidden_act: 7 }, 'hidden_act is 7'],
  [{ rope_theta: -1 }, 'rope_theta is -1'],
  [{ head_dim: 7.5 }, 'head_dim is 7.5'],
  [{ rms_norm_eps: Number.POSITIVE_INFINITY }, 'rms_norm_eps'],
])('%j is an error about its value, in the reader’s language', (changes, words) => {
  let refusal: unknown;
  try {
    parseModelConfig({ ...plain, ...changes });
  } catch (error) {
    refusal = error;
  }
  expect(refusal).toMatchObject({ code: 'modelConfig', message: expect.stringContaining(words) });
  expect(refusal).toSatisfy(isInChinese);
});

test.each<[unknown]>([
  [['constructor']],
  [['__proto__']],
  [['toString']],
  [['hasOwnProperty']],
  [[]],
  [[7]],
  [[null]],
  ['LlamaForCausalLM'],
  [{}],
  [null],
  [['MambaForCausalLM']],
  [['MixtralForCausalLM']],
])('the architectures %j are none that can be run', (architectures) => {
  expect(() => parseModelConfig({ ...plain, architectures })).toThrow(
    expect.objectContaining({ code: 'modelUnsupported', message: expect.stringContaining('cannot be run yet') }),
  );
});

/** What people have and cannot run yet is refused by its name, whatever else its config.json holds. */
test.each<[string, Json]>([
  ['Qwen3_5ForConditionalGeneration', { model_type: 'qwen3_5', text_config: { linear_num_key_heads: 16 } }],
  ['Qwen3_5ForCausalLM', { model_type: 'qwen3_5_text', layer_types: ['linear_attention', 'full_attention'] }],
  ['Qwen3NextForCausalLM', { model_type: 'qwen3_next', full_attention_interval: 4 }],
  ['Qwen3MoeForCausalLM', { model_type: 'qwen3_moe', num_experts: 128 }],
  ['Gemma4ForConditionalGeneration', { model_type: 'gemma4', text_config: { hidden_size_per_layer_input: 256 } }],
  ['Gemma4ForCausalLM', { model_type: 'gemma4_text', num_kv_shared_layers: 20 }],
  ['Gemma3nForConditionalGeneration', { model_type: 'gemma3n', text_config: { laurel_rank: 64 } }],
  ['Gemma3ForConditionalGeneration', { model_type: 'gemma3', vision_config: {} }],
  ['Phi4MMForCausalLM', { model_type: 'phi4mm' }],
  ['Lfm2MoeForCausalLM', { model_type: 'lfm2_moe' }],
  ['Lfm2VlForConditionalGeneration', { model_type: 'lfm2_vl' }],
  ['MistralForCausalLM3', { model_type: 'ministral3' }],
])('%s is refused by its name', (name, config) => {
  expect(() => parseModelConfig({ ...plain, ...config, architectures: [name] })).toThrow(
    expect.objectContaining({
      code: 'modelUnsupported',
      message: expect.stringContaining(`The architecture ${name} `),
    }),
  );
});

/** As transformers 5.19 writes them: its own defaults for these classes. */
const ofQwen35 = {
  model_type: 'qwen3_5_text',
  head_dim: 256,
  hidden_act: 'silu',
  hidden_size: 4096,
  intermediate_size: 12288,
  layer_types: Array.from({ length: 32 }, (_, i) => (i % 4 === 3 ? 'full_attention' : 'linear_attention')),
  linear_conv_kernel_dim: 4,
  linear_key_head_dim: 128,
  linear_num_key_heads: 16,
  linear_num_value_heads: 32,
  linear_value_head_dim: 128,
  max_position_embeddings: 32768,
  num_attention_heads: 16,
  num_hidden_layers: 32,
  num_key_value_heads: 4,
  partial_rotary_factor: 0.25,
  rms_norm_eps: 1e-6,
  rope_parameters: { partial_rotary_factor: 0.25, rope_theta: 10000, rope_type: 'default' },
  vocab_size: 248320,
};
const ofGemma4 = {
  model_type: 'gemma4_text',
  attention_k_eq_v: false,
  head_dim: 256,
  hidden_activation: 'gelu_pytorch_tanh',
  hidden_size: 2304,
  hidden_size_per_layer_input: 256,
  intermediate_size: 9216,
  layer_types: Array.from({ length: 30 }, (_, i) => (i % 6 === 5 ? 'full_attention' : 'sliding_attention')),
  max_position_embeddings: 131072,
  num_attention_heads: 8,
  num_hidden_layers: 30,
  num_key_value_heads: 4,
  num_kv_shared_layers: 0,
  rms_norm_eps: 1e-6,
  sliding_window: 512,
  tie_word_embeddings: true,
  use_double_wide_mlp: false,
  vocab_size: 262144,
  vocab_size_per_layer_input: 262144,
};

test.each<[name: string, config: Json, why: string]>([
  ['Qwen3_5ForCausalLM', ofQwen35, 'keeps a state'],
  ['Qwen3_5ForConditionalGeneration', { model_type: 'qwen3_5', text_config: ofQwen35 }, 'keeps a state'],
  ['Qwen3NextForCausalLM', { ...ofQwen35, model_type: 'qwen3_next' }, 'keeps a state'],
  ['Gemma4ForCausalLM', ofGemma4, 'share keys and values'],
  ['Gemma4ForConditionalGeneration', { model_type: 'gemma4', text_config: ofGemma4 }, 'share keys and values'],
])('%s is refused with what it has that is not computed here, and with what runs', (name, config, why) => {
  let refusal: unknown;
  try {
    parseModelConfig({ ...config, architectures: [name] });
  } catch (error) {
    refusal = error;
  }
  const said = new RegExp(
    `^The architecture ${name} cannot be run yet: .*${why}.*What runs: Llama, Mistral, Qwen2`,
    'u',
  );
  expect(refusal).toMatchObject({ code: 'modelUnsupported', message: expect.stringMatching(said) });
  expect(refusal).toSatisfy(isInChinese);
});

/** What does not change the result is no reason to refuse. */
test.each<[Json]>([
  [{ torch_dtype: 'bfloat16', transformers_version: '4.1', use_cache: true }],
  [{ attention_dropout: 0.1, hidden_dropout: 0.1, resid_pdrop: 0.1 }],
  [{ pretraining_tp: 1, initializer_range: 0.02, is_llama_config: true, rope_interleaved: false }],
  [{ 'transformers.js_config': { dtype: 'q4' }, unsloth_fixed: true, auto_map: { AutoConfig: 'x.y' } }],
  [{ use_qk_norm: false, sliding_window: null, quantization_config: null, task_specific_params: {} }],
  [{ bos_token_id: 1, eos_token_id: [1, 2], pad_token_id: 0, id2label: { 0: 'LABEL_0' } }],
])('%j changes nothing', (changes) => {
  const { bosTokenId: _, eosTokenIds: __, ...rest } = parseModelConfig({ ...plain, ...changes });
  const { bosTokenId: ___, eosTokenIds: ____, ...expected } = parseModelConfig(plain);
  expect(rest).toEqual(expected);
});

/** Older and newer spellings of the same positions. */
test.each<[string, Json, Json]>([
  [
    'type or rope_type',
    { rope_scaling: { type: 'linear', factor: 2 } },
    { rope_scaling: { rope_type: 'linear', factor: 2 } },
  ],
  ['both', { rope_scaling: { type: 'yarn', ...yarn } }, { rope_scaling: yarn }],
  ['rope_parameters', { rope_parameters: yarn }, { rope_scaling: yarn }],
  ['theta within', { rope_parameters: { ...yarn, rope_theta: 500 } }, { rope_scaling: yarn, rope_theta: 500 }],
  [
    'the part within',
    { architectures: ['Phi3ForCausalLM'], rope_parameters: { rope_type: 'default', partial_rotary_factor: 0.5 } },
    { architectures: ['Phi3ForCausalLM'], partial_rotary_factor: 0.5 },
  ],
  ['su', { rope_scaling: { ...longrope, rope_type: 'su' } }, { rope_scaling: longrope }],
  ['none', { rope_scaling: null }, {}],
  [
    'the length before it, outside and within',
    { rope_scaling: { ...yarn, original_max_position_embeddings: 32 }, original_max_position_embeddings: 128 },
    { rope_scaling: { ...yarn, original_max_position_embeddings: 128 } },
  ],
  [
    'a scale of 0, which is none',
    { rope_scaling: { ...yarn, mscale: 1, mscale_all_dim: 0 } },
    { rope_scaling: { ...yarn, mscale: 1 } },
  ],
  ['dynamic within the trained length', { rope_scaling: { type: 'dynamic', factor: 4 } }, {}],
])('%s', (_, older, newer) => {
  expect(parseModelConfig({ ...plain, ...older }).rotary).toEqual(parseModelConfig({ ...plain, ...newer }).rotary);
});

test('positions of long texts are others, unless their factors are the same', () => {
  const config = { ...plain, rope_scaling: longrope, original_max_position_embeddings: 128 };
  const { contextTokens, rotary } = parseModelConfig(config);
  expect(contextTokens).toBe(512);
  const [short, long] = [positionsFor(rotary[0]!, 128), positionsFor(rotary[0]!, 129)];
  expect(long.frequencies).toEqual(short.frequencies.map((frequency) => frequency / 2));
  expect([tokensUntilOthers(rotary, 129), tokensUntilOthers(rotary, 128)]).toEqual([128, Number.POSITIVE_INFINITY]);
  const same = { ...longrope, long_factor: longrope.short_factor };
  expect(parseModelConfig({ ...config, rope_scaling: same }).rotary[0]!.beyond).toBeUndefined();
});
