import type { CancellationToken, RequestType } from 'vscode-jsonrpc/node.js';
import {
  type AdapterDetails,
  type AdapterReport,
  type AdapterSummary,
  type AddAdapterRequest,
  addAdapterRequest,
  exportAdapterRequest,
  type ListAdaptersRequest,
  listAdaptersRequest,
  type RemoveAdapterRequest,
  type RunState,
  removeAdapterRequest,
  removeDeadRunsRequest,
  removeRunRequest,
  renameAdapterRequest,
  runStateRequest,
  type ShowAdapterRequest,
  saveReportRequest,
  showAdapterRequest,
} from '../protocol/adapters.ts';
import type { ErrorData } from '../protocol/inference.ts';
import { pipelineUses } from '../protocol/pipelines.ts';
import {
  type ConvertRequest,
  convertModelRequest,
  type DiscardRequest,
  type DownloadRequest,
  type DownloadStage,
  discardDownloadRequest,
  downloadModelRequest,
  type FindRequest,
  type FoundModels,
  findModelsRequest,
  type ListedModel,
  listModelsRequest,
  type ModelDetails,
  type ModelSummary,
  type MoveModelRequest,
  moveModelRequest,
  type Recommendations,
  type RecommendRequest,
  type RemoveModelRequest,
  recommendModelsRequest,
  removeModelRequest,
  type SearchAnswer,
  type SearchRequest,
  searchHubRequest,
  showModelRequest,
  storeProgressNotification,
  type VerifyResult,
  verifyModelRequest,
} from '../protocol/store.ts';
import { ChildProcess } from './childProcess.ts';

/** What to ask the hub for to get a model of the list. */
export function downloadOf(
  { name, repository, revision = 'main', file, sha256, quantize, languages, for: listedFor }: ListedModel,
  { folder, endpoint, resume }: Pick<DownloadRequest, 'folder' | 'endpoint' | 'resume'>,
): DownloadRequest {
  const uses = pipelineUses.filter((use) => listedFor.includes(use));
  return {
    id: repository,
    revision,
    name,
    languages,
    folder,
    endpoint,
    resume,
    ...(file === undefined ? {} : { file }),
    ...(sha256 === undefined ? {} : { sha256 }),
    ...(quantize === undefined ? {} : { quantize }),
    ...(uses.length === 0 ? {} : { uses }),
  };
}

export interface StoreClientOptions {
  /** absolute path of the store bundle */
  readonly modulePath: string;
  readonly log: (line: string) => void;
  /** how long it may be silent before it counts as hanging */
  readonly patienceMs?: number;
}

/** Between two pieces of work it answers; the largest piece, a tokenizer of 262,144 tokens, takes seconds. */
const defaultPatienceMs = 120_000;
/** A model that is added runs once, to be checked, and no run is broken off. It has what other programs leave of the processor. */
const addingPatienceMs = 900_000;
const adding = new Set([convertModelRequest.method, downloadModelRequest.method]);

/** Told how far a long piece of work is, in the same unit for both numbers; a download has two stages. */
export type OnProgress = (done: number, total: number, stage?: DownloadStage) => void;

/** Speaks to the store process, which lives for one request each. */
export class StoreClient {
  readonly #options: StoreClientOptions;
  readonly #running = new Set<ChildProcess>();

  constructor(options: StoreClientOptions) {
    this.#options = options;
  }

