import * as vscode from 'vscode';
import type { Proposals } from '../proposals.ts';
import { changeHover } from './inPlaceView.ts';

/** What would come in, as hints of the editor between the words: unlike decorations they wrap with their line. */
export class ProposalHints implements vscode.InlayHintsProvider {
  readonly #proposals: Proposals;
  readonly onDidChangeInlayHints: vscode.Event<void>;

  constructor(proposals: Proposals) {
    this.#proposals = proposals;
    this.onDidChangeInlayHints = proposals.onDidChange;
  }

  provideInlayHints(document: vscode.TextDocument, range: vscode.Range): vscode.InlayHint[] {
    const proposal = this.#proposals.about(document.uri);
    if (!proposal?.isInPlace || proposal.document !== document) return [];
    return proposal.session.changes
      .filter(({ replacement }) => replacement !== '')
      .map((change) => {
        const part = new vscode.InlayHintLabelPart(change.replacement);
        part.tooltip = changeHover(document, change);
        return new vscode.InlayHint(document.positionAt(change.end), [part]);
      })
      .filter(({ position }) => range.contains(position));
  }
}
