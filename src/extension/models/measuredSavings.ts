import type * as vscode from 'vscode';
import type { ModelSavings } from '../../protocol/modelsPage.ts';
import type { WhatItSaved } from '../whatItSaves.ts';

interface Known {
  /** what has to be the same for two models to be compared */
  readonly comparable: string;
  readonly byFolder: Readonly<Record<string, ModelSavings>>;
}

const savingsKey = 'modelSavings';

/**
 * What each model would have saved of the same texts of this workspace: so whether one is better than another is seen on the
 * writer's own prose. When other texts are typed, or in another way, what was known before is no measure any more, and goes.
 */
export class MeasuredSavings {
  readonly #memento: vscode.Memento;
  readonly #typeAgain: (modelFolder?: string) => Promise<WhatItSaved | undefined>;
  readonly #changed: () => void;
  readonly #running = new Set<string>();

  constructor(
    memento: vscode.Memento,
    typeAgain: (modelFolder?: string) => Promise<WhatItSaved | undefined>,
    changed: () => void,
  ) {
    this.#memento = memento;
    this.#typeAgain = typeAgain;
    this.#changed = changed;
  }

  of(folder: string): 'measuring' | ModelSavings | undefined {
    return this.#running.has(folder) ? 'measuring' : this.#known?.byFolder[folder];
  }

  /** @param folder of a model, without an adapter; by default as one writes */
  async measure(folder?: string): Promise<void> {
    if (folder === undefined) return this.#keep(await this.#typeAgain());
    if (this.#running.has(folder)) return;
    this.#running.add(folder);
    this.#changed();
    try {
      await this.#keep(await this.#typeAgain(folder));
    } finally {
      this.#running.delete(folder);
      this.#changed();
    }
  }

  /** Another model lies there now. */
  async forget(folder: string): Promise<void> {
    const known = this.#known;
    if (!known) return;
    const { [folder]: _, ...byFolder } = known.byFolder;
    await this.#memento.update(savingsKey, { ...known, byFolder });
  }

  async #keep(saved: WhatItSaved | undefined): Promise<void> {
    if (saved?.comparable === undefined) return;
    const { comparable, modelFolder, savings } = saved;
    const before = this.#known?.comparable === comparable ? this.#known.byFolder : {};
    const known: Known = { comparable, byFolder: { ...before, [modelFolder]: savings } };
    await this.#memento.update(savingsKey, known);
    this.#changed();
  }

  get #known(): Known | undefined {
    return this.#memento.get<Known>(savingsKey);
  }
}
