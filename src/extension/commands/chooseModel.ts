import * as vscode from 'vscode';
import { l10n } from 'vscode';
import type { ModelFolders } from '../../client/modelFolders.ts';
import type { StoreClient } from '../../client/storeClient.ts';
import type { ModelSummary } from '../../protocol/store.ts';
import { engineSettings, setModel } from '../settings.ts';

interface ModelItem extends vscode.QuickPickItem {
  /** what the setting is to hold; undefined: ask for a folder */
  readonly model?: string;
}

/** Lets the person choose among the models on this machine, or name a folder that holds one. */
export async function chooseModel(store: StoreClient, folders: ModelFolders): Promise<void> {
  const listing = store.list([folders.bundled, folders.user]);
  const picked = await vscode.window.showQuickPick<ModelItem>(
    listing.then((models) => modelItems(models)),
    { title: l10n.t('Choose a model'), placeHolder: l10n.t('It replaces the one in use') },
  );
  if (!picked) return;
  const model = picked.model ?? (await askForFolder());
  if (model) await setModel(model);
}

function modelItems(models: readonly ModelSummary[]): ModelItem[] {
  const inUse = engineSettings().model;
  const items = models.map((model): ModelItem => {
    const isInUse = model.name === inUse || model.modelFolder === inUse;
    return {
      label: `$(${model.problem ? 'warning' : isInUse ? 'check' : 'package'}) ${model.name}`,
      description: isInUse ? l10n.t('in use') : '',
      detail: model.problem ?? `${model.architecture}, ${millions(model.parameters)}, ${megabytes(model.sizeBytes)}`,
      model: model.name,
    };
  });
  const separator: ModelItem = { label: '', kind: vscode.QuickPickItemKind.Separator };
  return [...items, separator, { label: `$(folder-opened) ${l10n.t('Another folder…')}` }];
}

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

const millions = (count: number) => l10n.t('{0} million parameters', Math.round(count / 1e6));
const megabytes = (bytes: number) => `${Math.round(bytes / 1e6)} MB`;
