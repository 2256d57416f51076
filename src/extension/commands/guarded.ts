import * as vscode from 'vscode';
import { l10n } from 'vscode';
import { toInklingError } from '../../protocol/errors.ts';
import { errorText } from '../errorTexts.ts';

/** Wraps a command: what it throws is logged, and told with what is known about it. */
export function guarded(run: () => unknown, log: vscode.LogOutputChannel): () => Promise<void> {
  return async () => {
    try {
      await run();
    } catch (thrown) {
      const error = toInklingError(thrown);
      log.error(error.code, error.stack ?? error.message);
      const showLog = l10n.t('Show the log');
      const answer = await vscode.window.showErrorMessage(`${errorText(error.code)} ${error.message}`, showLog);
      if (answer === showLog) log.show();
    }
  };
}
