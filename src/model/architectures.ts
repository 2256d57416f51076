import type { Architecture, DecoderTraits, GivenSizes } from './architecture.ts';
import { ggufNames, huggingFaceNames } from './architectureNames.ts';
import type { ConfigKeys } from './configKeys.ts';
import type { LinearName } from './decoderParts.ts';
import type { GgufKeys } from './ggufKeys.ts';
import { readRotary } from './rotaryScaling.ts';
import type { RotaryPositions } from './rotaryTable.ts';

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
  title: 'Qwen2 and Qwen2.5',
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
  title: 'Granite (dense)',
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
  title: 'Granite 4 (attention in every layer, no experts)',
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
    ...gemmaTraits(keys, sizes),
    ...rotaryOfAll(keys, sizes, 10_000),
    windows: windowsOf(keys, sizes.layers, alternating(keys, sizes.layers, 2), 4096),
    attentionSoftcap: keys.optionalPositive('attn_logit_softcapping'),
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
  title: 'Gemma 3 (text)',
  ggufName: 'gemma3',
  huggingFace: huggingFaceNames.gemma3,
  traits: (keys, sizes) => {
    const pattern = keys.has('sliding_window_pattern')
      ? keys.wholeNumber('sliding_window_pattern')
      : keys.wholeNumber('_sliding_window_pattern', 6);
    const isLocal = alternating(keys, sizes.layers, pattern);
    const ofAll = readRotary(keys, { ...sizes, theta: 1_000_000, layerKind: 'full_attention' });
    const ofWindow = localRotary(keys, sizes);
    const layers = Array.from({ length: sizes.layers }, (_, layer) => layer);
    return {
      ...gemmaTraits(keys, sizes),
      headNorm: 'head',
      rotary: layers.map((layer) => (isLocal(layer) ? ofWindow : ofAll)),
      windows: windowsOf(keys, sizes.layers, isLocal, 4096),
      attentionSoftcap: keys.optionalPositive('attn_logit_softcapping'),
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
  title: 'Phi-3 and Phi-4-mini',
  ggufName: 'phi3',
  ggufInterleavesRotaryRows: false,
  huggingFace: huggingFaceNames.phi3,
  gguf: ggufNames.phi3,
  traits: (keys, sizes) => ({
    ...rotaryOfAll(keys, sizes, 10_000),
    ...activation(keys),
    ...biasSwitches(keys),
    windows: windowsOf(keys, sizes.layers, () => true),
  }),
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
];

/** A decoder as Llama's, with the biases that config.json switches on. */
const plainTraits = (keys: ConfigKeys, sizes: GivenSizes, theta = 10_000) => ({
  ...biasSwitches(keys),
  ...rotaryOfAll(keys, sizes, theta),
  ...activation(keys),
});

const activations: Readonly<Record<string, DecoderTraits['activation']>> = {
  silu: 'silu',
  swish: 'silu',
  gelu: 'gelu',
  gelu_new: 'geluTanh',
  gelu_pytorch_tanh: 'geluTanh',
};

function activation(keys: ConfigKeys, key = 'hidden_act', otherwise = 'silu'): Pick<DecoderTraits, 'activation'> {
  const name = keys.text(key, otherwise);
  if (!Object.hasOwn(activations, name)) throw keys.unsupported(key);
  return { activation: activations[name]! };
}

function biasSwitches(keys: ConfigKeys): Pick<DecoderTraits, 'biases'> {
  const attention: LinearName[] = keys.flag('attention_bias') ? ['q', 'k', 'v', 'o'] : [];
  const mlp: LinearName[] = keys.flag('mlp_bias') ? ['gate', 'up', 'down'] : [];
  return { biases: new Set([...attention, ...mlp]) };
}

function rotaryOfAll(
  keys: ConfigKeys,
  sizes: GivenSizes,
  theta: number,
): Pick<DecoderTraits, 'rotary' | 'validTokens'> {
  const positions = readRotary(keys, { ...sizes, theta });
  return { rotary: Array<RotaryPositions>(sizes.layers).fill(positions), validTokens: positions.validTokens };
}

/** Per layer, does it see a window only? Undefined where config.json does not say. */
function layerKinds(keys: ConfigKeys, layers: number): readonly boolean[] | undefined {
  const kinds = keys.names('layer_types', layers);
  if (kinds?.some((kind) => kind !== 'full_attention' && kind !== 'sliding_attention')) {
    throw keys.unsupported('layer_types');
  }
  return kinds?.map((kind) => kind === 'sliding_attention');
}

/** @param isLocal is the layer one of those that see a window? */
function windowsOf(
  keys: ConfigKeys,
  layers: number,
  isLocal: (layer: number) => boolean,
  otherwise?: number,
): (number | undefined)[] {
  const isNamed = keys.isPresent('sliding_window');
  const window = isNamed ? keys.optionalWholeNumber('sliding_window') : otherwise;
  return Array.from({ length: layers }, (_, layer) => (isLocal(layer) ? window : undefined));
}

function qwenWindows(keys: ConfigKeys, layers: number): (number | undefined)[] {
  const first = keys.get('max_window_layers') === 0 ? 0 : keys.wholeNumber('max_window_layers', layers);
  const kinds = layerKinds(keys, layers);
  const isUsed = keys.flag('use_sliding_window');
  return windowsOf(keys, layers, (layer) => isUsed && (kinds?.[layer] ?? layer >= first), 4096);
}

/** All layers but every `pattern`-th see a window only. */
function alternating(keys: ConfigKeys, layers: number, pattern: number): (layer: number) => boolean {
  const kinds = layerKinds(keys, layers);
  return (layer) => kinds?.[layer] ?? (layer + 1) % pattern !== 0;
}

function graniteMultipliers(keys: ConfigKeys): Partial<DecoderTraits> {
  return {
    attentionScale: keys.positive('attention_multiplier', 1),
    embeddingMultiplier: keys.positive('embedding_multiplier', 1),
    residualMultiplier: keys.positive('residual_multiplier', 1),
    logitsMultiplier: 1 / keys.positive('logits_scaling', 1),
  };
}

function gemmaTraits(keys: ConfigKeys, { hiddenSize }: GivenSizes): Partial<DecoderTraits> {
  if (keys.flag('use_bidirectional_attention')) throw keys.unsupported('use_bidirectional_attention');
  keys.get('hidden_act'); // an older name, which the class does not read
  return {
    ...biasSwitches(keys),
    ...activation(keys, 'hidden_activation', 'gelu_pytorch_tanh'),
    normPlacement: 'both',
    attentionScale: keys.positive('query_pre_attn_scalar', 256) ** -0.5,
    embeddingMultiplier: Math.sqrt(hiddenSize),
    logitsSoftcap: keys.optionalPositive('final_logit_softcapping'),
  };
}

function localRotary(keys: ConfigKeys, sizes: GivenSizes): RotaryPositions {
  const theta = keys.positive('rope_local_base_freq', 10_000);
  const perKind = keys.nested('rope_parameters');
  if (perKind?.has('sliding_attention')) return readRotary(keys, { ...sizes, theta, layerKind: 'sliding_attention' });
  const { headDim } = sizes;
  const frequencies = Array.from({ length: headDim / 2 }, (_, i) => theta ** ((-2 * i) / headDim));
  return { dimensions: headDim, frequencies, magnitude: 1 };
}

/** A GGUF does not name the scale of the scores; llama.cpp knows the largest model of the family by its layers. */
function gemmaGguf(keys: GgufKeys, layersOfLargest: number): Record<string, unknown> {
  const isLargest = keys.wholeNumber('block_count') === layersOfLargest;
  const headDim = keys.wholeNumber('attention.key_length', 256);
  const meanWidth = keys.wholeNumber('embedding_length') / keys.wholeNumber('attention.head_count');
  return {
    query_pre_attn_scalar: isLargest ? meanWidth : headDim,
    final_logit_softcapping: keys.get('final_logit_softcapping'),
  };
}
