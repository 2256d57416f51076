import type { CancellationToken } from 'vscode-jsonrpc';

/** Calls `act` once a request is cancelled. A token that was cancelled before its request was begun fires no event. */
export function whenCancelled(token: CancellationToken, act: () => void): void {
  if (token.isCancellationRequested) act();
  else token.onCancellationRequested(act);
}
