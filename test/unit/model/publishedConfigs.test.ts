import { expect, test } from 'vitest';
import { parseModelConfig } from '../../../src/model/modelConfig.ts';
import {
  everyNth,
  factors,
  gemma2,
  gemma3,
  gpt2,
  granite,
  type Json,
  lfm2,
  llama,
  llama3,
  phi3,
  qwen,
  saved,
  sizes,
  summary,
} from '../../support/publishedConfigs.ts';

/** config.json files as their makers publish them: what stands in them is computed, or known to change nothing. */

test.each<[string, Json, string]>([
  [
    'SmolLM2-135M-Instruct',
    llama({
      ...sizes([49152, 576, 1536, 30, 9, 3], 8192),
      ...{ is_llama_config: true, rope_interleaved: false, rope_theta: 1e5, rope_scaling: null },
      ...{ tie_word_embeddings: true, 'transformers.js_config': { kv_cache_dtype: { q4f16: 'float16' } } },
    }),
    '30 × 9/3 × 64, 8192, tied, ff 1536',
  ],
  [
    'Llama-3.2-1B',
    llama({
      ...sizes([128256, 2048, 8192, 16, 32, 8], 131_072),
      ...{ head_dim: 64, rope_scaling: llama3(32), rope_theta: 5e5, tie_word_embeddings: true },
    }),
    '16 × 32/8 × 64, 131072, tied, ff 8192',
  ],
  [
    'TinyLlama-1.1B',
    llama({ ...sizes([32000, 2048, 5632, 22, 32, 4], 2048), rope_scaling: null, tie_word_embeddings: false }),
    '22 × 32/4 × 64, 2048, untied, ff 5632',
  ],
  [
    'a first Llama, converted in 2023',
    llama({
      ...sizes([32000, 4096, 11008, 32, 32, 32], 2048),
      ...{ max_sequence_length: 2048, pad_token_id: -1, _flash_attn_2_enabled: true, _commit_hash: null },
    }),
    '32 × 32/32 × 128, 2048, untied, ff 11008',
  ],
  [
    'heads of keys that are said to be none',
    llama({ ...sizes([32000, 4096, 11008, 32, 32, 32], 2048), num_key_value_heads: null }),
    '32 × 32/32 × 128, 2048, untied, ff 11008',
  ],
  [
    'deepseek-coder-1.3b-base',
    llama({
      ...sizes([32256, 2048, 5504, 24, 16, 16], 16384),
      rope_scaling: { factor: 4, type: 'linear' },
      rope_theta: 1e5,
    }),
    '24 × 16/16 × 128, 16384, untied, ff 5504',
  ],
  [
    'Mistral-7B-v0.3',
    {
      ...{ architectures: ['MistralForCausalLM'], model_type: 'mistral', hidden_act: 'silu', attention_dropout: 0 },
      ...sizes([32768, 4096, 14336, 32, 32, 8], 32768),
      ...{ rms_norm_eps: 1e-5, rope_theta: 1e6, sliding_window: null, tie_word_embeddings: false, ...saved },
    },
    '32 × 32/8 × 128, 32768, untied, ff 14336',
  ],
  [
    'Mistral-7B-v0.1',
    {
      ...{ architectures: ['MistralForCausalLM'], model_type: 'mistral', hidden_act: 'silu' },
      ...sizes([32000, 4096, 14336, 32, 32, 8], 32768),
      ...{ rms_norm_eps: 1e-5, rope_theta: 1e4, sliding_window: 4096, tie_word_embeddings: false, ...saved },
    },
    '32 × 32/8 × 128, 32768, untied, 32 see 4096, ff 14336',
  ],
  [
    'Mistral-Nemo-Base-2407',
    {
      ...{ architectures: ['MistralForCausalLM'], model_type: 'mistral', hidden_act: 'silu', attention_dropout: 0 },
      ...sizes([131_072, 5120, 14336, 40, 32, 8], 128_000),
      ...{
        head_dim: 128,
        rms_norm_eps: 1e-5,
        rope_theta: 1e6,
        sliding_window: null,
        tie_word_embeddings: false,
        ...saved,
      },
    },
    '40 × 32/8 × 128, 128000, untied, ff 14336',
  ],
  [
    'Qwen2.5-0.5B',
    qwen('Qwen2ForCausalLM', {
      ...sizes([151_936, 896, 4864, 24, 14, 2], 32768),
      ...{
        max_window_layers: 24,
        sliding_window: 32768,
        tie_word_embeddings: true,
        use_mrope: false,
        model_type: 'qwen2',
      },
    }),
    '24 × 14/2 × 64, 32768, tied, biases qkv, ff 4864',
  ],
  [
    'Qwen2.5-3B-Instruct with its longer context',
    qwen('Qwen2ForCausalLM', {
      ...sizes([151_936, 2048, 11008, 36, 16, 2], 32768),
      ...{ max_window_layers: 70, sliding_window: 32768, tie_word_embeddings: true, model_type: 'qwen2' },
      ...{ rope_scaling: { factor: 4, original_max_position_embeddings: 32768, type: 'yarn' } },
    }),
    '36 × 16/2 × 128, 32768, tied, biases qkv, ff 11008',
  ],
  [
    'a Qwen2 whose upper layers see a window, counted as the class counts where nothing is said',
    qwen('Qwen2ForCausalLM', {
      ...sizes([151_936, 2048, 11008, 36, 16, 2], 32768),
      ...{ use_sliding_window: true, sliding_window: 4096, model_type: 'qwen2' },
    }),
    '36 × 16/2 × 128, 32768, untied, 8 see 4096, biases qkv, ff 11008',
  ],
  [
    'Qwen3-0.6B',
    qwen('Qwen3ForCausalLM', {
      ...sizes([151_936, 1024, 3072, 28, 16, 8], 40960),
      ...{ attention_bias: false, head_dim: 128, max_window_layers: 28, model_type: 'qwen3', rope_scaling: null },
      ...{ sliding_window: null, tie_word_embeddings: true },
    }),
    '28 × 16/8 × 128, 40960, tied, ff 3072',
  ],
  [
    'gemma-2-2b',
    gemma2(sizes([256_000, 2304, 9216, 26, 8, 4], 8192)),
    '26 × 8/4 × 256, 8192, tied, 13 see 4096, caps 50/30, ff 9216',
  ],
  [
    'gemma-2-9b, which says its window twice',
    gemma2({ ...sizes([256_000, 3584, 14336, 42, 16, 8], 8192), sliding_window_size: 4096 }),
    '42 × 16/8 × 256, 8192, tied, 21 see 4096, caps 50/30, ff 14336',
  ],
  [
    'gemma-2-27b, whose heads are narrower than its scale',
    gemma2({
      ...sizes([256_000, 4608, 36864, 46, 32, 16], 8192),
      ...{ head_dim: 128, query_pre_attn_scalar: 144, sliding_window_size: 4096 },
    }),
    '46 × 32/16 × 128, 8192, tied, 23 see 4096, scale 0.083333, caps 50/30, ff 36864',
  ],
  [
    'a Gemma 2 that leaves out what its class has',
    {
      ...{ architectures: ['Gemma2ForCausalLM'], model_type: 'gemma2', rms_norm_eps: 1e-6 },
      ...sizes([256_000, 2304, 9216, 26, 8, 4], 8192),
    },
    '26 × 8/4 × 256, 8192, tied, 13 see 4096, caps 50/30, ff 9216',
  ],
  [
    'a Gemma 2 without caps',
    gemma2({
      ...sizes([256_000, 2304, 9216, 26, 8, 4], 8192),
      ...{ attn_logit_softcapping: null, final_logit_softcapping: null },
    }),
    '26 × 8/4 × 256, 8192, tied, 13 see 4096, ff 9216',
  ],
  [
    'gemma-3-270m',
    gemma3({
      ...sizes([262_144, 640, 2048, 18, 4, 1], 32768),
      ...{ _sliding_window_pattern: 6, layer_types: everyNth(18, 6, 'full_attention', 'sliding_attention') },
      ...{ use_bidirectional_attention: false },
    }),
    '18 × 4/1 × 256, 32768, tied, 15 see 512, ff 2048',
  ],
  [
    'gemma-3-1b-it',
    gemma3({
      ...sizes([262_144, 1152, 6912, 26, 4, 1], 32768),
      ...{ cache_implementation: 'hybrid', sliding_window_pattern: 6, eos_token_id: [1, 106] },
    }),
    '26 × 4/1 × 256, 32768, tied, 22 see 512, ff 6912',
  ],
  [
    'SmolLM3-3B',
    {
      ...{ architectures: ['SmolLM3ForCausalLM'], model_type: 'smollm3', hidden_act: 'silu', rms_norm_eps: 1e-6 },
      ...{
        ...sizes([128_256, 2048, 11008, 36, 16, 4], 65536),
        attention_bias: false,
        attention_dropout: 0,
        mlp_bias: false,
      },
      ...{ layer_types: Array<string>(36).fill('full_attention'), max_window_layers: 28, no_rope_layer_interval: 4 },
      ...{ no_rope_layers: Array.from({ length: 36 }, (_, i) => Number((i + 1) % 4 !== 0)), pretraining_tp: 2 },
      ...{ rope_scaling: null, rope_theta: 5e6, sliding_window: null, use_sliding_window: false, ...saved },
    },
    '36 × 16/4 × 128, 65536, tied, 27 turned, ff 11008',
  ],
  [
    'Phi-3-mini-4k-instruct',
    phi3({
      ...sizes([32064, 3072, 8192, 32, 32, 32], 4096),
      ...{ original_max_position_embeddings: 4096, rope_scaling: null, sliding_window: 2047 },
    }),
    '32 × 32/32 × 96, 4096, untied, 32 see 2047, ff 8192',
  ],
  [
    'Phi-3-mini-128k-instruct of its first days',
    phi3({
      ...sizes([32064, 3072, 8192, 32, 32, 32], 131_072),
      ...{ original_max_position_embeddings: 4096, rope_scaling: factors(48, 'su'), sliding_window: 262_144 },
    }),
    '32 × 32/32 × 96, 131072, untied, others beyond 4096, ff 8192',
  ],
  [
    'Phi-3.5-mini-instruct',
    phi3({
      ...sizes([32064, 3072, 8192, 32, 32, 32], 131_072),
      ...{ original_max_position_embeddings: 4096, rope_scaling: factors(48, 'longrope'), sliding_window: 262_144 },
    }),
    '32 × 32/32 × 96, 131072, untied, others beyond 4096, ff 8192',
  ],
  [
    'a Phi-3 that leaves out how long it was at first',
    phi3({ ...sizes([32064, 3072, 8192, 32, 32, 32], 131_072), rope_scaling: factors(48, 'longrope') }),
    '32 × 32/32 × 96, 131072, untied, others beyond 4096, ff 8192',
  ],
  [
    'Phi-4-mini-instruct',
    phi3({
      ...sizes([200_064, 3072, 8192, 32, 24, 8], 131_072),
      ...{ full_attn_mod: 1, interpolate_factor: 1, lm_head_bias: false, mlp_bias: false, partial_rotary_factor: 0.75 },
      ...{ original_max_position_embeddings: 4096, rope_scaling: factors(48, 'longrope'), sliding_window: 262_144 },
      ...{ tie_word_embeddings: true },
    }),
    '32 × 24/8 × 128, 131072, tied, 96 turned, others beyond 4096, ff 8192',
  ],
  [
    'phi-4',
    phi3({
      ...sizes([100_352, 5120, 17920, 40, 40, 10], 16384),
      ...{ original_max_position_embeddings: 16384, rope_scaling: null, sliding_window: null, rope_theta: 250_000 },
    }),
    '40 × 40/10 × 128, 16384, untied, ff 17920',
  ],
  [
    'granite-3.3-2b-base',
    granite({ ...sizes([49159, 2048, 8192, 40, 32, 8], 131_072), rope_theta: 1e7 }),
    '40 × 32/8 × 64, 131072, tied, scale 0.015625, ff 8192',
  ],
  [
    'granite-4.0-350m',
    {
      ...granite({ ...sizes([100_352, 1024, 2048, 28, 16, 4], 32768), rope_theta: 1e7 }),
      ...{ architectures: ['GraniteMoeHybridForCausalLM'], model_type: 'granitemoehybrid', mlp_bias: undefined },
      ...{ embedding_multiplier: 12, logits_scaling: 4, residual_multiplier: 0.263, init_method: 'mup' },
      ...{ layer_types: Array<string>(28).fill('attention'), mamba_chunk_size: 256, mamba_conv_bias: true },
      ...{ mamba_d_conv: 4, mamba_d_head: 16, mamba_d_state: 256, mamba_expand: 2, mamba_n_groups: 1 },
      ...{ mamba_n_heads: 128, mamba_proj_bias: false, normalization_function: 'rmsnorm', num_experts_per_tok: 0 },
      ...{ num_local_experts: 0, output_router_logits: false, position_embedding_type: 'rope' },
      ...{ router_aux_loss_coef: 0.01, shared_intermediate_size: 2048, time_step_limit: [0, null] },
    },
    '28 × 16/4 × 64, 32768, tied, scale 0.015625, ff 2048',
  ],
  [
    'OLMo-2-0425-1B',
    {
      ...{ architectures: ['Olmo2ForCausalLM'], model_type: 'olmo2', attention_bias: false, attention_dropout: 0 },
      ...sizes([100_352, 2048, 8192, 16, 16, 16], 4096),
      ...{
        hidden_act: 'silu',
        rms_norm_eps: 1e-6,
        rope_scaling: null,
        rope_theta: 5e5,
        tie_word_embeddings: false,
        ...saved,
      },
    },
    '16 × 16/16 × 128, 4096, untied, ff 8192',
  ],
  [
    'gpt2',
    gpt2({ n_embd: 768, n_head: 12, n_layer: 12 }),
    '12 × 12/12 × 64, 1024, tied, 0 turned, biases qkvoupdown, ff 3072',
  ],
  [
    'gpt2-medium',
    gpt2({ n_embd: 1024, n_head: 16, n_layer: 24, n_special: 0, predict_special_tokens: true }),
    '24 × 16/16 × 64, 1024, tied, 0 turned, biases qkvoupdown, ff 4096',
  ],
  [
    'gpt2-xl',
    gpt2({ n_embd: 1600, n_head: 25, n_layer: 48, output_past: true }),
    '48 × 25/25 × 64, 1024, tied, 0 turned, biases qkvoupdown, ff 6400',
  ],
  [
    'distilgpt2',
    gpt2({
      ...{ n_embd: 768, n_head: 12, n_layer: 6, _num_labels: 1, id2label: { 0: 'LABEL_0' }, label2id: { LABEL_0: 0 } },
    }),
    '6 × 12/12 × 64, 1024, tied, 0 turned, biases qkvoupdown, ff 3072',
  ],
  [
    'kogpt2-base-v2',
    gpt2({
      ...{ n_embd: 768, n_head: 12, n_layer: 12, vocab_size: 51200, n_inner: null, gradient_checkpointing: false },
      ...{
        _num_labels: 1,
        author: 'somebody',
        created_date: '2021-04-28',
        license: 'CC-BY-NC-SA 4.0',
        pad_token_id: 3,
      },
    }),
    '12 × 12/12 × 64, 1024, tied, 0 turned, biases qkvoupdown, ff 3072',
  ],
  [
    'LFM2-350M',
    lfm2({
      ...{ block_dim: 1024, block_ff_dim: 6656, conv_dim: 1024, conv_dim_out: 1024, hidden_size: 1024, num_heads: 16 },
      ...{ full_attn_idxs: [2, 5, 8, 10, 12, 14], num_attention_heads: 16, num_hidden_layers: 16 },
    }),
    '16 × 16/8 × 64, 128000, tied, 16 turned, of others, ff 4608',
  ],
  [
    'LFM2.5-1.2B, which calls its heads otherwise',
    lfm2({
      ...{ block_dim: 2048, block_ff_dim: 12288, conv_dim: 2048, hidden_size: 2048, intermediate_size: 12288 },
      ...{ num_heads: 32, num_attention_heads: 32, num_hidden_layers: 16, tie_embedding: true },
      ...{ layer_types: everyNth(16, 4, 'full_attention', 'conv') },
    }),
    '16 × 32/8 × 64, 128000, tied, 16 turned, of others, ff 8192',
  ],
])('%s', (_, json, expected) => {
  expect(summary(JSON.parse(JSON.stringify(json)))).toBe(expected);
});

