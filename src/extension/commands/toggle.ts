import * as vscode from 'vscode';
import { l10n } from 'vscode';
import type { Settings } from '../settings/settings.ts';
import { switchLanguage, switchOn } from '../settings.ts';

export const toggle = ({ general }: Settings): Thenable<void> => switchOn(!general.enabled);

/** Switches Inkling on or off for the language of the document in front. */
export async function toggleLanguage(settings: Settings): Promise<void> {
  const languageId = vscode.window.activeTextEditor?.document.languageId;
  if (languageId === undefined) {
    await vscode.window.showInformationMessage(l10n.t('Open a document first: the switch is for its language.'));
    return;
  }
  await switchLanguage(languageId, !settings.isLanguageOn(languageId));
}
