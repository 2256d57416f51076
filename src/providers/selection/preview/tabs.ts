import * as vscode from 'vscode';

/** The tabs that show a document by itself or as the right side of a comparison. */
const tabsOf = (uri: vscode.Uri): vscode.Tab[] =>
  vscode.window.tabGroups.all.flatMap(({ tabs }) => tabs.filter((tab) => isTabOf(tab, uri)));

function isTabOf({ input }: vscode.Tab, uri: vscode.Uri): boolean {
  const shown =
    input instanceof vscode.TabInputTextDiff
      ? input.modified
      : input instanceof vscode.TabInputText
        ? input.uri
        : undefined;
  return shown?.toString() === uri.toString();
}

/** Calls back once the person has closed every tab of a document. */
export const onTabClosed = (uri: vscode.Uri, callback: () => void): vscode.Disposable =>
  vscode.window.tabGroups.onDidChangeTabs(({ closed }) => {
    if (closed.some((tab) => isTabOf(tab, uri)) && tabsOf(uri).length === 0) callback();
  });

export async function closeTabs(uri: vscode.Uri): Promise<void> {
  await vscode.window.tabGroups.close(tabsOf(uri), true);
}