/** The same files with one thing changed that is not computed here. */
test.each<[string, Json, string]>([
  [
    'Phi-4-mini, interpolated',
    phi3({ ...sizes([64, 96, 128, 2, 2, 2], 512), interpolate_factor: 2 }),
    'interpolate_factor',
  ],
  ['Phi-4-mini, sparse', phi3({ ...sizes([64, 96, 128, 2, 2, 2], 512), full_attn_mod: 4 }), 'full_attn_mod'],
  ['Phi-4-mini with a bias', phi3({ ...sizes([64, 96, 128, 2, 2, 2], 512), lm_head_bias: true }), 'lm_head_bias'],
  [
    'Qwen2.5-1M',
    qwen('Qwen2ForCausalLM', {
      ...{ ...sizes([64, 96, 128, 2, 2, 2], 512), dual_chunk_attention_config: { chunk_size: 262_144 } },
    }),
    'dual_chunk_attention_config',
  ],
  [
    'a GPT-2 that looks at an encoder',
    gpt2({ n_embd: 64, n_head: 2, n_layer: 2, add_cross_attention: true }),
    'add_cross_attention',
  ],
  ['a GPT-2 cut down', gpt2({ n_embd: 64, n_head: 2, n_layer: 2, pruned_heads: { 0: [1] } }), 'pruned_heads'],
  ['a Llama with experts', llama({ ...sizes([64, 96, 128, 2, 2, 2], 512), num_experts: 4 }), 'num_experts'],
  [
    'a Llama quantized by others',
    llama({ ...sizes([64, 96, 128, 2, 2, 2], 512), quantization: { bits: 4 } }),
    'quantization',
  ],
  [
    'layers that differ',
    llama({ ...sizes([64, 96, 128, 2, 2, 2], 512), per_layer_config: { 1: { head_dim: 8 } } }),
    'per_layer_config',
  ],
])('%s is refused by its name', (_, json, key) => {
  expect(() => parseModelConfig(json)).toThrow(
    expect.objectContaining({ code: 'modelUnsupported', message: expect.stringContaining(key) }),
  );
});

test('a window that is said twice, and differently, is a contradiction', () => {
  const json = gemma2({ ...sizes([64, 96, 128, 2, 2, 2], 512), sliding_window_size: 2048 });
  expect(() => parseModelConfig(json)).toThrow(expect.objectContaining({ code: 'modelConfig' }));
});
