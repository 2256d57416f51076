import * as vscode from 'vscode';
import type { DecisionLog } from '../decisionLog.ts';
import { reasonText } from '../reasonTexts.ts';

const messageMs = 4000;

/**
 * Asks at the caret, whatever the editor would do by itself. Whoever asks gets an answer: if nothing came, the reason.
 * @returns whether a suggestion is on screen
 */
export async function suggestNow(decisions: DecisionLog): Promise<boolean> {
  const [before] = decisions.newestFirst;
  await vscode.commands.executeCommand('editor.action.inlineSuggest.trigger');
  const [decision] = decisions.newestFirst;
  if (!decision || decision === before || decision.result === 'cancelled') return false;
  if (decision.result === 'shown') return true;
  vscode.window.setStatusBarMessage(`Inkling: ${reasonText(decision.result).title}`, messageMs);
  return false;
}
