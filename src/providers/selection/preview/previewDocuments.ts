import * as vscode from 'vscode';

/** Of documents that exist only to be looked at. */
export const previewScheme = 'inkling-preview';

/** The texts of proposals, as read-only documents of the editor. */
export class PreviewDocuments implements vscode.TextDocumentContentProvider, vscode.Disposable {
  readonly #texts = new Map<string, string>();
  readonly #changes = new vscode.EventEmitter<vscode.Uri>();
  readonly #registration = vscode.workspace.registerTextDocumentContentProvider(previewScheme, this);
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
