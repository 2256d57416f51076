import * as vscode from 'vscode';
import { Actions } from './actions/actions.ts';
import { type ChatOptions, registerChat } from './chat.ts';
import { Training, type TrainingParts } from './fineTuning/training.ts';

export interface DeferredFeaturesOptions extends ChatOptions {
  readonly training: TrainingParts;
  readonly isLanguageOn: (languageId: string) => boolean;
}

/**
 * All that suggestions can do without: actions, chat and fine-tuning. Two thirds of the code are for them, and reading
 * it would keep the editor's host busy in the moment when everything starts; so it is read in a turn of its own.
 */
export class DeferredFeatures implements vscode.Disposable {
  readonly actions: Actions;
  readonly training: Training;
  readonly #parts: vscode.Disposable;

  constructor(options: DeferredFeaturesOptions) {
    const { context } = options.training;
    this.actions = new Actions({
      engine: options.acting,
      memento: context.workspaceState,
      isLanguageOn: options.isLanguageOn,
      userPrompts: vscode.Uri.joinPath(context.globalStorageUri, 'prompts'),
    });
    this.training = new Training(options.training);
    this.#parts = vscode.Disposable.from(this.actions, this.training, registerChat(options));
    void this.training.offerInterrupted();
  }

  dispose(): void {
    this.#parts.dispose();
  }
}
