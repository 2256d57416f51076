import * as vscode from 'vscode';
import { type KindOfEdit, kindOfEdit, type TextChange } from '../../writing/completion/textChange.ts';

/**
 * Keys that follow each other faster, three of them, are typed without looking: the hand runs, until it has pressed none for as
 * long; with the key after a pause it runs again (docs/adr/0034).
 */
const runningMs = 200;
const runningGaps = 2;
/** Visible characters that one key can add: a pair of brackets, an emoji. More are pasted, or taken from a suggestion. */
const maxKeyChars = 2;

interface LastEdit {
  readonly kind: KindOfEdit;
  /** when something was typed last */
  readonly keyMs: number;
  /** in a row: how often a key came fast after another */
  readonly run: number;
}

const none: LastEdit = { kind: 'none', keyMs: -runningMs, run: 0 };

/** Remembers, for each open document, what the person did last in it, and how fast the hand is. */
export class LastEdits implements vscode.Disposable {
  readonly #edits = new Map<string, LastEdit>();
  readonly #isOfNobody: (event: vscode.TextDocumentChangeEvent) => boolean;
  readonly #listeners = vscode.Disposable.from(
    vscode.workspace.onDidChangeTextDocument((event) => {
      const { document, contentChanges, reason } = event;
      if (contentChanges.length === 0 || this.#isOfNobody(event)) return; // without changes: only the dirty flag
      const kind = kindOfEdit(contentChanges, reason !== undefined);
      this.#edits.set(document.uri.toString(), following(this.#of(document), kind, contentChanges.every(isOfKey)));
    }),
    vscode.workspace.onDidCloseTextDocument((document) => this.#edits.delete(document.uri.toString())),
  );

  /** @param isOfNobody the extension made the change by itself */
  constructor(isOfNobody: (event: vscode.TextDocumentChangeEvent) => boolean = () => false) {
    this.#isOfNobody = isOfNobody;
  }

  of(document: vscode.TextDocument): KindOfEdit {
    return this.#of(document).kind;
  }

  /** Milliseconds until a hand that types fast has come to rest; 0: it rests, or takes its time between two keys. */
  untilRestMs(document: vscode.TextDocument): number {
    const { keyMs, run } = this.#of(document);
    return run < runningGaps ? 0 : Math.max(0, keyMs + runningMs - performance.now());
  }

  dispose(): void {
    this.#listeners.dispose();
  }

  #of(document: vscode.TextDocument): LastEdit {
    return this.#edits.get(document.uri.toString()) ?? none;
  }
}

/** An input method puts all that has been composed so far in the place of what it was; a new line may be indented. */
const isOfKey = ({ text, rangeLength }: TextChange) => text.trim().length - rangeLength <= maxKeyChars;

function following(last: LastEdit, kind: KindOfEdit, isKey: boolean): LastEdit {
  if (kind !== 'insert') return { ...last, kind };
  const keyMs = performance.now();
  if (!isKey) return { kind, keyMs, run: 0 };
  const afterPause = last.run > runningGaps ? runningGaps : 0; // one pause does not make a hand slow, a second does
  return { kind, keyMs, run: keyMs - last.keyMs < runningMs ? last.run + 1 : afterPause };
}
