import { join } from 'node:path';
import { InferenceClient } from './inferenceClient.ts';
import { findModelFolder, type ModelFolders, modelFolders, modelLists } from './modelFolders.ts';
import { PipelinesClient } from './pipelinesClient.ts';
import { StoreClient } from './storeClient.ts';
import { TrainingClient } from './trainingClient.ts';

/** Receives what a process prints, line by line. */
type Log = (line: string) => void;

/** The product's processes: where their bundles and the models lie, and clients for them. Nothing is started here. */
export class Processes {
  readonly modelFolders: ModelFolders;
  /** files that say which models are recommended */
  readonly modelLists: readonly string[];
  readonly #distFolder: string;
  readonly #log: Log;

  /** @param distFolder absolute path of the folder that holds the bundles */
  constructor(distFolder: string, log: Log = () => undefined) {
    this.modelFolders = modelFolders(distFolder);
    this.modelLists = modelLists(distFolder, this.modelFolders);
    this.#distFolder = distFolder;
    this.#log = log;
  }

  /** Resolves what a person named. @throws InklingError `modelMissing` */
  findModel = (nameOrFolder: string): string => findModelFolder(nameOrFolder, this.modelFolders);

  inference = (log = this.#log): InferenceClient => new InferenceClient({ modulePath: this.#bundle('inference'), log });
  training = (log = this.#log): TrainingClient => new TrainingClient({ modulePath: this.#bundle('training'), log });
  pipelines = (log = this.#log): PipelinesClient => new PipelinesClient({ modulePath: this.#bundle('pipelines'), log });
  store = (log = this.#log): StoreClient => new StoreClient({ modulePath: this.#bundle('store'), log });

  #bundle(name: string): string {
    return join(this.#distFolder, `${name}.js`);
  }
}
