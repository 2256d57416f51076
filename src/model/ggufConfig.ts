/** What a GGUF says about its model, in the words of Hugging Face's config.json. */
import { InklingError, type Sentence, sentence } from '../protocol/errors.ts';
import type { Architecture } from './architecture.ts';
import { architectures } from './architectures.ts';
import { decoderParts, type PartName } from './decoderParts.ts';
import type { GgufHeader } from './files/gguf.ts';
import { kindOfForeign } from './foreignFiles.ts';
import { fusedPart } from './fusedParts.ts';
import { GgufKeys } from './ggufKeys.ts';
import type { ModelConfig } from './modelConfig.ts';
import { inklingNames, type TensorNames, tensorName } from './tensorNames.ts';

/**
 * @param readVector reads a tensor of float32 numbers by its name
 * @throws InklingError `modelUnsupported` for another architecture, or a key that changes the result and is not understood
 */
export function configFromGguf(
  header: GgufHeader,
  readVector: (tensor: string) => readonly number[],
): Record<string, unknown> {
  const { metadata, tensors } = header;
  const name = String(metadata.get('general.architecture'));
  refuseOtherThanModels(header);
  const architecture = architectures.find(({ ggufName }) => ggufName !== undefined && ggufName === name);
  if (!architecture) {
    throw new InklingError(
      'modelUnsupported',
      sentence`The GGUF holds a model of the architecture ${name}, which cannot be run yet${kindOfForeign(name)}.`,
    );
  }
  const keys = new GgufKeys(header, name);
  const heads = keys.wholeNumber('attention.head_count');
  const hiddenSize = keys.wholeNumber('embedding_length');
  const headDim = headDimOf(keys, hiddenSize / heads, architecture);
  const config = {
    architectures: [architecture.name],
    model_type: name,
    vocab_size: vocabularySize(header, architecture),
    hidden_size: hiddenSize,
    intermediate_size: keys.get('feed_forward_length'),
    num_hidden_layers: keys.get('block_count'),
    num_attention_heads: heads,
    num_key_value_heads: keys.get('attention.head_count_kv') ?? heads,
    head_dim: headDim,
    rms_norm_eps: fromFloat32(keys.get('attention.layer_norm_rms_epsilon') ?? keys.get('attention.layer_norm_epsilon')),
    ...(hasLearnedPositions(architecture) ? {} : rotaryKeys(keys, { headDim, readVector })),
    max_position_embeddings: keys.get('context_length'),
    tie_word_embeddings: !tensors.has(nameOf(architecture.gguf, { name: 'head' })),
    bos_token_id: metadata.get('tokenizer.ggml.bos_token_id'),
    eos_token_id: metadata.get('tokenizer.ggml.eos_token_id'),
    ...architecture.ggufTraits(keys),
  };
  for (const known of withoutEffect) keys.get(known);
  keys.refuseUnread();
  return renamed(config, architecture);
}

/** What else llama.cpp keeps in such files. */
const otherTypes: Readonly<Record<string, Sentence>> = {
  adapter: sentence`The GGUF holds an adapter and no model. Get it in the layout of PEFT, and add it with: inkling adapters add.`,
  mmproj: sentence`The GGUF holds the part of a model that sees. Name the file of the model itself, which lies beside it.`,
  clip: sentence`The GGUF holds the part of a model that sees. Name the file of the model itself, which lies beside it.`,
  imatrix: sentence`The GGUF holds what was measured for quantizing, and no model.`,
  vocab: sentence`The GGUF holds a tokenizer and no model.`,
};

