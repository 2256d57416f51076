import * as vscode from 'vscode';
import { l10n } from 'vscode';
import { toInklingError } from '../../protocol/errors.ts';
import { errorText } from '../errorTexts.ts';

/** Wraps a command: what it throws is logged, and told with what is known about it. */
export function guarded<P extends unknown[]>(
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
