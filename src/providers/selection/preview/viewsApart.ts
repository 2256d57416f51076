import path from 'node:path';
import * as vscode from 'vscode';
import type { Span } from '../../../text/span.ts';
import { type ChangedPart, changedPart, changeInPart } from '../../../writing/proposal/changedPart.ts';
import type { PlacedChange } from '../../../writing/proposal/proposalSession.ts';
import type { ActionTask, Proposed, ViewApart } from '../proposed.ts';
import { provenance } from '../provenance.ts';
import { closeTabs, documentText, onTabClosed, type PreviewDocuments, rangeOf } from './previewDocuments.ts';

/** How the parts of the text are drawn, in this order. */
const looks = {
  oldLines: { isWholeLine: true, backgroundColor: new vscode.ThemeColor('diffEditor.removedLineBackground') },
  newLines: { isWholeLine: true, backgroundColor: new vscode.ThemeColor('diffEditor.insertedLineBackground') },
  removed: {
    textDecoration: 'line-through',
    backgroundColor: new vscode.ThemeColor('diffEditor.removedTextBackground'),
    overviewRulerColor: new vscode.ThemeColor('diffEditorOverview.removedForeground'),
  },
  added: {
    backgroundColor: new vscode.ThemeColor('diffEditor.insertedTextBackground'),
    overviewRulerColor: new vscode.ThemeColor('diffEditorOverview.insertedForeground'),
  },
  gaps: { color: new vscode.ThemeColor('disabledForeground') },
} satisfies Partial<Record<keyof ChangedPart, vscode.DecorationRenderOptions>>;

/** The lines that change, as they are and as they would be, at full width in a read-only document of their own. */
export class ChangesView implements ViewApart {
  readonly #proposed: Proposed;
  readonly #documents: PreviewDocuments;
  readonly uri: vscode.Uri;
  /** the verbs stand on top */
  readonly line = 0;
  readonly #looks: Readonly<Record<keyof typeof looks, vscode.TextEditorDecorationType>>;
  readonly #parts: vscode.Disposable;
  #part: ChangedPart | undefined;
  #opened: Promise<void> | undefined;
  #isDisposed = false;

  /** @param onClosed called when the person closes the view */
  constructor(proposed: Proposed, documents: PreviewDocuments, onClosed: () => void) {
    this.#proposed = proposed;
    this.#documents = documents;
    const { task, document } = proposed;
    const title = task.title.replaceAll(/[\\/]/g, ' ');
    this.uri = documents.newUri('after', `${title}: ${path.posix.basename(document.uri.path)}`);
    const { createTextEditorDecorationType: look } = vscode.window;
    this.#looks = {
      oldLines: look(looks.oldLines),
      newLines: look(looks.newLines),
      removed: look(looks.removed),
      added: look(looks.added),
      gaps: look(looks.gaps),
    };
    this.#parts = vscode.Disposable.from(
      ...Object.values(this.#looks),
      onTabClosed(this.uri, onClosed),
      vscode.window.onDidChangeVisibleTextEditors(() => this.#decorate()),
      vscode.workspace.onDidChangeTextDocument(({ document: changed }) => {
        if (changed.uri.toString() === this.uri.toString()) this.#decorate();
      }),
    );
  }

  get opened(): Promise<void> {
    return this.#opened ?? Promise.resolve();
  }

  draw(): void {
    const { document, session } = this.#proposed;
    this.#part = changedPart(documentText(document), session.places, session.changes);
    this.#documents.set(this.uri, this.#part.text);
    this.#decorate();
    this.#opened ??= this.#open();
  }

  changeAt(offset: number): PlacedChange | undefined {
    return this.#part && changeInPart(this.#part, offset);
  }

  dispose(): void {
    this.#isDisposed = true;
    this.#parts.dispose();
    void closeTabs(this.uri);
    this.#documents.forget(this.uri);
  }

  async #open(): Promise<void> {
    const { languageId } = this.#proposed.document;
    const document = await vscode.workspace.openTextDocument(this.uri);
    if (document.languageId !== languageId) await vscode.languages.setTextDocumentLanguage(document, languageId);
    if (this.#isDisposed) return;
    const editor = await vscode.window.showTextDocument(document, { preview: false });
    editor.options.lineNumbers = vscode.TextEditorLineNumbersStyle.Off; // they are not the document's
    if (this.#isDisposed) await closeTabs(this.uri); // it was opening meanwhile
  }

  /** Marks belong to the text that they were made for: the editor gets to know a new one a little later. */
  #decorate(): void {
    const part = this.#part;
    if (!part || this.#isDisposed) return;
    for (const editor of vscode.window.visibleTextEditors) {
      const { document } = editor;
      if (document.uri.toString() !== this.uri.toString() || document.getText() !== part.text) continue;
      const ranges = (spans: readonly Span[]) => spans.map(({ start, end }) => rangeOf(document, start, end));
      for (const name of Object.keys(looks) as (keyof typeof looks)[]) {
        editor.setDecorations(this.#looks[name], ranges(part[name]));
      }
    }
  }
}

/** An answer that belongs nowhere in the document: a read-only Markdown document beside it. */
export class AnswerView implements ViewApart {
  readonly #proposed: Proposed;
  readonly #documents: PreviewDocuments;
  readonly uri: vscode.Uri;
  readonly line = 0;
  readonly #closing: vscode.Disposable;
  #opened: Promise<void> | undefined;
  #isDisposed = false;

  /** @param onClosed called when the person closes the answer */
  constructor(proposed: Proposed, documents: PreviewDocuments, onClosed: () => void) {
    this.#proposed = proposed;
    this.#documents = documents;
    this.uri = documents.newUri('answer', `${proposed.task.title.replaceAll(/[\\/]/g, ' ')}.md`);
    this.#closing = onTabClosed(this.uri, onClosed);
  }

  get opened(): Promise<void> {
    return this.#opened ?? Promise.resolve();
  }

  draw(): void {
    const { session, task } = this.#proposed;
    const question = task.instruction ? `${titleOf(task, task.instruction)}\n\n` : '';
    const origin = session.isRunning ? '' : provenance(session.proposals);
    this.#documents.set(this.uri, `${question}${session.text}\n${origin && `\n*${origin}*\n`}`);
    this.#opened ??= this.#open();
  }

  /** An answer changes nothing. */
  changeAt(): undefined {
    return undefined;
  }

  dispose(): void {
    this.#isDisposed = true;
    this.#closing.dispose();
    void closeTabs(this.uri);
    this.#documents.forget(this.uri);
  }

  async #open(): Promise<void> {
    const document = await vscode.workspace.openTextDocument(this.uri);
    const viewColumn = vscode.ViewColumn.Beside;
    if (this.#isDisposed) return;
    await vscode.window.showTextDocument(document, { viewColumn, preview: false, preserveFocus: true });
    if (this.#isDisposed) await closeTabs(this.uri); // it was opening meanwhile
  }
}

/** A question stands above its answer as a heading: sentences of the text are quoted there. */
const titleOf = ({ action }: ActionTask, instruction: string): string =>
  action === 'ask' ? `# ${instruction.replaceAll(/\s+/gu, ' ')}` : `> ${instruction.replaceAll('\n', '\n> ')}`;
