import assert from 'node:assert/strict';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import * as vscode from 'vscode';
import { eventually } from './eventually.ts';

/** Where the tests' files are. */
export const workspaceFolder = (): string => vscode.workspace.workspaceFolders![0]!.uri.fsPath;

/** Writes a file of the workspace. @returns its path */
export function writeFile(name: string, content: string | Uint8Array): string {
  const file = path.join(workspaceFolder(), name);
  mkdirSync(path.dirname(file), { recursive: true });
  writeFileSync(file, content);
  return file;
}

/** A document that was open before would come back with the text that it had then. */
function freeName(name: string): string {
  for (let count = 1; ; count++) {
    const free = `documents/${count}-${name}`;
    if (!existsSync(path.join(workspaceFolder(), free))) return free;
  }
}

/** A file of the workspace, open in the editor in front. */
export class DocumentInFront {
  readonly document: vscode.TextDocument;
  readonly original: string;
  /** another one each time that something else was in front meanwhile */
  #editor: vscode.TextEditor;

  private constructor(editor: vscode.TextEditor) {
    this.#editor = editor;
    this.document = editor.document;
    this.original = editor.document.getText();
  }

  /**
   * Opens a new file with the caret at its start, or with each of the given texts, which stand there once, selected.
   * @param name its ending gives the language
   */
  static async open(content: string, selected: readonly string[] = [], name = 'text.md'): Promise<DocumentInFront> {
    const file = writeFile(freeName(name), content);
    const document = await vscode.workspace.openTextDocument(file);
    const front = new DocumentInFront(await vscode.window.showTextDocument(document, { preview: false }));
    if (selected.length > 0) front.select(...selected);
    return front;
  }

  get editor(): vscode.TextEditor {
    return this.#editor;
  }

  get text(): string {
    return this.document.getText();
  }

  /** What is on disk now. */
  get bytes(): Buffer {
    return readFileSync(this.document.uri.fsPath);
  }

  select(...texts: readonly string[]): void {
    this.editor.selections = texts.map((text) => {
      const start = this.text.indexOf(text);
      assert(start >= 0, `no “${text}” in ${JSON.stringify(this.text)}`);
      return new vscode.Selection(this.document.positionAt(start), this.document.positionAt(start + text.length));
    });
  }

  /** Puts the caret before a text that stands there once. */
  caretAt(text: string): void {
    const start = this.text.indexOf(text);
    assert(start >= 0, `no “${text}”`);
    const position = this.document.positionAt(start);
    this.editor.selection = new vscode.Selection(position, position);
  }

  /** Puts text in as another program would: whichever editor is in front. */
  async insert(offset: number, text: string): Promise<void> {
    const edit = new vscode.WorkspaceEdit();
    edit.insert(this.document.uri, this.document.positionAt(offset), text);
    assert(await vscode.workspace.applyEdit(edit), 'the editor refuses the edit');
  }

  async front(): Promise<void> {
    this.#editor = await vscode.window.showTextDocument(this.document, { preview: false });
  }

  async undo(): Promise<void> {
    await this.front();
    await vscode.commands.executeCommand('undo');
  }

  /** @throws when the document, or after saving its file, does not hold exactly these characters */
  async holds(expected: string): Promise<void> {
    assert.equal(this.text, expected);
    await this.document.save();
    assert.equal(this.bytes.toString('utf8'), expected);
  }

  /** The verbs above the passage, each as `title`. */
  async lenses(): Promise<string[]> {
    const found = await vscode.commands.executeCommand<vscode.CodeLens[]>(
      'vscode.executeCodeLensProvider',
      this.document.uri,
      99,
    );
    return found.map(({ command }) => command?.title ?? '');
  }

  /** Waits until a proposal is there and complete. @returns the verbs above it */
  proposal(): Promise<string[]> {
    return eventually(async () => {
      const lenses = await this.lenses();
      assert(lenses.length > 0, `no proposal; in front is ${vscode.window.activeTextEditor?.document.uri}`);
      assert(!lenses.some((lens) => lens.includes('loading~spin')), `not complete: ${lenses.join(' | ')}`);
      return lenses;
    });
  }
}

export const run = (command: string, ...parameters: readonly unknown[]): Thenable<unknown> =>
  vscode.commands.executeCommand(`inkling.${command}`, ...parameters);

/** Of the tabs that show a proposal apart: its comparison or its answer. */
export const previewTabs = (): vscode.Tab[] =>
  vscode.window.tabGroups.all.flatMap(({ tabs }) =>
    tabs.filter(({ input }) => {
      if (input instanceof vscode.TabInputTextDiff) return input.modified.scheme === 'inkling-preview';
      return input instanceof vscode.TabInputText && input.uri.scheme === 'inkling-preview';
    }),
  );

/** Waits for an answer beside the text, with what it is made of. @returns all of it */
export const answerBeside = (timeoutMs = 90_000): Promise<string> =>
  eventually(() => {
    const [tab] = previewTabs();
    assert(tab?.input instanceof vscode.TabInputText, 'no answer');
    const { uri } = tab.input;
    const answer = vscode.workspace.textDocuments.find((each) => each.uri.toString() === uri.toString())?.getText();
    assert.match(answer ?? '', /words read/);
    return answer!;
  }, timeoutMs);

/** Leaves nothing open, without asking whether to save. */
export async function closeAll(): Promise<void> {
  await run('rejectProposal');
  for (const document of vscode.workspace.textDocuments.filter(({ isDirty }) => isDirty)) {
    await vscode.window.showTextDocument(document).then(
      () => vscode.commands.executeCommand('workbench.action.revertAndCloseActiveEditor'),
      () => undefined,
    );
  }
  await vscode.commands.executeCommand('workbench.action.closeAllEditors');
}
