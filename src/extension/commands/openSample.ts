import * as vscode from 'vscode';

/** Opens a short text to go on writing, as a draft: the installed file stays as it is. */
export async function openSample(extensionUri: vscode.Uri): Promise<void> {
  const file = vscode.Uri.joinPath(extensionUri, 'media', 'sample', 'story.md');
  const content = new TextDecoder().decode(await vscode.workspace.fs.readFile(file)).trimEnd();
  const document = await vscode.workspace.openTextDocument({ language: 'markdown', content: `${content} ` });
  const editor = await vscode.window.showTextDocument(document);
  const end = document.lineAt(document.lineCount - 1).range.end;
  editor.selection = new vscode.Selection(end, end);
  editor.revealRange(editor.selection);
}
