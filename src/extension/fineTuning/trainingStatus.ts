import * as vscode from 'vscode';
import { l10n } from 'vscode';
import type { FineTuningView } from '../../protocol/fineTuningPage.ts';

/** The item in the status bar while something is being learnt; a click opens the page. */
export class TrainingStatus implements vscode.Disposable {
  readonly #item = vscode.window.createStatusBarItem('inkling.training', vscode.StatusBarAlignment.Right, 99);

  constructor() {
    this.#item.name = l10n.t('Inkling: fine-tuning');
    this.#item.command = 'inkling.fineTune';
  }

  show({ phase, steps, plan }: FineTuningView): void {
    const isShown = phase === 'running' || phase === 'paused' || phase === 'proving';
    if (!isShown) {
      this.#item.hide();
      return;
    }
    const percent = plan ? Math.floor((100 * (steps.at(-1)?.step ?? 0)) / plan.totalSteps) : 0;
    const state =
      phase === 'paused' ? l10n.t('Fine-tuning, paused at {0} %', percent) : l10n.t('Fine-tuning: {0} %', percent);
    this.#item.text = `$(${phase === 'paused' ? 'debug-pause' : 'mortar-board'}) ${percent} %`;
    this.#item.tooltip = state;
    this.#item.accessibilityInformation = { label: state, role: 'button' };
    this.#item.show();
  }

  dispose(): void {
    this.#item.dispose();
  }
}
