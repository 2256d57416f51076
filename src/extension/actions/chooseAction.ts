import * as vscode from 'vscode';
import { l10n } from 'vscode';
import type { ActionId } from '../../writing/selection/selectionAction.ts';
import { actionDescription, actionTitle } from './actionTitles.ts';

interface ActionItem extends vscode.QuickPickItem {
  readonly command?: string;
}

/** Actions in groups, most used first. */
const groups: readonly (() => { readonly title: string; readonly actions: readonly ActionId[] })[] = [
  () => ({
    title: l10n.t('Change the text'),
    actions: ['fix', 'shorten', 'rewrite', 'simplify', 'expand', 'formal', 'friendly', 'betterWord', 'translate'],
  }),
  () => ({ title: l10n.t('Change its form'), actions: ['bullets', 'numbered', 'prose', 'table', 'headings'] }),
  () => ({ title: l10n.t('Write more'), actions: ['summarize', 'continue', 'title'] }),
  () => ({ title: l10n.t('In your own words'), actions: ['ask', 'custom'] }),
];

/** All that a menu lists. */
export const menuActions = (): readonly ActionId[] => groups.flatMap((group) => group().actions);

/**
 * A row of a context menu cannot change its words: what needs a larger model is left out, and the list below has it
 * (`withheld`), and so is what cannot be done with what is selected (`misplaced`).
 */
export class MenuKeys {
  readonly #key: 'withheld' | 'misplaced';
  /** undefined: nothing has been told yet */
  #left: ReadonlySet<ActionId> | undefined;

  constructor(key: 'withheld' | 'misplaced') {
    this.#key = key;
  }

  async leaveOut(left: ReadonlySet<ActionId>): Promise<void> {
    const changed = menuActions().filter((action) => left.has(action) !== this.#left?.has(action));
    this.#left = left;
    const told = changed.map((action) =>
      vscode.commands.executeCommand('setContext', `inkling.${this.#key}.${action}`, left.has(action)),
    );
    await Promise.all(told);
  }
}

/** The command that runs an action on the selection. */
export const commandOf = (action: ActionId): string => `inkling.action.${action}`;

/**
 * Lets the person choose what to do with the selected text. What the model is not up to stands at the end: it says so, and
 * choosing it leads to a larger one.
 * @param isInPlace whether it can be done with what is selected; what cannot is left out
 */
export async function chooseAction(
  isOffered: (action: ActionId) => boolean,
  isInPlace: (action: ActionId) => boolean,
): Promise<void> {
  const offered = groups.flatMap((group) => {
    const { title, actions } = group();
    return titled(
      title,
      actions
        .filter((action) => isInPlace(action) && isOffered(action))
        .map((action) => actionItem(action, actionDescription(action))),
    );
  });
  const needsLarger = l10n.t('Needs a larger model');
  const others = menuActions().filter((action) => isInPlace(action) && !isOffered(action));
  const items: ActionItem[] = [
    ...offered,
    { label: l10n.t('Your own prompts'), command: 'inkling.runPrompt' },
    ...titled(
      needsLarger,
      others.map((action) => actionItem(action, needsLarger)),
    ),
  ];
  const picked = await vscode.window.showQuickPick(items, {
    title: l10n.t('What should be done with the text?'),
    matchOnDescription: true,
  });
  if (picked?.command) await vscode.commands.executeCommand(picked.command);
}

const actionItem = (action: ActionId, description: string): ActionItem => ({
  label: actionTitle(action),
  description,
  command: commandOf(action),
});

/** A group of rows; nothing where there are none. */
const titled = (label: string, items: readonly ActionItem[]): readonly ActionItem[] =>
  items.length === 0 ? [] : [{ label, kind: vscode.QuickPickItemKind.Separator }, ...items];
