import type { Sentence, SentencePart } from '../protocol/errors.ts';
import type { ConfigKeys } from './configKeys.ts';
import type { LinearName, Mixer } from './decoderParts.ts';
import type { TensorEntry } from './files/safetensors.ts';
import type { GgufKeys } from './ggufKeys.ts';
import type { RotaryPositions } from './rotaryTable.ts';
import type { TensorNames } from './tensorNames.ts';

/** Everything that differs between decoders, beside their sizes. What a row of the table leaves out is as in Llama. */
export interface DecoderTraits {
  /** root mean square (Zhang & Sennrich 2019), or mean and variance with a bias (Ba et al. 2016) */
  readonly norm: 'rms' | 'layer';
  /** where the norms of a layer stand: before attention and feed-forward part, after them, or both */
  readonly normPlacement: 'before' | 'after' | 'both';
  /** norm of queries and keys: of each head, or of all heads together */
  readonly headNorm: 'none' | 'head' | 'width';
  /** linear maps that add a vector */
  readonly biases: ReadonlySet<LinearName>;
  readonly activation: 'silu' | 'gelu' | 'geluTanh';
  /** down(activation(gate) · up) or down(activation(up)) */
  readonly isGated: boolean;
  /** rows of a learned table that is added to the embeddings; 0 = none */
  readonly learnedPositions: number;
  /** per layer; undefined: queries and keys are not turned */
  readonly rotary: readonly (RotaryPositions | undefined)[];
  /** per layer: how many tokens a token sees, itself included; undefined: all before it */
  readonly windows: readonly (number | undefined)[];
  /** factor on the scores q·k */
  readonly attentionScale: number;
  /** c in c · tanh(score / c) */
  readonly attentionSoftcap: number | undefined;
  readonly embeddingMultiplier: number;
  /** factor on what attention and feed-forward part add */
  readonly residualMultiplier: number;
  readonly logitsMultiplier: number;
  readonly logitsSoftcap: number | undefined;
  readonly tiedEmbeddings: boolean;
  /** does the head add a vector? */
  readonly headBias: boolean;
  /** per layer */
  readonly mixers: readonly Mixer[];
  /** tokens that a short convolution sees, the newest included */
  readonly convolutionWidth: number;
  /** do the gates of an LSTM add vectors? */
  readonly cellBiases: boolean;
  /** the longest sequence for which all of this holds, if that is shorter than the context */
  readonly validTokens: number;
}

/** All sizes that a row reads for itself where they are not those of attention. */
export interface OwnSizes extends GivenSizes {
  readonly embeddingSize: number;
  readonly kvHeads: number;
}

/** What is known of a model when its traits are read. */
export interface GivenSizes {
  readonly layers: number;
  readonly hiddenSize: number;
  readonly heads: number;
  readonly headDim: number;
  readonly contextTokens: number;
}

/** One row of the table: inference, training and conversion read it. */
export interface Architecture {
  /** class name in `config.json` */
  readonly name: string;
  /** `model_type` by which it is known where `config.json` names no class that is known */
  readonly modelType?: string;
  /** what it is called among people, for lists and messages */
  readonly title: SentencePart;
  /** `general.architecture` in a GGUF file, also the prefix of its metadata keys; undefined: none of its own */
  readonly ggufName: string | undefined;
  /** llama.cpp interleaves the rows of q and k for its rotary layout; they are put back when a GGUF is read */
  readonly ggufInterleavesRotaryRows: boolean;
  readonly huggingFace: TensorNames;
  readonly gguf: TensorNames;
  /** what a Hugging Face file leaves to be added to a norm's weight: 1 in Gemma; a GGUF has it in its numbers */
  readonly normOffset: number;
  /** matrices of linear maps are (inputs, outputs) in Hugging Face's files */
  readonly isTransposed: boolean;
  /** `config.json` may leave out what its class has as default */
  readonly defaults: {
    readonly tiedEmbeddings: boolean;
    readonly headDim?: number;
    readonly kvHeads?: number;
  };
  /** where `config.json` calls a size otherwise: Llama's name → the name here */
  readonly sizeKeys: Readonly<Record<string, string>>;
  /** for a model without heads and feed-forward parts */
  readonly sizes?: (keys: ConfigKeys) => OwnSizes;
  /** where it is not simply a number in `config.json` */
  readonly intermediateSize?: (keys: ConfigKeys) => number;
  /** names of `huggingFace` for the tensors of files that have no names agreed upon */
  readonly renamed?: (tensors: ReadonlyMap<string, TensorEntry>) => ReadonlyMap<string, TensorEntry>;
  /** why no adapter can be trained, or run, on it; undefined where it can */
  readonly noAdapters?: Sentence;
  readonly traits: (keys: ConfigKeys, sizes: GivenSizes) => Partial<DecoderTraits>;
  /** the keys of `config.json` that only this architecture has, from a GGUF's metadata */
  readonly ggufTraits: (keys: GgufKeys) => Readonly<Record<string, unknown>>;
}
