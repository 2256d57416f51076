import * as vscode from 'vscode';
import { l10n } from 'vscode';
import type { ModelsPageAction, ModelsPageUpdate } from '../../protocol/modelsPage.ts';
import { errorMessage } from '../reasonTexts.ts';
import { modelsPageSeen } from '../statusBar.ts';
import { openWebviewPage, translations } from '../webviewPage.ts';
import { Models, type ModelsParts } from './models.ts';

/** The page is drawn at most this often; between two drawings only the last state counts. */
const drawEveryMs = 200;

/** The page of models, one at most. Closing it ends nothing of what it shows. */
export class ModelsPage implements vscode.Disposable {
  readonly #models: Models;
  readonly #context: vscode.ExtensionContext;
  readonly #parts: vscode.Disposable;
  #panel: vscode.WebviewPanel | undefined;
  #timer: NodeJS.Timeout | undefined;

  constructor(parts: ModelsParts) {
    this.#context = parts.context;
    this.#models = new Models(parts);
    const drawSoon = () => this.#drawSoon();
    this.#parts = vscode.Disposable.from(
      this.#models,
      this.#models.onChange(drawSoon),
      this.#models.transfers.onChange(drawSoon),
      parts.settings.onDidChange(drawSoon),
      vscode.workspace.onDidGrantWorkspaceTrust(drawSoon),
    );
  }

  /** @param language that a model is wanted for */
  open(language?: unknown): void {
    this.#models.wantFor(typeof language === 'string' ? language : undefined);
    if (this.#panel) {
      this.#panel.reveal();
      return;
    }
    void this.#context.globalState.update(modelsPageSeen, true);
    const title = l10n.t('Models');
    const panel = openWebviewPage(this.#context.extensionUri, {
      page: 'models',
      title,
      column: vscode.ViewColumn.Active,
    });
    this.#panel = panel;
    panel.onDidDispose(() => {
      this.#panel = undefined;
    });
    panel.onDidChangeViewState(() => this.#drawSoon());
    panel.webview.onDidReceiveMessage((action: ModelsPageAction) => this.#guarded(action));
  }

  /** The title of the model that suits best, of those that know a language. */
  modelFor(language: string): Promise<string | undefined> {
    return this.#models.modelFor(language);
  }

  /** Lets a person choose the folder of a model and adds it. @returns whether one was added */
  addFolder(): Promise<boolean> {
    return this.#models.addFolder();
  }

  /** What suggestions would have saved of this workspace's texts, as one writes; the page remembers it. */
  showWhatItSaves(): Promise<void> {
    return this.#models.savings.measure();
  }

  dispose(): void {
    clearTimeout(this.#timer);
    this.#panel?.dispose();
    this.#parts.dispose();
  }

  async #guarded(action: ModelsPageAction): Promise<void> {
    try {
      this.#draw();
      if (action.kind === 'opened') await this.#models.refresh();
      else await this.#models.act(action);
    } catch (error) {
      await vscode.window.showErrorMessage(errorMessage(error));
    }
  }

  #drawSoon(): void {
    if (this.#panel) this.#timer ??= setTimeout(() => this.#draw(), drawEveryMs);
  }

  #draw(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    const update: ModelsPageUpdate = { view: this.#models.view, texts: translations() };
    void this.#panel?.webview.postMessage(update);
  }
}
