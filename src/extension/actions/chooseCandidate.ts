import * as vscode from 'vscode';
import { l10n } from 'vscode';
import type { OpenProposal } from '../../providers/selection/openProposal.ts';

/**
 * Where an action offers several results, such as titles: lets the person choose, and puts the chosen one in.
 * @returns false when there is only one, which is shown as any other proposal
 */
export async function chooseCandidate(proposal: OpenProposal): Promise<boolean> {
  const { session, task } = proposal;
  const [only, ...others] = session.proposals;
  if (!only || others.length > 0 || only.candidates.length < 2) return false;
  const [best] = only.candidates;
  const items = only.candidates.map(({ text }) => ({ label: text }));
  const placeHolder = l10n.t('Choose one to put it in');
  const picked = await vscode.window.showQuickPick(items, { title: task.title, placeHolder });
  if (picked && !proposal.isClosed) {
    // the result may hold more than the candidate: the mark of a heading, the text around a word
    const text = only.text.replace(best!.text, () => picked.label);
    session.settle(0, { ...only, text, changes: [], candidates: [] });
    await proposal.accept('all');
  }
  proposal.dispose();
  return true;
}
