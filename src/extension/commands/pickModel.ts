import * as vscode from 'vscode';
import { l10n } from 'vscode';
import type { ModelFolders } from '../../client/modelFolders.ts';
import type { StoreClient } from '../../client/storeClient.ts';
import type { ModelSummary } from '../../protocol/store.ts';

export interface ModelItem extends vscode.QuickPickItem {
  /** what the setting is to hold; undefined: ask for a folder */
  readonly model?: string;
}

export interface ModelQuestion {
  readonly title: string;
  readonly placeHolder: string;
  /** the rows, of the models on this machine; one for another folder is added */
  readonly itemsOf: (models: readonly ModelSummary[]) => readonly ModelItem[];
}

/**
 * Lets the person choose among the models on this machine, or name a folder that holds one.
 * @returns what the setting is to hold; undefined: nothing was chosen
 */
export async function pickModel(
  store: StoreClient,
  folders: ModelFolders,
  { title, placeHolder, itemsOf }: ModelQuestion,
): Promise<string | undefined> {
  const listing = store.list([folders.bundled, folders.user]);
  const separator: ModelItem = { label: '', kind: vscode.QuickPickItemKind.Separator };
  const otherFolder: ModelItem = { label: `$(folder-opened) ${l10n.t('Another folder…')}` };
  const picked = await vscode.window.showQuickPick<ModelItem>(
    listing.then((models) => [...itemsOf(models), separator, otherFolder]),
    { title, placeHolder },
  );
  return picked && (picked.model ?? askForFolder());
}

/** A row, marked where it is what the setting names. */
export const modelItem = (name: string, { model, isInUse }: { model: string; isInUse: boolean }): ModelItem => ({
  label: `$(${isInUse ? 'check' : 'package'}) ${name}`,
  description: isInUse ? l10n.t('in use') : '',
  model,
});

/** The setting holds a model's name or its folder. */
export const isNamed = ({ name, modelFolder }: ModelSummary, setting: string): boolean =>
  setting === name || setting === modelFolder;

export const millionParameters = ({ parameters }: ModelSummary): string =>
  l10n.t('{0} million parameters', Math.round(parameters / 1e6));

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
