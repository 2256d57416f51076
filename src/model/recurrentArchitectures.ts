/** The rows of the table whose models carry a state that is no keys and values. */
import { sentence } from '../protocol/errors.ts';
import type { Architecture, OwnSizes } from './architecture.ts';
import { ggufNames, huggingFaceNames } from './architectureNames.ts';
import type { ConfigKeys } from './configKeys.ts';
import { rotaryOfAll } from './configTraits.ts';
import type { Mixer } from './decoderParts.ts';
import type { TensorEntry } from './files/safetensors.ts';
import { lstmNames } from './lstmNames.ts';

const longestContext = 4096; // tokens; an LSTM has no limit of its own, and what was long ago it has forgotten

/** Nobody has agreed upon these names; those of the common examples are read. */
const lstmKeys = {
  hidden: ['hidden_size', 'hidden_dim', 'n_hidden', 'nhid', 'units'],
  embedding: ['embedding_size', 'embedding_dim', 'embed_dim', 'emb_dim', 'emsize', 'ninp', 'input_size'],
  layers: ['num_hidden_layers', 'num_layers', 'n_layers', 'n_layer', 'nlayers'],
  tied: ['tie_word_embeddings', 'tie_weights', 'tied'],
  context: ['max_position_embeddings', 'context_length', 'max_length', 'seq_length', 'block_size', 'bptt'],
  headBias: ['head_bias', 'decoder_bias', 'output_bias'],
} as const;

const named = (keys: ConfigKeys, of: keyof typeof lstmKeys) =>
  lstmKeys[of].find((name) => keys.has(name)) ?? lstmKeys[of][0];

/** PyTorch's torch.nn.LSTM between an embedding and a linear map to the vocabulary. */
export const lstm: Architecture = {
  name: 'LSTMForCausalLM',
  modelType: 'lstm',
  title: sentence`LSTM language model (torch.nn.LSTM)`,
  ggufName: undefined,
  ggufInterleavesRotaryRows: false,
  huggingFace: huggingFaceNames.lstm,
  gguf: ggufNames.plain,
  normOffset: 0,
  isTransposed: false,
  defaults: { tiedEmbeddings: false },
  sizeKeys: {},
  renamed: lstmNames,
  noAdapters: sentence`The gradients of an LSTM through time are not computed here. To learn from your texts, choose a model with attention.`,
  sizes: (keys): OwnSizes => {
    const hiddenSize = keys.wholeNumber(named(keys, 'hidden'));
    return {
      hiddenSize,
      embeddingSize: keys.wholeNumber(named(keys, 'embedding'), hiddenSize),
      layers: keys.wholeNumber(named(keys, 'layers'), 1),
      contextTokens: keys.wholeNumber(named(keys, 'context'), longestContext),
      heads: 1,
      kvHeads: 1,
      headDim: 1,
    };
  },
  intermediateSize: () => 0,
  traits: (keys, { layers, hiddenSize }) => {
    if (keys.flag('bidirectional')) throw keys.unsupported('bidirectional');
    if ((keys.get('proj_size') ?? 0) !== 0) throw keys.unsupported('proj_size');
    for (const ofTraining of ['batch_first', 'batch_size', 'learning_rate', 'epochs', 'clip', 'seed'])
      keys.get(ofTraining);
    const tiedEmbeddings = keys.flag(named(keys, 'tied'));
    const embeddingSize = keys.wholeNumber(named(keys, 'embedding'), hiddenSize);
    if (tiedEmbeddings && embeddingSize !== hiddenSize) {
      throw keys.contradiction(
        sentence`embedding and head are tied, but they have ${embeddingSize} and ${hiddenSize} columns`,
      );
    }
    return {
      mixers: Array<Mixer>(layers).fill('lstm'),
      tiedEmbeddings,
      headBias: keys.flag(named(keys, 'headBias'), true),
      cellBiases: keys.flag('bias', true),
      rotary: [],
    };
  },
  ggufTraits: () => ({}),
};

