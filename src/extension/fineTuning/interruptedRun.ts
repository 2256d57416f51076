import { existsSync } from 'node:fs';
import { readdir, readFile, rm } from 'node:fs/promises';
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

  /** No text is remembered: what was kept for learning is read afresh. */
  remember(request: TrainRequest | undefined): void {
    if (!request) return void this.#memory.update(key, undefined);
    const { furtherTexts: _, ...remembered } = request;
    void this.#memory.update(key, remembered);
  }

  /** A run with a checkpoint to go on from; undefined when there is none. */
  get request(): TrainRequest | undefined {
    const request = this.#memory.get<TrainRequest>(key);
    return request && hasCheckpoint(runFolderOf(request)) ? resumed(request) : undefined;
  }

  /** Deletes what the run left. */
  async discard(request: TrainRequest): Promise<void> {
    this.remember(undefined);
    await removeRun(request);
  }
}

/** The same run, to go on from its checkpoint; its texts may have been written on meanwhile. */
export const resumed = (request: TrainRequest): TrainRequest => ({ ...request, resume: true, textsMayDiffer: true });

/** A process that dies between two renames leaves the checkpoint before the last one alone. */
const hasCheckpoint = (runFolder: string): boolean =>
  ['checkpoint.safetensors', 'checkpoint.safetensors.before'].some((name) => existsSync(path.join(runFolder, name)));

const runFolderOf = ({ outputFolder }: TrainRequest) => `${outputFolder}.run`;

/** Deletes what a run that has ended needs no more. */
export const removeRun = (request: TrainRequest): Promise<void> =>
  rm(runFolderOf(request), { recursive: true, force: true });

/** Deletes what runs have left that died before their first checkpoint: a lock, a log and samples, of no use to anybody. */
export async function removeDeadRuns(adaptersFolder: string): Promise<void> {
  const names = await readdir(adaptersFolder).catch(() => []);
  for (const folder of names.filter((name) => name.endsWith('.run')).map((name) => path.join(adaptersFolder, name))) {
    const owner = Number(await readFile(path.join(folder, 'lock'), 'utf8').catch(() => Number.NaN));
    if (!isAlive(owner) && !hasCheckpoint(folder)) await rm(folder, { recursive: true, force: true });
  }
}

function isAlive(processId: number): boolean {
  try {
    return Number.isInteger(processId) && process.kill(processId, 0);
  } catch {
    return false;
  }
}
