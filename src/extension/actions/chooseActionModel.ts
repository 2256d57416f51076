import * as vscode from 'vscode';
import { l10n } from 'vscode';
import type { ModelFolders } from '../../client/modelFolders.ts';
import type { StoreClient } from '../../client/storeClient.ts';
import type { ModelSummary } from '../../protocol/store.ts';
import { actionModelSetting, setActionModel } from './actionModelSetting.ts';

interface ActionModelItem extends vscode.QuickPickItem {
  /** what the setting is to hold; undefined: ask for a folder */
  readonly model?: string;
}

/** Lets the person choose a model for actions alone: a larger one than can keep up with typing. */
export async function chooseActionModel(store: StoreClient, folders: ModelFolders): Promise<void> {
  const listing = store.list([folders.bundled, folders.user]);
  const picked = await vscode.window.showQuickPick<ActionModelItem>(
    listing.then((models) => items(models)),
    {
      title: l10n.t('Choose a model for actions'),
      placeHolder: l10n.t('Beside the one that types, in a process of its own that ends when it has been idle'),
    },
  );
  if (!picked) return;
  const model = picked.model ?? (await askForFolder());
  if (model !== undefined) await setActionModel(model);
}

function items(models: readonly ModelSummary[]): ActionModelItem[] {
  const inUse = actionModelSetting();
  const usable = models
    .filter(({ problem }) => problem === undefined)
    .map(({ name, modelFolder, parameters }) => ({
      ...row(name, name === inUse || modelFolder === inUse),
      detail: l10n.t('{0} million parameters', Math.round(parameters / 1e6)),
      model: name,
    }));
  return [
    { ...row(l10n.t('The one that types'), inUse === ''), model: '' },
    ...usable,
    { label: '', kind: vscode.QuickPickItemKind.Separator },
    { label: `$(folder-opened) ${l10n.t('Another folder…')}` },
  ];
}

const row = (name: string, isInUse: boolean) => ({
  label: `$(${isInUse ? 'check' : 'package'}) ${name}`,
  description: isInUse ? l10n.t('in use') : '',
});

async function askForFolder(): Promise<string | undefined> {
  const [folder] =
    (await vscode.window.showOpenDialog({
      title: l10n.t('The folder of a model'),
      openLabel: l10n.t('Use this model'),
      canSelectFolders: true,
      canSelectFiles: false,
    })) ?? [];
  return folder?.fsPath;
}
