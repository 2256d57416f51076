import path from 'node:path';
import * as vscode from 'vscode';

/** What a request in the chat is about. */
export interface ChatSource {
  /** for the person: a file's name, or what was given */
  readonly name: string;
  readonly text: string;
  readonly languageId: string;
  /** set where the text stands in a document that can be changed */
  readonly isSelection: boolean;
}

/**
 * The text that a request is about: what was attached to it; else the selection in front; else the document in front.
 * @returns undefined when there is none of them
 */
export async function chatSource(references: readonly vscode.ChatPromptReference[]): Promise<ChatSource | undefined> {
  for (const { value } of references) {
    if (typeof value === 'string') return { name: '', text: value, languageId: 'plaintext', isSelection: false };
    if (value instanceof vscode.Uri) return ofDocument(await vscode.workspace.openTextDocument(value));
    if (value instanceof vscode.Location) {
      return ofDocument(await vscode.workspace.openTextDocument(value.uri), value.range);
    }
  }
  // with the caret in the chat's input box the editor in front is still the document
  const editor = vscode.window.activeTextEditor ?? vscode.window.visibleTextEditors[0];
  if (!editor) return undefined;
  return editor.selection.isEmpty ? ofDocument(editor.document) : ofDocument(editor.document, editor.selection);
}

const ofDocument = (document: vscode.TextDocument, range?: vscode.Range): ChatSource => ({
  name: path.posix.basename(document.uri.path),
  text: document.getText(range),
  languageId: document.languageId,
  isSelection: range !== undefined,
});
