import { l10n } from 'vscode';
import type { ModelSummary } from '../../protocol/store.ts';
import { setModel } from '../settings/settings.ts';
import { isNamed, type ModelFeatures, type ModelItem, millionParameters, modelItem, pickModel } from './pickModel.ts';

/** Lets the person choose another model than the one in use. */
export async function chooseModel(features: ModelFeatures): Promise<void> {
  const inUse = features.settings.general.model;
  const model = await pickModel(features, {
    title: l10n.t('Choose a Model'),
    placeHolder: l10n.t('For suggestions, and for actions that have no model of their own'),
    itemsOf: (models) => models.map((one) => itemOf(one, isNamed(one, inUse))),
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
