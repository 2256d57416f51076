import * as vscode from 'vscode';
import { l10n } from 'vscode';
import type { Made } from '../../providers/selection/makeEdits.ts';
import type { OpenProposal } from '../../providers/selection/openProposal.ts';

/**
 * Runs an action and, where it offers several results, such as titles, lets the person choose and puts the chosen one in.
 * The list opens with the first ones and grows while the others come; who chooses before the end stops the run.
 * @returns false when there is only one result, which is shown as any other proposal
 */
export async function chooseCandidate(proposal: OpenProposal, run: () => Promise<void>): Promise<boolean> {
  const { session, task } = proposal;
  const list = new CandidateList(task.title);
  const found = proposal.onDidFindCandidates((texts) => list.offer(texts));
  const answer = list.answer.then((label) => {
    if (session.isRunning) proposal.stop();
    return label;
  });
  try {
    await run();
    const [only, ...others] = session.proposals;
    if (proposal.isClosed || !only || others.length > 0 || only.candidates.length < 2) return false;
    const texts = only.candidates.map(({ text }) => text);
    list.offer(texts);
    list.complete();
    const chosen = await answer;
    if (chosen !== undefined && !proposal.isClosed) {
      // the result may hold more than the candidate: the mark of a heading, the text around a word
      const text = only.text.replace(texts[0]!, () => chosen);
      session.settle(0, { ...only, text, changes: [], candidates: [] });
      await explainUnless(await proposal.accept('all'), proposal);
    }
    proposal.dispose();
    return true;
  } finally {
    found.dispose();
    list.dispose();
  }
}

/** A list that is open as soon as there is something in it; the line that is marked stays marked when others come. */
class CandidateList {
  /** the line that was chosen; undefined when the person gave up */
  readonly answer: Promise<string | undefined>;
  readonly #title: string;
  #pick: vscode.QuickPick<vscode.QuickPickItem> | undefined;
  #resolve: (label: string | undefined) => void = () => undefined;
  #isAnswered = false;

  constructor(title: string) {
    this.#title = title;
    this.answer = new Promise((resolve) => {
      this.#resolve = resolve;
    });
  }

  offer(labels: readonly string[]): void {
    if (this.#isAnswered || labels.length === 0) return;
    this.#pick ??= this.#open();
    const pick = this.#pick;
    const marked = pick.activeItems[0]?.label;
    pick.items = labels.map((label) => ({ label }));
    const again = pick.items.find(({ label }) => label === marked);
    if (again) pick.activeItems = [again];
    pick.show();
  }

  /** No others will come. */
  complete(): void {
    if (this.#pick) this.#pick.busy = false;
  }

  dispose(): void {
    this.#pick?.dispose();
  }

  #open(): vscode.QuickPick<vscode.QuickPickItem> {
    const pick = vscode.window.createQuickPick();
    pick.title = this.#title;
    pick.placeholder = l10n.t('Choose one to put it in');
    pick.busy = true;
    const settle = (label: string | undefined) => {
      this.#isAnswered = true;
      this.#resolve(label); // the first answer counts
    };
    pick.onDidAccept(() => {
      settle((pick.selectedItems[0] ?? pick.activeItems[0])?.label);
      pick.hide();
    });
    pick.onDidHide(() => settle(undefined));
    return pick;
  }
}

/** Says why what was accepted is not in the document. */
export async function explainUnless(made: Made, { session }: OpenProposal): Promise<void> {
  if (made === 'done' || session.isRunning) return;
  if (made === 'locked') {
    const locked = l10n.t(
      'This document is locked: nothing was changed. Unlock it and accept again, or copy the result.',
    );
    await vscode.window.showWarningMessage(locked);
    return;
  }
  await vscode.window.showWarningMessage(
    session.isStale
      ? l10n.t('The changes cannot be applied: the text has changed meanwhile. Undo your edit, or try again.')
      : l10n.t('The changes could not be applied to the document.'),
  );
}
