import * as vscode from 'vscode';
import { l10n } from 'vscode';
import { messageOf } from '../../protocol/errors.ts';
import type { UsagePageAction, UsagePageUpdate, UsageView } from '../../protocol/usagePage.ts';
import { otherLanguages, type UsageByDay, usageReport } from '../../writing/usage/usageCounts.ts';
import { languageName } from '../otherProviders.ts';
import { openWebviewPage, translations } from '../webviewPage.ts';
import type { LearntExamples } from './learntExamples.ts';
import type { UsageFile } from './usageFile.ts';

interface UsagePageParts {
  readonly counts: UsageFile;
  /** undefined where none are kept: no folder is open, or it is not trusted */
  readonly examples: () => LearntExamples | undefined;
  /** more are kept at present */
  readonly isLearning: () => boolean;
  /** what is on its way to the counts is to be forgotten, too */
  readonly onForget: () => void;
}

/** The page is drawn at most this often while somebody writes beside it. */
const drawEveryMs = 2000;

/** The page of statistics, one at most. It is drawn afresh when it comes to the front, and while it is seen. */
export class UsagePage implements vscode.Disposable {
  readonly #extensionUri: vscode.Uri;
  readonly #parts: UsagePageParts;
  #panel: vscode.WebviewPanel | undefined;
  #timer: NodeJS.Timeout | undefined;

  constructor(extensionUri: vscode.Uri, parts: UsagePageParts) {
    this.#extensionUri = extensionUri;
    this.#parts = parts;
  }

  open(): void {
    if (this.#panel) {
      this.#panel.reveal();
      return;
    }
    const title = l10n.t('Suggestion Statistics');
    const panel = openWebviewPage(this.#extensionUri, { page: 'usage', title, column: vscode.ViewColumn.Active });
    this.#panel = panel;
    panel.onDidDispose(() => {
      this.#panel = undefined;
    });
    panel.onDidChangeViewState(() => this.#draw());
    panel.webview.onDidReceiveMessage((action: UsagePageAction) => this.#act(action));
  }

  /** Something was counted. */
  drawSoon(): void {
    if (this.#panel?.visible) this.#timer ??= setTimeout(() => this.#draw(), drawEveryMs);
  }

  dispose(): void {
    clearTimeout(this.#timer);
    this.#panel?.dispose();
  }

  async #act({ kind }: UsagePageAction): Promise<void> {
    if (kind === 'showLearnt') await vscode.commands.executeCommand('inkling.learnt');
    if (kind === 'forget') await this.#forget();
    await this.#draw();
  }

  /** Deletes everything, once a person has said so. */
  async #forget(): Promise<void> {
    const remove = l10n.t('Delete');
    const detail = this.#parts.examples()
      ? l10n.t(
          'All counts, of all windows and folders, and all suggestions kept for learning in this workspace. This cannot be undone.',
        )
      : l10n.t('All counts, of all windows and folders. This cannot be undone.');
    const question = l10n.t('Forget what became of suggestions?');
    if ((await vscode.window.showWarningMessage(question, { modal: true, detail }, remove)) !== remove) return;
    this.#parts.onForget();
    try {
      await this.#parts.counts.clear();
      await this.#parts.examples()?.clear();
    } catch (error) {
      await vscode.window.showErrorMessage(l10n.t('Not everything could be deleted: {0}', messageOf(error)));
    }
  }

  async #draw(): Promise<void> {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    const update: UsagePageUpdate = { view: await this.#view(), texts: translations() };
    await this.#panel?.webview.postMessage(update);
  }

  async #view(): Promise<UsageView> {
    const { counts, examples, isLearning } = this.#parts;
    let days: UsageByDay = {};
    let problem: string | undefined;
    try {
      days = await counts.read();
    } catch (error) {
      problem = messageOf(error);
    }
    const kept = await examples()
      ?.read()
      .catch(() => undefined);
    const setAside = await counts.setAside();
    const { languages, ...report } = usageReport(days, new Date());
    const taken = kept?.filter(({ kind }) => kind === 'accepted').length ?? 0;
    return {
      ...report,
      languages: languages.map(({ languageId, figures }) => ({ name: nameOf(languageId), figures })),
      ...(kept && { learnt: { taken, corrected: kept.length - taken, isLearning: isLearning() } }),
      ...(problem !== undefined && { problem }),
      ...(setAside !== undefined && { setAside }),
    };
  }
}

const nameOf = (languageId: string) => (languageId === otherLanguages ? l10n.t('others') : languageName(languageId));