/** @throws InklingError `modelUnsupported` */
function refuseOtherThanModels({ metadata, tensors }: GgufHeader): void {
  const name = String(metadata.get('general.architecture'));
  const types = [metadata.get('general.type'), name, ...(tensors.size === 0 ? ['vocab'] : [])];
  const type = types.find((one) => typeof one === 'string' && Object.hasOwn(otherTypes, one));
  if (typeof type === 'string') throw new InklingError('modelUnsupported', otherTypes[type]!);
  if (Number(metadata.get(`${name}.pooling_type`) ?? 0) > 0) {
    throw new InklingError(
      'modelUnsupported',
      sentence`The GGUF holds a model that makes vectors of texts, or puts texts in order, and writes none.`,
    );
  }
  const experts = metadata.get(`${name}.expert_count`);
  if (typeof experts === 'number' && experts > 0) {
    throw new InklingError(
      'modelUnsupported',
      sentence`The GGUF holds a mixture of ${experts} experts (${`${name}.expert_count`}), which cannot be run yet.`,
    );
  }
}

/** @throws InklingError `modelBroken` for a file whose tokens are not those of its embedding */
function vocabularySize({ metadata, tensors }: GgufHeader, { gguf }: Architecture): number | undefined {
  const embedding = nameOf(gguf, { name: 'embedding' });
  const rows = tensors.get(embedding)?.shape[0];
  if (rows === undefined) throw lacking(embedding);
  const tokens = metadata.get('tokenizer.ggml.tokens');
  if (!Array.isArray(tokens) || tokens.length === rows) return rows;
  throw new InklingError(
    'modelBroken',
    sentence`The GGUF lists ${tokens.length} tokens, and its tensor ${embedding} has ${rows} rows: they do not belong together.`,
  );
}

const lacking = (tensor: string) =>
  new InklingError('modelBroken', sentence`The GGUF file lacks the tensor ${tensor}.`);

/** Keys that say something twice or nothing about the result; experts are refused before. */
const withoutEffect = [
  ...['vocab_size', 'attention.causal', 'tensor_data_layout', 'rope.scaling.finetuned', 'attention.value_length'],
  ...['attention.key_length_swa', 'attention.value_length_swa', 'rope.dimension_count_swa'],
];

/** Numbers in a GGUF are float32; a person wrote fewer digits. */
const fromFloat32 = (value: unknown): number => Number(Number(value).toPrecision(7));

function headDimOf(keys: GgufKeys, meanWidth: number, architecture: Architecture): number {
  const length = keys.get('attention.key_length');
  if (length !== undefined) return keys.wholeNumber('attention.key_length');
  // partly turned heads say how much of them is turned, all others how wide they are
  const isPartial = architecture.ggufName === 'phi3';
  return isPartial ? meanWidth : keys.wholeNumber('rope.dimension_count', meanWidth);
}

const hasLearnedPositions = ({ huggingFace }: Architecture): boolean => huggingFace.modules.positions !== undefined;

interface RotaryGiven {
  readonly headDim: number;
  readonly readVector: (tensor: string) => readonly number[];
}

function rotaryKeys(keys: GgufKeys, { headDim, readVector }: RotaryGiven): Record<string, unknown> {
  const dimensions = keys.wholeNumber('rope.dimension_count', headDim);
  const scaling = scalingKeys(keys, readVector);
  return {
    rope_theta: keys.get('rope.freq_base') ?? 10_000,
    ...(dimensions === headDim ? {} : { partial_rotary_factor: dimensions / headDim }),
    ...(scaling ? { rope_scaling: scaling } : {}),
  };
}

