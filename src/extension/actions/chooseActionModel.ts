import { l10n } from 'vscode';
import type { ModelFolders } from '../../client/modelFolders.ts';
import type { StoreClient } from '../../client/storeClient.ts';
import { isNamed, millionParameters, modelItem, pickModel } from '../commands/pickModel.ts';
import { actionModelSetting, setActionModel } from './actionModelSetting.ts';

/** Lets the person choose a model for actions alone: a larger one than can keep up with typing. */
export async function chooseActionModel(store: StoreClient, folders: ModelFolders): Promise<void> {
  const setting = actionModelSetting();
  const model = await pickModel(store, folders, {
    title: l10n.t('Choose a model for actions'),
    placeHolder: l10n.t('Beside the one that types, in a process of its own that ends when it has been idle'),
    itemsOf: (models) => [
      modelItem(l10n.t('The one that types'), { model: '', isInUse: setting === '' }),
      ...models
        .filter(({ problem }) => problem === undefined)
        .map((one) => ({
          ...modelItem(one.name, { model: one.name, isInUse: isNamed(one, setting) }),
          detail: millionParameters(one),
        })),
    ],
  });
  if (model !== undefined) await setActionModel(model);
}
