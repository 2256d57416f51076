import * as vscode from 'vscode';
import { Actions } from './actions/actions.ts';
import { type ChatOptions, registerChat } from './chat.ts';
import { Training, type TrainingParts } from './fineTuning/training.ts';

export interface LatePartsOptions extends ChatOptions {
  readonly training: TrainingParts;
  readonly isLanguageOn: (languageId: string) => boolean;
}

/**
 * All that suggestions can do without: actions, chat and fine-tuning. Two thirds of the code are for them, and reading
 * it would keep the editor's host busy in the moment when everything starts; so it is read in a turn of its own.
 */
export class LateParts implements vscode.Disposable {
  readonly commands: Readonly<Record<string, (...parameters: never[]) => unknown>>;
  readonly #parts: vscode.Disposable;

  constructor(options: LatePartsOptions) {
    const { context } = options.training;
    const userPrompts = vscode.Uri.joinPath(context.globalStorageUri, 'prompts');
    const actions = new Actions({
      engine: options.acting,
      memento: context.workspaceState,
      isLanguageOn: options.isLanguageOn,
      userPrompts,
    });
    const training = new Training(options.training);
    this.commands = { ...actions.commands, ...training.commands };
    this.#parts = vscode.Disposable.from(actions, training, registerChat(options));
    void training.offerInterrupted();
  }

  dispose(): void {
    this.#parts.dispose();
  }
}
