import path from 'node:path';
import * as vscode from 'vscode';
import { l10n } from 'vscode';
import { InklingError, messageOf } from '../../protocol/errors.ts';
import type { RunAction } from '../../providers/selection/proposed.ts';
import { provenance } from '../../providers/selection/provenance.ts';
import type { ActionListener, ActionOutcome, SummaryForm } from '../../writing/selection/selectionAction.ts';
import { errorMessage } from '../reasonTexts.ts';
import { actionTitle } from './actionTitles.ts';
import { refusalMessage } from './noteTexts.ts';

/**
 * Summarizes whole files one after the other into a new draft, which says of each how it was made and how much was read, or
 * why there is nothing. Stopped early, the draft holds what there is.
 * @throws what went wrong with the first one, where it went wrong with all
 */
export async function summarizeFiles(run: RunAction, form: SummaryForm, files: readonly vscode.Uri[]): Promise<void> {
  if (files.length === 0) return;
  const options = {
    location: vscode.ProgressLocation.Notification,
    title: actionTitle('summarize'),
    cancellable: true,
  };
  const sections = await vscode.window.withProgress(options, async (progress, token) => {
    const done: string[] = [];
    const errors: unknown[] = [];
    for (const uri of files) {
      if (token.isCancellationRequested) break;
      const name = path.posix.basename(uri.path);
      const listener: ActionListener = {
        onProgress: async ({ done: pieces, total }) => {
          progress.report({ message: `${name} ${pieces}/${total}` });
          await new Promise(setImmediate);
        },
      };
      const read = readFile(uri).then((file) => run({ action: 'summarize', form, ...file }, token, listener));
      const summary = await read.then(summaryOf).catch((error: unknown) => {
        errors.push(error);
        return errorMessage(error);
      });
      done.push(`## ${name}\n\n${summary}\n`);
    }
    if (errors.length > 0 && errors.length === done.length) throw errors[0];
    return done;
  });
  if (sections.length === 0) return;
  const content = `# ${l10n.t('Summaries')}\n\n${sections.join('\n')}`;
  await vscode.window.showTextDocument(await vscode.workspace.openTextDocument({ language: 'markdown', content }));
}

/**
 * A document that is open is read as it is on screen.
 * @throws InklingError where the editor cannot read it as text
 */
async function readFile(uri: vscode.Uri): Promise<{ text: string; languageId: string }> {
  const document = await Promise.resolve(vscode.workspace.openTextDocument(uri)).catch((error: unknown) => {
    throw new InklingError('fileAccess', messageOf(error));
  });
  return { text: document.getText(), languageId: document.languageId };
}

function summaryOf(outcome: ActionOutcome): string {
  if (outcome.kind === 'failed') throw outcome.error;
  if (outcome.kind === 'none') return refusalMessage(outcome);
  const proposal = outcome.kind === 'proposal' ? outcome : outcome.partial;
  if (!proposal) return l10n.t('Stopped before anything was written.');
  return `${proposal.text}\n\n*${provenance([proposal])}*`;
}

/** Files of the person's choice. @returns nothing when they gave up */
export async function chooseFiles(): Promise<readonly vscode.Uri[]> {
  const title = actionTitle('summarize');
  return (await vscode.window.showOpenDialog({ title, openLabel: title, canSelectMany: true })) ?? [];
}
