import { statSync } from 'node:fs';
import type { CancellationToken } from 'vscode-jsonrpc/node.js';
import { InklingError } from '../protocol/errors.ts';
import type {
  FillMaskAnswer,
  FillMaskRequest,
  PipelineWish,
  RewriteTextsAnswer,
  RewriteTextsRequest,
} from '../protocol/pipelines.ts';
import type { ModelSummary } from '../protocol/store.ts';
import type { ModelFolders } from './modelFolders.ts';
import type { PipelinesClient } from './pipelinesClient.ts';
import type { StoreClient } from './storeClient.ts';

/**
 * The first model of a person's own that was made for something.
 * @throws InklingError `modelMissing`, saying how to get one
 */
export async function findPipeline(store: StoreClient, folders: ModelFolders, wish: PipelineWish): Promise<string> {
  const found = suitable(await store.list([folders.user]), wish);
  if (found) return found.modelFolder;
  const wanted = wish.use ?? wish.kind;
  throw new InklingError(
    'modelMissing',
    `No model for ${wanted} is installed. Add one with “inkling models add FOLDER”, or name a folder with --model.`,
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

/** What actions need of models made for one task; nothing is started before one is found. */
export class InstalledPipelines {
  readonly #client: PipelinesClient;
  readonly #store: StoreClient;
  readonly #folder: string;
  /** what is in the folder, as long as nothing is added to it or removed */
  #listed: { readonly changedMs: number; readonly models: Promise<ModelSummary[]> } | undefined;

  constructor(client: PipelinesClient, store: StoreClient, { user }: ModelFolders) {
    this.#client = client;
    this.#store = store;
    this.#folder = user;
  }

  /** @returns undefined where no such model is installed */
  async find(wish: PipelineWish): Promise<{ readonly name: string; readonly folder: string } | undefined> {
    const changedMs = statSync(this.#folder, { throwIfNoEntry: false })?.mtimeMs;
    if (changedMs === undefined) return undefined;
    if (this.#listed?.changedMs !== changedMs) {
      this.#listed = { changedMs, models: this.#store.list([this.#folder]) };
    }
    const found = suitable(await this.#listed.models, wish);
    return found && { name: found.name, folder: found.modelFolder };
  }

  rewrite = (request: RewriteTextsRequest, token: CancellationToken): Promise<RewriteTextsAnswer> =>
    this.#client.rewrite(request, token);
  fillMask = (request: FillMaskRequest): Promise<FillMaskAnswer> => this.#client.fillMask(request);
  dispose = (): Promise<void> => this.#client.dispose();
}
