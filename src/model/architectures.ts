import { sentence } from '../protocol/errors.ts';
import type { Architecture } from './architecture.ts';
import { ggufNames, huggingFaceNames } from './architectureNames.ts';
import {
  activation,
  alternating,
  biasSwitches,
  gemmaGguf,
  gemmaTraits,
  graniteMultipliers,
  layerKinds,
  localRotary,
  plainTraits,
  qwenWindows,
  rotaryOfAll,
  windowOfGemma2,
  windowsOf,
} from './configTraits.ts';
import type { LinearName } from './decoderParts.ts';
import { lfm2, lstm } from './recurrentArchitectures.ts';
import { readRotary } from './rotaryScaling.ts';

/** Llama 1 to 3 and whatever is built like it; the row from which the others differ. */
const llama: Architecture = {
  name: 'LlamaForCausalLM',
  title: 'Llama',
  ggufName: 'llama',
  ggufInterleavesRotaryRows: true,
  huggingFace: huggingFaceNames.llama,
  gguf: ggufNames.plain,
  normOffset: 0,
  isTransposed: false,
  defaults: { tiedEmbeddings: false },
  sizeKeys: {},
  traits: (keys, sizes) => plainTraits(keys, sizes),
  ggufTraits: (keys) => ({
    attention_bias: keys.hasTensor('blk.0.attn_q.bias') || undefined,
    mlp_bias: keys.hasTensor('blk.0.ffn_gate.bias') || undefined,
  }),
};

const mistral: Architecture = {
  ...llama,
  name: 'MistralForCausalLM',
  title: 'Mistral',
  ggufName: undefined, // its GGUF files say that they are Llama
  defaults: { ...llama.defaults, kvHeads: 8 },
  traits: (keys, sizes) => ({
    ...rotaryOfAll(keys, sizes, 10_000),
    ...activation(keys),
    windows: windowsOf(keys, sizes.layers, () => true, 4096),
  }),
};

const qwen2: Architecture = {
  ...llama,
  name: 'Qwen2ForCausalLM',
  title: sentence`${'Qwen2'} and ${'Qwen2.5'}`,
  ggufName: 'qwen2',
  ggufInterleavesRotaryRows: false,
  defaults: { tiedEmbeddings: false, kvHeads: 32 },
  traits: (keys, sizes) => ({
    ...rotaryOfAll(keys, sizes, 10_000),
    ...activation(keys),
    biases: new Set<LinearName>(['q', 'k', 'v']),
    windows: qwenWindows(keys, sizes.layers),
  }),
  ggufTraits: () => ({}),
};

const qwen3: Architecture = {
  ...qwen2,
  name: 'Qwen3ForCausalLM',
  title: 'Qwen3',
  ggufName: 'qwen3',
  huggingFace: huggingFaceNames.qwen3,
  defaults: { ...qwen2.defaults, headDim: 128 },
  traits: (keys, sizes) => ({
    ...biasSwitches(keys),
    ...rotaryOfAll(keys, sizes, 10_000),
    ...activation(keys),
    headNorm: 'head',
    windows: qwenWindows(keys, sizes.layers),
  }),
  ggufTraits: (keys) => ({ attention_bias: keys.hasTensor('blk.0.attn_q.bias') || undefined }),
};

const granite: Architecture = {
  ...llama,
  name: 'GraniteForCausalLM',
  title: sentence`Granite (dense)`,
  ggufName: 'granite',
  traits: (keys, sizes) => ({
    ...plainTraits(keys, sizes),
    ...graniteMultipliers(keys),
  }),
  ggufTraits: (keys) => ({
    ...llama.ggufTraits(keys),
    attention_multiplier: keys.get('attention.scale'),
    embedding_multiplier: keys.get('embedding_scale'),
    residual_multiplier: keys.get('residual_scale'),
    logits_scaling: keys.get('logit_scale'),
  }),
};

