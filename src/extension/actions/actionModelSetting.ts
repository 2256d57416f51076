import * as vscode from 'vscode';
import { findModelFolder, type ModelFolders } from '../../client/modelFolders.ts';
import type { LoadRequest } from '../../protocol/inference.ts';
import { engineSettings, loadRequestOf } from '../settings.ts';

/** A second model is in memory beside the one that types: never for longer than this without an action. */
const maxIdleMs = 5 * 60_000;

/** The model that actions run on: a name, a folder, or '' for the one that types. */
export const actionModelSetting = (): string =>
  vscode.workspace.getConfiguration('inkling').get<string>('actions.model')?.trim() ?? '';

export const setActionModel = (model: string): Thenable<void> =>
  vscode.workspace.getConfiguration('inkling').update('actions.model', model, vscode.ConfigurationTarget.Global);

/**
 * What the actions' own process is to load; undefined where they share the one that types.
 * @throws InklingError `modelMissing`
 */
export function actionLoadRequest(folders: ModelFolders): LoadRequest | undefined {
  const named = actionModelSetting();
  if (named === '') return undefined;
  const folder = findModelFolder(named, folders);
  if (folder === typingFolder(folders)) return undefined;
  const request = loadRequestOf(folder);
  const idleUnloadMs = request.idleUnloadMs === 0 ? maxIdleMs : Math.min(request.idleUnloadMs, maxIdleMs);
  return { ...request, idleUnloadMs };
}

function typingFolder(folders: ModelFolders): string | undefined {
  try {
    return findModelFolder(engineSettings().model, folders);
  } catch {
    return undefined; // typing has none; actions may have one all the same
  }
}
