import { setTimeout as sleep } from 'node:timers/promises';
import * as vscode from 'vscode';

type Answer = (labels: readonly string[]) => string | undefined;

/**
 * Stands in for the person: notes what the editor tells, and answers what it asks. Messages go away by themselves; lists
 * of choices are answered by `pick`, and dismissed where it says nothing.
 */
export class PersonAtScreen {
  /** every message since the last `forget`, oldest first */
  readonly messages: string[] = [];
  /** lines that were shown for a while in the status bar */
  readonly statusLines: string[] = [];
  /** the buttons of these messages */
  readonly offered: string[] = [];
  /** titles and labels of every list of choices */
  readonly choices: { readonly title: string; readonly labels: readonly string[] }[] = [];
  pick: Answer = () => undefined;
  /** the editor's own ways of telling and asking */
  #own: object = {};

  /** From now on the editor tells and asks this one, until it leaves. To be called when a suite begins, not when it is read. */
  arrive(): void {
    const { setStatusBarMessage, showInformationMessage, showWarningMessage, showErrorMessage } = vscode.window;
    const { showQuickPick, createQuickPick } = vscode.window;
    const messages = { setStatusBarMessage, showInformationMessage, showWarningMessage, showErrorMessage };
    this.#own = { ...messages, showQuickPick, createQuickPick };
    const tell = (message: string, ...rest: readonly unknown[]) => {
      const [options] = rest;
      const detail = typeof options === 'object' && options !== null && 'detail' in options ? options.detail : '';
      this.messages.push([message, detail].filter(Boolean).join('\n'));
      this.offered.push(...rest.filter((each) => typeof each === 'string'));
      return Promise.resolve(undefined);
    };
    const choose = async (
      given: readonly vscode.QuickPickItem[] | Thenable<readonly vscode.QuickPickItem[]>,
      options?: vscode.QuickPickOptions,
    ) => {
      const items = (await given).filter(({ kind }) => kind !== vscode.QuickPickItemKind.Separator);
      const labels = items.map(({ label }) => label);
      this.choices.push({ title: options?.title ?? '', labels });
      const label = this.pick(labels);
      const picked = items.filter((item) => item.label === label);
      return options?.canPickMany ? (label === undefined ? undefined : picked) : picked[0];
    };
    const note = (line: string) => {
      this.statusLines.push(line);
      return new vscode.Disposable(() => undefined);
    };
    Object.assign(vscode.window, {
      setStatusBarMessage: note,
      showInformationMessage: tell,
      showWarningMessage: tell,
      showErrorMessage: tell,
      showQuickPick: choose,
      createQuickPick: () => {
        const list = createQuickPick();
        void this.#answerWhenComplete(list);
        return list;
      },
    });
  }

  /** Of the lists that a program makes itself, this one answers those that grow: when nothing is coming any more. */
  async #answerWhenComplete(list: vscode.QuickPick<vscode.QuickPickItem>): Promise<void> {
    let isOpen = true;
    list.onDidHide(() => {
      isOpen = false;
    });
    await sleep(10);
    if (!list.busy) return;
    while (list.busy && isOpen) await sleep(50);
    if (!isOpen) return;
    const labels = list.items.map(({ label }) => label);
    this.choices.push({ title: list.title ?? '', labels });
    const item = list.items.find(({ label }) => label === this.pick(labels));
    if (!item) return list.hide();
    list.activeItems = [item];
    await sleep(200); // the editor has to see it
    await vscode.commands.executeCommand('workbench.action.acceptSelectedQuickOpenItem');
  }

  forget(): void {
    this.messages.length = 0;
    this.statusLines.length = 0;
    this.offered.length = 0;
    this.choices.length = 0;
    this.pick = () => undefined;
  }

  /** The editor asks the real person again. */
  leave(): void {
    Object.assign(vscode.window, this.#own);
  }
}
