import * as vscode from 'vscode';
import { l10n } from 'vscode';
import type { PlacedChange } from '../../../writing/proposal/proposalSession.ts';

/** What is wrong with a change, and its two verbs. */
export function changeHover(
  document: vscode.TextDocument,
  { id, lost, invented }: PlacedChange,
): vscode.MarkdownString {
  const hover = new vscode.MarkdownString('', true);
  hover.isTrusted = { enabledCommands: ['inkling.acceptChange', 'inkling.rejectChange'] };
  if (lost.length > 0) hover.appendText(`⚠ ${l10n.t('Lost: {0}', lost.join(', '))}`).appendMarkdown('\n\n');
  if (invented.length > 0) {
    hover.appendText(`⚠ ${l10n.t('Not in the text: {0}', invented.join(', '))}`).appendMarkdown('\n\n');
  }
  const target = [document.uri.toString(), id];
  hover.appendMarkdown(commandLink(`$(check) ${l10n.t('Accept')}`, 'inkling.acceptChange', target));
  hover.appendMarkdown(' · ');
  hover.appendMarkdown(commandLink(`$(close) ${l10n.t('Reject')}`, 'inkling.rejectChange', target));
  return hover;
}

const commandLink = (label: string, command: string, parameters: readonly unknown[]): string =>
  `[${label}](command:${command}?${encodeURIComponent(JSON.stringify(parameters))})`;
