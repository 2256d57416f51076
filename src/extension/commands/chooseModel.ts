import { existsSync } from 'node:fs';
import path from 'node:path';
import * as vscode from 'vscode';
import { l10n } from 'vscode';
import { bundledModelName, findModelFolder, type ModelFolders } from '../../client/modelFolders.ts';
import type { StoreClient } from '../../client/storeClient.ts';
import { toInklingError } from '../../protocol/errors.ts';
import type { ModelSummary } from '../../protocol/store.ts';
import { ownWords, problemText } from '../reasonTexts.ts';
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
    itemsOf: (models) => models.map((one) => itemOf(one, inUse, features)),
  });
  if (model !== undefined) await setModel(model);
}

/** Also of a model that cannot be run, with the reason. */
function itemOf(model: ModelSummary, inUse: string, features: ModelFeatures): ModelItem {
  const { name, architecture, sizeBytes } = model;
  const { problem } = problemText(model);
  const item = modelItem(model, inUse, features);
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
      row(l10n.t('Same model as for suggestions'), {
        model: '',
        isInUse: setting === '',
        facts: setting === '' ? [l10n.t('in use')] : [],
      }),
      ...models
        .filter(({ problem }) => problem === undefined)
        .map((one) => ({ ...modelItem(one, setting, features), detail: millionParameters(one).join() })),
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
  /** the rows, of the models on this machine, the built-in one first; two that lead to others are added */
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
  const better: ModelItem = { label: `$(cloud-download) ${l10n.t('Get a Better Model…')}` };
  const otherFolder: ModelItem = { label: `$(folder-opened) ${l10n.t('Another Folder…')}` };
  const elsewhere = modelsElsewhere(settings.general);
  const models = store
    .list(Object.values(modelFolders), elsewhere)
    .then((all) => choosable(all, modelFolders, elsewhere));
  const items = models.then((all) => itemsOf(builtInFirst(all, modelFolders)));
  const picked = await vscode.window.showQuickPick<ModelItem>(
    items.then((rows) => [...rows, separator, better, otherFolder]),
    { title, placeHolder },
  );
  if (picked === better) {
    await vscode.commands.executeCommand('inkling.models');
    return undefined;
  }
  return picked && (picked.model ?? chooseFolder(l10n.t('Folder of a Model'), l10n.t('Use This Model')));
}

const isBuiltIn = ({ modelFolder }: ModelSummary, { bundled }: ModelFolders): boolean =>
  path.dirname(modelFolder) === bundled;

const builtInFirst = (models: readonly ModelSummary[], folders: ModelFolders): readonly ModelSummary[] =>
  models.toSorted((one, other) => Number(isBuiltIn(other, folders)) - Number(isBuiltIn(one, folders)));

/** Without those that lie here and that no name means, because another one has it; what is used is never left out. */
export const choosable = (
  models: readonly ModelSummary[],
  folders: ModelFolders,
  used: readonly string[],
): readonly ModelSummary[] =>
  models.filter(
    ({ modelFolder }) =>
      used.includes(modelFolder) || !liesHere(modelFolder, folders) || settingOf(modelFolder, folders) !== modelFolder,
  );

/** Why a model cannot be used, in a sentence; undefined: it can. '' stands for another setting's model. */
async function problemWithModel({ store, modelFolders }: ModelFeatures, model: string): Promise<string | undefined> {
  if (model === '') return undefined;
  try {
    await store.show(findModelFolder(model, modelFolders));
    return undefined;
  } catch (error) {
    return ownWords(toInklingError(error));
  }
}

/** With what the setting will hold, where that is not the name: it tells the model from others of its name. */
function modelItem(model: ModelSummary, inUse: string, { modelFolders }: ModelFeatures): ModelItem {
  const { name, modelFolder } = model;
  const setting = settingOf(modelFolder, modelFolders);
  const isInUse = isNamed(modelFolder, inUse, modelFolders);
  const facts = [
    ...(isBuiltIn(model, modelFolders) ? [l10n.t('built-in')] : []),
    ...(isInUse ? [l10n.t('in use')] : []),
    ...(setting === name ? [] : [setting]),
  ];
  return row(name, { model: setting, isInUse, facts });
}

const row = (name: string, about: { model: string; isInUse: boolean; facts: readonly string[] }): ModelItem => ({
  label: `$(${about.isInUse ? 'check' : 'package'}) ${name}`,
  description: about.facts.join(' · '),
  model: about.model,
});

/** in the folder of the built-in model, or in the person's own */
export const liesHere = (modelFolder: string, folders: ModelFolders): boolean =>
  Object.values(folders).includes(path.dirname(modelFolder));

/** A setting holds a model's name or its folder. */
export const isNamed = (modelFolder: string, setting: string, folders: ModelFolders): boolean =>
  setting === modelFolder || setting === settingOf(modelFolder, folders);

/** What means this model in a setting: a name where it lies here and is the first of its name, otherwise its folder. */
export function settingOf(modelFolder: string, folders: ModelFolders): string {
  const name = path.basename(modelFolder);
  const meant = [folders.bundled, folders.user]
    .map((folder) => path.join(folder, name))
    .find((folder) => existsSync(folder));
  return meant === modelFolder ? name : modelFolder;
}

/** Nothing where they are not known. */
const millionParameters = ({ parameters }: ModelSummary): readonly string[] =>
  parameters === 0 ? [] : [l10n.t('{0} million parameters', Math.round(parameters / 1e6))];

/** @returns undefined when the person gave up */
export async function chooseFolder(title: string, openLabel: string): Promise<string | undefined> {
  const options = { canSelectFiles: false, canSelectFolders: true, openLabel, title };
  return (await vscode.window.showOpenDialog(options))?.[0]?.fsPath;
}
