import * as vscode from 'vscode';
import { l10n } from 'vscode';
import { toInklingError } from '../../protocol/errors.ts';
import type { Features } from '../features.ts';
import { errorText } from '../reasonTexts.ts';
import { type CommandId, commandTable } from './commandTable.ts';

/** Wraps a command: what it throws is logged, and told with what is known about it. */
function guarded<P extends unknown[]>(
  run: (...parameters: P) => unknown,
  log: vscode.LogOutputChannel,
): (...parameters: P) => Promise<void> {
  return async (...parameters) => {
    try {
      await run(...parameters);
    } catch (thrown) {
      const error = toInklingError(thrown);
      log.error(error.code, error.stack ?? error.message);
      const showLog = l10n.t('Show the log');
      const answer = await vscode.window.showErrorMessage(`${errorText(error.code)} ${error.message}`, showLog);
      if (answer === showLog) log.show();
    }
  };
}

/** Every command of the table with the editor. */
export function registerCommands(subscriptions: vscode.Disposable[], features: Features): void {
  for (const id of Object.keys(commandTable) as CommandId[]) {
    const run = (...given: never[]) => commandTable[id].run(features, ...given);
    subscriptions.push(vscode.commands.registerCommand(id, guarded(run, features.log)));
  }
}
