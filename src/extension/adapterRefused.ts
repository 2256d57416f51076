import * as vscode from 'vscode';
import { l10n } from 'vscode';
import type { InklingError } from '../protocol/errors.ts';

/** Tells once per reason that an adapter is switched on and not used. @returns what to call for every refusal */
export function adapterRefusals(log: vscode.LogOutputChannel): (name: string, reason: InklingError) => void {
  const told = new Set<string>();
  return (name, { message }) => {
    log.warn(`adapter ${name}: ${message}`);
    if (told.has(message)) return;
    told.add(message);
    const show = l10n.t('Show the adapters');
    const text = l10n.t('The adapter “{0}” is not used. {1}', name, message);
    void vscode.window.showWarningMessage(text, show).then((answer) => {
      if (answer === show) void vscode.commands.executeCommand('inkling.adapters');
    });
  };
}
