import * as vscode from 'vscode';
import { l10n } from 'vscode';
import { type Settings, switchLanguage, switchOn } from '../settings/settings.ts';
import type { Pause } from '../whileSwitchedOn.ts';

const pauseMinutes = 30;

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

/** Pauses suggestions for a while, or ends the pause. */
export function togglePause(pause: Pause): void {
  if (pause.until === undefined) pause.start(pauseMinutes);
  else pause.end();
}
