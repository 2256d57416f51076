/** The store process: gets models onto this machine, checks and lists them. */
import { NotificationType, RequestType } from 'vscode-jsonrpc';
import type { ErrorData } from './inference.ts';

export const listModelsRequest = new RequestType<{ folders: readonly string[] }, ModelSummary[], ErrorData>(
  'store/list',
);
export const showModelRequest = new RequestType<{ modelFolder: string }, ModelDetails, ErrorData>('store/show');
export const verifyModelRequest = new RequestType<{ modelFolder: string }, VerifyResult, ErrorData>('store/verify');
export const convertModelRequest = new RequestType<ConvertRequest, ModelDetails, ErrorData>('store/convert');
/** Answers when the model is there; cancelling keeps what has come, for a later request that resumes. */
export const downloadModelRequest = new RequestType<DownloadRequest, ModelDetails, ErrorData>('store/download');
export const removeModelRequest = new RequestType<RemoveModelRequest, { folder: string }, ErrorData>('store/remove');
/** Looks where other programs keep models; nothing is changed there. */
export const findModelsRequest = new RequestType<Record<string, never>, FoundModels, ErrorData>('store/find');
export const storeProgressNotification = new NotificationType<{ readonly done: number; readonly total: number }>(
  'store/progress',
);

export interface ModelSummary {
  readonly name: string;
  readonly modelFolder: string;
  readonly architecture: string;
  readonly parameters: number;
  readonly sizeBytes: number;
  /** a sentence when the folder cannot be used */
  readonly problem?: string;
}

export interface ModelDetails extends ModelSummary {
  readonly layers: number;
  readonly hiddenSize: number;
  readonly vocabularySize: number;
  readonly contextTokens: number;
  readonly weightFormat: string;
  readonly licence: string;
  readonly source: string;
  readonly hasChatTemplate: boolean;
  readonly files: readonly { readonly name: string; readonly sizeBytes: number; readonly sha256?: string }[];
}

export interface VerifyResult {
  readonly ok: boolean;
  readonly files: readonly { readonly name: string; readonly ok: boolean; readonly problem?: string }[];
}

/** What becomes of weights that are plain numbers: bits for each, head and embedding always 8, or as they are. */
export type Quantization = 4 | 8 | 'none';

export interface ConvertRequest {
  /** a `.gguf` file (of a split one any part, the others beside it), or a folder with safetensors and config.json */
  readonly source: string;
  /** created; must not exist or be empty */
  readonly target: string;
  /** default: 8 for a folder, `none` for a GGUF file */
  readonly quantize?: Quantization;
}

export interface DownloadRequest {
  /** `OWNER/NAME` at the hub */
  readonly id: string;
  /** a branch, tag or commit; files are fetched of the commit that it stands for at the beginning */
  readonly revision: string;
  /** a GGUF file of the repository; without it what suits most people */
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
  /** go on with what an earlier download has left; otherwise that is deleted */
  readonly resume: boolean;
}

export interface RemoveModelRequest {
  /** the person's own, never the bundled ones */
  readonly modelsFolder: string;
  readonly name: string;
}

export interface FoundModels {
  readonly models: readonly FoundModel[];
}

/** A model that another program has on this disk. */
export interface FoundModel {
  readonly name: string;
  /** a file or folder that `models add` takes */
  readonly path: string;
  readonly from: 'Hugging Face' | 'LM Studio' | 'llama.cpp' | 'GPT4All' | 'Ollama';
  readonly sizeBytes: number;
  /** '' when it cannot be told */
  readonly architecture: string;
  /** a sentence when it cannot be run */
  readonly problem?: string;
}
