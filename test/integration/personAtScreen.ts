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
  readonly #own: object;

  /** From now on the editor tells and asks this one, until it leaves. To be made when a suite begins, not when it is read. */
  constructor() {
    const { setStatusBarMessage, showInformationMessage, showWarningMessage, showErrorMessage, showQuickPick } =
      vscode.window;
    this.#own = { setStatusBarMessage, showInformationMessage, showWarningMessage, showErrorMessage, showQuickPick };
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
    });
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
