import type * as vscode from 'vscode';
import type { StoreClient } from '../../client/storeClient.ts';
import type { TrainRequest } from '../../protocol/training.ts';

const key = 'inkling.interruptedRun';

/** Remembers a run beyond the life of the window, for this workspace. */
export class InterruptedRun {
  readonly #memory: vscode.Memento;
  readonly #store: Pick<StoreClient, 'runState' | 'removeRun'>;

  constructor(workspaceState: vscode.Memento, store: Pick<StoreClient, 'runState' | 'removeRun'>) {
    this.#memory = workspaceState;
    this.#store = store;
  }

  /** No text is remembered: what was kept for learning is read afresh. */
  remember(request: TrainRequest | undefined): void {
    if (!request) return void this.#memory.update(key, undefined);
    const { furtherTexts: _, ...remembered } = request;
    void this.#memory.update(key, remembered);
  }

  /** A run with a checkpoint to go on from, and nobody at it; undefined when there is none. */
  async request(): Promise<TrainRequest | undefined> {
    const request = this.#memory.get<TrainRequest>(key);
    const isThere = request && (await this.#store.runState(request.outputFolder)) === 'interrupted';
    return isThere ? resumed(request) : undefined;
  }

  /** Deletes what the run left, unless somebody has gone on with it, in this window or in another one. */
  async discard(request: TrainRequest): Promise<void> {
    if ((await this.#store.runState(request.outputFolder)) === 'running') return;
    this.remember(undefined);
    await this.#store.removeRun(request.outputFolder);
  }
}

/** The same run, to go on from its checkpoint; its texts may have been written on meanwhile. */
export const resumed = (request: TrainRequest): TrainRequest => ({ ...request, resume: true, textsMayDiffer: true });
