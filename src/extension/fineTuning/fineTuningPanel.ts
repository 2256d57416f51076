import * as vscode from 'vscode';
import { l10n } from 'vscode';
import type { FineTuningPageAction, FineTuningPageUpdate } from '../../protocol/fineTuningPage.ts';
import type { FineTuning } from './fineTuning.ts';
import { translations } from './translations.ts';
import { openWebviewPage } from './webviewPage.ts';

/** The page is drawn at most this often; between two drawings only the last state counts. */
const drawEveryMs = 200;

/** Shows a fine-tuning in a tab. Closing the tab does not end what it shows. */
export class FineTuningPanel implements vscode.Disposable {
  readonly #panel: vscode.WebviewPanel;
  readonly #fineTuning: FineTuning;
  readonly #parts: vscode.Disposable[] = [];
  #timer: NodeJS.Timeout | undefined;

  /** @param onAction what a person did, apart from opening the page */
  constructor(
    extensionUri: vscode.Uri,
    fineTuning: FineTuning,
    onAction: (action: Exclude<FineTuningPageAction, { kind: 'opened' }>) => void,
  ) {
    this.#fineTuning = fineTuning;
    const title = l10n.t('Fine-tuning');
    this.#panel = openWebviewPage(extensionUri, { page: 'fineTuning', title, column: vscode.ViewColumn.Active });
    this.#parts.push(
      this.#panel,
      fineTuning.onChange(() => this.#drawSoon()),
      this.#panel.onDidChangeViewState(() => this.#drawSoon()),
      this.#panel.webview.onDidReceiveMessage((action: FineTuningPageAction) => {
        if (action.kind === 'opened') this.#draw();
        else onAction(action);
      }),
    );
  }

  get onClose(): vscode.Event<void> {
    return this.#panel.onDidDispose;
  }

  reveal(): void {
    this.#panel.reveal();
  }

  dispose(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    for (const part of this.#parts.splice(0)) part.dispose();
  }

  #drawSoon(): void {
    this.#timer ??= setTimeout(() => this.#draw(), drawEveryMs);
  }

  #draw(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    const update: FineTuningPageUpdate = { view: this.#fineTuning.view, texts: translations() };
    if (this.#parts.length > 0) void this.#panel.webview.postMessage(update);
  }
}
