import * as vscode from 'vscode';
import { type KindOfEdit, kindOfEdit } from '../../writing/completion/textChange.ts';

/**
 * Keys that follow each other faster, three of them, are typed without looking: the hand runs, until it has pressed none for as
 * long (docs/adr/0034).
 */
const runningMs = 200;
const runningGaps = 2;

/** Remembers, for each open document, what the person did last in it, and how fast the hand is. */
export class LastEdits implements vscode.Disposable {
  readonly #kinds = new Map<string, KindOfEdit>();
  #lastKeyMs = Number.NEGATIVE_INFINITY;
  /** in a row: how often a key came fast after another */
  #run = 0;
  readonly #listeners = vscode.Disposable.from(
    vscode.workspace.onDidChangeTextDocument(({ document, contentChanges, reason }) => {
      if (contentChanges.length === 0) return; // only the dirty flag changed
      const kind = kindOfEdit(contentChanges, reason !== undefined);
      this.#kinds.set(document.uri.toString(), kind);
      if (kind === 'insert') this.#keyPressed(performance.now());
    }),
    vscode.workspace.onDidCloseTextDocument((document) => this.#kinds.delete(document.uri.toString())),
  );

  of(document: vscode.TextDocument): KindOfEdit {
    return this.#kinds.get(document.uri.toString()) ?? 'none';
  }

  /** Milliseconds until a hand that types fast has come to rest; 0: it rests, or takes its time between two keys. */
  get untilRestMs(): number {
    if (this.#run < runningGaps) return 0;
    return Math.max(0, this.#lastKeyMs + runningMs - performance.now());
  }

  dispose(): void {
    this.#listeners.dispose();
  }

  #keyPressed(atMs: number): void {
    this.#run = atMs - this.#lastKeyMs < runningMs ? this.#run + 1 : 0;
    this.#lastKeyMs = atMs;
  }
}
