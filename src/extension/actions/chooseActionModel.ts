import { l10n } from 'vscode';
import { isNamed, type ModelFeatures, millionParameters, modelItem, pickModel } from '../commands/pickModel.ts';
import { setActionModel } from '../settings/settings.ts';

/** Lets the person choose a model for actions alone: a larger one than can keep up with typing. */
export async function chooseActionModel(features: ModelFeatures): Promise<void> {
  const setting = features.settings.general['actions.model'];
  const model = await pickModel(features, {
    title: l10n.t('Choose a Model for Actions'),
    placeHolder: l10n.t('It runs in a process of its own, which ends when it has been idle'),
    itemsOf: (models) => [
      modelItem(l10n.t('Same model as for suggestions'), { model: '', isInUse: setting === '' }),
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
