/**
 * The inference process: prompt in, text out. Requests go from the client to the process, notifications come back.
 * A cancelled request is not an error: it answers `{ kind: 'cancelled' }`.
 */
import { type CancellationToken, NotificationType, RequestType, RequestType0 } from 'vscode-jsonrpc';
import type { Device, DeviceReport, DeviceSetting, Precision } from './engineOptions.ts';
import type { InklingError, Sentence } from './errors.ts';
import type { GenerationOptions } from './generationOptions.ts';

// ---- client → inference -------------------------------------------------------------------------------------------

export const loadRequest = new RequestType<LoadRequest, LoadedModel, ErrorData>('inference/load');
export const generateRequest = new RequestType<GenerateRequest, GenerateAnswer, ErrorData>('inference/generate');
export const scoreRequest = new RequestType<ScoreRequest, ScoreAnswer, ErrorData>('inference/score');
export const scoreEachRequest = new RequestType<ScoreEachRequest, ScoreEachAnswer, ErrorData>('inference/scoreEach');
export const tokenizeRequest = new RequestType<{ text: string }, { tokens: number[] }, ErrorData>('inference/tokenize');
export const detokenizeRequest = new RequestType<{ tokens: number[] }, { text: string }, ErrorData>(
  'inference/detokenize',
);
/** Texts of the writer's, whose words completions prefer; they take the place of earlier ones. Answers when they are counted. */
export const ownWordsRequest = new RequestType<OwnWordsRequest, OwnWordsAnswer, ErrorData>('inference/ownWords');
export const devicesRequest = new RequestType<{ modelFolder?: string }, DeviceReport, ErrorData>('inference/devices');
export const memoryRequest = new RequestType0<MemoryReport, ErrorData>('inference/memory');

// ---- inference → client -------------------------------------------------------------------------------------------

export const partialNotification = new NotificationType<PartialText>('inference/partial');
export const loadProgressNotification = new NotificationType<LoadProgress>('inference/loadProgress');
/** The process gave the model's memory back after `idleUnloadMs`; the next request loads it again by itself. */
export const unloadedNotification = new NotificationType<{ readonly modelFolder: string }>('inference/unloaded');
/** The loaded model runs on another device than before, or there are new reasons why it does not. */
export const movedNotification = new NotificationType<LoadedModel>('inference/moved');

// ---- data ---------------------------------------------------------------------------------------------------------

export interface LoadRequest {
  readonly modelFolder: string;
  readonly device: DeviceSetting;
  /** 0 = physical cores − 1, at least 1 */
  readonly threads: number;
  readonly precision: Precision;
  /** 0 = never; otherwise the model's memory is given back after this long without a request */
  readonly idleUnloadMs: number;
  /** bound on the key/value cache of one slot; longer prompts lose their beginning */
  readonly maxContextTokens: number;
  /** what was learned on top of the model; loading fails when it belongs to another one */
  readonly adapter?: LoadedAdapter;
}

export interface LoadedAdapter {
  readonly folder: string;
  /** multiplies what the adapter adds, in the range of `adapterStrength`: 0 = nothing, 1 = as trained */
  readonly strength: number;
}

export interface LoadedModel {
  readonly name: string;
  readonly modelFolder: string;
  readonly architecture: string;
  readonly parameters: number;
  readonly vocabularySize: number;
  /** tokens of prompt and answer together */
  readonly contextTokens: number;
  /** one that can be used: then the model can be told what to do */
  readonly hasChatTemplate: boolean;
  /** a sentence where it has one that cannot be used */
  readonly chatTemplateProblem?: string;
  /** BCP 47; [] when its maker does not say */
  readonly languages: readonly string[];
  readonly device: Device;
  /** why a faster device was not taken, one sentence each */
  readonly deviceNotes: readonly string[];
  readonly loadMs: number;
}

export interface LoadProgress {
  /** `move`: a loaded model is opened on another device */
  readonly stage: 'weights' | 'session' | 'selfCheck' | 'move' | 'ready';
  /** 0 … 1 */
  readonly fraction: number;
}

/** Each slot has its own key/value cache, so that an action does not evict what typing reuses. */
export type Slot = 'completion' | 'action';

export type Prompt =
  /**
   * Plain text to continue. With `heal`, the last partial word and the blanks before it are taken off the prompt and
   * forced, byte by byte, as the beginning of what is decoded; they are not part of the answer.
   */
  | { readonly kind: 'continue'; readonly text: string; readonly heal: boolean }
  /** A conversation, laid out by the model's chat template. */
  | { readonly kind: 'chat'; readonly messages: readonly ChatMessage[] };

export interface ChatMessage {
  readonly role: 'system' | 'user' | 'assistant';
  readonly content: string;
}

export interface GenerateRequest {
  /** chosen by the client, unique within the connection; partial texts carry it */
  readonly id: number;
  readonly slot: Slot;
  readonly prompt: Prompt;
  readonly options: GenerationOptions;
  /** regular expression (flags `u`) over the last 200 prompt characters + new text; the text ends after its first match that ends in new text */
  readonly stopPattern?: string;
  /** a sequence ends as soon as this fails; where all do, the answer is `none` with reason `lowConfidence` */
  readonly gate?: Gate;
  /** beginning of the text right of the caret, to be scored with and without the generated text before it */
  readonly scoreSuffix?: string;
  /** the end-of-text token cannot be chosen (a continuation has no end of its own) */
  readonly ignoreEndOfText: boolean;
  /** send `partial` notifications while decoding */
  readonly stream: boolean;
  /** do not reuse the slot's key/value cache: the answer then depends on no earlier request */
  readonly freshCache?: boolean;
}