/** Granite 4 writes its dense models as hybrids whose layers all have attention and which have no experts. */
const graniteHybrid: Architecture = {
  ...granite,
  name: 'GraniteMoeHybridForCausalLM',
  title: sentence`Granite 4 (attention in every layer, no experts)`,
  ggufName: undefined, // its dense models are plain Granite there
  huggingFace: huggingFaceNames.graniteHybrid,
  sizeKeys: { intermediate_size: 'shared_intermediate_size' },
  traits: (keys, sizes) => {
    const key = keys.has('layers_block_type') ? 'layers_block_type' : 'layer_types';
    const kinds = keys.names(key, sizes.layers) ?? [];
    if (kinds.length === 0 || kinds.some((kind) => !/^(full_)?attention$/u.test(kind))) throw keys.unsupported(key);
    if (keys.get('num_local_experts') !== 0) throw keys.unsupported('num_local_experts');
    for (const ignored of ['num_experts_per_tok', 'intermediate_size', 'output_router_logits', 'rope_type']) {
      keys.get(ignored);
    }
    for (const ofMamba of mambaKeys) keys.get(ofMamba);
    const turns = keys.text('position_embedding_type', 'none') === 'rope';
    const { rotary, ...rest } = plainTraits(keys, sizes);
    const positions = turns ? rotary : Array<undefined>(sizes.layers).fill(undefined);
    return { ...rest, ...graniteMultipliers(keys), rotary: positions };
  },
};

const mambaKeys = ['n_heads', 'n_groups', 'd_state', 'd_head', 'd_conv', 'expand', 'chunk_size', 'conv_bias']
  .map((name) => `mamba_${name}`)
  .concat('mamba_proj_bias', 'time_step_limit', 'normalization_function', 'init_method');

const gemma2: Architecture = {
  ...llama,
  name: 'Gemma2ForCausalLM',
  title: 'Gemma 2',
  ggufName: 'gemma2',
  ggufInterleavesRotaryRows: false,
  huggingFace: huggingFaceNames.gemma2,
  normOffset: 1,
  defaults: { tiedEmbeddings: true, headDim: 256, kvHeads: 4 },
  traits: (keys, sizes) => ({
    ...gemmaTraits(keys, sizes, 30),
    ...rotaryOfAll(keys, sizes, 10_000),
    windows: windowsOf(keys, sizes.layers, alternating(keys, sizes.layers, 2), windowOfGemma2(keys)),
    attentionSoftcap: keys.optionalPositive('attn_logit_softcapping', 50),
  }),
  ggufTraits: (keys) => ({
    ...gemmaGguf(keys, 46), // layers of the one model whose scores are scaled by the mean head width
    attn_logit_softcapping: keys.get('attn_logit_softcapping'),
    sliding_window: keys.get('attention.sliding_window'),
  }),
};

const gemma3: Architecture = {
  ...gemma2,
  name: 'Gemma3ForCausalLM',
  title: sentence`Gemma 3 (text)`,
  ggufName: 'gemma3',
  huggingFace: huggingFaceNames.gemma3,
  traits: (keys, sizes) => {
    const pattern = keys.wholeNumber('sliding_window_pattern', 6);
    const saved = keys.get('_sliding_window_pattern'); // what the class kept, and does not read again
    const isOther = saved !== undefined && saved !== pattern && !keys.has('layer_types');
    if (isOther) throw keys.unsupported('_sliding_window_pattern');
    if (keys.get('attn_logit_softcapping') !== undefined) throw keys.unsupported('attn_logit_softcapping'); // the class leaves it out
    const isLocal = alternating(keys, sizes.layers, pattern);
    const ofAll = readRotary(keys, { ...sizes, theta: 1_000_000, layerKind: 'full_attention' });
    const ofWindow = localRotary(keys, sizes);
    const layers = Array.from({ length: sizes.layers }, (_, layer) => layer);
    return {
      ...gemmaTraits(keys, sizes),
      headNorm: 'head',
      rotary: layers.map((layer) => (isLocal(layer) ? ofWindow : ofAll)),
      windows: windowsOf(keys, sizes.layers, isLocal, 4096),
      validTokens: ofAll.validTokens,
    };
  },
  ggufTraits: (keys) => ({
    ...gemmaGguf(keys, 62),
    sliding_window: keys.get('attention.sliding_window'),
    rope_local_base_freq: keys.get('rope.freq_base_swa'),
    ...(keys.get('attention.sliding_window') === undefined ? { sliding_window_pattern: 1 } : {}),
  }),
};

