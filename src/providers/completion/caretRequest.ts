import type * as vscode from 'vscode';
import type { CaretRequest } from '../../writing/completion/completionRequest.ts';
import type { KindOfEdit } from '../../writing/completion/textChange.ts';

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
