import * as vscode from 'vscode';
import { judgeChange, type ShownSuggestion, type Verdict } from '../../writing/completion/textChange.ts';

/** What was written over sooner than this had hardly been read: it was not rejected. */
const readingMs = 300;

/** A verdict, with what it is about. */
export interface Judgement {
  readonly verdict: Verdict;
  /** as it stood before the change */
  readonly shown: ShownSuggestion;
  /** what the change put in its place; '' for a deletion */
  readonly inserted: string;
  readonly document: vscode.TextDocument;
}

/** Follows the one suggestion that is on screen, and says what became of it. */
export class SuggestionWatch implements vscode.Disposable {
  #shown: ShownSuggestion | undefined;
  #shownAtMs = 0;
  /** of the suggestion that was accepted last */
  #acceptedId = 0;
  readonly #verdicts = new vscode.EventEmitter<Verdict>();
  readonly #judgements = new vscode.EventEmitter<Judgement>();
  readonly #listeners = vscode.Disposable.from(
    this.#verdicts,
    this.#judgements,
    vscode.workspace.onDidChangeTextDocument((event) => this.#onChange(event)),
    vscode.window.onDidChangeActiveTextEditor(() => this.forget()),
  );

  get onVerdict(): vscode.Event<Verdict> {
    return this.#verdicts.event;
  }

  /** The verdicts that were read off a change, with the text that they are about. */
  get onJudgement(): vscode.Event<Judgement> {
    return this.#judgements.event;
  }

  /** The editor was given `suggestion`; it takes the place of the one before. */
  show(suggestion: ShownSuggestion): void {
    this.#shown = suggestion;
    this.#shownAtMs = performance.now();
  }

  /** The suggestion went away without a word about it. */
  forget(): void {
    this.#shown = undefined;
  }

  /** The suggestion of which a part can be accepted at `position`; undefined when none stands there. */
  at(document: vscode.TextDocument, position: vscode.Position): ShownSuggestion | undefined {
    if (this.#shown?.documentId !== document.uri.toString()) return undefined;
    return this.#shown.offset === document.offsetAt(position) ? this.#shown : undefined;
  }

  /** The editor ran the suggestion's command: all of it was accepted, whatever the change looked like. */
  acceptedAll(id: number): void {
    if (id === this.#acceptedId) return; // the change said so already
    this.#acceptedId = id;
    this.#verdicts.fire({ kind: 'acceptedAll' });
  }

  dispose(): void {
    this.#listeners.dispose();
  }

  #onChange(event: vscode.TextDocumentChangeEvent): void {
    const shown = this.#shown;
    if (shown === undefined || event.contentChanges.length === 0) return;
    if (shown.documentId !== event.document.uri.toString()) return;
    const verdict = judgeChange(shown, event.contentChanges, event.reason !== undefined);
    this.#shown = restOf(shown, verdict);
    if (verdict.kind === 'acceptedAll') this.#acceptedId = shown.id;
    const wasRead = performance.now() - this.#shownAtMs >= readingMs;
    if (verdict.kind === 'rejected' && !wasRead) return;
    this.#verdicts.fire(verdict);
    const [{ text: inserted } = { text: '' }] = event.contentChanges;
    this.#judgements.fire({ verdict, shown, inserted, document: event.document });
  }
}

/** The part of a suggestion that still stands after `verdict`. */
function restOf(shown: ShownSuggestion, verdict: Verdict): ShownSuggestion | undefined {
  if (verdict.kind !== 'acceptedPart' && verdict.kind !== 'typedThrough') return undefined;
  const text = shown.text.slice(verdict.chars);
  return text === '' ? undefined : { ...shown, offset: shown.offset + verdict.chars, text };
}
