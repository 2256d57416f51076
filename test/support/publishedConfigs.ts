import { parseModelConfig } from '../../src/model/modelConfig.ts';

/** config.json of known families: what their makers write in all of them, and room for what differs. */

export type Json = Readonly<Record<string, unknown>>;

export const saved: Json = {
  torch_dtype: 'bfloat16',
  transformers_version: '4.45.0',
  use_cache: true,
  initializer_range: 0.02,
};
export const sizes = (
  [vocab_size, hidden_size, intermediate_size, num_hidden_layers, num_attention_heads, num_key_value_heads]: number[],
  max_position_embeddings: number,
): Json => ({
  vocab_size,
  hidden_size,
  intermediate_size,
  num_hidden_layers,
  num_attention_heads,
  num_key_value_heads,
  max_position_embeddings,
});
export const llama = (more: Json): Json => ({
  ...{ architectures: ['LlamaForCausalLM'], model_type: 'llama', hidden_act: 'silu', pretraining_tp: 1 },
  ...{ attention_bias: false, attention_dropout: 0, mlp_bias: false, rms_norm_eps: 1e-5, ...saved, ...more },
});
export const llama3 = (factor: number) => ({
  ...{ factor, high_freq_factor: 4, low_freq_factor: 1, original_max_position_embeddings: 8192, rope_type: 'llama3' },
});
export const qwen = (architecture: string, more: Json): Json => ({
  ...{ architectures: [architecture], attention_dropout: 0, hidden_act: 'silu', rms_norm_eps: 1e-6, ...saved },
  ...{ use_sliding_window: false, rope_theta: 1e6, ...more },
});
export const gemma2 = (more: Json): Json => ({
  ...{ architectures: ['Gemma2ForCausalLM'], model_type: 'gemma2', attention_bias: false, attention_dropout: 0 },
  ...{ attn_logit_softcapping: 50, final_logit_softcapping: 30, head_dim: 256, hidden_act: 'gelu_pytorch_tanh' },
  ...{ hidden_activation: 'gelu_pytorch_tanh', cache_implementation: 'hybrid', rms_norm_eps: 1e-6, rope_theta: 1e4 },
  ...{ query_pre_attn_scalar: 256, sliding_window: 4096, ...saved, ...more },
});
export const gemma3 = (more: Json): Json => ({
  ...{ architectures: ['Gemma3ForCausalLM'], model_type: 'gemma3_text', attention_bias: false, attention_dropout: 0 },
  ...{ attn_logit_softcapping: null, final_logit_softcapping: null, head_dim: 256, rms_norm_eps: 1e-6 },
  ...{ hidden_activation: 'gelu_pytorch_tanh', query_pre_attn_scalar: 256, rope_local_base_freq: 1e4, rope_theta: 1e6 },
  ...{ sliding_window: 512, rope_scaling: null, ...saved, ...more },
});
export const everyNth = (layers: number, n: number, nth: string, other: string) =>
  Array.from({ length: layers }, (_, i) => ((i + 1) % n === 0 ? nth : other));
export const phi3 = (more: Json): Json => ({
  ...{ architectures: ['Phi3ForCausalLM'], model_type: 'phi3', attention_bias: false, attention_dropout: 0 },
  ...{ auto_map: { AutoConfig: 'configuration_phi3.Phi3Config' }, embd_pdrop: 0, resid_pdrop: 0, hidden_act: 'silu' },
  ...{ rms_norm_eps: 1e-5, rope_theta: 1e4, tie_word_embeddings: false, ...saved, ...more },
});
export const factors = (count: number, type: string) => ({
  ...{ type, short_factor: Array<number>(count).fill(1), long_factor: Array<number>(count).fill(2) },
});
export const granite = (more: Json): Json => ({
  ...{ architectures: ['GraniteForCausalLM'], model_type: 'granite', attention_bias: false, attention_dropout: 0 },
  ...{ hidden_act: 'silu', mlp_bias: false, rms_norm_eps: 1e-5, rope_scaling: null, tie_word_embeddings: true },
  ...{ attention_multiplier: 0.015625, embedding_multiplier: 12, logits_scaling: 8, residual_multiplier: 0.22 },
  ...{ ...saved, ...more },
});
export const gpt2 = (more: Json): Json => ({
  ...{ activation_function: 'gelu_new', architectures: ['GPT2LMHeadModel'], model_type: 'gpt2', vocab_size: 50257 },
  ...{ attn_pdrop: 0.1, embd_pdrop: 0.1, resid_pdrop: 0.1, initializer_range: 0.02, layer_norm_epsilon: 1e-5 },
  ...{ n_ctx: 1024, n_positions: 1024, summary_activation: null, summary_first_dropout: 0.1, summary_use_proj: true },
  ...{ summary_proj_to_labels: true, summary_type: 'cls_index', bos_token_id: 50256, eos_token_id: 50256 },
  ...{ task_specific_params: { 'text-generation': { do_sample: true, max_length: 50 } }, ...more },
});
export const lfm2 = (more: Json): Json => ({
  ...{ architectures: ['Lfm2ForCausalLM'], model_type: 'lfm2', norm_eps: 1e-5, vocab_size: 65536, ...saved },
  ...{ block_auto_adjust_ff_dim: true, block_ffn_dim_multiplier: 1, block_mlp_init_scale: 1, block_multiple_of: 256 },
  ...{ block_norm_eps: 1e-5, block_out_init_scale: 1, block_use_swiglu: true, block_use_xavier_init: true },
  ...{ conv_L_cache: 3, conv_bias: false, conv_use_xavier_init: true, max_position_embeddings: 128_000 },
  ...{ num_key_value_heads: 8, rope_theta: 1e6, use_pos_enc: true, ...more },
});

/** What it comes to: sizes, and all that is not as in a plain Llama. */
export function summary(json: Json): string {
  const config = parseModelConfig(json);
  const { layers, heads, kvHeads, headDim, contextTokens, windows, rotary, attentionScale } = config;
  const seen = windows.filter((window) => window !== undefined);
  const turned = rotary.filter((positions) => positions !== undefined);
  const dimensions = turned[0]?.dimensions ?? 0;
  const parts = [
    `${layers} × ${heads}/${kvHeads} × ${headDim}`,
    `${contextTokens}`,
    config.tiedEmbeddings ? 'tied' : 'untied',
    ...(seen.length > 0 ? [`${seen.length} see ${seen[0]}`] : []),
    ...(config.mixers.includes('shortConvolution') ? [`${turned.length} turned, of others`] : []),
    ...(turned.length < layers && !config.mixers.includes('shortConvolution') ? [`${turned.length} turned`] : []),
    ...(dimensions > 0 && dimensions < headDim ? [`${dimensions} turned`] : []),
    ...(turned[0]?.beyond ? [`others beyond ${turned[0].beyond.tokens}`] : []),
    ...(Math.abs(attentionScale - headDim ** -0.5) > 1e-9 ? [`scale ${Number(attentionScale.toFixed(6))}`] : []),
    ...(config.attentionSoftcap ? [`caps ${config.attentionSoftcap}/${config.logitsSoftcap}`] : []),
    ...(config.biases.size > 0 ? [`biases ${[...config.biases].join('')}`] : []),
    ...(config.intermediateSize > 0 ? [`ff ${config.intermediateSize}`] : []),
  ];
  return parts.join(', ');
}
