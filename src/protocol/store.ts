/** The store process: gets models onto this machine, checks and lists them. */
import { NotificationType, RequestType } from 'vscode-jsonrpc';
import type { Problem } from './errors.ts';
import type { ErrorData } from './inference.ts';
import type { PipelineKind, PipelineModel, PipelineUse } from './pipelines.ts';

/** Of the models below folders, and of some that lie elsewhere; what processes that died have left there an hour ago is deleted. */
export const listModelsRequest = new RequestType<
  { folders: readonly string[]; elsewhere: readonly string[] },
  ModelSummary[],
  ErrorData
>('store/list');
export const showModelRequest = new RequestType<{ modelFolder: string }, ModelDetails, ErrorData>('store/show');
export const verifyModelRequest = new RequestType<{ modelFolder: string }, VerifyResult, ErrorData>('store/verify');
export const convertModelRequest = new RequestType<ConvertRequest, ModelDetails, ErrorData>('store/convert');
/** Answers when the model is there; canceling keeps what has come, for a later request that resumes. */
export const downloadModelRequest = new RequestType<DownloadRequest, ModelDetails, ErrorData>('store/download');
/** Deletes what a download that was stopped has left. */
export const discardDownloadRequest = new RequestType<DiscardRequest, null, ErrorData>('store/discard');
export const removeModelRequest = new RequestType<RemoveModelRequest, { folder: string }, ErrorData>('store/remove');
/** Answers when the model is in its new place; canceling leaves it where it was. */
export const moveModelRequest = new RequestType<MoveModelRequest, { folder: string }, ErrorData>('store/move');
/** Looks where other programs keep models; nothing is changed there. */
export const findModelsRequest = new RequestType<FindRequest, FoundModels, ErrorData>('store/find');
/** Asks a hub which models of text have a word in their names; opens a connection, as a download does. */
export const searchHubRequest = new RequestType<SearchRequest, SearchAnswer, ErrorData>('store/search');
/** What suits this machine, out of lists of models; nothing is fetched. */
export const recommendModelsRequest = new RequestType<RecommendRequest, Recommendations, ErrorData>('store/recommend');
export const storeProgressNotification = new NotificationType<StoreProgress>('store/progress');

export interface StoreProgress {
  readonly done: number;
  /** in the same unit */
  readonly total: number;
  /** of a download: bytes come first, then the model is made of them */
  readonly stage?: DownloadStage;
}

export type DownloadStage = 'fetch' | 'convert';

/** With a problem when the folder cannot be used. */
export interface ModelSummary extends Partial<Problem> {
  readonly name: string;
  readonly modelFolder: string;
  readonly architecture: string;
  readonly parameters: number;
  readonly sizeBytes: number;
  /** '' or 0 when the folder cannot be used */
  readonly licence: string;
  readonly contextTokens: number;
  /** BCP 47; [] when its maker does not say */
  readonly languages: readonly string[];
  /** of a model for one task beside the decoder; its parameters are not counted (0) */
  readonly pipeline?: Pick<PipelineModel, 'kind' | 'uses' | 'languages'>;
  /** a sentence when it can continue texts, but not be told what to do, because its chat template cannot be used */
  readonly chatTemplateProblem?: string;
}

export interface ModelDetails extends ModelSummary {
  readonly layers: number;
  readonly hiddenSize: number;
  readonly vocabularySize: number;
  readonly weightFormat: string;
  /** found when it was added: how its products are computed, and how like a computation in float32 they are */
  readonly accuracy?: ModelAccuracy;
  readonly source: string;
  readonly hasChatTemplate: boolean;
  readonly files: readonly { readonly name: string; readonly sizeBytes: number; readonly sha256?: string }[];
}

export interface ModelAccuracy {
  /** 4: activations rounded to 8 bits; 1: in float32, slower */
  readonly level: 1 | 4;
  /** share of tokens with the same likeliest next one */
  readonly agreement: number;
  /** in nats */
  readonly divergence: number;
  readonly against: 'float32' | 'level 1';
}

export interface VerifyResult {
  readonly ok: boolean;
  readonly accuracy?: ModelAccuracy;
  readonly files: readonly CheckedFile[];
}

export interface CheckedFile extends Partial<Pick<Problem, 'problem' | 'problemSentence'>> {
  readonly name: string;
  readonly ok: boolean;
}

/** What becomes of weights that are plain numbers: bits for each, head and embedding always 8, or as they are. */
export type Quantization = 4 | 8 | 'none';

export interface ConvertRequest {
  /** a `.gguf` file (of a split one any part, the others beside it), or a folder with config.json and safetensors or ONNX */
  readonly source: string;
  /** created; must not exist or be empty */
  readonly target: string;
  /** default: 8 for a folder, `none` for a GGUF file */
  readonly quantize?: Quantization;
  /** of an encoder–decoder in ONNX: what it was made for, where its configuration and its name do not say so */
  readonly uses?: readonly PipelineUse[];
  /** of the same: what it wants before each text */
  readonly prefix?: string;
}

