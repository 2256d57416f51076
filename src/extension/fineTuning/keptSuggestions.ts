import type * as vscode from 'vscode';
import type { FineTuningView } from '../../protocol/fineTuningPages.ts';
import type { FurtherText } from '../../protocol/training.ts';
import type { LearntExample } from '../usage/learntExamples.ts';

const key = 'inkling.learnsFromKept';

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
    return this.#memory.update(key, on);
  }

  /** @returns the texts to learn from besides the files, and what the page says about them */
  async texts(): Promise<{ furtherTexts?: readonly FurtherText[]; kept?: NonNullable<FineTuningView['kept']> }> {
    const examples = await this.#read();
    if (examples.length === 0) return {};
    const areUsed = this.#memory.get(key, false);
    return {
      ...(areUsed ? { furtherTexts: examples.map(passageOf) } : {}),
      kept: { count: examples.length, areUsed },
    };
  }
}

/** What the writer has there, whoever wrote it first: of a rejected suggestion nothing is learnt but what replaced it. */
const passageOf = ({ path, before, written }: LearntExample): FurtherText => ({ path, text: before + written });
