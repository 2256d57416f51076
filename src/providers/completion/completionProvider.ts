import * as vscode from 'vscode';
import { toInklingError } from '../../protocol/errors.ts';
import type { Reason } from '../../protocol/reasons.ts';
import {
  type CaretRequest,
  type CompletionOutcome,
  pickUsage,
  type Suggestion,
} from '../../writing/completion/completionRequest.ts';
import type { CompletionSettings } from '../../writing/completion/completionSettings.ts';
import { type Decision, resultOf } from '../../writing/completion/decision.ts';
import { comingUp, keeping } from '../../writing/completion/onScreen.ts';
import type { KindOfEdit } from '../../writing/completion/textChange.ts';
import type { LastEdits } from './lastEdits.ts';
import type { SuggestionWatch } from './suggestionWatch.ts';

export interface CompletionProviderOptions {
  readonly complete: (
    request: CaretRequest,
    settings: CompletionSettings,
    token: vscode.CancellationToken,
  ) => Promise<CompletionOutcome>;
  /** what comes up at a caret, or stands there: told what was asked, so that what follows an accept can be computed */
  readonly onShow: (shown: Suggestion, asked: Asked) => void;
  /** what holds for a document: a value that is there already */
  readonly settings: (document: vscode.TextDocument) => CompletionSettings;
  /** what a person switched off, asked before anything else */
  readonly silence: (document: vscode.TextDocument) => Reason | undefined;
  /** whether the model is known not to know the language of a document's text: a value that is there already */
  readonly isForeign: (document: vscode.TextDocument) => boolean;
  readonly lastEdits: LastEdits;
  readonly watch: SuggestionWatch;
  /** a command that is run, with the suggestion's id, after all of it was accepted */
  readonly acceptedCommand: string;
}

interface Asked {
  readonly request: CaretRequest;
  readonly settings: CompletionSettings;
}

/** Where the editor asked, and why. */
interface Caret {
  readonly document: vscode.TextDocument;
  readonly position: vscode.Position;
  readonly trigger: CaretRequest['trigger'];
  /** the rest of the suggestion that is on screen there */
  readonly standing: string | undefined;
}

/** Ghost text: asks the completer about the caret, and keeps a record of every answer. Never throws. */
export class CompletionProvider implements vscode.InlineCompletionItemProvider, vscode.Disposable {
  readonly #options: CompletionProviderOptions;
  readonly #decisions = new vscode.EventEmitter<Decision>();
  readonly #workChanges = new vscode.EventEmitter<void>();
  #running = 0;
  #lastId = 0;
  #isDisposed = false;

  constructor(options: CompletionProviderOptions) {
    this.#options = options;
  }

  get onDecision(): vscode.Event<Decision> {
    return this.#decisions.event;
  }

  /** A request runs. */
  get isWorking(): boolean {
    return this.#running > 0;
  }

  /** Fired when `isWorking` has changed. */
  get onWorkChange(): vscode.Event<void> {
    return this.#workChanges.event;
  }

