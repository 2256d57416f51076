/** The pipelines process: models made for one task, each of a kind. Requests name the folder; one model is open at a time. */
import { RequestType } from 'vscode-jsonrpc';
import type { ErrorData } from './inference.ts';

// ---- client → pipelines -------------------------------------------------------------------------------------------

/** Opens a model without using it, and says what it is. */
export const openPipelineRequest = new RequestType<{ folder: string }, PipelineModel, ErrorData>('pipelines/open');
export const rewriteTextsRequest = new RequestType<RewriteTextsRequest, RewriteTextsAnswer, ErrorData>(
  'pipelines/rewrite',
);
export const fillMaskRequest = new RequestType<FillMaskRequest, FillMaskAnswer, ErrorData>('pipelines/fillMask');
export const embedRequest = new RequestType<TextsRequest, EmbedAnswer, ErrorData>('pipelines/embed');
export const classifyRequest = new RequestType<TextsRequest, ClassifyAnswer, ErrorData>('pipelines/classify');
export const tagRequest = new RequestType<TextsRequest, TagAnswer, ErrorData>('pipelines/tag');

// ---- data ---------------------------------------------------------------------------------------------------------

/** What goes in and comes out; the architecture in config.json decides. */
export type PipelineKind =
  | 'text2text' // encoder–decoder (T5, BART, PEGASUS, Marian, NLLB): text in, text out
  | 'fillMask' // BERT family with its masked head: words for a gap
  | 'embedding' // BERT family without a head: a vector for a text
  | 'classification' // one label for a text
  | 'tagging'; // a label for each word

/** What a text2text model was made for. */
export const pipelineUses = ['summarize', 'translate', 'correct', 'rephrase'] as const;
export type PipelineUse = (typeof pipelineUses)[number];

export interface PipelineModel {
  readonly name: string;
  readonly folder: string;
  readonly kind: PipelineKind;
  /** as config.json names it: `MarianMTModel` */
  readonly architecture: string;
  /** of a text2text model; [] when nothing tells */
  readonly uses: readonly PipelineUse[];
  /** the one language that it reads and the one that it writes (BCP 47), where the model itself says so */
  readonly languages?: { readonly from: string; readonly to: string };
  /** tokens of one text */
  readonly contextTokens: number;
}

/** A model that is wanted for something. */
export interface PipelineWish {
  readonly kind: PipelineKind;
  /** of a text2text model */
  readonly use?: PipelineUse;
  /** of a translation (BCP 47) */
  readonly from?: string;
  readonly to?: string;
}

interface PipelineRequest {
  readonly folder: string;
}

export interface TextsRequest extends PipelineRequest {
  readonly texts: readonly string[];
}

export interface RewriteTextsRequest extends TextsRequest {
  readonly use: PipelineUse;
  /** language of the text and the wanted one (BCP 47), for models of several languages */
  readonly from?: string;
  readonly to?: string;
  /** bound on each answer; default 256 */
  readonly maxNewTokens?: number;
}

export type RewriteTextsAnswer =
  /** one for each text, in order */
  { readonly kind: 'texts'; readonly texts: readonly string[] } | { readonly kind: 'cancelled' };

export interface FillMaskRequest extends PipelineRequest {
  readonly before: string;
  readonly after: string;
  /** how many words are wanted, the likeliest first */
  readonly count: number;
}

export interface FillMaskAnswer {
  /** whole words only: a piece that would join its neighbors is left out */
  readonly candidates: readonly { readonly text: string; readonly probability: number }[];
}

export interface EmbedAnswer {
  /** (texts, hiddenSize), each of length 1: the dot product of two is their similarity */
  readonly vectors: readonly Float32Array[];
  /** of all texts together, those included that the tokenizer adds */
  readonly tokens: number;
}

export interface LabelProbability {
  readonly label: string;
  /** 0 … 1 */
  readonly probability: number;
}

export interface ClassifyAnswer {
  /** of each text all labels, the likeliest first */
  readonly labels: readonly (readonly LabelProbability[])[];
}

export interface TagAnswer {
  /** of each text its words that have a label other than `O`; `start` and `end` are UTF-16 offsets */
  readonly tags: readonly (readonly (LabelProbability & { readonly start: number; readonly end: number })[])[];
}
