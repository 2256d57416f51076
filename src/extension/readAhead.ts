import * as vscode from 'vscode';

/** Wait this long after another document came to the front: whoever only passes by will not write in it. */
const settledMs = 300;

/** Has the model read what stands before the caret whenever another document comes to the front, and when told to. */
export class ReadAhead implements vscode.Disposable {
  readonly #read: (document: vscode.TextDocument, position: vscode.Position) => void;
  #timer: NodeJS.Timeout | undefined;
  readonly #listener = vscode.window.onDidChangeActiveTextEditor(() => this.soon());

  /** @param read called while nobody writes; whether the document is one for us is its to say */
  constructor(read: (document: vscode.TextDocument, position: vscode.Position) => void) {
    this.#read = read;
  }

  /** Unless somebody begins to write first. */
  soon(): void {
    this.cancel();
    this.#timer = setTimeout(() => {
      const editor = vscode.window.activeTextEditor;
      if (editor) this.#read(editor.document, editor.selection.active);
    }, settledMs);
  }

  cancel(): void {
    clearTimeout(this.#timer);
  }

  dispose(): void {
    this.cancel();
    this.#listener.dispose();
  }
}