  async provideInlineCompletionItems(
    document: vscode.TextDocument,
    position: vscode.Position,
    context: vscode.InlineCompletionContext,
    token: vscode.CancellationToken,
  ): Promise<vscode.InlineCompletionItem[]> {
    if (!isWritten(document)) return [];
    const startedAtMs = performance.now();
    const { watch } = this.#options;
    // Asking where a suggestion still stands is asking for the rest of it, as accepting a part of it does.
    const standing = watch.at(document, position)?.text;
    const isExplicit = context.triggerKind === vscode.InlineCompletionTriggerKind.Invoke && standing === undefined;
    const caret: Caret = { document, position, trigger: isExplicit ? 'explicit' : 'automatic', standing };
    const decide = (outcome: CompletionOutcome) => this.#decide(caret, outcome, performance.now() - startedAtMs);
    // An item of the suggest widget is selected: what is accepted next is that, not ours.
    if (context.selectedCompletionInfo) {
      decide({ kind: 'none', reason: 'editorList' });
      return [];
    }
    const { outcome: answer, asked } = await this.#answer(caret, token);
    const outcome = keeping(standing, answer);
    decide(outcome);
    if (outcome.kind === 'text') {
      if (asked) this.#options.onShow(outcome.suggestions[0]!, asked);
      return outcome.suggestions.map((one, index) => this.#item(one, index, caret));
    }
    if (!token.isCancellationRequested && watch.at(document, position)) watch.left();
    return [];
  }

  dispose(): void {
    this.#isDisposed = true;
    this.#decisions.dispose();
    this.#workChanges.dispose();
  }

  #decide({ document, position, trigger }: Caret, outcome: CompletionOutcome, totalMs: number): void {
    this.#decisions.fire({
      at: Date.now(),
      documentId: document.uri.toString(),
      languageId: document.languageId,
      line: position.line + 1,
      trigger,
      totalMs,
      ...resultOf(outcome),
    });
  }

  /** The completer's answer, once it may be shown. */
  async #answer(
    caret: Caret,
    token: vscode.CancellationToken,
  ): Promise<{ readonly outcome: CompletionOutcome; readonly asked?: Asked }> {
    const { document, position, trigger, standing } = caret;
    const reason = this.#options.silence(document);
    if (reason) return { outcome: { kind: 'none', reason, ...(reason === 'off' && { detail: document.languageId }) } };
    const { lastEdits, isForeign } = this.#options;
    const how = {
      trigger,
      lastEdit: lastEdits.of(document),
      isForeign: isForeign(document),
      handRuns: lastEdits.untilRestMs(document) > 0,
    };
    const request = caretRequest(document, position, how);
    this.#running += 1;
    if (this.#running === 1) this.#workChanges.fire();
    try {
      const settings = this.#options.settings(document);
      const answer = await this.#options.complete(request, settings, token);
      const comesUp = answer.kind === 'text' && standing === undefined && trigger === 'automatic';
      const { outcome: bare, waitMs } = comesUp
        ? comingUp(answer, request, { settings, untilRestMs: lastEdits.untilRestMs(document) })
        : { outcome: answer, waitMs: 0 };
      const delayMs = Math.max(answer.showDelayMs ?? 0, waitMs);
      if (delayMs > 0) await elapsed(delayMs, token);
      const outcome = hasOneCaret(document) ? await this.#withBlanks(bare, request, settings) : bare;
      const isUnwanted = this.#isDisposed || this.#options.silence(document) !== undefined;
      // a failure may be what silences: it is told
      if (token.isCancellationRequested || (isUnwanted && outcome.kind !== 'failed'))
        return { outcome: { ...pickUsage(outcome), kind: 'cancelled' } };
      return { outcome, asked: { request, settings } };
    } catch (error) {
      return { outcome: { kind: 'failed', error: toInklingError(error) } };
    } finally {
      this.#running -= 1;
      if (this.#running === 0) this.#workChanges.fire();
    }
  }

  async #withBlanks(
    outcome: CompletionOutcome,
    request: CaretRequest,
    settings: CompletionSettings,
  ): Promise<CompletionOutcome> {
    if (outcome.kind !== 'text' || !settings.spaceAfterWord) return outcome;
    const { withBlanks } = await import('../../writing/completion/blankBehind.ts');
    await this.#options.watch.followBlanks();
    return withBlanks(outcome, request, settings);
  }

  #item(suggestion: Suggestion, index: number, { document, position }: Caret): vscode.InlineCompletionItem {
    const id = ++this.#lastId;
    if (index === 0) {
      const offset = document.offsetAt(position);
      this.#options.watch.show({ id, documentId: document.uri.toString(), offset, text: suggestion.text }, document);
    }
    const command = { command: this.#options.acceptedCommand, title: '', arguments: [id] };
    return new vscode.InlineCompletionItem(suggestion.text, new vscode.Range(position, position), command);
  }
}

/**
 * With several carets each gets the same, and only one of them is followed; nor can a blank be taken back in an editor that
 * extensions cannot edit, as the commit box.
 */
function hasOneCaret(document: vscode.TextDocument): boolean {
  const { activeTextEditor: editor } = vscode.window;
  return editor?.document === document && editor.selections.length === 1;
}

/** Resolves after `delayMs`, or as soon as the token is cancelled. */
function elapsed(delayMs: number, token: vscode.CancellationToken): Promise<void> {
  return new Promise((resolve) => {
    const done = () => {
      clearTimeout(timer);
      listener.dispose();
      resolve();
    };
    const timer = setTimeout(done, delayMs);
    const listener = token.onCancellationRequested(done);
  });
}

/** The document at one caret as plain data. */
export function caretRequest(
  document: vscode.TextDocument,
  position: vscode.Position,
  how: Pick<CaretRequest, 'trigger' | 'isForeign' | 'handRuns'> & { readonly lastEdit: KindOfEdit },
): CaretRequest {
  const text = document.getText();
  const offset = document.offsetAt(position);
  return {
    documentId: document.uri.toString(),
    fileName: document.isUntitled ? '' : document.uri.path.slice(document.uri.path.lastIndexOf('/') + 1),
    languageId: document.languageId,
    prefix: text.slice(0, offset),
    suffix: text.slice(offset),
    ...how,
  };
}

/** Where text is written by a person, of what the editor itself has: files, drafts, notebook cells and the commit box. */
const writtenSchemes = [
  'file',
  'untitled',
  'vscode-remote',
  'vscode-vfs',
  'vscode-userdata',
  'vscode-notebook-cell',
  'vscode-scm',
];

/** Other schemes that begin so are the editor's own, whatever can be written there. */
const ownScheme = /^(vscode|comment|output|chat)/;

/**
 * True where completions can appear at all: where a person writes, which is also what other extensions keep files in that
 * can be written. Everything else that has an editor (the chat's input box, output channels, the debug console, diffs of
 * old revisions) stays out.
 */
export const isWritten = ({ uri: { scheme } }: { readonly uri: { readonly scheme: string } }): boolean =>
  writtenSchemes.includes(scheme) ||
  (!ownScheme.test(scheme) && vscode.workspace.fs.isWritableFileSystem(scheme) === true);

/**
 * Which file systems there are is known only later, so everything is asked about. Languages are not filtered either: which of
 * them are on is a setting, and "Why nothing?" has to answer for all.
 */
export const documentSelector: vscode.DocumentSelector = '*';
