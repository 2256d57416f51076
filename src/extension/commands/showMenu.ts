import * as vscode from 'vscode';
import { l10n } from 'vscode';
import { bundledModelName } from '../../client/modelFolders.ts';
import type { Features } from '../features.ts';
import { languageName, type OtherProvider, otherProviders, switchOtherOff } from '../otherProviders.ts';
import { setModel } from '../settings/settings.ts';

interface MenuItem extends vscode.QuickPickItem {
  readonly run?: () => Thenable<unknown>;
}

type MenuFeatures = Pick<Features, 'pause' | 'settings' | 'completions'>;

/** The menu behind the status bar item. What Enter does at once harms nobody. */
export async function showMenu(features: MenuFeatures): Promise<void> {
  const languageId = vscode.window.activeTextEditor?.document.languageId;
  const picked = await vscode.window.showQuickPick(menuItems(features, languageId), { title: 'Inkling' });
  await picked?.run?.();
}

function menuItems({ pause, settings, completions }: MenuFeatures, languageId: string | undefined): MenuItem[] {
  const { enabled, model } = settings.general;
  const engine = completions.value?.engine;
  const items = enabled ? [] : [command('edit', l10n.t('Turn On'), 'inkling.toggle')];
  if (engine?.kind === 'failed' && model !== bundledModelName) {
    items.push(item('package', l10n.t('Use the Built-In Model'), () => setModel(bundledModelName)));
  }
  items.push(
    command('question', l10n.t('Why Nothing?'), 'inkling.whyNothing'),
    command('wand', l10n.t('Edit Text with Inkling…'), 'inkling.actions'),
    separator,
    { ...command('package', l10n.t('Choose a Model…'), 'inkling.chooseModel'), description: model },
    command('cloud-download', l10n.t('Get a Better Model…'), 'inkling.models'),
    command('mortar-board', l10n.t('Fine-Tune on This Workspace…'), 'inkling.fineTune'),
    command('layers', l10n.t('Adapters'), 'inkling.adapters'),
    command('graph', l10n.t('Suggestion Statistics'), 'inkling.usage'),
    separator,
  );
  if (enabled) {
    const [icon, label] =
      pause.until === undefined
        ? ['debug-pause', l10n.t('Pause for 30 Minutes')]
        : ['debug-continue', l10n.t('Resume Suggestions')];
    items.push(command(icon, label, 'inkling.pause'));
    if (languageId !== undefined) {
      const name = languageName(languageId);
      const label = settings.isLanguageOn(languageId)
        ? l10n.t('Turn Off in {0} Files', name)
        : l10n.t('Turn On in {0} Files', name);
      items.push(command('file', label, 'inkling.toggleLanguage'));
    }
    items.push(command('circle-slash', l10n.t('Turn Off'), 'inkling.toggle'));
  }
  items.push(
    separator,
    command('settings-gear', l10n.t('Settings'), 'inkling.openSettings'),
    command('output', l10n.t('Show Log'), 'inkling.showLog'),
    command('debug-restart', l10n.t('Restart Model'), 'inkling.restartEngine'),
  );
  const others = languageId ? otherProviders().map((other) => switchFrom(other, languageId)) : [];
  return others.length > 0 ? [...items, separator, ...others] : items;
}

const item = (icon: string, label: string, run: () => Thenable<unknown>): MenuItem => ({
  label: `$(${icon}) ${label}`,
  run,
});

const command = (icon: string, label: string, id: string): MenuItem =>
  item(icon, label, () => vscode.commands.executeCommand(id));

const separator: MenuItem = { label: '', kind: vscode.QuickPickItemKind.Separator };

const switchFrom = (other: OtherProvider, languageId: string): MenuItem => ({
  ...item('arrow-swap', l10n.t('Only Inkling in {0} Files', languageName(languageId)), () =>
    switchOtherOff(other, languageId),
  ),
  description: l10n.t('turns off {0} there', other.name),
});