export interface DownloadRequest {
  /** `OWNER/NAME` at the hub */
  readonly id: string;
  /** a branch, tag or commit; files are fetched of the commit that it stands for at the beginning */
  readonly revision: string;
  /** a GGUF or ONNX file of the repository; without it what suits most people */
  readonly file?: string;
  /** the model's name here; without it the repository's or the file's */
  readonly name?: string;
  /** the person's model folder, in which the model gets a folder of its own */
  readonly folder: string;
  /** base address of the hub or of a mirror */
  readonly endpoint: string;
  readonly token?: string;
  /** overrides the environment's proxy */
  readonly proxy?: string;
  /** as of a conversion from disk */
  readonly quantize?: Quantization;
  readonly uses?: readonly PipelineUse[];
  readonly prefix?: string;
  /** SHA-256 by path in the repository, where it is known from elsewhere than the hub */
  readonly sha256?: Readonly<Record<string, string>>;
  /** BCP 47, where they are known from elsewhere than the model's card */
  readonly languages?: readonly string[];
  /** go on with what an earlier download has left; otherwise that is deleted */
  readonly resume: boolean;
}

export interface RemoveModelRequest {
  /** the person's own, never the bundled ones */
  readonly modelsFolder: string;
  readonly name: string;
}

export interface MoveModelRequest extends RemoveModelRequest {
  /** must exist; the model gets a folder of its own in it */
  readonly folder: string;
}

export interface FindRequest {
  /** folders of programs that may have transformers.js, and what it has fetched, among their packages */
  readonly projects: readonly string[];
}

export interface FoundModels {
  readonly models: readonly FoundModel[];
}

/** A model that another program has on this disk; with a problem when it cannot be run. */
export interface FoundModel extends Partial<Problem> {
  readonly name: string;
  /** a file or folder that `models add` takes */
  readonly path: string;
  readonly from: 'Hugging Face' | 'transformers.js' | 'LM Studio' | 'llama.cpp' | 'GPT4All' | 'Ollama';
  readonly sizeBytes: number;
  /** '' when it cannot be told */
  readonly architecture: string;
  /** it can be used as it is, without a copy */
  readonly runsThere?: true;
}

/** A model that is recommended: a row of media/models.json, or of a person's own list. */
export interface ListedModel {
  /** the folder's name here */
  readonly name: string;
  readonly title: string;
  /** `OWNER/NAME` at the hub */
  readonly repository: string;
  /** a commit; without it the newest is fetched */
  readonly revision?: string;
  /** a GGUF file of the repository; without it what suits most people */
  readonly file?: string;
  /** SHA-256 by path in the repository */
  readonly sha256?: Readonly<Record<string, string>>;
  readonly quantize?: Quantization;
  /** its owner gives it to those who have agreed to something */
  readonly needsToken?: boolean;
  /** as in config.json */
  readonly architecture: string;
  /** BCP 47 */
  readonly languages: readonly string[];
  readonly licence: string;
  readonly millionParameters: number;
  readonly downloadMb: number;
  /** once it is converted */
  readonly diskMb: number;
  /** while it runs; estimated */
  readonly memoryMb: number;
  readonly contextTokens: number;
  readonly for: readonly ListedUse[];
  /** what it is good for, in a sentence, by language */
  readonly summary: Readonly<Record<string, string>>;
}

export type ModelUse = 'typing' | 'actions';

/** What a model is listed for: a decoder for typing and actions, any other for its one task. */
export type ListedUse = ModelUse | PipelineUse | Exclude<PipelineKind, 'text2text'>;

export interface RecommendRequest {
  /** files of lists, the product's own first; one that is not there is passed over */
  readonly lists: readonly string[];
  /** where models would be put */
  readonly modelsFolder: string;
}

export interface Machine {
  readonly memoryMb: number;
  /** that compute: a core's second hardware thread does not count */
  readonly cores: number;
  /** where models are put */
  readonly freeDiskMb: number;
}

/** `slow`: it can run, but suggestions would probably come too late. */
export type ModelFit = 'good' | 'slow' | 'tooLittleMemory' | 'tooLittleDisk';

export interface Recommendation extends ListedModel {
  readonly fit: ModelFit;
}

export interface Recommendations {
  readonly machine: Machine;
  /** those that suit first, otherwise in the order of the lists */
  readonly models: readonly Recommendation[];
  /** a sentence for each entry of a list that cannot be used */
  readonly problems: readonly string[];
}

export interface SearchRequest extends Pick<DownloadRequest, 'endpoint' | 'token' | 'proxy'> {
  readonly words: string;
}

export interface SearchAnswer {
  /** the most fetched first */
  readonly models: readonly HubModel[];
}

/** A model of the hub, as far as a search tells. */
export interface HubModel {
  /** `OWNER/NAME` */
  readonly id: string;
  readonly downloads: number;
  readonly isGated: boolean;
}

export type DiscardRequest = Pick<DownloadRequest, 'folder' | 'endpoint' | 'id'>;

/** Names of folders that a process has not finished yet begin like this: when it had to be killed they are of no use. */
export const unfinishedPrefix = (processId: number): string => `.inkling-writing-${processId}-`;
