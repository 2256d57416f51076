import * as vscode from 'vscode';
import { rangeOf } from '../documentText.ts';
import type { Proposals } from '../proposals.ts';
import { proposalVerbs } from './proposalVerbs.ts';
import { stateOf } from './stateOf.ts';

/** A row of verbs above each passage that something is proposed for. */
export class ProposalLenses implements vscode.CodeLensProvider {
  readonly #proposals: Proposals;
  readonly onDidChangeCodeLenses: vscode.Event<void>;

  constructor(proposals: Proposals) {
    this.#proposals = proposals;
    this.onDidChangeCodeLenses = proposals.onDidChange;
  }

  provideCodeLenses(document: vscode.TextDocument): vscode.CodeLens[] {
    const proposal = this.#proposals.about(document.uri);
    if (!proposal || proposal.document.uri.toString() !== document.uri.toString()) return [];
    const [place] = proposal.session.places;
    if (!place) return [];
    const range = rangeOf(document, place.start, place.start);
    const verbs = proposalVerbs(proposal).filter(({ isSecondary }) => !isSecondary);
    return [
      new vscode.CodeLens(range, { title: stateOf(proposal), command: 'inkling.showProposalMenu' }),
      ...verbs.map(({ icon, label, command }) => new vscode.CodeLens(range, { title: `$(${icon}) ${label}`, command })),
    ];
  }
}
