import type { CancellationToken, RequestType } from 'vscode-jsonrpc/node.js';
import type { ErrorData } from '../protocol/inference.ts';
import {
  type ClassifyAnswer,
  classifyRequest,
  type EmbedAnswer,
  embedRequest,
  type FillMaskAnswer,
  type FillMaskRequest,
  fillMaskRequest,
  openPipelineRequest,
  type PipelineModel,
  type RewriteTextsAnswer,
  type RewriteTextsRequest,
  rewriteTextsRequest,
  type TagAnswer,
  type TextsRequest,
  tagRequest,
} from '../protocol/pipelines.ts';
import { ChildProcess } from './childProcess.ts';

export interface PipelinesClientOptions {
  /** absolute path of the pipelines bundle */
  readonly modulePath: string;
  readonly log: (line: string) => void;
  /** the process is ended when nothing has been asked of it for so long */
  readonly idleMs?: number;
}

const defaultIdleMs = 120_000;
/** As for the inference process: glibc keeps what opening a model needs for a moment. */
const environment = { MALLOC_MMAP_THRESHOLD_: '131072' };
/** Opening a large model on a slow disk is one native call, and so is the encoder over a long text. */
const patienceMs = 180_000;

/**
 * Speaks to the pipelines process. It is started by the first request and ended when it is idle, with all the memory
 * that its model takes; the next request starts it again.
 */
export class PipelinesClient {
  readonly #process: ChildProcess;
  readonly #idleMs: number;
  #running = 0;
  #idle: NodeJS.Timeout | undefined;

  constructor({ modulePath, log, idleMs = defaultIdleMs }: PipelinesClientOptions) {
    this.#process = new ChildProcess({ name: 'pipelines', modulePath, log, environment });
    this.#idleMs = idleMs;
  }

  /** undefined while none runs */
  get processId(): number | undefined {
    return this.#process.processId;
  }

  open = (folder: string): Promise<PipelineModel> => this.#run(openPipelineRequest, { folder });
  rewrite = (request: RewriteTextsRequest, token?: CancellationToken): Promise<RewriteTextsAnswer> =>
    this.#run(rewriteTextsRequest, request, token);
  fillMask = (request: FillMaskRequest): Promise<FillMaskAnswer> => this.#run(fillMaskRequest, request);
  embed = (request: TextsRequest): Promise<EmbedAnswer> => this.#run(embedRequest, request);
  classify = (request: TextsRequest): Promise<ClassifyAnswer> => this.#run(classifyRequest, request);
  tag = (request: TextsRequest): Promise<TagAnswer> => this.#run(tagRequest, request);

  /** Ends the process for good; who waits is answered with `processDied`. */
  async dispose(): Promise<void> {
    clearTimeout(this.#idle);
    await this.#process.dispose();
  }

  async #run<P, R>(type: RequestType<P, R, ErrorData>, parameters: P, token?: CancellationToken): Promise<R> {
    this.#running++;
    clearTimeout(this.#idle);
    try {
      return await this.#process.call(type, parameters, { patienceMs, ...(token ? { token } : {}) });
    } finally {
      this.#running--;
      if (this.#running === 0) this.#endWhenIdle();
    }
  }

  #endWhenIdle(): void {
    this.#idle = setTimeout(() => void this.#process.restart(), this.#idleMs);
    this.#idle.unref();
  }
}
