import { l10n } from 'vscode';
import type { OpenProposal } from '../openProposal.ts';

/** One phrase: what is going on. */
export function stateOf({ session, task }: OpenProposal): string {
  const { progress } = session;
  if (session.isRunning) {
    const count = progress && progress.total > 1 ? ` ${progress.done}/${progress.total}` : '';
    return `$(loading~spin) ${task.title}${count}`;
  }
  if (session.isStale) return `$(warning) ${l10n.t('{0}: the text has changed meanwhile', task.title)}`;
  if (session.output !== 'replace') return task.title;
  const flagged = session.changes.filter(({ lost, invented }) => lost.length + invented.length > 0).length;
  const count = session.changes.length;
  if (flagged > 0) return `$(warning) ${l10n.t('{0}: {1} changes, {2} to look at', task.title, count, flagged)}`;
  return count === 1 ? l10n.t('{0}: 1 change', task.title) : l10n.t('{0}: {1} changes', task.title, count);
}
