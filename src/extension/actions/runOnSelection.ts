import * as vscode from 'vscode';
import { l10n } from 'vscode';
import { InklingError } from '../../protocol/errors.ts';
import { isWritten } from '../../providers/completion/documentSelector.ts';
import type { ActionTask, RunAction } from '../../providers/selection/actionTask.ts';
import type { OpenProposal } from '../../providers/selection/openProposal.ts';
import type { Proposals } from '../../providers/selection/proposals.ts';
import { targetsOf } from '../../providers/selection/targets.ts';
import { chooseCandidate } from './chooseCandidate.ts';
import { refusalMessage, refusalText } from './refusalTexts.ts';

/** How long a line about what happens stays in the status bar. */
const messageMs = 6000;

/**
 * Runs a task on what is selected in the editor in front, or on the paragraph at the caret, and leaves its proposal open.
 * @throws InklingError when the engine failed
 */
export async function runOnSelection(
  task: ActionTask,
  proposals: Proposals,
  run: RunAction,
  input: 'selection' | 'document' = 'selection',
): Promise<void> {
  const editor = vscode.window.activeTextEditor;
  if (!editor) return tell(l10n.t('Open a document first.'));
  const { document } = editor;
  if (task.output !== 'panel' && (await isReadOnly(document))) {
    return tell(l10n.t('This document cannot be changed: it is read-only.'));
  }
  const text = document.getText();
  const selected = editor.selections.map(({ start, end }) => ({
    start: document.offsetAt(start),
    end: document.offsetAt(end),
  }));
  const selections = input === 'document' ? [{ start: 0, end: text.length }] : selected;
  const targets = targetsOf(text, selections, task.output);
  if (targets.length === 0) return tell(refusalText('emptySelection'));
  if (selections.every(({ start, end }) => start === end)) {
    const message = l10n.t('{0}: nothing is selected, so it works on the paragraph at the caret', task.title);
    vscode.window.setStatusBarMessage(message, messageMs);
  }
  const proposal = proposals.open({ document, task, targets, run });
  await proposal.run();
  await conclude(proposal);
}

/**
 * After a run: says why there is nothing, and closes what is empty.
 * @throws InklingError when the engine failed and nothing came of it
 */
export async function conclude(proposal: OpenProposal): Promise<void> {
  const { session } = proposal;
  if (proposal.isClosed || session.isRunning) return;
  if (await chooseCandidate(proposal)) return;
  const isEmpty = session.output === 'panel' ? session.text === '' : session.changes.length === 0;
  if (!isEmpty) return;
  proposal.dispose();
  const failed = session.outcomes.find((outcome) => outcome.kind === 'failed');
  if (failed) throw failed.error;
  const refused = session.outcomes.find((outcome) => outcome.kind === 'none');
  const reason = refused?.reason ?? (session.proposals.length > 0 ? 'nothingToChange' : undefined);
  if (reason === undefined) return; // cancelled
  if (reason === 'nothingToChange') {
    vscode.window.setStatusBarMessage(`Inkling: ${refusalText(reason)}`, messageMs);
  } else {
    await tell(refused ? refusalMessage(refused) : refusalText(reason));
  }
}

async function isReadOnly(document: vscode.TextDocument): Promise<boolean> {
  const { uri } = document;
  if (!isWritten(document)) return true;
  if (vscode.workspace.fs.isWritableFileSystem(uri.scheme) === false) return true;
  if (document.isUntitled || uri.scheme !== 'file') return false;
  const permissions = await vscode.workspace.fs.stat(uri).then(
    (stat) => stat.permissions ?? 0,
    () => 0, // deleted meanwhile: its text can still be edited, and saved anew
  );
  return (permissions & vscode.FilePermission.Readonly) !== 0;
}

async function tell(message: string): Promise<void> {
  await vscode.window.showInformationMessage(message);
}

/** For commands that need the engine while Inkling is switched off. */
export const switchedOffError = (): InklingError =>
  new InklingError('modelNotLoaded', l10n.t('Inkling is switched off.'));
