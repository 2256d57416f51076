import * as vscode from 'vscode';
import type { CaretRequest } from '../../writing/completion/completionRequest.ts';
import { type KindOfEdit, kindOfEdit } from '../../writing/completion/textChange.ts';

/** The document at one caret as plain data. */
export function caretRequest(
  document: vscode.TextDocument,
  position: vscode.Position,
  how: { readonly trigger: CaretRequest['trigger']; readonly lastEdit: KindOfEdit },
): CaretRequest {
  const text = document.getText();
  const offset = document.offsetAt(position);
  return {
    documentId: document.uri.toString(),
    fileName: document.isUntitled ? '' : document.uri.path.slice(document.uri.path.lastIndexOf('/') + 1),
    languageId: document.languageId,
    prefix: text.slice(0, offset),
    suffix: text.slice(offset),
    ...how,
  };
}

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
