import * as vscode from 'vscode';
import { rangeOf } from '../documentText.ts';
import { changeHover } from './changeHover.ts';
import type { ProposalView, Proposed } from './proposalView.ts';

/**
 * Marks in the document itself: the passages that are worked on and, with changes shown in place, the words that would
 * go. The words that would come are `ProposalHints`. The document holds none of it.
 */
export class InPlaceView implements ProposalView {
  readonly #proposed: Proposed;
  readonly #parts: vscode.Disposable;
  readonly #passage = vscode.window.createTextEditorDecorationType({
    backgroundColor: new vscode.ThemeColor('editor.rangeHighlightBackground'),
  });
  readonly #removed = vscode.window.createTextEditorDecorationType({
    textDecoration: 'line-through',
    backgroundColor: new vscode.ThemeColor('diffEditor.removedTextBackground'),
  });

  constructor(proposed: Proposed) {
    this.#proposed = proposed;
    this.#parts = vscode.Disposable.from(
      this.#passage,
      this.#removed,
      vscode.window.onDidChangeVisibleTextEditors(() => this.draw()),
    );
  }

  draw(): void {
    const { document, session, isInPlace } = this.#proposed;
    const passages = (session.isRunning ? session.places : []).map(({ start, end }) => rangeOf(document, start, end));
    const removed = (isInPlace ? session.changes : [])
      .filter(({ original }) => original !== '')
      .map((change) => ({
        range: rangeOf(document, change.start, change.end),
        hoverMessage: changeHover(document, change),
      }));
    for (const editor of vscode.window.visibleTextEditors.filter((each) => each.document === document)) {
      editor.setDecorations(this.#passage, passages);
      editor.setDecorations(this.#removed, removed);
    }
  }

  dispose(): void {
    this.#parts.dispose();
  }
}
