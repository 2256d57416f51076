import * as vscode from 'vscode';
import type { Span } from '../../../text/span.ts';
import type { DocumentText } from '../../../writing/proposal/passage.ts';

/** Of documents that exist only to be looked at. */
export const previewScheme = 'inkling-preview';

/** The texts of proposals, as read-only documents of the editor. */
export class PreviewDocuments implements vscode.TextDocumentContentProvider, vscode.Disposable {
  readonly #texts = new Map<string, string>();
  readonly #changes = new vscode.EventEmitter<vscode.Uri>();
  readonly #registration = vscode.Disposable.from(
    vscode.workspace.registerTextDocumentContentProvider(previewScheme, this),
    // What changes between its reading and its opening the editor does not hear.
    vscode.workspace.onDidOpenTextDocument((document) => {
      const { uri } = document;
      if (uri.scheme === previewScheme && document.getText() !== this.provideTextDocumentContent(uri))
        this.#changes.fire(uri);
    }),
  );
  #lastId = 0;

  get onDidChange(): vscode.Event<vscode.Uri> {
    return this.#changes.event;
  }

  /** @param name shown as the file's name; its ending gives the language */
  newUri(side: 'before' | 'after' | 'answer', name: string): vscode.Uri {
    this.#lastId += 1;
    return vscode.Uri.from({ scheme: previewScheme, path: `/${side}/${name}`, query: String(this.#lastId) });
  }

  set(uri: vscode.Uri, text: string): void {
    if (this.#texts.get(uri.toString()) === text) return;
    this.#texts.set(uri.toString(), text);
    this.#changes.fire(uri);
  }

  forget(uri: vscode.Uri): void {
    this.#texts.delete(uri.toString());
  }

  /** A tab that the editor restores from an earlier session has no text any more. */
  provideTextDocumentContent(uri: vscode.Uri): string {
    return this.#texts.get(uri.toString()) ?? '';
  }

  dispose(): void {
    this.#registration.dispose();
    this.#changes.dispose();
  }
}

/** The tabs that show a document by itself or as the right side of a comparison. */
const tabsOf = (uri: vscode.Uri): vscode.Tab[] =>
  vscode.window.tabGroups.all.flatMap(({ tabs }) => tabs.filter((tab) => isTabOf(tab, uri)));

function isTabOf({ input }: vscode.Tab, uri: vscode.Uri): boolean {
  const shown =
    input instanceof vscode.TabInputTextDiff
      ? input.modified
      : input instanceof vscode.TabInputText
        ? input.uri
        : undefined;
  return shown?.toString() === uri.toString();
}

/** Calls back once the person has closed every tab of a document. */
export const onTabClosed = (uri: vscode.Uri, callback: () => void): vscode.Disposable =>
  vscode.window.tabGroups.onDidChangeTabs(({ closed }) => {
    if (closed.some((tab) => isTabOf(tab, uri)) && tabsOf(uri).length === 0) callback();
  });

export async function closeTabs(uri: vscode.Uri): Promise<void> {
  await vscode.window.tabGroups.close(tabsOf(uri), true);
}

/** A document's text by UTF-16 offsets, always as it is now. */
export const documentText = (document: vscode.TextDocument): DocumentText => ({
  slice: (start, end) => document.getText(rangeOf(document, start, end)),
  whole: () => document.getText(),
});

export const rangeOf = (document: vscode.TextDocument, start: number, end: number): vscode.Range =>
  new vscode.Range(document.positionAt(start), document.positionAt(end));

/** The UTF-16 offsets of a range. */
export const spanOf = (document: vscode.TextDocument, { start, end }: vscode.Range): Span => ({
  start: document.offsetAt(start),
  end: document.offsetAt(end),
});

/** The document's line end, as text. */
export const lineEndOf = (document: vscode.TextDocument): string =>
  document.eol === vscode.EndOfLine.CRLF ? '\r\n' : '\n';
