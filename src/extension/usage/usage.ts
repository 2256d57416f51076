import path from 'node:path';
import * as vscode from 'vscode';
import { l10n } from 'vscode';
import type { Judgement } from '../../providers/completion/suggestionWatch.ts';
import { survives } from '../../writing/usage/survives.ts';
import { dayName } from '../../writing/usage/usageCounts.ts';
import { exampleOf, LearntExamples } from './learntExamples.ts';
import { forgetLearnt, showLearnt, showUsage } from './showUsage.ts';
import { type LaterLook, SuggestionFollower } from './suggestionFollower.ts';
import { UsageFile } from './usageFile.ts';

/**
 * What becomes of suggestions: counted, without any text, and, where a person has asked for it, kept as examples to learn
 * from. Both stay on this machine, are shown on demand, and can be deleted.
 */
export class Usage implements vscode.Disposable {
  readonly #counts: UsageFile;
  readonly #examples: LearntExamples | undefined;
  readonly #follower = new SuggestionFollower();
  readonly #log: vscode.LogOutputChannel;
  readonly #isLearning: () => boolean;

  /** @param isLearning the person has asked for examples to be kept */
  constructor(context: vscode.ExtensionContext, log: vscode.LogOutputChannel, isLearning: () => boolean) {
    this.#log = log;
    this.#isLearning = isLearning;
    this.#counts = new UsageFile(path.join(context.globalStorageUri.fsPath, 'usage.json'));
    const { storageUri } = context; // undefined in a window without a workspace
    this.#examples = storageUri && new LearntExamples(path.join(storageUri.fsPath, 'learnt-from-use.jsonl'));
    this.#follower.onLook((look) => this.#onLook(look));
  }

  show = (): Promise<void> => showUsage(this.#counts);

  showExamples = (): Promise<void> => this.#withExamples((examples) => showLearnt(examples, this.#isLearning()));

  forgetExamples = (): Promise<void> => this.#withExamples(forgetLearnt);

  /** What was kept so far; empty in workspaces that are not trusted. */
  async examples() {
    if (!vscode.workspace.isTrusted) return [];
    this.#follower.lookNow();
    return (await this.#examples?.read()) ?? [];
  }

  /** Follows what a person did with a suggestion. */
  onJudgement({ verdict, shown, inserted, document }: Judgement): void {
    const today = dayName(new Date());
    const { offset: start, text: suggested } = shown;
    switch (verdict.kind) {
      case 'acceptedAll':
      case 'acceptedPart': {
        const isAll = verdict.kind === 'acceptedAll';
        this.#counts.add(today, {
          ...(isAll ? { accepted: 1 } : { acceptedParts: 1 }),
          characters: inserted.length,
        });
        const place = { start, end: start + inserted.length };
        this.#follower.follow({ kind: 'accepted', document, place, suggested: inserted });
        break;
      }
      case 'rejected':
        this.#counts.add(today, { rejected: 1 });
        if (inserted !== '' && this.#learnsFrom(document)) {
          this.#follower.follow({
            kind: 'rejected',
            document,
            place: { start, end: start + inserted.length },
            suggested,
          });
        }
        break;
      case 'typedThrough':
      case 'unrelated':
    }
  }

  dispose(): void {
    this.#follower.dispose();
    void this.#counts.flush();
  }

  #onLook({ kind, document, place, suggested, isFirst, after }: LaterLook): void {
    const text = document.getText();
    if (kind === 'accepted' && after) {
      const isKept = survives(suggested, text.slice(place.start, place.end));
      const outcome = { kept: isKept ? 1 : 0, gone: isKept ? 0 : 1 };
      this.#counts.add(dayName(new Date()), { survival: { [after]: outcome } });
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

  async #withExamples(show: (examples: LearntExamples) => Promise<void>): Promise<void> {
    if (!vscode.workspace.isTrusted || !this.#examples) {
      await vscode.window.showInformationMessage(
        l10n.t('Inkling keeps suggestions for learning only in folders that you have opened and trust.'),
      );
      return;
    }
    this.#follower.lookNow();
    await show(this.#examples);
  }
}
