import * as vscode from 'vscode';
import { type AcceptedEdits, caretsBehind } from '../../writing/proposal/caretsBehind.ts';
import { rangeOf, spanOf } from './preview/previewDocuments.ts';

/**
 * What came of changing the document. `locked`: the person made it read-only. `impossible`: its text, or the document
 * itself, was changed meanwhile.
 */
export type Made = 'done' | 'locked' | 'impossible';

/**
 * Makes what was accepted in the document, as one step of undo, and puts the caret behind it.
 * @param view of the document that shows what it would be, if that is there
 */
export async function makeEdits(
  document: vscode.TextDocument,
  accepted: AcceptedEdits,
  view: vscode.Uri | undefined,
): Promise<Made> {
  if (accepted.edits.length === 0) return 'impossible';
  const ranges = accepted.edits.map(({ start, end, replacement }) => ({
    range: rangeOf(document, start, end),
    replacement,
  }));
  const editor = await editorOf(document, view);
  if (!editor) {
    const change = new vscode.WorkspaceEdit();
    for (const { range, replacement } of ranges) change.replace(document.uri, range, replacement);
    return (await vscode.workspace.applyEdit(change)) ? 'done' : 'impossible';
  }
  const { version } = document;
  const selections = editor.selections.map((selection) => spanOf(document, selection));
  const isTaken = await editor.edit((builder) => {
    for (const { range, replacement } of ranges) builder.replace(range, replacement);
  });
  if (!isTaken) return 'impossible';
  if (document.version === version) return 'locked'; // a locked editor takes edits without a word and does nothing
  placeCarets(editor, caretsBehind(selections, accepted));
  if (accepted.isInserted) editor.revealRange(editor.selection);
  return 'done';
}

/**
 * The editor of a document that the person goes on in; where it is behind another one it comes to the front: only an editor
 * knows whether it is locked.
 * @returns undefined for the cell of a notebook that is not on screen
 */
async function editorOf(
  document: vscode.TextDocument,
  view: vscode.Uri | undefined,
): Promise<vscode.TextEditor | undefined> {
  const { activeTextEditor: front, visibleTextEditors } = vscode.window;
  if (front?.document === document) return front;
  const groups = vscode.window.tabGroups.all;
  // The view goes, and what it was opened in front of is what the person goes on in, whatever else shows the document.
  const behindView = front?.document.uri.toString() === view?.toString() && groups.find(({ isActive }) => isActive);
  const hidden = behindView ? tabOf(document, [behindView]) : undefined;
  if (hidden) return shown(document, hidden);
  const visible = visibleTextEditors.find((editor) => editor.document === document);
  if (visible || document.uri.scheme === 'vscode-notebook-cell') return visible;
  return shown(document, tabOf(document, groups));
}

/** The tab of a document by itself; without one, that of a comparison with the document on its right. */
function tabOf({ uri }: vscode.TextDocument, groups: readonly vscode.TabGroup[]): vscode.Tab | undefined {
  const tabs = groups.flatMap((group) => group.tabs);
  const isOf = (each: vscode.Uri) => each.toString() === uri.toString();
  return (
    tabs.find(({ input }) => input instanceof vscode.TabInputText && isOf(input.uri)) ??
    tabs.find(({ input }) => input instanceof vscode.TabInputTextDiff && isOf(input.modified))
  );
}

/** Brings a document to the front, in its tab where it has one. */
async function shown(document: vscode.TextDocument, tab: vscode.Tab | undefined): Promise<vscode.TextEditor> {
  const options = { preview: false, ...(tab && { viewColumn: tab.group.viewColumn }) };
  if (tab?.input instanceof vscode.TabInputTextDiff) {
    const { original, modified } = tab.input;
    await vscode.commands.executeCommand('vscode.diff', original, modified, tab.label, options);
    const { activeTextEditor: front } = vscode.window;
    if (front?.document === document) return front;
  }
  return vscode.window.showTextDocument(document, options);
}

/** @param carets for each selection; see `caretsBehind` */
function placeCarets(editor: vscode.TextEditor, carets: readonly (number | undefined)[]): void {
  const { document, selections } = editor;
  if (selections.length !== carets.length || carets.every((caret) => caret === undefined)) return;
  editor.selections = selections.map((selection, index) => {
    const caret = carets[index];
    if (caret === undefined) return selection;
    const position = document.positionAt(caret);
    return new vscode.Selection(position, position);
  });
}
