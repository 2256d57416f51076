import path from 'node:path';
import * as vscode from 'vscode';
import { changeOnRightSide, previewSides } from '../../../writing/proposal/previewSides.ts';
import type { PlacedChange } from '../../../writing/proposal/proposalSession.ts';
import { closeTabs, documentText, onTabClosed, type PreviewDocuments } from './previewDocuments.ts';
import type { Proposed, ViewApart } from './proposalView.ts';

/** The document beside the document as it would be, in the editor's own comparison. Both sides are copies. */
export class ComparisonView implements ViewApart {
  readonly #proposed: Proposed;
  readonly #documents: PreviewDocuments;
  /** the right side */
  readonly uri: vscode.Uri;
  readonly #before: vscode.Uri;
  readonly #closing: vscode.Disposable;
  #start = 0;
  #line = 0;
  #opened: Promise<void> | undefined;
  #isDisposed = false;

  /** @param onClosed called when the person closes the comparison */
  constructor(proposed: Proposed, documents: PreviewDocuments, onClosed: () => void) {
    this.#proposed = proposed;
    this.#documents = documents;
    const name = path.posix.basename(proposed.document.uri.path);
    this.#before = documents.newUri('before', name);
    this.uri = documents.newUri('after', name);
    this.#closing = onTabClosed(this.uri, onClosed);
  }

  get line(): number {
    return this.#line;
  }

  get opened(): Promise<void> {
    return this.#opened ?? Promise.resolve();
  }

  draw(): void {
    const { document, session } = this.#proposed;
    const { before, after, start, line } = previewSides(documentText(document), session.places, session.changes);
    this.#documents.set(this.#before, before);
    this.#documents.set(this.uri, after);
    this.#start = start;
    this.#line = line;
    this.#opened ??= this.#open(line);
  }

  changeAt(offset: number): PlacedChange | undefined {
    return changeOnRightSide(this.#proposed.session.changes, this.#start, offset);
  }

  dispose(): void {
    this.#isDisposed = true;
    this.#closing.dispose();
    void closeTabs(this.uri);
    this.#documents.forget(this.#before);
    this.#documents.forget(this.uri);
  }

  async #open(line: number): Promise<void> {
    const { document, task } = this.#proposed;
    for (const uri of [this.#before, this.uri]) {
      const side = await vscode.workspace.openTextDocument(uri);
      if (side.languageId !== document.languageId) {
        await vscode.languages.setTextDocumentLanguage(side, document.languageId);
      }
    }
    const title = `${path.posix.basename(document.uri.path)}: ${task.title}`;
    const selection = new vscode.Range(line, 0, line, 0);
    if (this.#isDisposed) return;
    await vscode.commands.executeCommand('vscode.diff', this.#before, this.uri, title, { preview: false, selection });
    if (this.#isDisposed) await closeTabs(this.uri); // it was opening meanwhile
  }
}
