import { setImmediate } from 'node:timers/promises';
import * as vscode from 'vscode';
import { saidLanguage } from '../../text/documentLanguage.ts';
import { fitsInPlace } from '../../writing/proposal/changedPart.ts';
import { type Choice, type PlacedChange, ProposalSession } from '../../writing/proposal/proposalSession.ts';
import type { Target } from '../../writing/proposal/targets.ts';
import { hasTrait } from '../../writing/selection/actionCatalogue.ts';
import type { Edit } from '../../writing/selection/wordChanges.ts';
import { type Made, makeEdits } from './makeEdits.ts';
import { hintCharsPerLine, InPlaceView } from './preview/inPlaceView.ts';
import { documentText, lineEndOf, type PreviewDocuments, rangeOf } from './preview/previewDocuments.ts';
import { AnswerView, ChangesView } from './preview/viewsApart.ts';
import type { ActionTask, RunAction, ViewApart } from './proposed.ts';

export interface OpenProposalOptions {
  readonly document: vscode.TextDocument;
  readonly task: ActionTask;
  readonly targets: readonly Target[];
  readonly run: RunAction;
  readonly previews: PreviewDocuments;
  /** the language that a person says a document's text is in, as they wrote it; '' = none */
  readonly languageSet: (document: vscode.TextDocument) => string;
}

/** Text given along on either side of what an action works on. */
export const contextChars = 4000;
/** Drawing more often than this is more than anybody can read. */
const drawMs = 80;

/** One action on one document: runs it, shows what it proposes, and makes the edits that the person accepts. */
export class OpenProposal implements vscode.Disposable {
  readonly session: ProposalSession;
  readonly #options: OpenProposalOptions;
  readonly #changes = new vscode.EventEmitter<void>();
  readonly #closing = new vscode.EventEmitter<void>();
  readonly #candidates = new vscode.EventEmitter<readonly string[]>();
  readonly #inPlace: InPlaceView;
  /** shows the changes where they cannot be drawn in place */
  #apart: ViewApart | undefined;
  #task: ActionTask;
  #seed = 0;
  /** candidates have been found */
  #offersChoice = false;
  #cancellation: vscode.CancellationTokenSource | undefined;
  #drawing: NodeJS.Timeout | undefined;
  #isClosed = false;

  constructor(options: OpenProposalOptions) {
    this.#options = options;
    this.#task = options.task;
    this.session = new ProposalSession(documentText(options.document), {
      output: options.task.output,
      lineEnd: lineEndOf(options.document),
      targets: options.targets,
      isWhole: hasTrait(options.task.action, 'newForm'),
      onChange: () => this.#drawSoon(),
    });
    this.#inPlace = new InPlaceView(this);
  }

  get document(): vscode.TextDocument {
    return this.#options.document;
  }

  get task(): ActionTask {
    return this.#task;
  }

  get isClosed(): boolean {
    return this.#isClosed;
  }

  /** True while the changes are shown between the words of the document, not in a view of their own. */
  get isInPlace(): boolean {
    return this.#apart === undefined && !this.session.isRunning && !this.session.isStale;
  }

