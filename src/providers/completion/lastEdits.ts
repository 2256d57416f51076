import * as vscode from 'vscode';
import { type KindOfEdit, kindOfEdit } from '../../writing/completion/textChange.ts';

/** Remembers, for each open document, what the person did last in it. */
export class LastEdits implements vscode.Disposable {
  readonly #kinds = new Map<string, KindOfEdit>();
  readonly #listeners = vscode.Disposable.from(
    vscode.workspace.onDidChangeTextDocument(({ document, contentChanges, reason }) => {
      if (contentChanges.length === 0) return; // only the dirty flag changed
      this.#kinds.set(document.uri.toString(), kindOfEdit(contentChanges, reason !== undefined));
    }),
    vscode.workspace.onDidCloseTextDocument((document) => this.#kinds.delete(document.uri.toString())),
  );

  of(document: vscode.TextDocument): KindOfEdit {
    return this.#kinds.get(document.uri.toString()) ?? 'none';
  }

  dispose(): void {
    this.#listeners.dispose();
  }
}
