/** What the files of different makers call a decoder's parts. */
import type { PartName } from './decoderParts.ts';
import type { TensorNames } from './tensorNames.ts';

type Modules = Readonly<Partial<Record<PartName, string>>>;

const weights = (modules: Modules): TensorNames => ({ weightSuffix: '.weight', modules });

/** Hugging Face's Llama, and most that came after it */
const llama: Modules = {
  embedding: 'model.embed_tokens',
  finalNorm: 'model.norm',
  head: 'lm_head',
  attentionNorm: 'model.layers.{}.input_layernorm',
  mlpNorm: 'model.layers.{}.post_attention_layernorm',
  q: 'model.layers.{}.self_attn.q_proj',
  k: 'model.layers.{}.self_attn.k_proj',
  v: 'model.layers.{}.self_attn.v_proj',
  o: 'model.layers.{}.self_attn.o_proj',
  gate: 'model.layers.{}.mlp.gate_proj',
  up: 'model.layers.{}.mlp.up_proj',
  down: 'model.layers.{}.mlp.down_proj',
};

const headNorms: Modules = {
  qNorm: 'model.layers.{}.self_attn.q_norm',
  kNorm: 'model.layers.{}.self_attn.k_norm',
};

/** a norm after attention and feed-forward part */
const normsAfter: Modules = {
  afterAttentionNorm: 'model.layers.{}.post_attention_layernorm',
  afterMlpNorm: 'model.layers.{}.post_feedforward_layernorm',
};

/** Without parts that the files hold stacked, under one name only. */
const fused = (modules: Modules, members: readonly PartName[]): Modules =>
  Object.fromEntries(Object.entries(modules).filter(([name]) => !members.includes(name as PartName)));

const stackable = ['q', 'k', 'v', 'gate', 'up'] as const;

const normsBeforeAndAfter: Modules = { ...llama, ...normsAfter, mlpNorm: 'model.layers.{}.pre_feedforward_layernorm' };

export const huggingFaceNames = {
  llama: weights(llama),
  qwen3: weights({ ...llama, ...headNorms }),
  gemma2: weights(normsBeforeAndAfter),
  gemma3: weights({ ...normsBeforeAndAfter, ...headNorms }),
  olmo2: weights({ ...llama, ...headNorms, ...normsAfter }),
  phi3: weights({
    ...fused(llama, stackable),
    qkv: 'model.layers.{}.self_attn.qkv_proj',
    gateUp: 'model.layers.{}.mlp.gate_up_proj',
  }),
  graniteHybrid: weights({
    ...fused(llama, ['gate', 'up']),
    gateUp: 'model.layers.{}.shared_mlp.input_linear',
    down: 'model.layers.{}.shared_mlp.output_linear',
  }),
  lfm2: weights({
    embedding: 'model.embed_tokens',
    finalNorm: 'model.embedding_norm',
    head: 'lm_head',
    attentionNorm: 'model.layers.{}.operator_norm',
    mlpNorm: 'model.layers.{}.ffn_norm',
    qNorm: 'model.layers.{}.self_attn.q_layernorm',
    kNorm: 'model.layers.{}.self_attn.k_layernorm',
    q: 'model.layers.{}.self_attn.q_proj',
    k: 'model.layers.{}.self_attn.k_proj',
    v: 'model.layers.{}.self_attn.v_proj',
    o: 'model.layers.{}.self_attn.out_proj',
    gate: 'model.layers.{}.feed_forward.w1',
    up: 'model.layers.{}.feed_forward.w3',
    down: 'model.layers.{}.feed_forward.w2',
    convolutionIn: 'model.layers.{}.conv.in_proj',
    convolutionKernel: 'model.layers.{}.conv.conv',
    convolutionOut: 'model.layers.{}.conv.out_proj',
  }),
  /** names of our own: see lstmNames.ts */
  lstm: weights({
    embedding: 'model.embedding',
    head: 'decoder',
    cellInput: 'model.layers.{}.input',
    cellState: 'model.layers.{}.state',
  }),
  gpt2: weights({
    embedding: 'transformer.wte',
    positions: 'transformer.wpe',
    finalNorm: 'transformer.ln_f',
    head: 'lm_head',
    attentionNorm: 'transformer.h.{}.ln_1',
    mlpNorm: 'transformer.h.{}.ln_2',
    qkv: 'transformer.h.{}.attn.c_attn',
    o: 'transformer.h.{}.attn.c_proj',
    up: 'transformer.h.{}.mlp.c_fc',
    down: 'transformer.h.{}.mlp.c_proj',
  }),
} as const;

/** llama.cpp has one set of names; what an architecture has not is not asked for. */
const gguf: Modules = {
  embedding: 'token_embd',
  positions: 'position_embd',
  finalNorm: 'output_norm',
  head: 'output',
  attentionNorm: 'blk.{}.attn_norm',
  afterAttentionNorm: 'blk.{}.post_attention_norm',
  mlpNorm: 'blk.{}.ffn_norm',
  afterMlpNorm: 'blk.{}.post_ffw_norm',
  qNorm: 'blk.{}.attn_q_norm',
  kNorm: 'blk.{}.attn_k_norm',
  q: 'blk.{}.attn_q',
  k: 'blk.{}.attn_k',
  v: 'blk.{}.attn_v',
  o: 'blk.{}.attn_output',
  gate: 'blk.{}.ffn_gate',
  up: 'blk.{}.ffn_up',
  down: 'blk.{}.ffn_down',
};

export const ggufNames = {
  plain: weights(gguf),
  phi3: weights({ ...fused(gguf, stackable), qkv: 'blk.{}.attn_qkv', gateUp: 'blk.{}.ffn_up' }),
  lfm2: weights({
    ...gguf,
    finalNorm: 'token_embd_norm',
    convolutionIn: 'blk.{}.shortconv.in_proj',
    convolutionKernel: 'blk.{}.shortconv.conv',
    convolutionOut: 'blk.{}.shortconv.out_proj',
  }),
  gpt2: weights({ ...fused(gguf, ['q', 'k', 'v', 'gate']), qkv: 'blk.{}.attn_qkv' }),
} as const;
