import * as vscode from 'vscode';
import { fateOfBlank } from '../../writing/completion/blankBehind.ts';

/** A blank that came along with what was taken. */
interface TakenBlank {
  readonly document: vscode.TextDocument;
  /** where it stands or stood, in UTF-16 code units */
  readonly offset: number;
  /** in the document, as far as the editor has told */
  stands: boolean;
  /** whether it is to stand */
  isWanted: boolean;
  /** behind it, until it is sure whether it stays */
  typed: string;
}

/** How much of the text before it decides. */
const beforeChars = 8_000;
/** How often an edit is tried again that came too late for the text that it was made for. */
const tries = 10;

/**
 * Takes back a blank that came along with a word, where a mark, a line end or another blank is typed behind it, or the caret
 * leaves its line: docs/adr/0042. What it does belongs to the key's step of undo.
 */
export class TakenBlanks {
  /** not sure yet */
  #blank: TakenBlank | undefined;
  /** the editor is asked to put it in or to take it out */
  #edited: TakenBlank | undefined;
  #edits = Promise.resolve();
  readonly #onWithdrawn: () => void;

  /** @param onWithdrawn told of each blank that does not stay */
  constructor(onWithdrawn: () => void) {
    this.#onWithdrawn = onWithdrawn;
  }

  /** Text was taken; its last character, which stands at `offset`, is a blank that came along. */
  taken(document: vscode.TextDocument, offset: number): void {
    this.#blank = { document, offset, stands: true, isWanted: true, typed: '' };
  }

  /** Nobody typed this change: it puts in or takes out a blank, no more. */
  isOwn({ document, contentChanges: [change, ...others] }: vscode.TextDocumentChangeEvent): boolean {
    const own = this.#edited;
    if (own?.document !== document || change?.rangeOffset !== own.offset || others.length > 0) return false;
    return own.isWanted
      ? change.text === ' ' && change.rangeLength === 0
      : change.text === '' && change.rangeLength === 1;
  }

  /**
   * To be told of every change, before anybody judges it.
   * @returns whether it leaves all as it was in the end: a blank that was typed once more, and what takes one of the two out
   */
  changed(event: vscode.TextDocumentChangeEvent): boolean {
    const { document, contentChanges, reason } = event;
    if (this.isOwn(event)) {
      const own = this.#edited!;
      own.stands = own.isWanted;
      return own.typed === ' ';
    }
    const blank = this.#blank;
    if (blank?.document !== document || contentChanges.length === 0) return false;
    const [change, ...others] = contentChanges;
    const end = blank.offset + (blank.stands ? 1 : 0) + blank.typed.length;
    const isTyped = change!.rangeOffset === end && change!.rangeLength === 0 && others.length === 0;
    if (!isTyped || reason !== undefined) {
      this.#blank = undefined;
      return false;
    }
    this.#typed(blank, change!.text);
    return blank.typed === ' ';
  }

  /** What was typed while the edit that took the word was on its way stands behind the blank by now. */
  settle(): void {
    const blank = this.#blank;
    if (!blank || blank.typed !== '') return;
    const { line, character } = blank.document.positionAt(blank.offset + 1);
    const behind = blank.document.lineAt(line).text.slice(character);
    if (behind !== '') this.#typed(blank, behind);
  }

  /** A caret moved. */
  moved({ document, selection }: vscode.TextEditor): void {
    const blank = this.#blank;
    if (blank?.document !== document || blank.typed !== '') return;
    if (document.positionAt(blank.offset).line === selection.active.line) return;
    this.#blank = undefined;
    this.#want(blank, false); // whoever leaves the line has ended it
  }

  #typed(blank: TakenBlank, text: string): void {
    const { document, offset } = blank;
    blank.typed += text;
    const before = document.getText(rangeOf(document, Math.max(0, offset - beforeChars), offset));
    const { stands, isSure } = fateOfBlank(blank.typed, { before, languageId: document.languageId });
    if (isSure) this.#blank = undefined;
    if (isSure && !stands) this.#onWithdrawn();
    this.#want(blank, stands);
  }

  #want(blank: TakenBlank, stands: boolean): void {
    blank.isWanted = stands;
    this.#edits = this.#edits.then(() => this.#edit(blank));
  }

  /** Has the blank stand as it is wanted, if the text is still what it was there. */
  async #edit(blank: TakenBlank): Promise<void> {
    const { document, offset } = blank;
    const undo = { undoStopBefore: false, undoStopAfter: false };
    this.#edited = blank;
    for (let left = tries; left > 0 && blank.stands !== blank.isWanted; left--) {
      const stood = blank.stands ? ' ' : '';
      const standing = document.getText(rangeOf(document, offset, offset + stood.length + blank.typed.length));
      const editor = vscode.window.activeTextEditor;
      if (editor?.document !== document || standing !== stood + blank.typed) break;
      const place = rangeOf(document, offset, offset + stood.length);
      await editor.edit((edit) => edit.replace(place, blank.isWanted ? ' ' : ''), undo);
    }
    this.#edited = undefined;
  }
}

const rangeOf = (document: vscode.TextDocument, start: number, end: number): vscode.Range =>
  new vscode.Range(document.positionAt(start), document.positionAt(end));
