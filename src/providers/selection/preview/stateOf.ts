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
  return session.output === 'replace' ? countOf(session, task) : task.title;
}

/** Who wrote what is proposed, where that has to be known before it is accepted; '' elsewhere. */
export function originOf({ session }: OpenProposal): string {
  if (session.isRunning) return '';
  // What is put in or shown is read as a text of its own.
  if (session.output !== 'replace') return provenance(session.proposals);
  const isByModel = session.isUnexamined || session.proposals.some(({ way }) => way === 'model');
  return isByModel ? wayTitle('model') : '';
}

function countOf({ changes }: OpenProposal['session'], { title }: OpenProposal['task']): string {
  const flagged = changes.filter(({ lost, invented }) => lost.length + invented.length > 0).length;
  const count = changes.length;
  if (flagged > 0) return `$(warning) ${l10n.t('{0}: {1} changes, {2} to look at', title, count, flagged)}`;
  return count === 1 ? l10n.t('{0}: 1 change', title) : l10n.t('{0}: {1} changes', title, count);
}
