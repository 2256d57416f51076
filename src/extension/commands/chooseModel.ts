import { l10n } from 'vscode';
import type { ModelFolders } from '../../client/modelFolders.ts';
import type { StoreClient } from '../../client/storeClient.ts';
import type { ModelSummary } from '../../protocol/store.ts';
import { setModel } from '../settings.ts';
import { isNamed, type ModelItem, millionParameters, modelItem, pickModel } from './pickModel.ts';

/**
 * Lets the person choose another model than the one in use.
 * @param setting what is in use: a name or a folder
 */
export async function chooseModel(store: StoreClient, folders: ModelFolders, setting: string): Promise<void> {
  const model = await pickModel(store, folders, {
    title: l10n.t('Choose a model'),
    placeHolder: l10n.t('It replaces the one in use'),
    itemsOf: (models) => models.map((one) => itemOf(one, isNamed(one, setting))),
  });
  if (model !== undefined) await setModel(model);
}

/** Also of a model that cannot be run, with the reason. */
function itemOf(model: ModelSummary, isInUse: boolean): ModelItem {
  const { name, problem, architecture, sizeBytes } = model;
  const item = modelItem(name, { model: name, isInUse });
  if (problem !== undefined) return { ...item, label: `$(warning) ${name}`, detail: problem };
  return { ...item, detail: `${architecture}, ${millionParameters(model)}, ${Math.round(sizeBytes / 1e6)} MB` };
}
