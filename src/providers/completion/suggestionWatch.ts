import * as vscode from 'vscode';
import {
  changesAt,
  judgeChange,
  readingMs,
  type ShownSuggestion,
  type Verdict,
} from '../../writing/completion/textChange.ts';
import type { TakenBlanks } from './takenBlanks.ts';

/** A verdict, with what it is about. */
export interface Judgement {
  readonly verdict: Verdict;
  /** as it stood before the change */
  readonly shown: ShownSuggestion;
  /** what the change put in its place; '' for a deletion */
  readonly inserted: string;
  readonly document: vscode.TextDocument;
  /** it had been on screen for long enough to be read */
  readonly wasRead: boolean;
}

/** What else becomes known of suggestions. */
export type SuggestionEvent =
  /** the editor was given one, or the rest of one */
  | { readonly kind: 'shown'; readonly shown: ShownSuggestion; readonly document: vscode.TextDocument }
  /** the last change took all of it; comes after the judgement of that change */
  | { readonly kind: 'acceptedAll'; readonly id: number }
  /** the blank that came along with what was taken last is taken back */
  | { readonly kind: 'blankWithdrawn' }
  /** text before it was changed: it stands so much further on */
  | { readonly kind: 'moved'; readonly by: number }
  /** it went: the caret is elsewhere, another editor came to the front, or an answer took it away */
  | { readonly kind: 'left' };

