import path from 'node:path';
import * as vscode from 'vscode';
import { bundledModelName, findModelFolder, type ModelFolders } from '../client/modelFolders.ts';
import { TrainingClient } from '../client/trainingClient.ts';
import { ownWordsCorpus } from '../protocol/ownWords.ts';
import { trainingSettings } from './fineTuning/trainingSettings.ts';

export interface OwnTextsOptions {
  readonly distFolder: string;
  readonly modelFolders: ModelFolders;
  readonly log: vscode.LogOutputChannel;
}

/**
 * Whether a file is one that own words are read from: prose in a folder of a trusted workspace, neither excluded nor
 * ignored by Git nor a link, and not of the kind that holds secrets. A process of its own says so, and ends.
 */
export async function isOwnText(uri: vscode.Uri, options: OwnTextsOptions): Promise<boolean> {
  const folder = vscode.workspace.getWorkspaceFolder(uri)?.uri;
  if (!vscode.workspace.isTrusted || uri.scheme !== 'file' || !folder) return false;
  const relative = path.relative(folder.fsPath, uri.fsPath).replaceAll(path.sep, '/');
  const { distFolder, modelFolders, log } = options;
  const modulePath = path.join(distFolder, 'training.js');
  const reader = new TrainingClient({ modulePath, log: (line) => log.info(line) });
  try {
    const found = await reader.prose({
      paths: [folder.fsPath],
      modelFolder: findModelFolder(bundledModelName, modelFolders), // any: what is asked is which files there are
      corpus: { ...trainingSettings().corpus, ...ownWordsCorpus, include: [asGlob(relative)] },
    });
    return (found?.texts.length ?? 0) > 0;
  } finally {
    await reader.dispose();
  }
}

/** A pattern that matches this path alone. */
export const asGlob = (file: string): string => `./${file.replaceAll(/[\\*?[\]{}()!+@|]/gu, '\\$&')}`;
