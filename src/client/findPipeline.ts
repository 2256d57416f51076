import { InklingError } from '../protocol/errors.ts';
import type { PipelineKind, PipelineUse } from '../protocol/pipelines.ts';
import type { ModelSummary } from '../protocol/store.ts';
import type { ModelFolders } from './modelFolders.ts';
import type { StoreClient } from './storeClient.ts';

/** A model that is wanted. */
export interface PipelineWish {
  readonly kind: PipelineKind;
  /** of a text2text model */
  readonly use?: PipelineUse;
  /** BCP 47, of a translation */
  readonly to?: string;
}

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

function suits(pipeline: NonNullable<ModelSummary['pipeline']>, { kind, use, to }: PipelineWish): boolean {
  if (pipeline.kind !== kind || (use !== undefined && !pipeline.uses.includes(use))) return false;
  const { languages } = pipeline;
  return to === undefined || languages === undefined || languages.to === to.toLowerCase().split('-')[0];
}
