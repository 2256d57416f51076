import { InklingError, type SentencePart, sentence } from '../protocol/errors.ts';
import type { Architecture, DecoderTraits, OwnSizes } from './architecture.ts';
import { architectures } from './architectures.ts';
import { ConfigKeys, isHarmlessKey, type Json } from './configKeys.ts';
import { decoderParts, type Mixer } from './decoderParts.ts';
import { kindOfForeign, refuseQuantized } from './foreignFiles.ts';

/** What a decoder model is, in the field's words; read from a Hugging Face `config.json`. */
export interface ModelConfig extends DecoderTraits {
  readonly architecture: Architecture;
  readonly vocabularySize: number;
  readonly hiddenSize: number;
  /** numbers of an embedding: mostly the hidden size */
  readonly embeddingSize: number;
  /** 0 where there is no feed-forward part */
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
/** Numbers of a token between layers and within them, and of what all heads ask: vectors as long as that are read at once. */
const widest = 1 << 20;
/** Tables with an entry for each token are made when a model is opened. The largest known have 262,144 tokens. */
const mostTokens = 1 << 22;

/**
 * @throws InklingError `modelConfig` naming the missing or contradicting key, `modelUnsupported` for an unknown
 * architecture or a key that changes what the model computes and is not understood
 */
export function parseModelConfig(json: Json): ModelConfig {
  const architecture = architectureOf(json);
  refuseQuantized(json);
  const keys = new ConfigKeys(json);
  const { sizeKeys, defaults } = architecture;
  const own = architecture.sizes?.(keys);
  const sizes = own ?? sizesOfAttention(keys, architecture);
  const { layers, heads, headDim, hiddenSize, contextTokens: maxTokens } = sizes;
  if (layers > mostLayers) throw keys.contradiction(sentence`num_hidden_layers is ${layers}; no model has so many`);
  if (headDim > widestHead) throw keys.contradiction(sentence`head_dim is ${headDim}; no model has heads so wide`);
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
    headBias: false,
    mixers: Array<Mixer>(layers).fill('attention'),
    convolutionWidth: 0,
    cellBiases: false,
    validTokens: maxTokens,
    ...architecture.traits(keys, sizes),
  };
  const eos = keys.get('eos_token_id');
  const bos = keys.get('bos_token_id');
  const config: ModelConfig = {
    ...traits,
    architecture,
    ...sizes,
    vocabularySize: vocabularySizeOf(keys),
    intermediateSize:
      architecture.intermediateSize?.(keys) ??
      intermediateSize(keys, sizeKeys, traits.isGated ? undefined : 4 * hiddenSize),
    normEpsilon: own ? 0 : keys.positive(sizeKeys['rms_norm_eps'] ?? 'rms_norm_eps'),
    contextTokens: Math.min(maxTokens, traits.validTokens),
    bosTokenId: typeof bos === 'number' ? bos : undefined,
    eosTokenIds: typeof eos === 'number' ? [eos] : Array.isArray(eos) ? (eos as number[]) : [],
  };
  demandWidth(keys, { hidden_size: hiddenSize, intermediate_size: config.intermediateSize, head_dim: heads * headDim });
  keys.refuseUnread(isHarmlessKey);
  // a window as wide as the context hides nothing
  const windows = config.windows.map((window) => (window && window < config.contextTokens ? window : undefined));
  return { ...config, windows };
}

/** @throws InklingError `modelConfig` naming the key that makes vectors so long that it is a lie */
function demandWidth(keys: ConfigKeys, widths: Readonly<Record<string, number>>): void {
  for (const [key, width] of Object.entries(widths))
    if (width > widest)
      throw keys.contradiction(sentence`${key} makes vectors of ${width} numbers; no model has so many`);
}

/** @throws InklingError `modelConfig` when it is missing, or so large that it is a lie */
export function vocabularySizeOf(keys: ConfigKeys): number {
  const size = keys.wholeNumber('vocab_size');
  if (size <= mostTokens) return size;
  throw keys.contradiction(sentence`vocab_size is ${size}; no model has so many tokens`);
}

const intermediateSize = (keys: ConfigKeys, sizeKeys: Architecture['sizeKeys'], otherwise: number | undefined) =>
  keys.wholeNumber(sizeKeys['intermediate_size'] ?? 'intermediate_size', otherwise);

function sizesOfAttention(keys: ConfigKeys, { sizeKeys, defaults }: Architecture): OwnSizes {
  const size = (key: string, otherwise?: number) => keys.wholeNumber(sizeKeys[key] ?? key, otherwise);
  const hiddenSize = size('hidden_size');
  const heads = size('num_attention_heads');
  const kvHeads = size('num_key_value_heads', keys.isNull('num_key_value_heads') ? heads : (defaults.kvHeads ?? heads));
  const headDim = size('head_dim', defaults.headDim ?? hiddenSize / heads);
  if (heads % kvHeads !== 0) {
    throw keys.contradiction(
      sentence`num_attention_heads (${heads}) is no multiple of num_key_value_heads (${kvHeads})`,
    );
  }
  const layers = size('num_hidden_layers');
  const contextTokens = size('max_position_embeddings');
  return { hiddenSize, embeddingSize: hiddenSize, heads, kvHeads, headDim, layers, contextTokens };
}

/** Shapes of the state that a model carries besides keys and values: the graph's inputs past_state.0, past_state.1, … */
export function stateShapes({ mixers, hiddenSize, convolutionWidth }: ModelConfig): number[][] {
  return mixers.flatMap((mixer) => {
    if (mixer === 'shortConvolution') return [[convolutionWidth - 1, hiddenSize]];
    return mixer === 'lstm'
      ? [
          [1, 1, hiddenSize],
          [1, 1, hiddenSize],
        ]
      : []; // what the cell said, and the cell
  });
}

/** What a config.json says that the model is: a class of transformers, or a type where it names none that is known. */
export function namedArchitecture(json: Json): { readonly name: string; readonly known: Architecture | undefined } {
  const names = Object.hasOwn(json, 'architectures') ? json['architectures'] : undefined;
  const name: unknown = Array.isArray(names) ? names[0] : undefined;
  const type = Object.hasOwn(json, 'model_type') ? json['model_type'] : undefined;
  const known =
    architectures.find((one) => one.name === name) ??
    architectures.find(({ modelType }) => modelType !== undefined && modelType === type);
  const shown = [known?.name, name, type].find((each) => typeof each === 'string') as string | undefined;
  return { name: shown ?? '(none named)', known };
}

function architectureOf(json: Json): Architecture {
  const { name, known: architecture } = namedArchitecture(json);
  if (architecture) return architecture;
  const known = architectures.reduce<SentencePart>(
    (list, { title }) => (list === '' ? title : sentence`${list}, ${title}`),
    '',
  );
  throw new InklingError(
    'modelUnsupported',
    sentence`The architecture ${name} cannot be run yet${kindOfForeign(name)}. What runs: ${known}.`,
  );
}

/** Number of weights, embeddings counted once when they are tied. */
export const parameterCount = (config: ModelConfig): number =>
  decoderParts(config).reduce((sum, { shape }) => sum + shape.reduce((product, size) => product * size, 1), 0);
