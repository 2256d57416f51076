/** The only importer of transformers.js: opens the models of a folder from this disk, and from nowhere else. */
import {
  type AllTasks,
  AutoConfig,
  env,
  LogLevel,
  type PipelineType,
  type PretrainedConfig,
  pipeline,
} from '@xenova/transformers';
import { openPipelineFolder, type PipelineFolder } from '../model/pipelineFolder.ts';
import { InklingError, messageOf, sentence } from '../protocol/errors.ts';
import type { PipelineKind } from '../protocol/pipelines.ts';

/** What a kind is called in transformers.js. Translation is every encoder–decoder, with languages where a model has some. */
const tasks = {
  text2text: 'translation',
  fillMask: 'fill-mask',
  embedding: 'feature-extraction',
  classification: 'text-classification',
  tagging: 'token-classification',
} as const satisfies Record<PipelineKind, PipelineType>;

export interface OpenPipeline<Kind extends PipelineKind = PipelineKind> {
  readonly model: PipelineFolder & { readonly kind: Kind };
  readonly run: AllTasks[(typeof tasks)[Kind]];
}

/**
 * @throws InklingError of `openPipelineFolder`; `modelBroken` when its files cannot be run
 */
export async function openPipeline(folder: string, threads: number): Promise<OpenPipeline> {
  const model = openPipelineFolder(folder);
  stayOnThisDisk();
  try {
    const run = await pipeline(tasks[model.kind], folder, {
      local_files_only: true,
      config: await configOf(folder),
      device: 'cpu',
      dtype: model.dtype,
      subfolder: model.subfolder,
      session_options: { intraOpNumThreads: threads, enableMemPattern: false, enableCpuMemArena: false },
    });
    return { model, run } as OpenPipeline;
  } catch (error) {
    throw new InklingError('modelBroken', sentence`The model in ${folder} cannot be opened: ${messageOf(error)}`, {
      cause: error,
    });
  }
}

/** Types that transformers.js does not know, and the one that has the same inputs and outputs. */
const standIns: Readonly<Record<string, string>> = { pegasus: 'bart' };

async function configOf(folder: string): Promise<PretrainedConfig> {
  const config = (await AutoConfig.from_pretrained(folder, { local_files_only: true })) as PretrainedConfig & {
    model_type: string;
  };
  if (Object.hasOwn(standIns, config.model_type)) config.model_type = standIns[config.model_type]!;
  return config;
}

/** A folder's absolute path is no name of a hub's model: it is taken as a path, whatever signs are in it. */
function stayOnThisDisk(): void {
  env.allowRemoteModels = false;
  env.allowLocalModels = true;
  env.useBrowserCache = false;
  env.useFSCache = false;
  env.useWasmCache = false;
  env.fetch = () => Promise.reject(new InklingError('network', sentence`Pipelines use files of this disk only.`));
  env.logLevel = LogLevel.ERROR;
}
