import * as vscode from 'vscode';
import { l10n } from 'vscode';
import { originOf, stateOf } from '../../providers/selection/preview/proposalLenses.ts';
import type { Proposals } from '../../providers/selection/proposals.ts';

/** Shows, while there is one, how far an action is or that its proposal waits; a click offers what can be done. */
export class ActionStatusBar implements vscode.Disposable {
  readonly #item = vscode.window.createStatusBarItem('inkling.proposal', vscode.StatusBarAlignment.Right, 99);
  readonly #listener: vscode.Disposable;

  constructor(proposals: Proposals) {
    this.#item.name = l10n.t('Inkling: proposal');
    this.#item.command = 'inkling.showProposalMenu';
    this.#listener = proposals.onDidChange(() => this.#draw(proposals));
  }

  dispose(): void {
    this.#listener.dispose();
    this.#item.dispose();
  }

  #draw(proposals: Proposals): void {
    const proposal = proposals.current;
    if (proposal) {
      this.#item.text = [stateOf(proposal), originOf(proposal)].filter(Boolean).join(' · ');
      this.#item.tooltip = l10n.t('Click to stop, accept or reject');
      this.#item.show();
    } else this.#item.hide();
  }
}
