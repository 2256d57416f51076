import type * as vscode from 'vscode';
import type { StoreClient } from '../../client/storeClient.ts';
import type { FineTuningView } from '../../protocol/fineTuningPages.ts';
import type { FurtherText, TrainRequest } from '../../protocol/training.ts';
import type { LearntExample } from '../usage/learntExamples.ts';

const runKey = 'inkling.interruptedRun';

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
    if (!request) return void this.#memory.update(runKey, undefined);
    const { furtherTexts: _, ...remembered } = request;
    void this.#memory.update(runKey, remembered);
  }

  /** A run with a checkpoint to go on from, and nobody at it; undefined when there is none. */
  async request(): Promise<TrainRequest | undefined> {
    const request = this.#memory.get<TrainRequest>(runKey);
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

const tickKey = 'inkling.learnsFromKept';

/** Suggestions that were kept for learning, as further texts of a fine-tuning, once the writer has ticked it. */
export class KeptSuggestions {
  readonly #read: () => Promise<readonly LearntExample[]>;
  readonly #memory: vscode.Memento;

  /** @param workspaceState remembers the tick */
  constructor(read: () => Promise<readonly LearntExample[]>, workspaceState: vscode.Memento) {
    this.#read = read;
    this.#memory = workspaceState;
  }

  use(on: boolean): Thenable<void> {
    return this.#memory.update(tickKey, on);
  }

  /** @returns the texts to learn from besides the files, and what the page says about them */
  async texts(): Promise<{ furtherTexts?: readonly FurtherText[]; kept?: NonNullable<FineTuningView['kept']> }> {
    const examples = await this.#read();
    if (examples.length === 0) return {};
    const areUsed = this.#memory.get(tickKey, false);
    return {
      ...(areUsed ? { furtherTexts: examples.map(passageOf) } : {}),
      kept: { count: examples.length, areUsed },
    };
  }
}

/** What the writer has there, whoever wrote it first: of a rejected suggestion nothing is learned but what replaced it. */
const passageOf = ({ path, before, written }: LearntExample): FurtherText => ({ path, text: before + written });
