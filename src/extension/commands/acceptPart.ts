import * as vscode from 'vscode';
import { l10n } from 'vscode';
import type { SuggestionWatch } from '../../providers/completion/suggestionWatch.ts';
import type { Decision, DecisionLog } from '../../writing/completion/decision.ts';
import { nextWord } from '../../writing/completion/segment.ts';
import { reasonText } from '../reasonTexts.ts';
import { hindranceIn } from './whyNothing.ts';

/** Where a part of a suggestion goes. */
interface Place {
  readonly editor: vscode.TextEditor;
  readonly caret: vscode.Position;
  /** the line up to the caret */
  readonly before: string;
  /** what is suggested there */
  readonly text: string;
}

/** What to accept of a suggestion, given the line before it; '' leaves it to the editor. */
export type Cut = (text: string, before: string) => string;

/** What suggests while suggestions are switched on. */
interface Suggesting {
  readonly watch: SuggestionWatch;
  /** undefined until the first suggestion is asked for */
  readonly nextSentence: Cut | undefined;
  /** what is taken brings along the blank behind it */
  readonly spaceAfterWord: (document: vscode.TextDocument) => boolean;
}

/** How often an edit is tried again that came too late for the text that it was made for. */
const tries = 10;

/**
 * Takes the beginning of a suggestion. A key comes here from the editor's window and the edit goes back there: whoever
 * presses again or types on meanwhile gets what was on screen when the key was pressed, all in the order of the keys.
 */
export class PartAcceptance {
  /** what is left for the next key, until the editor has made all edits */
  #underway: Place | undefined;
  #edits = Promise.resolve(true);
  readonly #suggesting: () => Suggesting | undefined;

  constructor(suggesting: () => Suggesting | undefined) {
    this.#suggesting = suggesting;
  }

  /** knows our suggestion on screen */
  get #watch(): SuggestionWatch | undefined {
    return this.#suggesting()?.watch;
  }

  /**
   * A word with the blanks before it. The editor's own command, on whose key this is, takes blanks apart from words:
   * whoever presses twice and types on has two blanks. It also knows no words in scripts without blanks.
   */
  word(): Promise<void> {
    return this.#accept('editor.action.inlineSuggest.acceptNextWord', nextWord);
  }

  /** The editor has no command for this; without a suggestion of ours the nearest is its accept-line. */
  sentence(): Promise<void> {
    const cut = this.#suggesting()?.nextSentence ?? (() => '');
    return this.#accept('editor.action.inlineSuggest.acceptNextLine', cut);
  }

  /**
   * Inserts the beginning of the suggestion at the caret as one step of undo, and asks for the rest.
   * @param builtIn the editor's command to run where we have nothing to cut
   */
  async #accept(builtIn: string, cut: Cut): Promise<void> {
    const { activeTextEditor: editor } = vscode.window;
    if (editor && editor.selections.length > 1) {
      const done = this.#edits.then(() => this.#insertAtAll(editor, builtIn, cut));
      this.#edits = done.then(
        () => true,
        () => true,
      );
      return done;
    }
    const place = this.#underway ?? placeAtCaret(this.#watch);
    const part = place ? this.#withBlank(place, cut(place.text, place.before)) : '';
    if (!place || part === '') {
      await vscode.commands.executeCommand(builtIn);
      return;
    }
    if (part === place.text && !this.#underway) {
      await vscode.commands.executeCommand('editor.action.inlineSuggest.commit');
      return;
    }
    const rest = placeBehind(place, part);
    this.#underway = rest;
    this.#edits = this.#edits.then((taken) => taken && this.#insert(place, part));
    const isTaken = await this.#edits;
    if (this.#underway !== rest) return; // a later key goes on from here
    this.#underway = undefined;
    this.#edits = Promise.resolve(true);
    if (isTaken && /\S $/u.test(rest.before)) {
      const { document } = rest.editor;
      this.#watch?.taken(document, document.offsetAt(rest.caret) - 1);
    }
    await vscode.commands.executeCommand('editor.action.inlineSuggest.trigger');
  }

  /** The part with the blank behind it, where the suggestion goes on with one and nothing else stands right of it. */
  #withBlank({ editor: { document }, caret, text }: Place, part: string): string {
    if (part === '' || !/^ (?:\S|$)/u.test(text.slice(part.length))) return part;
    const isAtLineEnd = lineBehind(document, caret) === '' || this.#underway !== undefined;
    return isAtLineEnd && this.#suggesting()?.spaceAfterWord(document) ? `${part} ` : part;
  }

  /** With several carets each of them gets the part, as each gets all of a suggestion from the editor. */
  async #insertAtAll(editor: vscode.TextEditor, builtIn: string, cut: Cut): Promise<void> {
    const { active } = editor.selection;
    const text = this.#watch?.at(editor.document, active)?.text ?? '';
    const part = text && cut(text, lineBefore(editor, active));
    if (part === '' || part === text) {
      await vscode.commands.executeCommand(part === '' ? builtIn : 'editor.action.inlineSuggest.commit');
      return;
    }
    this.#watch?.takes(part);
    await editor.edit((edit) => {
      for (const selection of editor.selections) edit.insert(selection.active, part);
    });
    await vscode.commands.executeCommand('editor.action.inlineSuggest.trigger');
  }

  /** @returns false when the text before the place is another by now */
  async #insert({ editor, caret, before }: Place, part: string): Promise<boolean> {
    for (let left = tries; left > 0 && lineBefore(editor, caret) === before; left--) {
      const undo = { undoStopBefore: true, undoStopAfter: true };
      this.#watch?.takes(part);
      if (await editor.edit((edit) => edit.insert(caret, part), undo)) return true;
    }
    return false;
  }
}

