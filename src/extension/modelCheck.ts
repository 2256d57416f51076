import * as vscode from 'vscode';
import { l10n } from 'vscode';
import type { EngineState } from '../client/engineState.ts';
import type { StoreClient } from '../client/storeClient.ts';
import { InklingError, toInklingError } from '../protocol/errors.ts';

const delayMs = 60_000;

/**
 * Compares the checksums of a model once per session, a while after it was loaded and in a process of its own: loading
 * itself looks at sizes only, so that the first suggestion does not wait for a hundred megabytes to be read.
 */
export class ModelCheck implements vscode.Disposable {
  readonly #store: StoreClient;
  readonly #log: vscode.LogOutputChannel;
  readonly #seen = new Set<string>();
  #timer: NodeJS.Timeout | undefined;

  constructor(store: StoreClient, log: vscode.LogOutputChannel) {
    this.#store = store;
    this.#log = log;
  }

  onEngineState(state: EngineState): void {
    if (state.kind !== 'ready' || this.#seen.has(state.model.modelFolder)) return;
    const { modelFolder, name } = state.model;
    this.#seen.add(modelFolder);
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => void this.#check(modelFolder, name), delayMs);
  }

  dispose(): void {
    clearTimeout(this.#timer);
  }

  async #check(modelFolder: string, name: string): Promise<void> {
    try {
      const { ok, files } = await this.#store.verify(modelFolder);
      this.#log.info(`${name}: checksums ${ok ? 'are right' : 'are wrong'}`);
      if (ok) return;
      const broken = files.filter((file) => !file.ok).map((file) => file.name);
      const message = l10n.t('The model {0} is damaged ({1}). Install it again.', name, broken.join(', '));
      await vscode.window.showWarningMessage(message);
    } catch (error) {
      const { code, message } = toInklingError(error);
      const hasNoChecksums = error instanceof InklingError && code === 'modelUnsupported';
      if (!hasNoChecksums) this.#log.warn(`${name}: ${message}`);
    }
  }
}

/** Tells once per reason that an adapter is switched on and not used. @returns what to call for every refusal */
export function adapterRefusals(log: vscode.LogOutputChannel): (name: string, reason: InklingError) => void {
  const told = new Set<string>();
  return (name, { message }) => {
    log.warn(`adapter ${name}: ${message}`);
    if (told.has(message)) return;
    told.add(message);
    const show = l10n.t('Show Adapters');
    const text = l10n.t('The adapter “{0}” is not used. {1}', name, message);
    void vscode.window.showWarningMessage(text, show).then((answer) => {
      if (answer === show) void vscode.commands.executeCommand('inkling.adapters');
    });
  };
}
