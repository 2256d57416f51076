import path from 'node:path';
import * as vscode from 'vscode';
import { l10n } from 'vscode';
import type { Judgement, SuggestionEvent, SuggestionWatch } from '../../providers/completion/suggestionWatch.ts';
import type { ShownSuggestion } from '../../writing/completion/textChange.ts';
import { SuggestionTally, suggestionPlace, type Take } from '../../writing/usage/suggestionTally.ts';
import { survives } from '../../writing/usage/survives.ts';
import { type CountedWhere, dayName, type UsageCounts, usageOf } from '../../writing/usage/usageCounts.ts';
import { exampleOf, LearntExamples } from './learntExamples.ts';
import { forgetLearnt, showLearnt } from './showLearnt.ts';
import { type LaterLook, SuggestionFollower } from './suggestionFollower.ts';
import { UsageFile } from './usageFile.ts';
import { UsagePage } from './usagePanel.ts';

/**
 * What becomes of suggestions: counted, without any text, and, where a person has asked for it, kept as examples to learn
 * from. Both stay on this machine, are shown on demand, and can be deleted.
 */
export class Usage implements vscode.Disposable {
  readonly #counts: UsageFile;
  readonly #examples: LearntExamples | undefined;
  readonly #follower = new SuggestionFollower();
  readonly #tally = new SuggestionTally((where, counts) => this.#count(where, counts));
  readonly #page: UsagePage;
  readonly #changes = vscode.workspace.onDidChangeTextDocument(({ document, contentChanges, reason }) => {
    const documentId = document.uri.toString();
    if (reason === undefined) this.#tally.composed(documentId, contentChanges);
    else this.#tally.undone(documentId, contentChanges);
  });
  readonly #log: vscode.LogOutputChannel;
  readonly #isLearning: () => boolean;
  /** in which the last suggestion stands or stood */
  #document: vscode.TextDocument | undefined;

  /** @param isLearning the person has asked for examples to be kept */
  constructor(context: vscode.ExtensionContext, log: vscode.LogOutputChannel, isLearning: () => boolean) {
    this.#log = log;
    this.#isLearning = isLearning;
    this.#counts = new UsageFile(path.join(context.globalStorageUri.fsPath, 'usage.json'));
    const { storageUri } = context; // undefined in a window without a workspace
    this.#examples = storageUri && new LearntExamples(path.join(storageUri.fsPath, 'learnt-from-use.jsonl'));
    this.#follower.onLook((look) => this.#onLook(look));
    this.#page = new UsagePage(context.extensionUri, {
      counts: this.#counts,
      examples: () => this.#examplesIfTrusted(),
      isLearning,
      onForget: () => {
        this.#tally.forget();
        this.#follower.forget();
      },
    });
  }

  show = (): void => this.#page.open();

  showExamples = (): Promise<void> => this.#withExamples((examples) => showLearnt(examples, this.#isLearning()));

  forgetExamples = (): Promise<void> => this.#withExamples(forgetLearnt);

  /** What was kept so far; empty in workspaces that are not trusted. */
  async examples() {
    this.#follower.lookNow();
    return (await this.#examplesIfTrusted()?.read()) ?? [];
  }

  /** Follows what a person does with the suggestions that `watch` sees; both live as long as suggestions are switched on. */
  follow(watch: Pick<SuggestionWatch, 'onJudgement' | 'onEvent'>): void {
    watch.onEvent((event) => this.#onEvent(event));
    watch.onJudgement((judgement) => this.#onJudgement(judgement));
  }

  #onEvent(event: SuggestionEvent): void {
    switch (event.kind) {
      case 'shown': {
        const { shown, document } = event;
        this.#document = document;
        this.#tally.shown(shown, () => countedWhere(document, shown), performance.now());
        break;
      }
      case 'acceptedAll':
        this.#followTake(this.#tally.accepted(event.id));
        break;
      case 'blankWithdrawn':
        this.#tally.blankWithdrawn();
        break;
      case 'moved':
        this.#tally.moved(event.by);
        break;
      case 'left':
        this.#tally.left(performance.now());
    }
  }

  #onJudgement({ verdict, shown, inserted, document, wasRead }: Judgement): void {
    this.#document = document;
    this.#followTake(this.#tally.changed(verdict, inserted, performance.now()));
    if (verdict.kind !== 'rejected' || !wasRead || inserted === '' || !this.#learnsFrom(document)) return;
    const { offset: start, text: suggested } = shown;
    this.#follower.follow({ kind: 'rejected', document, place: { start, end: start + inserted.length }, suggested });
  }

  #followTake(take: Take | undefined): void {
    const document = this.#document;
    if (!take || !document) return;
    const place = { start: take.offset, end: take.offset + take.text.length };
    this.#follower.follow({ kind: 'accepted', document, place, suggested: take.text });
  }

  /** Resolves when all counts are on the disk. */
  dispose(): Promise<void> {
    this.#tally.left(performance.now());
    this.#changes.dispose();
    this.#page.dispose();
    this.#follower.dispose();
    return this.#counts.flush();
  }

  #count(where: CountedWhere, counts: UsageCounts): void {
    this.#counts.add(usageOf(where, counts));
    this.#page.drawSoon();
  }

  #onLook({ kind, document, place, suggested, isFirst, after }: LaterLook): void {
    const text = document.getText();
    if (kind === 'accepted' && after) {
      const isKept = survives(suggested, text.slice(place.start, place.end));
      const { languageId } = document;
      const where = { day: dayName(new Date()), languageId };
      this.#count(where, { [`${isKept ? 'kept' : 'gone'}${after}`]: 1 });
    }
    if (!isFirst || !this.#learnsFrom(document)) return;
    const example = exampleOf({ kind, text, ...place, suggested });
    if (!example) return;
    const { languageId, uri } = document;
    this.#examples
      ?.add({ at: new Date().toISOString(), path: vscode.workspace.asRelativePath(uri), languageId, ...example })
      .catch((error) => this.#log.warn(`learning from use: ${String(error)}`));
  }

  /** Only files of a trusted workspace, and only where the person has asked for it. */
  #learnsFrom({ uri }: vscode.TextDocument): boolean {
    return (
      vscode.workspace.isTrusted &&
      this.#isLearning() &&
      uri.scheme === 'file' &&
      vscode.workspace.getWorkspaceFolder(uri) !== undefined
    );
  }

  #examplesIfTrusted(): LearntExamples | undefined {
    return vscode.workspace.isTrusted ? this.#examples : undefined;
  }

  async #withExamples(show: (examples: LearntExamples) => Promise<void>): Promise<void> {
    const examples = this.#examplesIfTrusted();
    if (!examples) {
      await vscode.window.showInformationMessage(
        l10n.t('Inkling keeps suggestions for learning only in folders that you have opened and trust.'),
      );
      return;
    }
    this.#follower.lookNow();
    await show(examples);
  }
}

/** Lines above the caret that tell where in the flow of words it stands. */
const linesAbove = 3;

function countedWhere(document: vscode.TextDocument, { offset, text }: ShownSuggestion): CountedWhere {
  const caret = document.positionAt(offset);
  const start = new vscode.Position(Math.max(0, caret.line - linesAbove), 0);
  const before = document.getText(new vscode.Range(start, caret));
  return { day: dayName(new Date()), languageId: document.languageId, place: suggestionPlace(before, text) };
}
