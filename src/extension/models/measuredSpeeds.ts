import type * as vscode from 'vscode';
import { readUnrelatedTexts } from '../../client/adapterEvaluation.ts';
import type { InferenceClient } from '../../client/inferenceClient.ts';
import { measureSpeed } from '../../client/measureSpeed.ts';
import type { Processes } from '../../client/processes.ts';
import type { ModelSpeed } from '../../protocol/modelsPage.ts';
import { loadRequestOf, type Settings } from '../settings/settings.ts';

interface MeasuredSpeedsParts {
  readonly context: vscode.ExtensionContext;
  readonly processes: Processes;
  readonly settings: Settings;
}

const speedsKey = 'modelSpeeds';

/** How fast each model is on this machine. Measured once, in a process of its own, and kept. */
export class MeasuredSpeeds implements vscode.Disposable {
  readonly #parts: MeasuredSpeedsParts;
  readonly #changed: () => void;
  /** by folder */
  readonly #running = new Map<string, InferenceClient>();

  constructor(parts: MeasuredSpeedsParts, changed: () => void) {
    this.#parts = parts;
    this.#changed = changed;
  }

  of(folder: string): 'measuring' | ModelSpeed | undefined {
    return this.#running.has(folder) ? 'measuring' : this.#known[folder];
  }

  /** At the usual priority, as it would run; typing goes on meanwhile, if more slowly. */
  async measure(folder: string): Promise<void> {
    const { processes, settings, context } = this.#parts;
    if (this.#running.has(folder)) return;
    const client = processes.inference();
    this.#running.set(folder, client);
    this.#changed();
    try {
      const [text = ''] = await readUnrelatedTexts(context.extensionPath);
      client.use(loadRequestOf(folder, settings.general));
      const speed = await measureSpeed(client, text);
      await context.globalState.update(speedsKey, { ...this.#known, [folder]: speed });
    } finally {
      this.#running.delete(folder);
      await client.dispose();
      this.#changed();
    }
  }

  dispose(): void {
    for (const client of this.#running.values()) void client.dispose();
  }

  get #known(): Readonly<Record<string, ModelSpeed>> {
    return this.#parts.context.globalState.get<Readonly<Record<string, ModelSpeed>>>(speedsKey, {});
  }
}
