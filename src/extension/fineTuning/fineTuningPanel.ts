import * as vscode from 'vscode';
import { l10n } from 'vscode';
import type { FineTuningPageAction, FineTuningPageUpdate, FineTuningView } from '../../protocol/fineTuningPages.ts';
import { openWebviewPage, translations } from '../webviewPage.ts';
import type { FineTuningSession } from './fineTuningSession.ts';

/** The page is drawn at most this often; between two drawings only the last state counts. */
const drawEveryMs = 200;

/** Shows a fine-tuning in a tab. Closing the tab does not end what it shows. */
export class FineTuningPanel implements vscode.Disposable {
  readonly #panel: vscode.WebviewPanel;
  readonly #session: FineTuningSession;
  readonly #parts: vscode.Disposable[] = [];
  #timer: NodeJS.Timeout | undefined;

  /** @param onAction what a person did, apart from opening the page */
  constructor(
    extensionUri: vscode.Uri,
    session: FineTuningSession,
    onAction: (action: Exclude<FineTuningPageAction, { kind: 'opened' }>) => void,
  ) {
    this.#session = session;
    const title = l10n.t('Fine-tuning');
    this.#panel = openWebviewPage(extensionUri, { page: 'fineTuning', title, column: vscode.ViewColumn.Active });
    this.#parts.push(
      this.#panel,
      session.onChange(() => this.#drawSoon()),
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

  /** Calls back whenever a person has come back to the page. */
  onFront(callback: () => void): void {
    this.#parts.push(this.#panel.onDidChangeViewState(({ webviewPanel }) => webviewPanel.active && callback()));
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
    const update: FineTuningPageUpdate = { view: this.#session.view, texts: translations() };
    if (this.#parts.length > 0) void this.#panel.webview.postMessage(update);
  }
}

/** The item in the status bar while something is being learned or compared; a click opens the page. */
export class FineTuningStatus implements vscode.Disposable {
  readonly #item = vscode.window.createStatusBarItem('inkling.training', vscode.StatusBarAlignment.Right, 99);

  constructor() {
    this.#item.name = l10n.t('Inkling: fine-tuning');
    this.#item.command = 'inkling.fineTune';
  }

  show({ phase, steps, plan, proof }: FineTuningView): void {
    const isLearning = phase === 'running' || phase === 'paused';
    if (!isLearning && !proof && phase !== 'proving') {
      this.#item.hide();
      return;
    }
    const fraction = isLearning ? (steps.at(-1)?.step ?? 0) / (plan?.totalSteps ?? 1) : (proof?.fraction ?? 0);
    const percent = Math.floor(100 * fraction);
    const [icon, state] =
      phase === 'paused'
        ? ['debug-pause', l10n.t('Fine-tuning, paused at {0}%', percent)]
        : isLearning
          ? ['mortar-board', l10n.t('Fine-tuning: {0}%', percent)]
          : ['beaker', l10n.t('Fine-tuning, comparing before and after: {0}%', percent)];
    this.#item.text = `$(${icon}) ${percent}%`;
    this.#item.tooltip = state;
    this.#item.accessibilityInformation = { label: state, role: 'button' };
    this.#item.show();
  }

  dispose(): void {
    this.#item.dispose();
  }
}
