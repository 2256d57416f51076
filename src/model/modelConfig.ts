import { InklingError } from '../protocol/errors.ts';
import { type Architecture, architectures } from './architectures.ts';

/** What a decoder model is, in the field's words; read from a Hugging Face `config.json`. */
export interface ModelConfig {
  readonly architecture: Architecture;
  readonly vocabularySize: number;
  readonly hiddenSize: number;
  readonly intermediateSize: number;
  readonly layers: number;
  readonly heads: number;
  readonly kvHeads: number;
  readonly headDim: number;
  readonly normEpsilon: number;
  readonly ropeTheta: number;
  readonly tiedEmbeddings: boolean;
  /** tokens that the model was trained for: prompt and answer together */
  readonly contextTokens: number;
  readonly bosTokenId: number | undefined;
  readonly eosTokenIds: readonly number[];
}

type Json = Readonly<Record<string, unknown>>;

/** @throws InklingError `modelConfig` naming the missing or contradicting key, `modelUnsupported` for an unknown architecture */
export function parseModelConfig(json: Json): ModelConfig {
  const name = (json['architectures'] as readonly string[] | undefined)?.[0];
  const architecture = name === undefined ? undefined : architectures[name];
  if (!architecture) {
    const known = Object.keys(architectures).join(', ');
    throw new InklingError(
      'modelUnsupported',
      `The architecture ${name ?? '(none named)'} cannot be run yet; known: ${known}.`,
    );
  }
  if (json['rope_scaling'] != null) {
    throw new InklingError('modelUnsupported', 'config.json asks for rope_scaling, which is not supported yet.');
  }
  const hiddenSize = wholeNumber(json, 'hidden_size');
  const heads = wholeNumber(json, 'num_attention_heads');
  const kvHeads = wholeNumber(json, 'num_key_value_heads', heads);
  const headDim = wholeNumber(json, 'head_dim', hiddenSize / heads);
  if (heads % kvHeads !== 0) {
    throw new InklingError(
      'modelConfig',
      `config.json: num_attention_heads (${heads}) is no multiple of num_key_value_heads (${kvHeads}).`,
    );
  }
  const eos = json['eos_token_id'];
  return {
    architecture,
    vocabularySize: wholeNumber(json, 'vocab_size'),
    hiddenSize,
    intermediateSize: wholeNumber(json, 'intermediate_size'),
    layers: wholeNumber(json, 'num_hidden_layers'),
    heads,
    kvHeads,
    headDim,
    normEpsilon: positive(json, 'rms_norm_eps'),
    ropeTheta: positive(
      { rope_theta: (json['rope_parameters'] as Json)?.['rope_theta'], ...json },
      'rope_theta',
      10000,
    ),
    tiedEmbeddings: json['tie_word_embeddings'] === true,
    contextTokens: wholeNumber(json, 'max_position_embeddings'),
    bosTokenId: typeof json['bos_token_id'] === 'number' ? json['bos_token_id'] : undefined,
    eosTokenIds: typeof eos === 'number' ? [eos] : Array.isArray(eos) ? (eos as number[]) : [],
  };
}

function positive(json: Json, key: string, otherwise?: number): number {
  const value = json[key] ?? otherwise;
  if (typeof value === 'number' && value > 0) return value;
  const what = value === undefined ? 'is missing' : `is ${JSON.stringify(value)}`;
  throw new InklingError('modelConfig', `config.json: ${key} ${what}; a number above 0 is needed.`);
}

function wholeNumber(json: Json, key: string, otherwise?: number): number {
  const value = positive(json, key, otherwise);
  if (Number.isInteger(value)) return value;
  throw new InklingError('modelConfig', `config.json: ${key} is ${value}; a whole number is needed.`);
}

/** Number of weights, embeddings counted once when they are tied. */
export function parameterCount(config: ModelConfig): number {
  const { hiddenSize, intermediateSize, heads, kvHeads, headDim, layers, vocabularySize, tiedEmbeddings } = config;
  const attention = hiddenSize * headDim * (2 * heads + 2 * kvHeads);
  const layer = attention + 3 * hiddenSize * intermediateSize + 2 * hiddenSize;
  return layers * layer + hiddenSize + vocabularySize * hiddenSize * (tiedEmbeddings ? 1 : 2);
}