function scalingKeys(keys: GgufKeys, readVector: RotaryGiven['readVector']): Record<string, unknown> | undefined {
  const kind = keys.get('rope.scaling.type') ?? 'none';
  const factor = keys.get('rope.scaling.factor');
  const original = keys.get('rope.scaling.original_context_length');
  const magnitude = keys.get('rope.scaling.attn_factor');
  // the divisors of Llama 3's frequencies are written out: long and short ones that are the same
  if (keys.hasTensor('rope_freqs.weight')) {
    const divisors = readVector('rope_freqs.weight');
    return { rope_type: 'longrope', short_factor: divisors, long_factor: divisors, attention_factor: 1 };
  }
  if (keys.hasTensor('rope_factors_short.weight')) {
    return {
      rope_type: 'longrope',
      short_factor: readVector('rope_factors_short.weight'),
      long_factor: readVector('rope_factors_long.weight'),
      original_max_position_embeddings: original,
      attention_factor: magnitude ?? 1,
    };
  }
  if (kind === 'none') return undefined;
  if (kind === 'linear') return { rope_type: 'linear', factor };
  if (kind !== 'yarn')
    throw new InklingError('modelUnsupported', sentence`The GGUF's rope scaling ${String(kind)} is not known.`);
  return {
    rope_type: 'yarn',
    factor,
    original_max_position_embeddings: original,
    attention_factor: magnitude,
    beta_fast: keys.get('rope.scaling.yarn_beta_fast'),
    beta_slow: keys.get('rope.scaling.yarn_beta_slow'),
  };
}

/** Under the names that the architecture's own config.json has for sizes; what is not given is left out. */
function renamed(config: Record<string, unknown>, { sizeKeys }: Architecture): Record<string, unknown> {
  const entries = Object.entries(config).filter(([, value]) => value !== undefined);
  return Object.fromEntries(entries.map(([key, value]) => [sizeKeys[key] ?? key, value]));
}

/** One tensor of our layout and the tensor of the GGUF that it is made of. */
export interface GgufPart {
  readonly name: PartName;
  readonly layer: number | undefined;
  /** in our layout */
  readonly own: string;
  readonly gguf: string;
  /** (rows, columns) of a matrix, (width) of a vector */
  readonly shape: readonly number[];
  /** llama.cpp has the rows of each head in another order */
  readonly isInterleaved: boolean;
}

/**
 * Every tensor that the model needs, in the order in which it is read when a model starts; maps that the GGUF holds
 * stacked are one part.
 * @throws InklingError `modelBroken` for one that is missing, `modelConfig` for one of another shape, `modelUnsupported` for
 * one that the file has and nobody reads
 */
export function ggufParts(config: ModelConfig, { tensors }: GgufHeader): GgufPart[] {
  const { gguf, ggufInterleavesRotaryRows } = config.architecture;
  const seen = new Set(['rope_freqs.weight', 'rope_factors_short.weight', 'rope_factors_long.weight']);
  const parts = decoderParts(config).flatMap((part): GgufPart[] => {
    const { name, layer, shape } = fusedPart(config, gguf, part) ?? part;
    const tensor = nameOf(gguf, { name, layer, isBias: part.isBias });
    if (seen.has(tensor)) return []; // stacked, and listed with its first member
    seen.add(tensor);
    const found = tensors.get(tensor);
    if (!found) throw lacking(tensor);
    if (found.shape.join() !== shape.join()) {
      const [is, needed] = [`(${found.shape.join(', ')})`, `(${shape.join(', ')})`];
      throw new InklingError(
        'modelConfig',
        sentence`The GGUF's tensor ${tensor} has the shape ${is}; ${needed} is needed.`,
      );
    }
    const own = tensorName(inklingNames, { name, layer, isBias: part.isBias })!;
    const isInterleaved = ggufInterleavesRotaryRows && (name === 'q' || name === 'k');
    return [{ name, layer, own, gguf: tensor, shape, isInterleaved }];
  });
  const unread = [...tensors.keys()].find((tensor) => !seen.has(tensor));
  if (unread === undefined) return parts;
  throw new InklingError(
    'modelUnsupported',
    sentence`The GGUF holds the tensor ${unread}, which ${config.architecture.title} as it is known here does not have.`,
  );
}

function nameOf(names: TensorNames, of: Parameters<typeof tensorName>[1]): string {
  const name = tensorName(names, of);
  if (name === undefined) throw new Error(`the layout has no name for ${of.name}`);
  return name;
}
