/** Decoders that others exported to ONNX (optimum, transformers.js): run as they are, in one session of their own graph. */
import { existsSync, readdirSync, statSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { InklingError, sentence } from '../protocol/errors.ts';
import type { Architecture } from './architecture.ts';
import { architectures } from './architectures.ts';
import { ConfigKeys, type Json } from './configKeys.ts';
import type { LinearName, Mixer } from './decoderParts.ts';
import { exportedParameters } from './exportedParameters.ts';
import type { TensorEntry } from './files/safetensors.ts';
import { type ModelConfig, vocabularySizeOf } from './modelConfig.ts';

/** Endings of file names, what suits a processor best first: 16-bit numbers are slow there. */
const kinds = ['_q4', '_quantized', '_int8', '_uint8', '', '_bnb4', '_fp16', '_q4f16'];
/** A graph that takes keys and values; the ones without are no use for writing. */
const graphs = ['model', 'decoder_model_merged', 'decoder_with_past_model'];

/** Where a graph may lie below a model's folder, with `/`; of several the first is taken. */
export const exportedPaths: readonly string[] = kinds
  .flatMap((kind) => graphs.map((graph) => `${graph}${kind}.onnx`))
  .flatMap((name) => [`onnx/${name}`, name]);

/**
 * The graph to run, by the name that it has in the folder: in Hugging Face's cache it is a link to a file of another name.
 * @returns undefined for a folder with weights of its own, and for one without a graph
 */
export function exportedGraph(folder: string): string | undefined {
  if (['model.safetensors', 'model.safetensors.index.json'].some((name) => existsSync(join(folder, name))))
    return undefined;
  return exportedPaths
    .map((path) => join(folder, path))
    .find((path) => statSync(path, { throwIfNoEntry: false })?.isFile());
}

/** The graph's file and those that it keeps its numbers in, which lie beside it under the same name. */
export function exportedFiles(graph: string): string[] {
  const beside = readdirSync(dirname(graph)).filter((name) => holdsNumbersOf(name, basename(graph)));
  return [graph, ...beside.map((name) => join(dirname(graph), name))];
}

/** Is it the name of a file with numbers of a graph, which are kept beside it where there are many? */
export const holdsNumbersOf = (name: string, graph: string): boolean =>
  name.startsWith(graph) && /^[._]data(?:_\d+)?$/u.test(name.slice(graph.length));

/** The files in place of tensors, for whoever asks how large a model is. */
export const exportedTensors = (graph: string): ReadonlyMap<string, TensorEntry> =>
  new Map(
    exportedFiles(graph).map((file) => {
      const length = statSync(file).size;
      return [basename(file), { dtype: 'U8', shape: [length], file, offset: 0, length }];
    }),
  );

/** Models of pictures and sound come as ONNX, too. @throws InklingError `modelUnsupported` */
export function refuseOtherThanDecoders(
  id: string,
  { architectures, is_encoder_decoder: isEncoderDecoder }: Json,
): void {
  const name = String([architectures].flat()[0] ?? 'model of an unknown kind');
  if (/(?:ForCausalLM|LMHeadModel)$/u.test(name) && isEncoderDecoder !== true) return;
  throw new InklingError('modelUnsupported', sentence`${id} is a ${name}, which writes no text here.`);
}

/**
 * What has to be known to run a graph that knows the rest itself; keys that it alone is concerned with are not looked at.
 * @throws InklingError `modelConfig`
 */
export function exportedConfig(json: Json): ModelConfig {
  const keys = new ConfigKeys(json);
  const first = (...names: string[]) => names.find((name) => keys.has(name)) ?? names[0]!;
  const size = (names: string[], otherwise?: number) => keys.wholeNumber(first(...names), otherwise);
  const layers = size(['num_hidden_layers', 'n_layer', 'num_layers', 'n_layers']);
  const heads = size(['num_attention_heads', 'n_head', 'num_heads', 'n_heads']);
  const [bos, eos] = [keys.get('bos_token_id'), keys.get('eos_token_id')];
  const names = keys.get('architectures');
  const name = Array.isArray(names) && typeof names[0] === 'string' ? names[0] : 'unknown';
  return {
    ...nothingKnown,
    architecture: { ...exported, name },
    vocabularySize: vocabularySizeOf(keys),
    contextTokens: size(['max_position_embeddings', 'n_positions', 'max_seq_len', 'n_ctx', 'seq_length'], 2048),
    heads,
    kvHeads: size(['num_key_value_heads', 'n_head_kv', 'num_kv_heads'], heads),
    headDim: size(['head_dim'], Math.ceil(size(['hidden_size', 'n_embd', 'd_model']) / heads)),
    mixers: Array<Mixer>(Math.min(layers, 1000)).fill('attention'),
    bosTokenId: typeof bos === 'number' ? bos : undefined,
    eosTokenIds: [eos].flat().filter((id) => typeof id === 'number'),
  };
}

const [llama] = architectures;

const exported: Architecture = {
  ...llama!,
  title: sentence`Exported ONNX decoder`,
  noAdapters: sentence`Its weights lie within a graph that others have made, where no gradients can be computed. To learn from your texts, get the same model as safetensors or GGUF.`,
};

/** About how many parameters it has; 0 where its graph cannot be understood. */
export function parametersOfExported(graph: string, json: Json): number {
  const figure = (...names: string[]) => Number(names.map((name) => json[name]).find((value) => value !== undefined));
  const size = figure('vocab_size') * figure('hidden_size', 'n_embd', 'd_model');
  return exportedParameters(graph, { isTied: json['tie_word_embeddings'] === true, size }) ?? 0;
}

/** Of everything else nothing is known, and nothing is asked. */
const nothingKnown = {
  norm: 'rms',
  normPlacement: 'before',
  headNorm: 'none',
  biases: new Set<LinearName>(),
  activation: 'silu',
  isGated: true,
  learnedPositions: 0,
  rotary: [],
  windows: [],
  attentionScale: 1,
  attentionSoftcap: undefined,
  embeddingMultiplier: 1,
  residualMultiplier: 1,
  logitsMultiplier: 1,
  logitsSoftcap: undefined,
  tiedEmbeddings: true,
  headBias: false,
  convolutionWidth: 0,
  cellBiases: false,
  validTokens: Number.MAX_SAFE_INTEGER,
  hiddenSize: 0,
  embeddingSize: 0,
  intermediateSize: 0,
  layers: 0,
  normEpsilon: 0,
} as const;