const smollm3: Architecture = {
  ...llama,
  name: 'SmolLM3ForCausalLM',
  title: 'SmolLM3',
  ggufName: 'smollm3',
  defaults: { tiedEmbeddings: true, kvHeads: 4 },
  traits: (keys, sizes) => {
    const step = keys.wholeNumber('no_rope_layer_interval', 4);
    const turned = keys.has('no_rope_layers')
      ? keys.numbers('no_rope_layers', sizes.layers).map((flag) => flag !== 0)
      : Array.from({ length: sizes.layers }, (_, layer) => (layer + 1) % step !== 0);
    keys.get('no_rope_layers');
    keys.get('max_window_layers'); // of Qwen, from whose files this one was made; the class does not read it
    const { rotary, ...rest } = plainTraits(keys, sizes, 2_000_000);
    const usesWindow = keys.flag('use_sliding_window');
    const kinds = layerKinds(keys, sizes.layers);
    return {
      ...rest,
      rotary: rotary.map((positions, layer) => (turned[layer] ? positions : undefined)),
      windows: windowsOf(keys, sizes.layers, (layer) => usesWindow && (kinds?.[layer] ?? !turned[layer])),
    };
  },
};

const olmo2: Architecture = {
  ...llama,
  name: 'Olmo2ForCausalLM',
  title: 'OLMo 2',
  ggufName: 'olmo2',
  ggufInterleavesRotaryRows: false,
  huggingFace: huggingFaceNames.olmo2,
  traits: (keys, sizes) => ({ ...plainTraits(keys, sizes), normPlacement: 'after', headNorm: 'width' }),
  ggufTraits: (keys) => ({ attention_bias: keys.hasTensor('blk.0.attn_q.bias') || undefined }),
};

const phi3: Architecture = {
  ...llama,
  name: 'Phi3ForCausalLM',
  title: sentence`${'Phi-3'} and ${'Phi-4-mini'}`,
  ggufName: 'phi3',
  ggufInterleavesRotaryRows: false,
  huggingFace: huggingFaceNames.phi3,
  gguf: ggufNames.phi3,
  traits: (keys, sizes) => {
    // factors and steps of the models that came before it; 1 is none
    for (const key of ['interpolate_factor', 'full_attn_mod'])
      if (keys.positive(key, 1) !== 1) throw keys.unsupported(key);
    return {
      ...rotaryOfAll(keys, sizes, 10_000, { originalTokens: 4096, mayBePartial: true }),
      ...activation(keys),
      ...biasSwitches(keys),
      windows: windowsOf(keys, sizes.layers, () => true),
    };
  },
  ggufTraits: (keys) => ({ sliding_window: keys.get('attention.sliding_window') || null }),
};

const gpt2: Architecture = {
  ...llama,
  name: 'GPT2LMHeadModel',
  title: 'GPT-2',
  ggufName: 'gpt2',
  ggufInterleavesRotaryRows: false,
  huggingFace: huggingFaceNames.gpt2,
  gguf: ggufNames.gpt2,
  isTransposed: true,
  defaults: { tiedEmbeddings: true },
  sizeKeys: {
    hidden_size: 'n_embd',
    num_hidden_layers: 'n_layer',
    num_attention_heads: 'n_head',
    max_position_embeddings: 'n_positions',
    intermediate_size: 'n_inner',
    rms_norm_eps: 'layer_norm_epsilon',
  },
  traits: (keys, sizes) => {
    if (keys.flag('scale_attn_by_inverse_layer_idx')) throw keys.unsupported('scale_attn_by_inverse_layer_idx');
    return {
      ...activation(keys, 'activation_function', 'gelu_new'),
      norm: 'layer',
      isGated: false,
      biases: new Set<LinearName>(['q', 'k', 'v', 'o', 'up', 'down']),
      learnedPositions: sizes.contextTokens,
      rotary: Array<undefined>(sizes.layers).fill(undefined),
      attentionScale: keys.flag('scale_attn_weights', true) ? sizes.headDim ** -0.5 : 1,
    };
  },
  ggufTraits: () => ({}),
};

/** Every architecture that can be run, in the order in which they are listed. */
export const architectures: readonly Architecture[] = [
  llama,
  mistral,
  qwen2,
  qwen3,
  granite,
  graniteHybrid,
  gemma2,
  gemma3,
  smollm3,
  olmo2,
  phi3,
  gpt2,
  lfm2,
  lstm,
];
