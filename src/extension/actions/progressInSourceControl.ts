import * as vscode from 'vscode';

const over = () => undefined;

/** Rules answer sooner, and a notification that comes and goes tells nobody anything. */
const notificationDelayMs = 1_000;

/**
 * Shows at once in the source control view that something is at work. That progress cannot be cancelled, so what takes
 * longer gets a notification with a button that cancels it.
 */
export async function inSourceControl<T>(
  title: string,
  work: (token: vscode.CancellationToken) => Promise<T>,
): Promise<T> {
  const { SourceControl, Notification } = vscode.ProgressLocation;
  const cancellation = new vscode.CancellationTokenSource();
  const running = work(cancellation.token);
  const notify = () =>
    vscode.window.withProgress({ location: Notification, title, cancellable: true }, (_, token) => {
      token.onCancellationRequested(() => cancellation.cancel());
      return running.then(over, over); // whoever waits for the work is told of its failure, not the notification
    });
  const waiting = setTimeout(notify, notificationDelayMs);
  try {
    return await vscode.window.withProgress({ location: SourceControl }, () => running);
  } finally {
    clearTimeout(waiting);
    cancellation.dispose();
  }
}
