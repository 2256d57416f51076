import * as vscode from 'vscode';
import type { SuggestionWatch } from '../../providers/completion/suggestionWatch.ts';
import { nextSentence, nextWord } from '../../writing/completion/segment.ts';
import type { DecisionLog } from '../decisionLog.ts';
import { reasonText } from '../reasonTexts.ts';

/**
 * A word with the blanks before it. The editor's own command, on whose key this is, takes blanks apart from words: whoever
 * presses twice and types on has two blanks. It also knows no words in scripts without blanks.
 */
export const acceptWord = (watch: SuggestionWatch | undefined): Thenable<unknown> =>
  acceptPart(watch, 'editor.action.inlineSuggest.acceptNextWord', nextWord);

/** The editor has no command for this; without a suggestion of ours the nearest is its accept-line. */
export function acceptSentence(watch: SuggestionWatch | undefined): Thenable<unknown> {
  return acceptPart(watch, 'editor.action.inlineSuggest.acceptNextLine', (text, before) => nextSentence(text, before));
}

/**
 * Inserts the beginning of the suggestion at the caret as one step of undo, and asks for the rest.
 * @param builtIn the editor's command to run where we have nothing to cut
 * @param cut what to accept, given the suggestion and the line before it; undefined leaves it to `builtIn`
 */
async function acceptPart(
  watch: SuggestionWatch | undefined,
  builtIn: string,
  cut: (text: string, before: string) => string | undefined,
): Promise<void> {
  const editor = vscode.window.activeTextEditor;
  const caret = editor?.selection.active;
  const shown = editor && caret && editor.selections.length === 1 ? watch?.at(editor.document, caret) : undefined;
  const before = editor && caret ? editor.document.lineAt(caret).text.slice(0, caret.character) : '';
  const part = shown && cut(shown.text, before);
  if (!editor || !caret || !shown || !part) {
    await vscode.commands.executeCommand(builtIn);
  } else if (part === shown.text) {
    await vscode.commands.executeCommand('editor.action.inlineSuggest.commit');
  } else {
    await editor.edit((edit) => edit.insert(caret, part), { undoStopBefore: true, undoStopAfter: true });
    await vscode.commands.executeCommand('editor.action.inlineSuggest.trigger');
  }
}

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
