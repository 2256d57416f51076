import { l10n } from 'vscode';
import type { ModelFolders } from '../../client/modelFolders.ts';
import type { StoreClient } from '../../client/storeClient.ts';
import { isNamed, millionParameters, modelItem, pickModel } from '../commands/pickModel.ts';
import { setActionModel } from '../settings.ts';

/**
 * Lets the person choose a model for actions alone: a larger one than can keep up with typing.
 * @param setting what is in use: a name, a folder, or '' for the one that types
 */
export async function chooseActionModel(store: StoreClient, folders: ModelFolders, setting: string): Promise<void> {
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