function placeAtCaret(watch: SuggestionWatch | undefined): Place | undefined {
  const editor = vscode.window.activeTextEditor;
  if (!editor) return undefined;
  const caret = editor.selection.active;
  const shown = watch?.at(editor.document, caret);
  return shown && { editor, caret, before: lineBefore(editor, caret), text: shown.text };
}

/** The place once `part` stands before it. */
function placeBehind({ editor, caret, before, text }: Place, part: string): Place {
  const lines = (before + part).split('\n');
  const last = lines.at(-1)!;
  return {
    editor,
    caret: new vscode.Position(caret.line + lines.length - 1, last.length),
    before: last,
    text: text.slice(part.length),
  };
}

const lineBefore = ({ document }: vscode.TextEditor, { line, character }: vscode.Position): string =>
  line < document.lineCount ? document.lineAt(line).text.slice(0, character) : '';

const lineBehind = (document: vscode.TextDocument, { line, character }: vscode.Position): string =>
  document.lineAt(line).text.slice(character);

const messageMs = 4000;

/**
 * Asks at the caret, whatever the editor would do by itself. Whoever asks gets an answer: if nothing came, the reason. The
 * editor asks nobody while suggestions are turned off, nor a second time where nothing has changed.
 * @param isOn suggestions are turned on at all
 * @returns whether a suggestion is on screen
 */
export async function suggestNow(decisions: DecisionLog, isOn: boolean): Promise<boolean> {
  const [before] = decisions.newestFirst;
  await vscode.commands.executeCommand('editor.action.inlineSuggest.trigger');
  const [decision] = decisions.newestFirst;
  const result = decision && (decision !== before || isAtCaret(decision)) ? decision.result : undefined;
  const hindrance = decision === before && hindranceIn(vscode.window.activeTextEditor?.document);
  if (!isOn) tell(l10n.t('Turned off'));
  else if (hindrance) tell(hindrance.title);
  else if (result === 'shown') return true;
  else if (result !== undefined && result !== 'cancelled') tell(reasonText(result).title);
  return false;
}

const tell = (what: string) => vscode.window.setStatusBarMessage(`Inkling: ${what}`, messageMs);

/** It was about the line that the caret is still in. */
function isAtCaret({ documentId, line }: Decision): boolean {
  const editor = vscode.window.activeTextEditor;
  return editor?.document.uri.toString() === documentId && editor.selection.active.line + 1 === line;
}