/** Liquid AI's LFM2: short gated convolutions, and attention in some layers. */
export const lfm2: Architecture = {
  name: 'Lfm2ForCausalLM',
  title: sentence`${'LFM2'} and ${'LFM2.5'}`,
  ggufName: 'lfm2',
  ggufInterleavesRotaryRows: false,
  huggingFace: huggingFaceNames.lfm2,
  gguf: ggufNames.lfm2,
  normOffset: 0,
  isTransposed: false,
  defaults: { tiedEmbeddings: true, kvHeads: 8 },
  sizeKeys: { rms_norm_eps: 'norm_eps' },
  renamed: (tensors) => new Map([...tensors].map(([name, entry]) => [name, withoutChannel(name, entry)])),
  noAdapters: sentence`The gradients of short convolutions are not computed here. To learn from your texts, choose a model with attention in every layer.`,
  intermediateSize: (keys) => {
    const whole = keys.wholeNumber(keys.has('block_ff_dim') ? 'block_ff_dim' : 'intermediate_size');
    keys.get('intermediate_size'); // an older file has both, and the first one counts
    const multiplier = keys.positive('block_ffn_dim_multiplier', 1);
    const multiple = keys.wholeNumber('block_multiple_of', 256);
    if (!keys.flag('block_auto_adjust_ff_dim', true)) return whole;
    return multiple * Math.ceil(Math.floor(multiplier * Math.floor((2 * whole) / 3)) / multiple);
  },
  traits: (keys, sizes) => {
    if (keys.flag('conv_bias')) throw keys.unsupported('conv_bias');
    for (const twice of [
      'block_dim',
      'block_mlp_init_scale',
      'block_norm_eps',
      'block_out_init_scale',
      'block_use_swiglu',
    ]) {
      keys.get(twice);
    }
    for (const twice of [
      'block_use_xavier_init',
      'conv_dim',
      'conv_dim_out',
      'conv_use_xavier_init',
      'num_heads',
      'use_pos_enc',
    ]) {
      keys.get(twice);
    }
    const tiedEmbeddings = keys.flag(keys.has('tie_embedding') ? 'tie_embedding' : 'tie_word_embeddings', true);
    return {
      ...rotaryOfAll(keys, sizes, 1_000_000),
      headNorm: 'head',
      mixers: lfm2Mixers(keys, sizes.layers),
      convolutionWidth: keys.wholeNumber('conv_L_cache', 3),
      tiedEmbeddings,
    };
  },
  ggufTraits: (keys) => ({
    conv_L_cache: keys.get('shortconv.l_cache'),
    block_auto_adjust_ff_dim: false,
    layer_types: Array.from({ length: keys.wholeNumber('block_count') }, (_, layer) =>
      keys.hasTensor(`blk.${layer}.shortconv.conv.weight`) ? 'conv' : 'full_attention',
    ),
  }),
};

/** PyTorch's filters have a dimension for the one channel that each of them reads: (H, 1, W). */
function withoutChannel(name: string, entry: TensorEntry): TensorEntry {
  const [hidden, channels, width] = entry.shape;
  const isFilter = name.endsWith('.conv.conv.weight') && entry.shape.length === 3 && channels === 1;
  return isFilter ? { ...entry, shape: [hidden!, width!] } : entry;
}

function lfm2Mixers(keys: ConfigKeys, layers: number): Mixer[] {
  const kinds = keys.names('layer_types', layers);
  const attention = keys.get('full_attn_idxs');
  if (kinds?.some((kind) => kind !== 'conv' && kind !== 'full_attention')) throw keys.unsupported('layer_types');
  const isAttention = (layer: number) => {
    if (kinds) return kinds[layer] === 'full_attention';
    return !Array.isArray(attention) || attention.includes(layer);
  };
  return Array.from({ length: layers }, (_, layer) => (isAttention(layer) ? 'attention' : 'shortConvolution'));
}
