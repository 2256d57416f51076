import * as vscode from 'vscode';
import type { SuggestionWatch } from '../../providers/completion/suggestionWatch.ts';
import { nextSentence, nextWord, startsUnspaced } from '../../writing/completion/segment.ts';

/** The editor's own command finds the next word by spaces; scripts without spaces need the segmenter's words. */
export function acceptWord(watch: SuggestionWatch | undefined): Thenable<unknown> {
  const builtIn = 'editor.action.inlineSuggest.acceptNextWord';
  return acceptPart(watch, builtIn, (text) => {
    const word = nextWord(text);
    return startsUnspaced(word.trimStart()) ? word : undefined;
  });
}

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
