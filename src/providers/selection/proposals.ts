import * as vscode from 'vscode';
import { OpenProposal, type OpenProposalOptions } from './openProposal.ts';
import { documentText, PreviewDocuments } from './preview/previewDocuments.ts';

/** The proposals that are open, at most one for each document; tells them what happens to their documents. */
export class Proposals implements vscode.Disposable {
  readonly #languageSet: OpenProposalOptions['languageSet'];
  readonly #open = new Set<OpenProposal>();
  readonly #previews = new PreviewDocuments();
  readonly #changes = new vscode.EventEmitter<void>();
  readonly #parts = vscode.Disposable.from(
    this.#previews,
    this.#changes,
    vscode.workspace.onDidChangeTextDocument(({ document, contentChanges }) => {
      if (contentChanges.length > 0) this.#of(document)?.session.follow(contentChanges, documentText(document));
    }),
    vscode.workspace.onDidCloseTextDocument((document) => this.#of(document)?.dispose()),
    vscode.window.onDidChangeActiveTextEditor(() => this.#changes.fire()),
  );

  /** @param languageSet for each document; see `OpenProposalOptions` */
  constructor(languageSet: OpenProposalOptions['languageSet']) {
    this.#languageSet = languageSet;
  }

  /** After a proposal was opened, closed or changed, and when another document is in front. */
  get onDidChange(): vscode.Event<void> {
    return this.#changes.event;
  }

  get all(): readonly OpenProposal[] {
    return [...this.#open];
  }

  /** The one for the document in front, or for the comparison of it; else the only one there is, unless it is of no use any more. */
  get current(): OpenProposal | undefined {
    const { activeTextEditor } = vscode.window;
    const about = activeTextEditor && this.about(activeTextEditor.document.uri);
    if (about) return about;
    const [only, ...others] = this.all;
    return others.length > 0 || only?.session.isStale ? undefined : only;
  }

  about(uri: vscode.Uri): OpenProposal | undefined {
    return this.all.find((proposal) => proposal.isAbout(uri));
  }

  /** Takes the place of an open proposal for the same document. */
  open(options: Omit<OpenProposalOptions, 'previews' | 'languageSet'>): OpenProposal {
    this.#of(options.document)?.dispose();
    const proposal = new OpenProposal({ ...options, previews: this.#previews, languageSet: this.#languageSet });
    this.#open.add(proposal);
    proposal.onDidChange(() => this.#tell());
    proposal.onDidClose(() => {
      this.#open.delete(proposal);
      this.#tell();
    });
    this.#tell();
    return proposal;
  }

  dispose(): void {
    for (const proposal of this.all) proposal.dispose();
    this.#parts.dispose();
  }

  #of({ uri }: vscode.TextDocument): OpenProposal | undefined {
    return this.all.find(({ document }) => document.uri.toString() === uri.toString());
  }

  #tell(): void {
    const isOpen = this.#open.size > 0;
    const isRunning = this.all.some(({ session }) => session.isRunning);
    void vscode.commands.executeCommand('setContext', 'inkling.hasProposal', isOpen);
    void vscode.commands.executeCommand('setContext', 'inkling.isActing', isRunning);
    this.#changes.fire();
  }
}
