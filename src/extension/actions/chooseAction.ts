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
  () => ({ title: l10n.t('Change its form'), actions: ['bullets', 'prose', 'table', 'headings'] }),
  () => ({ title: l10n.t('Write more'), actions: ['summarize', 'continue', 'title'] }),
  () => ({ title: l10n.t('In your own words'), actions: ['ask', 'custom'] }),
];

/** All that a menu lists. */
export const menuActions = (): readonly ActionId[] => groups.flatMap((group) => group().actions);

/** A row of a context menu cannot change its words: what needs a larger model is left out, and the list below has it. */
export async function withholdInMenu(withheld: ReadonlySet<ActionId>): Promise<void> {
  const told = menuActions().map((action) =>
    vscode.commands.executeCommand('setContext', `inkling.withheld.${action}`, withheld.has(action)),
  );
  await Promise.all(told);
}

/** The command that runs an action on the selection. */
export const commandOf = (action: ActionId): string => `inkling.action.${action}`;

/**
 * Lets the person choose what to do with the selected text. An action that the model is not up to is there as well: it says
 * so, and choosing it leads to a larger one.
 */
export async function chooseAction(isOffered: (action: ActionId) => boolean): Promise<void> {
  const items = groups.flatMap((group): ActionItem[] => {
    const { title, actions } = group();
    return [
      { label: title, kind: vscode.QuickPickItemKind.Separator },
      ...actions.map((action) => ({
        label: actionTitle(action),
        description: isOffered(action) ? actionDescription(action) : l10n.t('Needs a larger model'),
        command: commandOf(action),
      })),
    ];
  });
  items.push({ label: l10n.t('Your own prompts'), command: 'inkling.runPrompt' });
  const picked = await vscode.window.showQuickPick(items, {
    title: l10n.t('What should be done with the text?'),
    matchOnDescription: true,
  });
  if (picked?.command) await vscode.commands.executeCommand(picked.command);
}
