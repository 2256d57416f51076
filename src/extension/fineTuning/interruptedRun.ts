import { existsSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import path from 'node:path';
import type * as vscode from 'vscode';
import type { TrainRequest } from '../../protocol/training.ts';

const key = 'inkling.interruptedRun';

/** Remembers a run beyond the life of the window, for this workspace. */
export class InterruptedRun {
  readonly #memory: vscode.Memento;

  constructor(workspaceState: vscode.Memento) {
    this.#memory = workspaceState;
  }

  remember(request: TrainRequest | undefined): void {
    void this.#memory.update(key, request);
  }

  /** A run with a checkpoint to go on from; undefined when there is none. */
  get request(): TrainRequest | undefined {
    const request = this.#memory.get<TrainRequest>(key);
    const isThere = request && existsSync(path.join(runFolder(request), 'checkpoint.safetensors'));
    return isThere ? resumed(request) : undefined;
  }

  /** Deletes what the run left. */
  async discard(request: TrainRequest): Promise<void> {
    this.remember(undefined);
    await rm(runFolder(request), { recursive: true, force: true });
  }
}

/** The same run, to go on from its checkpoint; its texts may have been written on meanwhile. */
export const resumed = (request: TrainRequest): TrainRequest => ({ ...request, resume: true, textsMayDiffer: true });

const runFolder = ({ outputFolder }: TrainRequest) => `${outputFolder}.run`;
