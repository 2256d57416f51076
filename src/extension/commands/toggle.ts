import * as vscode from 'vscode';
import { l10n } from 'vscode';
import { isLanguageOn, isSwitchedOn, switchLanguage, switchOn } from '../settings.ts';

export const toggle = (): Thenable<void> => switchOn(!isSwitchedOn());

/** Switches Inkling on or off for the language of the document in front. */
export async function toggleLanguage(): Promise<void> {
  const languageId = vscode.window.activeTextEditor?.document.languageId;
  if (languageId === undefined) {
    await vscode.window.showInformationMessage(l10n.t('Open a document first: the switch is for its language.'));
    return;
  }
  await switchLanguage(languageId, !isLanguageOn(languageId));
}
