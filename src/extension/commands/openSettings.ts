import * as vscode from 'vscode';

export const openSettings = (extensionId: string): Thenable<unknown> =>
  vscode.commands.executeCommand('workbench.action.openSettings', `@ext:${extensionId}`);
