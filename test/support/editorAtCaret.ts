import type * as vscode from 'vscode';
import { CancellationTokenSource } from 'vscode-jsonrpc';
import { documentChanges, InlineCompletionTriggerKind, Position, type Range, selectionChanges } from './fakeVscode.ts';

/** What one change does, before it is made. */
export interface Edit {
  readonly offset: number;
  readonly removed: number;
  readonly text: string;
}

/** A document of many lines that can be changed; tells everybody, as the editor does. */
export class EditedDocument {
  readonly isUntitled = false;
  readonly uri: { readonly path: string; readonly scheme: string; toString(): string };
  version = 1;
  text: string;
  languageId: string;

  constructor(name: string, languageId: string, text: string) {
    const path = `/notes/${name}`;
    this.uri = { path, scheme: 'file', toString: () => `file://${path}` };
    this.languageId = languageId;
    this.text = text;
  }

  getText(range?: Range): string {
    return range ? this.text.slice(this.offsetAt(range.start), this.offsetAt(range.end)) : this.text;
  }

  offsetAt({ line, character }: Position): number {
    let start = 0;
    for (let below = 0; below < line; below++) start = this.text.indexOf('\n', start) + 1;
    return start + character;
  }

  lineAt(line: number): { readonly text: string } {
    return { text: this.text.split('\n')[line]! };
  }

  positionAt(offset: number): Position {
    const before = this.text.slice(0, offset).split('\n');
    return new Position(before.length - 1, before.at(-1)!.length);
  }

  /** @param edits that do not overlap; @param reason of an undo or a redo */
  change(edits: readonly Edit[], reason?: number): void {
    const fromTheEnd = edits.toSorted((a, b) => b.offset - a.offset);
    for (const { offset, removed, text } of fromTheEnd)
      this.text = this.text.slice(0, offset) + text + this.text.slice(offset + removed);
    this.version++;
    const contentChanges = fromTheEnd.map(({ offset, removed, text }) => ({
      rangeOffset: offset,
      rangeLength: removed,
      text,
    }));
    documentChanges.fire({ document: this, contentChanges, reason });
  }
}

/** The editor waits this long after a change before it asks. */
const debounceMs = 50;

/** Why what is visible is what it is now. */
export type Cause = 'edit' | 'caret' | 'answer' | 'accept';

/**
 * An editor at one caret as far as suggestions go: it asks a provider after each change, gives the request before up,
 * and shows what comes. What is shown shrinks by what is typed of it and goes with any other change at its place; moving
 * the caret takes it away, and nothing is asked for until the next change.
 */
export class EditorAtCaret {
  caret: number;
  /** the rest of the suggestion that stands; '' = none */
  visible = '';
  readonly document: EditedDocument;
  readonly #provider: vscode.InlineCompletionItemProvider;
  readonly #onVisible: (visible: string, cause: Cause) => void;
  #accepted: vscode.Command | undefined;
  #isActive = false;
  #asking: CancellationTokenSource | undefined;
  #timer: ReturnType<typeof setTimeout> | undefined;
  readonly #listener = documentChanges.event((event) => this.#onChange(event as vscode.TextDocumentChangeEvent));

  constructor(
    provider: vscode.InlineCompletionItemProvider,
    document: EditedDocument,
    onVisible: (visible: string, cause: Cause) => void,
  ) {
    this.#provider = provider;
    this.document = document;
    this.#onVisible = onVisible;
    this.caret = document.text.length;
  }

  /** One key, or what an input method or a paste puts in. */
  type(text: string): void {
    this.#isActive = true;
    this.document.change([{ offset: this.caret, removed: 0, text }]);
  }

  backspace(): void {
    if (this.caret === 0) return;
    this.#isActive = true;
    this.document.change([{ offset: this.caret - 1, removed: 1, text: '' }]);
  }

  /** Takes all of what is visible, or its beginning. */
  accept(length = this.visible.length): void {
    const command = length === this.visible.length ? this.#accepted : undefined;
    this.#isActive = true;
    this.document.change([{ offset: this.caret, removed: 0, text: this.visible.slice(0, length) }]);
    if (command) this.onCommand(command);
  }

  /** What the editor runs after an accept of all. */
  onCommand: (command: vscode.Command) => void = () => undefined;

  moveTo(offset: number): void {
    this.caret = offset;
    this.#isActive = false;
    this.#stopAsking();
    this.#show('', 'caret');
    this.#tellOfCaret();
  }

  /** Somebody asks for a suggestion. */
  trigger(): void {
    this.#isActive = true;
    this.#ask(InlineCompletionTriggerKind.Invoke, 0);
  }

  dispose(): void {
    this.#stopAsking();
    this.#listener.dispose();
  }

  #onChange({ document, contentChanges }: vscode.TextDocumentChangeEvent): void {
    if ((document as unknown) !== this.document) return;
    const typed = contentChanges.find(({ rangeOffset, rangeLength }) => rangeOffset + rangeLength === this.caret);
    const isElsewhere = contentChanges.every(
      ({ rangeOffset, rangeLength }) => rangeOffset + rangeLength !== this.caret,
    );
    const goesOn = typed?.rangeLength === 0 && this.visible.startsWith(typed.text);
    for (const change of contentChanges) this.#moveWith(change);
    if (!isElsewhere) this.#show(goesOn ? this.visible.slice(typed.text.length) : '', 'edit');
    this.#tellOfCaret();
    if (this.#isActive) this.#ask(InlineCompletionTriggerKind.Automatic, debounceMs);
  }

  #tellOfCaret(): void {
    const active = this.document.positionAt(this.caret);
    selectionChanges.fire({ textEditor: { document: this.document, selection: { active } } });
  }

  #moveWith({ rangeOffset, rangeLength, text }: vscode.TextDocumentContentChangeEvent): void {
    if (rangeOffset + rangeLength <= this.caret) this.caret += text.length - rangeLength;
    else if (rangeOffset < this.caret) this.caret = rangeOffset + text.length;
  }

  #stopAsking(): void {
    clearTimeout(this.#timer);
    this.#asking?.cancel();
    this.#asking = undefined;
  }

  #ask(triggerKind: number, delayMs: number): void {
    this.#stopAsking();
    const source = new CancellationTokenSource();
    this.#asking = source;
    this.#timer = setTimeout(async () => {
      const position = this.document.positionAt(this.caret) as unknown as vscode.Position;
      const context = { triggerKind } as vscode.InlineCompletionContext;
      const document = this.document as unknown as vscode.TextDocument;
      const items = await this.#provider.provideInlineCompletionItems(document, position, context, source.token);
      if (source.token.isCancellationRequested) return;
      const [item] = items as vscode.InlineCompletionItem[];
      this.#accepted = item?.command;
      this.#show(item ? String(item.insertText) : '', 'answer');
    }, delayMs);
  }

  #show(visible: string, cause: Cause): void {
    this.visible = visible;
    this.#onVisible(visible, cause);
  }
}
