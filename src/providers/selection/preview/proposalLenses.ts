import * as vscode from 'vscode';
import type { Proposals } from '../proposals.ts';
import { proposalVerbs } from './proposalVerbs.ts';
import { originOf, stateOf } from './stateOf.ts';

/** A row of verbs above what is proposed: in the document, and where it is shown apart. */
export class ProposalLenses implements vscode.CodeLensProvider {
  readonly #proposals: Proposals;
  readonly onDidChangeCodeLenses: vscode.Event<void>;

  constructor(proposals: Proposals) {
    this.#proposals = proposals;
    this.onDidChangeCodeLenses = proposals.onDidChange;
  }

  provideCodeLenses(document: vscode.TextDocument): vscode.CodeLens[] {
    const proposal = this.#proposals.about(document.uri);
    if (!proposal) return [];
    const line = proposal.lineIn(document.uri);
    const range = new vscode.Range(line, 0, line, 0);
    const origin = originOf(proposal);
    const verbs = proposalVerbs(proposal).filter(({ isSecondary }) => !isSecondary);
    return [
      new vscode.CodeLens(range, { title: stateOf(proposal), command: 'inkling.showProposalMenu' }),
      ...verbs.map(({ icon, label, command }) => new vscode.CodeLens(range, { title: `$(${icon}) ${label}`, command })),
      ...(origin ? [new vscode.CodeLens(range, { title: origin, command: 'inkling.showProposalDetails' })] : []),
    ];
  }
}
