/** The store process: gets models onto this machine, checks and lists them. */
import { NotificationType, RequestType } from 'vscode-jsonrpc';
import type { ErrorData } from './inference.ts';

export const listModelsRequest = new RequestType<{ folders: readonly string[] }, ModelSummary[], ErrorData>(
  'store/list',
);
export const showModelRequest = new RequestType<{ modelFolder: string }, ModelDetails, ErrorData>('store/show');
export const verifyModelRequest = new RequestType<{ modelFolder: string }, VerifyResult, ErrorData>('store/verify');
export const convertModelRequest = new RequestType<ConvertRequest, ModelDetails, ErrorData>('store/convert');
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

export interface ConvertRequest {
  /** a `.gguf` file, or a folder with safetensors and config.json */
  readonly source: string;
  /** created; must not exist or be empty */
  readonly target: string;
}
