import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { CancellationToken, RequestType } from 'vscode-jsonrpc/node.js';
import { InklingError, sentence } from '../protocol/errors.ts';
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
  type PipelineKind,
  type PipelineModel,
  type PipelineWish,
  type RewriteTextsAnswer,
  type RewriteTextsRequest,
  rewriteTextsRequest,
  type TagAnswer,
  type TextsRequest,
  tagRequest,
} from '../protocol/pipelines.ts';
import type { ModelSummary } from '../protocol/store.ts';
import { ChildProcess } from './childProcess.ts';
import type { ModelFolders } from './modelFolders.ts';
import type { StoreClient } from './storeClient.ts';

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

/**
 * The first model of a person's own that was made for something.
 * @throws InklingError `modelMissing`, saying how to get one
 */
export async function findPipeline(store: StoreClient, folders: ModelFolders, wish: PipelineWish): Promise<string> {
  const found = suitable(await store.list([folders.user]), wish);
  if (found) return found.modelFolder;
  const wanted = wish.use ?? wish.kind.replace(/[A-Z]/gu, (letter) => `-${letter.toLowerCase()}`);
  throw new InklingError(
    'modelMissing',
    sentence`No model for ${wanted} is installed. Add one with “inkling models add FOLDER”, or name a folder with --model.`,
  );
}

const suitable = (models: readonly ModelSummary[], wish: PipelineWish): ModelSummary | undefined =>
  models.find(({ problem, pipeline }) => problem === undefined && pipeline !== undefined && suits(pipeline, wish));

function suits(pipeline: NonNullable<ModelSummary['pipeline']>, { kind, use, from, to }: PipelineWish): boolean {
  if (pipeline.kind !== kind || (use !== undefined && !pipeline.uses.includes(use))) return false;
  const { languages } = pipeline;
  return !languages || (isSame(from, languages.from) && isSame(to, languages.to));
}

/** A language that nobody named is any. */
const isSame = (asked: string | undefined, own: string) =>
  asked === undefined || asked.toLowerCase().split('-')[0] === own;

/** The models made for one task that are installed; nothing is started before one is used. */
export class InstalledPipelines {
  readonly #client: PipelinesClient;
  readonly #store: StoreClient;
  readonly #folder: string;
  #listed: Listed | undefined;

  constructor(client: PipelinesClient, store: StoreClient, { user }: ModelFolders) {
    this.#client = client;
    this.#store = store;
    this.#folder = user;
  }

  /** @returns undefined where no such model is installed */
  async find(wish: PipelineWish): Promise<{ readonly name: string; readonly folder: string } | undefined> {
    const found = suitable(await this.#models(), wish);
    return found && { name: found.name, folder: found.modelFolder };
  }

  /**
   * Whether such a model is installed, as far as that is known without starting a process: a menu asks. Before the models
   * were listed, one of them may be it.
   */
  mayHave(wish: PipelineWish | undefined): boolean {
    if (!wish) return false;
    const known = this.#current()?.known;
    return known ? suitable(known, wish) !== undefined : holdsOnnx(this.#folder);
  }

  /** Every one of a kind that can be used. */
  async all(kind: PipelineKind): Promise<readonly { readonly name: string; readonly folder: string }[]> {
    return (await this.#models())
      .filter(({ problem, pipeline }) => problem === undefined && pipeline?.kind === kind)
      .map(({ name, modelFolder }) => ({ name, folder: modelFolder }));
  }

  async #models(): Promise<readonly ModelSummary[]> {
    return this.#current()?.models ?? (holdsOnnx(this.#folder) ? this.#list().models : []);
  }

  /** What was listed, unless something was added since or removed. */
  #current(): Listed | undefined {
    return this.#listed?.changedMs === changedMs(this.#folder) ? this.#listed : undefined;
  }

  #list(): Listed {
    const listed: Listed = { changedMs: changedMs(this.#folder), models: this.#store.list([this.#folder]) };
    this.#listed = listed;
    listed.models.then(
      (models) => {
        listed.known = models;
      },
      () => {
        if (this.#listed === listed) this.#listed = undefined; // the next one who asks tries again
      },
    );
    return listed;
  }

  embed = (request: TextsRequest): Promise<EmbedAnswer> => this.#client.embed(request);
  classify = (request: TextsRequest): Promise<ClassifyAnswer> => this.#client.classify(request);
  rewrite = (request: RewriteTextsRequest, token: CancellationToken): Promise<RewriteTextsAnswer> =>
    this.#client.rewrite(request, token);
  fillMask = (request: FillMaskRequest): Promise<FillMaskAnswer> => this.#client.fillMask(request);
  dispose = (): Promise<void> => this.#client.dispose();
}

/** What is in the models' folder, as long as nothing is added to it or removed. */
interface Listed {
  readonly changedMs: number | undefined;
  readonly models: Promise<ModelSummary[]>;
  /** once they are there */
  known?: readonly ModelSummary[];
}

/** undefined where there is no such folder */
const changedMs = (folder: string) => statSync(folder, { throwIfNoEntry: false })?.mtimeMs;

/** Without a graph in ONNX no model of a folder is one for a task. */
const holdsOnnx = (folder: string): boolean =>
  entriesOf(folder).some((model) =>
    ['', 'onnx'].some((below) => entriesOf(join(folder, model, below)).some((name) => name.endsWith('.onnx'))),
  );

function entriesOf(folder: string): string[] {
  try {
    return readdirSync(folder);
  } catch {
    return []; // it is none, or nobody may look
  }
}
