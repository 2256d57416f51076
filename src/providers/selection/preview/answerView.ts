import * as vscode from 'vscode';
import { provenance } from '../provenance.ts';
import { closeTabs, onTabClosed, type PreviewDocuments } from './previewDocuments.ts';
import type { Proposed, ViewApart } from './proposalView.ts';

/** An answer that belongs nowhere in the document: a read-only Markdown document beside it. */
export class AnswerView implements ViewApart {
  readonly #proposed: Proposed;
  readonly #documents: PreviewDocuments;
  readonly uri: vscode.Uri;
  readonly line = 0;
  readonly #closing: vscode.Disposable;
  #opened: Promise<void> | undefined;
  #isDisposed = false;

  /** @param onClosed called when the person closes the answer */
  constructor(proposed: Proposed, documents: PreviewDocuments, onClosed: () => void) {
    this.#proposed = proposed;
    this.#documents = documents;
    this.uri = documents.newUri('answer', `${proposed.task.title.replaceAll(/[\\/]/g, ' ')}.md`);
    this.#closing = onTabClosed(this.uri, onClosed);
  }

  get opened(): Promise<void> {
    return this.#opened ?? Promise.resolve();
  }

  draw(): void {
    const { session, task } = this.#proposed;
    const question = task.instruction ? `> ${task.instruction.replaceAll('\n', '\n> ')}\n\n` : '';
    const origin = session.isRunning ? '' : provenance(session.proposals);
    this.#documents.set(this.uri, `${question}${session.text}\n${origin && `\n*${origin}*\n`}`);
    this.#opened ??= this.#open();
  }

  /** An answer changes nothing. */
  changeAt(): undefined {
    return undefined;
  }

  dispose(): void {
    this.#isDisposed = true;
    this.#closing.dispose();
    void closeTabs(this.uri);
    this.#documents.forget(this.uri);
  }

  async #open(): Promise<void> {
    const document = await vscode.workspace.openTextDocument(this.uri);
    const viewColumn = vscode.ViewColumn.Beside;
    if (this.#isDisposed) return;
    await vscode.window.showTextDocument(document, { viewColumn, preview: false, preserveFocus: true });
    if (this.#isDisposed) await closeTabs(this.uri); // it was opening meanwhile
  }
}
