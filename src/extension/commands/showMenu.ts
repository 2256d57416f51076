import * as vscode from 'vscode';
import { l10n } from 'vscode';
import { type OtherProvider, otherProviders, switchOtherOff } from '../otherProviders.ts';
import type { Settings } from '../settings/settings.ts';

interface MenuItem extends vscode.QuickPickItem {
  readonly run?: () => Thenable<unknown>;
}

/** The menu behind the status bar item. */
export async function showMenu(isPaused: boolean, settings: Settings): Promise<void> {
  const languageId = vscode.window.activeTextEditor?.document.languageId;
  const picked = await vscode.window.showQuickPick(menuItems(isPaused, languageId, settings), { title: 'Inkling' });
  await picked?.run?.();
}

function menuItems(isPaused: boolean, languageId: string | undefined, settings: Settings): MenuItem[] {
  const on = settings.general.enabled;
  const items = [
    command(on ? 'circle-slash' : 'edit', on ? l10n.t('Switch off') : l10n.t('Switch on'), 'inkling.toggle'),
  ];
  if (on && languageId) {
    const label = settings.isLanguageOn(languageId)
      ? l10n.t('Switch off for “{0}”', languageId)
      : l10n.t('Switch on for “{0}”', languageId);
    items.push(command('file', label, 'inkling.toggleLanguage'));
  }
  if (on) {
    const label = isPaused ? l10n.t('End the pause') : l10n.t('Pause for 30 minutes');
    items.push(command(isPaused ? 'debug-continue' : 'debug-pause', label, 'inkling.pause'));
  }
  items.push(
    command('question', l10n.t('Why nothing?'), 'inkling.whyNothing'),
    command('graph', l10n.t('What became of the suggestions'), 'inkling.usage'),
    separator,
    command('package', l10n.t('Choose a model'), 'inkling.chooseModel'),
    command('mortar-board', l10n.t('Fine-tune on this workspace'), 'inkling.fineTune'),
    command('layers', l10n.t('Adapters'), 'inkling.adapters'),
    command('settings-gear', l10n.t('Settings'), 'inkling.openSettings'),
    command('output', l10n.t('Show the log'), 'inkling.showLog'),
    command('debug-restart', l10n.t('Restart the engine'), 'inkling.restartEngine'),
  );
  const others = languageId ? otherProviders().map((other) => switchFrom(other, languageId)) : [];
  return others.length > 0 ? [...items, separator, ...others] : items;
}

const command = (icon: string, label: string, id: string): MenuItem => ({
  label: `$(${icon}) ${label}`,
  run: () => vscode.commands.executeCommand(id),
});

const separator: MenuItem = { label: '', kind: vscode.QuickPickItemKind.Separator };

const switchFrom = (other: OtherProvider, languageId: string): MenuItem => ({
  label: `$(arrow-swap) ${l10n.t('Let Inkling alone suggest in “{0}”', languageId)}`,
  description: l10n.t('switches {0} off there', other.name),
  run: () => switchOtherOff(other, languageId),
});
