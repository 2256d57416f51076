import * as vscode from 'vscode';

/** Wait this long after the caret came to another place: whoever only passes by will not write there. */
const settledMs = 300;

/**
 * Has the model read what stands before the caret, so that the first suggestion there does not wait for it: whenever
 * another document comes to the front, whenever the caret jumps in one that is being written, and when told to.
 */
export class ReadAhead implements vscode.Disposable {
  readonly #read: (document: vscode.TextDocument, position: vscode.Position) => void;
  #timer: NodeJS.Timeout | undefined;
  readonly #listeners: vscode.Disposable;

  /**
   * @param read called while nobody writes; whether the document is one for us is its to say
   * @param isEdited whether a person has changed a document: who clicks about in others reads them
   */
  constructor(
    read: (document: vscode.TextDocument, position: vscode.Position) => void,
    isEdited: (document: vscode.TextDocument) => boolean,
  ) {
    this.#read = read;
    this.#listeners = vscode.Disposable.from(
      vscode.window.onDidChangeActiveTextEditor(() => this.soon()),
      vscode.window.onDidChangeTextEditorSelection(({ textEditor, kind }) => {
        if (isJump(kind) && textEditor === vscode.window.activeTextEditor && isEdited(textEditor.document)) this.soon();
      }),
    );
  }

  /** Unless somebody begins to write first. */
  soon(): void {
    this.cancel();
    this.#timer = setTimeout(() => {
      const editor = vscode.window.activeTextEditor;
      if (editor?.selection.isEmpty) this.#read(editor.document, editor.selection.active);
    }, settledMs);
  }

  cancel(): void {
    clearTimeout(this.#timer);
  }

  dispose(): void {
    this.cancel();
    this.#listeners.dispose();
  }
}

/** By a click or a command that leads somewhere; keys that type and walk move the caret, too, and mostly not far. */
const isJump = (kind: vscode.TextEditorSelectionChangeKind | undefined): boolean =>
  kind === vscode.TextEditorSelectionChangeKind.Mouse || kind === vscode.TextEditorSelectionChangeKind.Command;