/** Follows the one suggestion that is on screen, and says what became of it. */
export class SuggestionWatch implements vscode.Disposable {
  #shown: ShownSuggestion | undefined;
  #shownAtMs = 0;
  /** part that a command is about to insert */
  #taking: string | undefined;
  /** of the suggestion that was accepted last */
  #acceptedId = 0;
  readonly #verdicts = new vscode.EventEmitter<Verdict>();
  readonly #judgements = new vscode.EventEmitter<Judgement>();
  readonly #events = new vscode.EventEmitter<SuggestionEvent>();
  /** undefined until blanks come along with what is taken */
  #blanks: TakenBlanks | undefined;
  readonly #listeners = vscode.Disposable.from(
    this.#verdicts,
    this.#judgements,
    this.#events,
    vscode.workspace.onDidChangeTextDocument((event) => this.#onChange(event)),
    vscode.workspace.onWillSaveTextDocument((event) => this.#blanks && event.waitUntil(this.#blanks.edited())),
    vscode.window.onDidChangeActiveTextEditor(() => this.left()),
    vscode.window.onDidChangeTextEditorSelection(({ textEditor }) => this.#onCaret(textEditor)),
  );

  get onVerdict(): vscode.Event<Verdict> {
    return this.#verdicts.event;
  }

  /** What was read off a change, with the text that it is about; also where it was too soon to call it a rejection. */
  get onJudgement(): vscode.Event<Judgement> {
    return this.#judgements.event;
  }

  get onEvent(): vscode.Event<SuggestionEvent> {
    return this.#events.event;
  }

  /** From now on blanks that come along with what is taken are followed; what that needs is not read before. */
  async followBlanks(): Promise<void> {
    const { TakenBlanks } = await import('./takenBlanks.ts');
    this.#blanks ??= new TakenBlanks(() => this.#events.fire({ kind: 'blankWithdrawn' }));
  }

  /** The editor was given `suggestion`; it takes the place of the one before. */
  show(suggestion: ShownSuggestion, document: vscode.TextDocument): void {
    this.#shown = suggestion;
    this.#shownAtMs = performance.now();
    this.#events.fire({ kind: 'shown', shown: suggestion, document });
  }

  /** A command inserts `part` of the suggestion next: the change is no typing, be it one letter. */
  takes(part: string): void {
    this.#taking = part;
  }

  /** All that was on its way to be taken is there, and ends in a blank at `blankOffset`. */
  taken(document: vscode.TextDocument, blankOffset: number): void {
    this.#blanks?.settle(document, blankOffset);
  }

  /** The change is no key's: it takes back a blank that came along with a word. */
  isOfBlank(event: vscode.TextDocumentChangeEvent): boolean {
    return this.#blanks?.isOwn(event) ?? false;
  }

  /** The suggestion went away without a word about it. */
  left(): void {
    this.#shown = undefined;
    this.#events.fire({ kind: 'left' });
  }

  /** Takes the suggestion off the screen, if there is one: what it was made under holds no more. */
  takeAway(): void {
    if (this.#shown === undefined) return; // nor may one of another extension go
    this.left();
    void vscode.commands.executeCommand('editor.action.inlineSuggest.hide');
  }

  /** The suggestion of which a part can be accepted at `position`; undefined when none stands there. */
  at(document: vscode.TextDocument, position: vscode.Position): ShownSuggestion | undefined {
    if (this.#shown?.documentId !== document.uri.toString()) return undefined;
    return this.#shown.offset === document.offsetAt(position) ? this.#shown : undefined;
  }

  /** The editor ran the suggestion's command: all of it was accepted, whatever the change looked like. */
  acceptedAll(id: number): void {
    this.#events.fire({ kind: 'acceptedAll', id });
    if (id === this.#acceptedId) return; // the change said so already
    this.#acceptedId = id;
    this.#verdicts.fire({ kind: 'acceptedAll' });
  }

  dispose(): void {
    this.#listeners.dispose();
  }

  #onCaret(textEditor: vscode.TextEditor): void {
    const { activeTextEditor = textEditor } = vscode.window;
    if (textEditor !== activeTextEditor) return; // the same document may stand in another one, too
    this.#blanks?.moved(textEditor);
    const { document, selection } = textEditor;
    if (document.uri.toString() === this.#shown?.documentId && !this.at(document, selection.active)) this.left();
  }

  #onChange(event: vscode.TextDocumentChangeEvent): void {
    if (this.#blanks?.changed(event)) return;
    const stood = this.#shown;
    if (stood === undefined || event.contentChanges.length === 0) return;
    if (stood.documentId !== event.document.uri.toString()) return;
    const { here, movedBy } = changesAt(stood.offset, event.contentChanges);
    const shown = { ...stood, offset: stood.offset + movedBy };
    if (movedBy !== 0) this.#events.fire({ kind: 'moved', by: movedBy });
    this.#shown = shown;
    const isUndoOrRedo = event.reason !== undefined;
    if (here.length === 0 && !isUndoOrRedo) return;
    const [{ text: inserted } = { text: '' }] = here;
    const judged = judgeChange(stood, here, isUndoOrRedo);
    const isTake = judged.kind === 'typedThrough' && inserted === this.#taking;
    const verdict: Verdict = isTake ? { kind: 'acceptedPart', chars: judged.chars } : judged;
    this.#taking = undefined;
    this.#shown = restOf(shown, verdict);
    if (verdict.kind === 'acceptedAll') this.#acceptedId = shown.id;
    const wasRead = performance.now() - this.#shownAtMs >= readingMs;
    if (verdict.kind !== 'rejected' || wasRead) this.#verdicts.fire(verdict);
    this.#judgements.fire({ verdict, shown, inserted, document: event.document, wasRead });
    const isTaken = verdict.kind === 'acceptedAll' || verdict.kind === 'acceptedPart';
    if (isTaken && /\S $/u.test(inserted)) this.#blanks?.taken(event.document, shown.offset + inserted.length - 1);
  }
}

/** The part of a suggestion that still stands after `verdict`. */
function restOf(shown: ShownSuggestion, verdict: Verdict): ShownSuggestion | undefined {
  if (verdict.kind !== 'acceptedPart' && verdict.kind !== 'typedThrough') return undefined;
  const text = shown.text.slice(verdict.chars);
  return text.trim() === '' ? undefined : { ...shown, offset: shown.offset + verdict.chars, text };
}
