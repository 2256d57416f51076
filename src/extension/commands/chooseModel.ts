import path from 'node:path';
import * as vscode from 'vscode';
import { l10n } from 'vscode';
import { bundledModelName, findModelFolder, type ModelFolders } from '../../client/modelFolders.ts';
import type { StoreClient } from '../../client/storeClient.ts';
import { toInklingError } from '../../protocol/errors.ts';
import type { ModelSummary } from '../../protocol/store.ts';
import { problemText } from '../reasonTexts.ts';
import { modelsElsewhere, type Settings, setActionModel, setModel } from '../settings/settings.ts';

export interface ModelFeatures {
  readonly store: StoreClient;
  readonly modelFolders: ModelFolders;
  readonly settings: Settings;
}

/** Lets the person choose another model than the one in use. */
export async function chooseModel(features: ModelFeatures): Promise<void> {
  const inUse = features.settings.general.model;
  const model = await pickModel(features, {
    title: l10n.t('Choose a Model'),
    placeHolder: l10n.t('For suggestions, and for actions that have no model of their own'),
    itemsOf: (models) =>
      models.map((one) => itemOf(one, { model: settingOf(one, features), isInUse: isNamed(one, inUse) })),
  });
  if (model !== undefined) await setModel(model);
}

/** Also of a model that cannot be run, with the reason. */
function itemOf(model: ModelSummary, setting: { model: string; isInUse: boolean }): ModelItem {
  const { name, architecture, sizeBytes } = model;
  const { problem } = problemText(model.problem, model.problemCode);
  const item = modelItem(name, setting);
  if (problem !== undefined) return { ...item, label: `$(warning) ${name}`, detail: problem };
  return {
    ...item,
    detail: [architecture, ...millionParameters(model), `${Math.round(sizeBytes / 1e6)} MB`].join(', '),
  };
}

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
          ...modelItem(one.name, { model: settingOf(one, features), isInUse: isNamed(one, setting) }),
          detail: millionParameters(one).join(),
        })),
    ],
  });
  if (model !== undefined) await setActionModel(model);
}

interface ModelItem extends vscode.QuickPickItem {
  /** what the setting is to hold; undefined: ask for a folder */
  readonly model?: string;
}

interface ModelQuestion {
  readonly title: string;
  readonly placeHolder: string;
  /** the rows, of the models on this machine, the built-in one first; one for another folder is added */
  readonly itemsOf: (models: readonly ModelSummary[]) => readonly ModelItem[];
}

/**
 * Lets the person choose among the models on this machine, or name a folder that holds one. What is chosen is opened
 * before it is returned: a folder that is no model changes nothing, and the person is told why.
 * @returns what the setting is to hold; undefined: nothing was chosen
 */
async function pickModel(features: ModelFeatures, question: ModelQuestion): Promise<string | undefined> {
  for (;;) {
    const model = await askForModel(features, question);
    if (model === undefined) return undefined;
    const problem = await problemWithModel(features, model);
    if (problem === undefined) return model;
    const builtIn = l10n.t('Use the Built-In Model');
    const another = l10n.t('Choose Another Model…');
    const answer = await vscode.window.showWarningMessage(
      l10n.t('“{0}” cannot be used as a model. {1} Nothing was changed.', path.basename(model), problem),
      builtIn,
      another,
    );
    if (answer === builtIn) return bundledModelName;
    if (answer !== another) return undefined;
  }
}

async function askForModel(
  { store, modelFolders, settings }: ModelFeatures,
  { title, placeHolder, itemsOf }: ModelQuestion,
): Promise<string | undefined> {
  const separator: ModelItem = { label: '', kind: vscode.QuickPickItemKind.Separator };
  const otherFolder: ModelItem = { label: `$(folder-opened) ${l10n.t('Another Folder…')}` };
  const items = store.list(Object.values(modelFolders), modelsElsewhere(settings.general)).then(eachOnce).then(itemsOf);
  const picked = await vscode.window.showQuickPick<ModelItem>(
    items.then((rows) => [...rows, separator, otherFolder]),
    { title, placeHolder },
  );
  return picked && (picked.model ?? chooseFolder(l10n.t('Folder of a Model'), l10n.t('Use This Model')));
}

/** The built-in model first. A name means the first model of that name, so that others cannot be chosen by it. */
function eachOnce(models: readonly ModelSummary[]): readonly ModelSummary[] {
  const byName = new Map(models.map((model) => [model.name, model] as const).reverse());
  const isOther = ({ name }: ModelSummary) => (name === bundledModelName ? 0 : 1);
  return [...byName.values()].reverse().sort((a, b) => isOther(a) - isOther(b));
}

/** Why a model cannot be used, in a sentence; undefined: it can. '' stands for another setting's model. */
async function problemWithModel({ store, modelFolders }: ModelFeatures, model: string): Promise<string | undefined> {
  if (model === '') return undefined;
  try {
    await store.show(findModelFolder(model, modelFolders));
    return undefined;
  } catch (error) {
    return toInklingError(error).message;
  }
}

/** A row, marked where it is what the setting names. */
const modelItem = (name: string, { model, isInUse }: { model: string; isInUse: boolean }): ModelItem => ({
  label: `$(${isInUse ? 'check' : 'package'}) ${name}`,
  description: [name === bundledModelName ? l10n.t('built-in') : '', isInUse ? l10n.t('in use') : '']
    .filter(Boolean)
    .join(' · '),
  model,
});

/** The setting holds a model's name or its folder. */
const isNamed = ({ name, modelFolder }: ModelSummary, setting: string): boolean =>
  setting === name || setting === modelFolder;

/** What means this model in a setting: its folder, where it does not lie among the others. */
const settingOf = ({ name, modelFolder }: ModelSummary, { modelFolders }: ModelFeatures): string =>
  Object.values(modelFolders).includes(path.dirname(modelFolder)) ? name : modelFolder;

/** Nothing where they are not known. */
const millionParameters = ({ parameters }: ModelSummary): readonly string[] =>
  parameters === 0 ? [] : [l10n.t('{0} million parameters', Math.round(parameters / 1e6))];

/** @returns undefined when the person gave up */
export async function chooseFolder(title: string, openLabel: string): Promise<string | undefined> {
  const options = { canSelectFiles: false, canSelectFolders: true, openLabel, title };
  return (await vscode.window.showOpenDialog(options))?.[0]?.fsPath;
}