/** Owned by writing/, evaluated in the decode loop. Probabilities are conditional on the healed bytes. */
export interface Gate {
  /** product of the token probabilities of the first word (the rest of it, mid-word); below it the answer is `none` */
  readonly minFirstWordProbability: number;
  /** after the first word decoding ends with the finish reason `unsure` at a token below this … */
  readonly minWordProbability: number;
  /** … or as soon as the product over all tokens is below this */
  readonly minTotalProbability: number;
  /** of the text, such as `zh`, where it is told: a probability is worth more in one language than in another */
  readonly language?: string;
}

export interface PartialText {
  readonly id: number;
  /** everything decoded so far that can no longer change */
  readonly text: string;
  /** tokens whose text is wholly in it, and that no earlier partial text has told */
  readonly tokens: readonly GeneratedToken[];
}

export interface GeneratedToken {
  readonly id: number;
  /** the text that this token released; the texts of all tokens together are the sequence's text */
  readonly text: string;
  /** natural logarithm of its probability, before temperature, conditional on the healed bytes */
  readonly logprob: number;
}

export type FinishReason = 'length' | 'stop' | 'stopPattern' | 'endOfText' | 'unsure';

export interface GeneratedSequence {
  readonly text: string;
  readonly tokens: readonly GeneratedToken[];
  /** sum over the tokens */
  readonly logprob: number;
  readonly firstWordProbability: number;
  /** how likely the model found the healed bytes themselves: very unlikely ones are often a typo; 0 without any */
  readonly healedLogprob: number;
  readonly finishReason: FinishReason;
  /** mean log-probability per token of the suffix's first tokens, after prompt + text and after the prompt alone */
  readonly suffix?: { readonly after: number; readonly without: number };
}

export interface Usage {
  readonly promptTokens: number;
  /** prompt tokens whose keys and values were already in the cache */
  readonly reusedTokens: number;
  readonly newTokens: number;
  /** time in the queue before the first run */
  readonly waitMs: number;
  readonly prefillMs: number;
  readonly decodeMs: number;
  /** from the arrival of the request to the first new token */
  readonly firstTokenMs: number;
}

/** Of a request that no model has worked on. */
export const noUsage: Usage = {
  promptTokens: 0,
  reusedTokens: 0,
  newTokens: 0,
  waitMs: 0,
  prefillMs: 0,
  decodeMs: 0,
  firstTokenMs: 0,
};

export type GenerateAnswer =
  | { readonly kind: 'text'; readonly sequences: readonly GeneratedSequence[]; readonly usage: Usage }
  | {
      readonly kind: 'none';
      readonly reason: 'lowConfidence';
      readonly firstWordProbability: number;
      readonly usage: Usage;
    }
  | { readonly kind: 'cancelled'; readonly usage: Usage };

/** What a caller of the client sees: a dead or failing process is a value, not an exception. */
export type GenerateOutcome = GenerateAnswer | { readonly kind: 'failed'; readonly error: InklingError };

/** The one thing that writing/ needs of a model; client/ implements it over the inference process. */
export interface TextGenerator {
  generate(
    request: Omit<GenerateRequest, 'id' | 'stream'>,
    token: CancellationToken,
    onPartial?: (text: string) => void,
  ): Promise<GenerateOutcome>;
}

export interface ScoreRequest {
  readonly text: string;
  /** tokens per window; windows do not overlap, the first token of each is not scored */
  readonly windowTokens: number;
  readonly withTokens: boolean;
}

export interface ScoreAnswer {
  /** tokens scored */
  readonly tokens: number;
  /** sum of natural logarithms */
  readonly logprob: number;
  readonly ids?: readonly number[];
  /** one per id; null where a token had no context */
  readonly logprobs?: readonly (number | null)[];
}

/** Texts to be compared with each other; what they have in common at their beginning is read once. */
export interface ScoreEachRequest {
  readonly texts: readonly string[];
}

export type ScoreEachAnswer =
  | {
      readonly kind: 'scores';
      /** of each text: sum of natural logarithms over all tokens but the first */
      readonly logprobs: readonly number[];
      /** tokens that were run through the model for it */
      readonly tokensRead: number;
    }
  | { readonly kind: 'cancelled' };

export interface OwnWordsRequest {
  /** of `LoadedModel`, whose tokens these are; while another model is in use they say nothing */
  readonly modelFolder: string;
  readonly texts: readonly OwnText[];
  /** `all`: these texts and no others; `some`: in place of those of the same names */
  readonly replaces: 'all' | 'some';
}

export interface OwnText {
  /** tells texts apart: a path or an address */
  readonly name: string;
  /** token ids; [] = there is no such text any more */
  readonly tokens: readonly number[];
}

export interface OwnWordsAnswer {
  /** tokens that were counted */
  readonly tokens: number;
}

export interface MemoryReport {
  readonly residentBytes: number;
  readonly peakBytes: number;
  readonly cacheTokens: Readonly<Record<Slot, number>>;
  readonly modelLoaded: boolean;
}

/** `data` of a JSON-RPC error. */
export interface ErrorData {
  readonly code: string;
  /** what can be told in another language as well */
  readonly sentence?: Sentence;
}