  /** True for the document itself and for the one that shows what it would be. */
  isAbout(uri: vscode.Uri): boolean {
    return [this.document.uri, this.#apart?.uri].some((each) => each?.toString() === uri.toString());
  }

  /** The line above which its verbs stand, in the document or in the one that shows what it would be. */
  lineIn(uri: vscode.Uri): number {
    if (uri.toString() === this.#apart?.uri.toString()) return this.#apart.line;
    return this.document.positionAt(this.session.places[0]!.start).line;
  }

  /** The change at an offset of the document, or of the one that shows what it would be; else the next one, or the last. */
  changeAt(uri: vscode.Uri, offset: number): PlacedChange | undefined {
    if (uri.toString() === this.#apart?.uri.toString()) return this.#apart.changeAt(offset);
    const { changes } = this.session;
    return changes.find(({ end }) => end >= offset) ?? changes.at(-1);
  }

  /** After every change of what there is to see. */
  get onDidChange(): vscode.Event<void> {
    return this.#changes.event;
  }

  /** While it runs: what there is to choose from so far, where an action on one passage offers several results. */
  get onDidFindCandidates(): vscode.Event<readonly string[]> {
    return this.#candidates.event;
  }

  get onDidClose(): vscode.Event<void> {
    return this.#closing.event;
  }

  /** Runs the action on one passage after the other; resolves when all are done and shown, or when it was closed. */
  async run(): Promise<void> {
    this.#cancellation?.cancel();
    const cancellation = new vscode.CancellationTokenSource();
    this.#cancellation = cancellation;
    this.#offersChoice = false;
    const isOver = () => this.#isClosed || this.#cancellation !== cancellation;
    const { document } = this;
    const textLanguage = saidLanguage(document.getText(), document.languageId, this.#options.languageSet(document));
    const said = textLanguage === undefined ? {} : { textLanguage };
    this.session.start();
    this.#draw();
    for (const [index, text] of this.session.requests.entries()) {
      if (cancellation.token.isCancellationRequested) break;
      const outcome = await this.#options.run({ ...this.#request(index, text), ...said }, cancellation.token, {
        onPartial: (written) => {
          if (!isOver()) this.session.stream(index, written);
        },
        onCandidates: (texts) => {
          if (isOver() || this.session.requests.length > 1) return;
          this.#offersChoice = true;
          this.#candidates.fire(texts);
        },
        onProgress: (progress) => {
          if (!isOver()) this.session.report(progress);
          return setImmediate(); // typing goes on in the same process
        },
      });
      if (isOver()) return;
      this.session.settle(index, outcome);
    }
    this.session.end();
    this.#draw();
    await this.#apart?.opened;
  }

  /** Ends the run and keeps what there is. */
  stop(): void {
    this.#cancellation?.cancel();
  }

  /** Runs again with another seed. */
  retry(): Promise<void> {
    this.#seed += 1;
    return this.run();
  }

  /** Runs again with another instruction. */
  instruct(instruction: string): Promise<void> {
    this.#task = { ...this.#task, instruction };
    return this.run();
  }

  /**
   * Makes the chosen changes in the document, as one step of undo.
   * @returns why not, when that cannot be done
   */
  async accept(choice: Choice): Promise<Made> {
    const isInserted = this.session.output !== 'replace';
    const made = await this.#edit(this.session.accept(choice), { isInserted, isAll: choice === 'all' });
    if (made === 'done') this.#closeWhenDone();
    return made;
  }

  reject(choice: Choice): void {
    this.session.reject(choice);
    this.#closeWhenDone();
  }

  /** Puts the result below the text instead of into its place. @returns as `accept` does */
  async insertBelow(): Promise<Made> {
    const edits = this.session.insertBelow(documentText(this.document));
    const made = await this.#edit(edits, { isInserted: true, isAll: true });
    if (made === 'done') this.dispose();
    return made;
  }

  /** Closes the proposal; what is not accepted is gone. */
  dispose(): void {
    if (this.#isClosed) return;
    this.#isClosed = true;
    clearTimeout(this.#drawing);
    this.#cancellation?.cancel();
    this.#inPlace.dispose();
    this.#apart?.dispose();
    this.#closing.fire();
    this.#closing.dispose();
    this.#candidates.dispose();
    this.#changes.dispose();
  }

  #request(index: number, text: string) {
    const { document } = this;
    const { start, end } = this.session.places[index]!;
    const { action, output, instruction, form } = this.#task;
    return {
      action,
      text,
      languageId: document.languageId,
      before: document.getText(rangeOf(document, Math.max(0, start - contextChars), start)),
      after: document.getText(rangeOf(document, end, end + contextChars)),
      seed: this.#seed,
      asWhole: output !== 'replace',
      ...(instruction === undefined ? {} : { instruction }),
      ...(form === undefined ? {} : { form }),
    };
  }

  #edit(edits: readonly Edit[], how: { readonly isInserted: boolean; readonly isAll: boolean }): Promise<Made> {
    return makeEdits(this.document, { edits, passages: this.session.places, ...how }, this.#apart?.uri);
  }

  #closeWhenDone(): void {
    if (this.session.changes.length === 0) this.dispose();
  }

  #drawSoon(): void {
    if (this.#isClosed) return;
    this.#drawing ??= setTimeout(() => this.#draw(), drawMs);
  }

  #draw(): void {
    clearTimeout(this.#drawing);
    this.#drawing = undefined;
    if (this.#isClosed) return;
    if (!this.#isBeingChosen() && this.#needsViewApart()) this.#apart ??= this.#viewApart();
    this.#apart?.draw();
    this.#inPlace.draw();
    this.#changes.fire();
  }

  /** A list is open, which another editor would close by coming to the front. */
  #isBeingChosen(): boolean {
    const { isRunning, proposals } = this.session;
    return this.#offersChoice && (isRunning || proposals.some(({ candidates }) => candidates.length > 1));
  }

  /** While it is written nobody knows how much will differ: a view of its own has room for all of it. */
  #needsViewApart(): boolean {
    const { session, document } = this;
    if (session.output === 'panel') return session.text !== '';
    if (session.changes.length === 0 || session.isRunning) return session.changes.length > 0;
    const lineAt = (offset: number) => document.positionAt(offset).line;
    return !fitsInPlace(session.changes, { lineAt, maxCharsPerLine: hintCharsPerLine(document) });
  }

  #viewApart(): ViewApart {
    const { previews } = this.#options;
    const close = () => this.dispose();
    return this.session.output === 'panel'
      ? new AnswerView(this, previews, close)
      : new ChangesView(this, previews, close);
  }
}
