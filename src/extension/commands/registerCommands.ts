import * as vscode from 'vscode';
import type { Features } from '../features.ts';
import { type CommandId, commandTable } from './commandTable.ts';
import { guarded } from './guarded.ts';

/** Every command of the table with the editor. */
export function registerCommands(subscriptions: vscode.Disposable[], features: Features): void {
  for (const id of Object.keys(commandTable) as CommandId[]) {
    const run = (...given: never[]) => commandTable[id].run(features, ...given);
    subscriptions.push(vscode.commands.registerCommand(id, guarded(run, features.log)));
  }
}
