import { InklingError } from '../protocol/errors.ts';
import type { Architecture, DecoderTraits } from './architecture.ts';
import { architectures } from './architectures.ts';
import { ConfigKeys, isHarmlessKey, type Json } from './configKeys.ts';
import { decoderParts } from './decoderParts.ts';

/** What a decoder model is, in the field's words; read from a Hugging Face `config.json`. */
export interface ModelConfig extends DecoderTraits {
  readonly architecture: Architecture;
  readonly vocabularySize: number;
  readonly hiddenSize: number;
  readonly intermediateSize: number;
  readonly layers: number;
  readonly heads: number;
  readonly kvHeads: number;
  readonly headDim: number;
  readonly normEpsilon: number;
  /** tokens that the model was trained for: prompt and answer together */
  readonly contextTokens: number;
  readonly bosTokenId: number | undefined;
  readonly eosTokenIds: readonly number[];
}

/** Whatever is made for each layer, and for each pair of a head, stays small, whatever a damaged file says. */
const mostLayers = 1000;
const widestHead = 65_536;

/**
 * @throws InklingError `modelConfig` naming the missing or contradicting key, `modelUnsupported` for an unknown
 * architecture or a key that changes what the model computes and is not understood
 */
export function parseModelConfig(json: Json): ModelConfig {
  const architecture = architectureOf(json);
  const keys = new ConfigKeys(json);
  const { sizeKeys, defaults } = architecture;
  const size = (key: string, otherwise?: number) => keys.wholeNumber(sizeKeys[key] ?? key, otherwise);
  const hiddenSize = size('hidden_size');
  const heads = size('num_attention_heads');
  const kvHeads = size('num_key_value_heads', defaults.kvHeads ?? heads);
  const headDim = size('head_dim', defaults.headDim ?? hiddenSize / heads);
  const layers = size('num_hidden_layers');
  const maxTokens = size('max_position_embeddings');
  if (layers > mostLayers) throw keys.contradiction(`num_hidden_layers is ${layers}; no model has so many`);
  if (headDim > widestHead) throw keys.contradiction(`head_dim is ${headDim}; no model has heads so wide`);
  if (heads % kvHeads !== 0) {
    throw keys.contradiction(`num_attention_heads (${heads}) is no multiple of num_key_value_heads (${kvHeads})`);
  }
  const traits: DecoderTraits = {
    norm: 'rms',
    normPlacement: 'before',
    headNorm: 'none',
    biases: new Set(),
    activation: 'silu',
    isGated: true,
    learnedPositions: 0,
    rotary: [],
    windows: Array<undefined>(layers).fill(undefined),
    attentionScale: headDim ** -0.5,
    attentionSoftcap: undefined,
    embeddingMultiplier: 1,
    residualMultiplier: 1,
    logitsMultiplier: 1,
    logitsSoftcap: undefined,
    tiedEmbeddings: keys.flag('tie_word_embeddings', defaults.tiedEmbeddings),
    validTokens: maxTokens,
    ...architecture.traits(keys, { layers, hiddenSize, heads, headDim, contextTokens: maxTokens }),
  };
  const eos = keys.get('eos_token_id');
  const bos = keys.get('bos_token_id');
  const config: ModelConfig = {
    ...traits,
    architecture,
    vocabularySize: keys.wholeNumber('vocab_size'),
    hiddenSize,
    intermediateSize: size('intermediate_size', traits.isGated ? undefined : 4 * hiddenSize),
    layers,
    heads,
    kvHeads,
    headDim,
    normEpsilon: keys.positive(sizeKeys['rms_norm_eps'] ?? 'rms_norm_eps'),
    contextTokens: Math.min(maxTokens, traits.validTokens),
    bosTokenId: typeof bos === 'number' ? bos : undefined,
    eosTokenIds: typeof eos === 'number' ? [eos] : Array.isArray(eos) ? (eos as number[]) : [],
  };
  keys.refuseUnread(isHarmlessKey);
  // a window as wide as the context hides nothing
  const windows = config.windows.map((window) => (window && window < config.contextTokens ? window : undefined));
  return { ...config, windows };
}

function architectureOf(json: Json): Architecture {
  const names = Object.hasOwn(json, 'architectures') ? json['architectures'] : undefined;
  const name: unknown = Array.isArray(names) ? names[0] : undefined;
  const architecture = architectures.find((known) => known.name === name);
  if (architecture) return architecture;
  const shown = typeof name === 'string' ? name : '(none named)';
  const known = architectures.map((row) => row.name).join(', ');
  throw new InklingError('modelUnsupported', `The architecture ${shown} cannot be run yet; known: ${known}.`);
}

/** Number of weights, embeddings counted once when they are tied. */
export const parameterCount = (config: ModelConfig): number =>
  decoderParts(config).reduce((sum, { shape }) => sum + shape.reduce((product, size) => product * size, 1), 0);
