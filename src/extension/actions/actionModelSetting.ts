import { findModelFolder, type ModelFolders } from '../../client/modelFolders.ts';
import type { LoadRequest } from '../../protocol/inference.ts';
import type { GeneralSettings } from '../settings/settings.ts';
import { loadRequestOf } from '../settings.ts';

/** A second model is in memory beside the one that types: never for longer than this without an action. */
const maxIdleMs = 5 * 60_000;

/**
 * What the actions' own process is to load; undefined where they share the one that types.
 * @throws InklingError `modelMissing`
 */
export function actionLoadRequest(folders: ModelFolders, settings: GeneralSettings): LoadRequest | undefined {
  const named = settings['actions.model'];
  if (named === '') return undefined;
  const folder = findModelFolder(named, folders);
  if (folder === typingFolder(folders, settings)) return undefined;
  const request = loadRequestOf(folder, settings);
  const idleUnloadMs = request.idleUnloadMs === 0 ? maxIdleMs : Math.min(request.idleUnloadMs, maxIdleMs);
  return { ...request, idleUnloadMs };
}

function typingFolder(folders: ModelFolders, { model }: GeneralSettings): string | undefined {
  try {
    return findModelFolder(model, folders);
  } catch {
    return undefined; // typing has none; actions may have one all the same
  }
}