  /**
   * All models in the folders, usable or not.
   * @param elsewhere model folders that lie in none of the folders
   */
  list = (folders: readonly string[], elsewhere: readonly string[] = []): Promise<ModelSummary[]> =>
    this.#run(listModelsRequest, { folders, elsewhere });
  show = (modelFolder: string): Promise<ModelDetails> => this.#run(showModelRequest, { modelFolder });
  /** Reads every file of the model and compares its checksum. */
  verify = (modelFolder: string, onProgress?: OnProgress): Promise<VerifyResult> =>
    this.#run(verifyModelRequest, { modelFolder }, onProgress);
  /** Cancelled, it leaves nothing behind. */
  convert = (request: ConvertRequest, onProgress?: OnProgress, token?: CancellationToken): Promise<ModelDetails> =>
    this.#run(convertModelRequest, request, onProgress, token);
  /** Models that other programs have on this disk. */
  find = (request: FindRequest): Promise<FoundModels> => this.#run(findModelsRequest, request);
  recommend = (request: RecommendRequest): Promise<Recommendations> => this.#run(recommendModelsRequest, request);
  /** Deletes what a stopped download has left. */
  discard = (request: DiscardRequest): Promise<null> => this.#run(discardDownloadRequest, request);
  /** Asks a hub by name; like a download only because somebody asked for it. */
  search = (request: SearchRequest): Promise<SearchAnswer> => this.#run(searchHubRequest, request);
  /** @returns what was deleted */
  remove = (request: RemoveModelRequest): Promise<{ folder: string }> => this.#run(removeModelRequest, request);
  /** @returns where it lies now */
  move = (request: MoveModelRequest, onProgress: OnProgress, token?: CancellationToken): Promise<{ folder: string }> =>
    this.#run(moveModelRequest, request, onProgress, token);
  /** Fetches a model from a hub; the only thing here that opens a connection, and only because somebody asked for it. */
  download = (request: DownloadRequest, onProgress: OnProgress, token?: CancellationToken): Promise<ModelDetails> =>
    this.#run(downloadModelRequest, request, onProgress, token);

  listAdapters = (request: ListAdaptersRequest): Promise<AdapterSummary[]> => this.#run(listAdaptersRequest, request);
  showAdapter = (request: ShowAdapterRequest): Promise<AdapterDetails> => this.#run(showAdapterRequest, request);
  addAdapter = (request: AddAdapterRequest): Promise<AdapterDetails> => this.#run(addAdapterRequest, request);
  exportAdapter = (folder: string, target: string): Promise<null> =>
    this.#run(exportAdapterRequest, { folder, target });
  /** @returns where it lies now */
  renameAdapter = (folder: string, name: string): Promise<{ folder: string }> =>
    this.#run(renameAdapterRequest, { folder, name });
  /** @returns what was deleted */
  removeAdapter = (request: RemoveAdapterRequest): Promise<{ folder: string }> =>
    this.#run(removeAdapterRequest, request);
  runState = (outputFolder: string): Promise<RunState> => this.#run(runStateRequest, { outputFolder });
  removeRun = (outputFolder: string): Promise<null> => this.#run(removeRunRequest, { outputFolder });
  removeDeadRuns = (adaptersFolder: string): Promise<null> => this.#run(removeDeadRunsRequest, { adaptersFolder });
  saveReport = (folder: string, report: AdapterReport): Promise<null> =>
    this.#run(saveReportRequest, { folder, report });

  /** Of what runs. */
  get processIds(): readonly (number | undefined)[] {
    return [...this.#running].map(({ processId }) => processId);
  }

  /** Ends what runs; its callers are answered with `processDied`. */
  async dispose(): Promise<void> {
    await Promise.all([...this.#running].map((process) => process.dispose()));
  }

  async #run<P, R>(
    type: RequestType<P, R, ErrorData>,
    parameters: P,
    onProgress?: OnProgress,
    token?: CancellationToken,
  ): Promise<R> {
    const usual = adding.has(type.method) ? addingPatienceMs : defaultPatienceMs;
    const { patienceMs = usual, ...spec } = this.#options;
    const process = new ChildProcess({ name: 'store', ...spec });
    process.onNotification(storeProgressNotification, ({ done, total, stage }) => onProgress?.(done, total, stage));
    this.#running.add(process);
    try {
      return await process.call(type, parameters, { patienceMs, ...(token ? { token } : {}) });
    } finally {
      this.#running.delete(process);
      await process.dispose();
    }
  }
}
