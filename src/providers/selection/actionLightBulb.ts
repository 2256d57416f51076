import * as vscode from 'vscode';

export interface ActionLightBulbOptions {
  readonly isOffered: (document: vscode.TextDocument) => boolean;
  /** in the order in which they are offered */
  readonly actions: (
    document: vscode.TextDocument,
    selected: vscode.Range,
  ) => readonly { readonly title: string; readonly command: string }[];
}

/** Offers actions where something is selected. What they propose is shown first, so none of them edits by itself. */
export class ActionLightBulb implements vscode.CodeActionProvider {
  static readonly kind = vscode.CodeActionKind.RefactorRewrite.append('inkling');
  static readonly metadata: vscode.CodeActionProviderMetadata = { providedCodeActionKinds: [ActionLightBulb.kind] };
  readonly #options: ActionLightBulbOptions;

  constructor(options: ActionLightBulbOptions) {
    this.#options = options;
  }

  provideCodeActions(document: vscode.TextDocument, range: vscode.Range | vscode.Selection): vscode.CodeAction[] {
    if (range.isEmpty || !this.#options.isOffered(document)) return [];
    return this.#options.actions(document, range).map(({ title, command }) => {
      const action = new vscode.CodeAction(title, ActionLightBulb.kind);
      action.command = { title, command };
      return action;
    });
  }
}
