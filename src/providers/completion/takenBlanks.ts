import * as vscode from 'vscode';
import { decidingChars, fateOfBlank } from '../../writing/completion/blankBehind.ts';
import type { TextChange } from '../../writing/completion/textChange.ts';

/** A blank that came along with what was taken. */
interface TakenBlank {
  readonly document: vscode.TextDocument;
  /** where it stands or stood, in UTF-16 code units */
  offset: number;
  /** in the document, as far as the editor has told */
  stands: boolean;
  /** whether it is to stand */
  isWanted: boolean;
  /** behind it, until it is sure whether it stays */
  typed: string;
  /** somebody was told that it does not stay */
  isTold: boolean;
}

/** How often an edit is tried again that came too late for the text that it was made for. */
const tries = 10;
const taken = { stands: true, isWanted: true, typed: '', isTold: false };

/**
 * Takes back a blank that came along with a word, where a mark, a line end or another blank is typed behind it, or the caret
 * leaves its line: docs/adr/0042. What it does belongs to the key's step of undo.
 */
export class TakenBlanks {
  /** not sure yet */
  #blank: TakenBlank | undefined;
  /** the one that came last, also when it is sure: an undo may bring it back */
  #last: TakenBlank | undefined;
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
    this.#blank = { ...taken, document, offset };
    this.#last = this.#blank;
  }

  /** Nobody typed this change: it puts in or takes out a blank, no more. */
  isOwn({ document, contentChanges: [change, ...others], reason }: vscode.TextDocumentChangeEvent): boolean {
    const own = this.#edited;
    if (own?.document !== document || change?.rangeOffset !== own.offset) return false;
    if (others.length > 0 || reason !== undefined) return false;
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
      this.#move(event, own);
      own.stands = own.isWanted;
      return own.typed === ' ';
    }
    if (contentChanges.length === 0) return false;
    if (reason !== undefined) {
      this.#undone(event);
      return false;
    }
    const blank = this.#blank?.document === document ? this.#blank : undefined;
    const here = blank ? contentChanges.filter((change) => placeOf(change, blank) === 'here') : [];
    const typed = blank && here.length === 1 ? typedWith(here[0]!, blank) : undefined;
    this.#move(event);
    if (blank && typed !== undefined) this.#typed(blank, typed);
    else if (here.length > 0) this.#blank = undefined;
    return typed === ' ';
  }

  /** What stands behind a change goes on standing where it stood in the text. */
  #move({ document, contentChanges }: vscode.TextDocumentChangeEvent, except?: TakenBlank): void {
    for (const one of new Set([this.#blank, this.#edited, this.#last]))
      if (one?.document === document && one !== except) one.offset += movedBy(contentChanges, one);
  }

  /**
   * A command has put in the blank at `offset`. What was typed while the edit was on its way stands behind it by now, and may have
   * ended the suggestion, so that nobody told of the take.
   */
  settle(document: vscode.TextDocument, offset: number): void {
    const isKnown = this.#last?.document === document && this.#last.offset === offset;
    if (!isKnown && document.getText(rangeOf(document, offset, offset + 1)) === ' ') {
      this.#blank = { ...taken, document, offset, isTold: true };
      this.#last = this.#blank;
    }
    const blank = this.#blank;
    if (blank?.typed !== '') return;
    const { line, character } = blank.document.positionAt(blank.offset + 1);
    const behind = blank.document.lineAt(line).text.slice(character);
    if (behind !== '') this.#typed(blank, behind);
  }

  /** Resolves once no edit is on its way: what is saved then has no blank that is about to go. */
  edited(): Promise<void> {
    return this.#edits;
  }

  /** A caret moved. */
  moved({ document, selection }: vscode.TextEditor): void {
    const blank = this.#blank;
    if (blank?.document !== document || blank.typed !== '') return;
    if (document.positionAt(blank.offset).line === selection.active.line) return;
    this.#blank = undefined;
    this.#want(blank, false); // whoever leaves the line has ended it
  }

  /** After an undo or a redo it is to be decided upon again, if it stands at the end of its line once more. */
  #undone(event: vscode.TextDocumentChangeEvent): void {
    const { document, contentChanges } = event;
    this.#blank = undefined;
    const { offset } = this.#last ?? { offset: 0 };
    const isAround = ({ rangeOffset, text }: TextChange) =>
      rangeOffset <= offset + 1 && offset <= rangeOffset + text.length;
    const around = document.getText(rangeOf(document, Math.max(0, offset - 1), offset + 2));
    if (this.#last?.document !== document || !contentChanges.some(isAround) || !/^\S (?:[\r\n]|$)/u.test(around)) {
      this.#move(event);
      return;
    }
    this.#blank = { ...this.#last, stands: true, isWanted: true, typed: '' };
    this.#last = this.#blank;
  }

  /** @param typed all that is typed behind it by now */
  #typed(blank: TakenBlank, typed: string): void {
    const { document, offset } = blank;
    blank.typed = typed;
    const before = document.getText(rangeOf(document, Math.max(0, offset - decidingChars), offset));
    const { stands, isSure } = fateOfBlank(blank.typed, { before, languageId: document.languageId });
    if (isSure) this.#blank = undefined;
    if (isSure && !stands && !blank.isTold) {
      blank.isTold = true;
      this.#onWithdrawn();
    }
    this.#want(blank, stands);
  }

  #want(blank: TakenBlank, stands: boolean): void {
    blank.isWanted = stands;
    this.#edits = this.#edits.then(() => this.#edit(blank));
  }

  /** Has the blank stand as it is wanted, if the text is still what it was there. */
  async #edit(blank: TakenBlank): Promise<void> {
    const { document } = blank;
    const undo = { undoStopBefore: false, undoStopAfter: false };
    this.#edited = blank;
    for (let left = tries; left > 0 && blank.stands !== blank.isWanted; left--) {
      const { offset } = blank;
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

/** Where a change stands to a blank and what was typed behind it; one that joins the next line to them is `here`. */
function placeOf({ rangeOffset, rangeLength }: TextChange, blank: TakenBlank): 'before' | 'here' | 'behind' {
  const start = blank.offset + (blank.stands ? 1 : 0);
  if (rangeOffset > start + blank.typed.length) return 'behind';
  return rangeOffset < start && rangeOffset + rangeLength <= blank.offset ? 'before' : 'here';
}

const movedBy = (changes: readonly TextChange[], blank: TakenBlank): number =>
  changes
    .filter((change) => placeOf(change, blank) === 'before')
    .reduce((sum, { text, rangeLength }) => sum + text.length - rangeLength, 0);

/** What stands behind a blank after a change there; undefined where it took out more. Input methods replace what they wrote. */
function typedWith(
  { rangeOffset, rangeLength, text }: TextChange,
  { offset, stands, typed }: TakenBlank,
): string | undefined {
  const at = rangeOffset - offset - (stands ? 1 : 0);
  if (at < 0 || at + rangeLength > typed.length) return undefined;
  return typed.slice(0, at) + text + typed.slice(at + rangeLength);
}

const rangeOf = (document: vscode.TextDocument, start: number, end: number): vscode.Range =>
  new vscode.Range(document.positionAt(start), document.positionAt(end));
