import * as vscode from 'vscode';

/** Where the editor's setting sets no limit. */
const sensibleChars = 300;

/** Characters of hints that the editor shows in one line of a document; 0 where it shows none. */
export function hintCharsPerLine(document: vscode.TextDocument): number {
  const settings = vscode.workspace.getConfiguration('editor.inlayHints', document);
  const enabled = settings.get('enabled', 'on');
  if (enabled !== 'on' && enabled !== 'onUnlessPressed') return 0;
  const limit = settings.get('maximumLength', 43);
  return limit > 0 ? limit : sensibleChars;
}
