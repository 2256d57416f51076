import { l10n } from 'vscode';
import type { OpenProposal } from '../openProposal.ts';
import { provenance, wayTitle } from '../provenance.ts';

/** One phrase: what is going on. */
export function stateOf({ session, task }: OpenProposal): string {
  const { progress } = session;
  if (session.isRunning) {
    const count = progress && progress.total > 1 ? ` ${progress.done}/${progress.total}` : '';
    return `$(loading~spin) ${task.title}${count}`;
  }
  if (session.isStale) return `$(warning) ${l10n.t('{0}: the text has changed meanwhile', task.title)}`;
  // What is put in or shown is read as a text of its own: it has to be clear whose it is.
  if (session.output !== 'replace') return [task.title, provenance(session.proposals)].filter(Boolean).join(': ');
  const isByModel = session.isUnexamined || session.proposals.some(({ way }) => way === 'model');
  return isByModel ? `${countOf(session, task)} · ${wayTitle('model')}` : countOf(session, task);
}

function countOf({ changes }: OpenProposal['session'], { title }: OpenProposal['task']): string {
  const flagged = changes.filter(({ lost, invented }) => lost.length + invented.length > 0).length;
  const count = changes.length;
  if (flagged > 0) return `$(warning) ${l10n.t('{0}: {1} changes, {2} to look at', title, count, flagged)}`;
  return count === 1 ? l10n.t('{0}: 1 change', title) : l10n.t('{0}: {1} changes', title, count);
}
