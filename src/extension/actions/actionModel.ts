import { constants } from 'node:os';
import { lowerPriority } from '../../client/childProcess.ts';
import type { InferenceClient } from '../../client/inferenceClient.ts';
import { findModelFolder, type ModelFolders } from '../../client/modelFolders.ts';
import type { LoadRequest } from '../../protocol/inference.ts';
import { type GeneralSettings, loadRequestOf } from '../settings/settings.ts';

/** Two processes share the processor: a suggestion is waited for with the hands on the keys, an action is not. */
const priority = constants.priority.PRIORITY_BELOW_NORMAL;

interface ActionModelOptions {
  /** the engine that completes while one types; undefined while Inkling is switched off */
  readonly typing: () => InferenceClient | undefined;
  /**
   * What actions are to run on; undefined: what typing runs on.
   * @throws InklingError `modelMissing`
   */
  readonly wanted: () => LoadRequest | undefined;
  /** a client whose process has not been started */
  readonly start: () => InferenceClient;
}

/**
 * The engine of actions and answers. Where they are to run on another model than typing, it has a process of its own: it
 * starts with the first action, runs at a lower priority than typing, and ends once it has been idle, when the setting names another
 * model, or when Inkling is switched off.
 */
export class ActionModel {
  readonly #options: ActionModelOptions;
  #own: InferenceClient | undefined;

  constructor(options: ActionModelOptions) {
    this.#options = options;
  }

  /**
   * What an action runs on now; undefined while Inkling is switched off.
   * @throws InklingError `modelMissing`
   */
  engine(): InferenceClient | undefined {
    const typing = this.#options.typing();
    const request = typing && this.#options.wanted();
    if (!request) {
      this.#end();
      return typing;
    }
    this.#own ??= this.#start();
    this.#own.use(request);
    return this.#own;
  }

  /** To be called when settings have changed: ends what is not wanted any more. */
  follow(): void {
    try {
      if (this.#own) this.engine();
    } catch {
      this.#end(); // the next action says what is wrong
    }
  }

  dispose(): void {
    this.#end();
  }

  #start(): InferenceClient {
    const client = this.#options.start();
    client.onStateChange(({ kind }) => {
      if (kind === 'unloaded' && client === this.#own) this.#end();
      else lowerPriority(client.processId, priority);
    });
    return client;
  }

  #end(): void {
    void this.#own?.dispose();
    this.#own = undefined;
  }
}

/** A second model is in memory beside the one that types: never for longer than this without an action. */
const maxIdleMs = 5 * 60_000;

/**
 * What the actions' own process is to load; undefined where they share the one that types.
 * @throws InklingError `modelMissing`
 */
export function actionLoadRequest(folders: ModelFolders, settings: GeneralSettings): LoadRequest | undefined {
  const named = settings['actions.model'];
  if (named === '') return undefined;
  const folder = findModelFolder(named, folders);
  if (folder === typingFolder(folders, settings)) return undefined;
  const request = loadRequestOf(folder, settings);
  const idleUnloadMs = request.idleUnloadMs === 0 ? maxIdleMs : Math.min(request.idleUnloadMs, maxIdleMs);
  return { ...request, idleUnloadMs };
}

function typingFolder(folders: ModelFolders, { model }: GeneralSettings): string | undefined {
  try {
    return findModelFolder(model, folders);
  } catch {
    return undefined; // typing has none; actions may have one all the same
  }
}
