import path from 'node:path';
import * as vscode from 'vscode';
import type { PromptReading } from '../../writing/prompts/ownPrompt.ts';
import { readPromptFile } from '../../writing/prompts/readPromptFile.ts';

/** A prompt file and what came of reading it. */
export interface PromptFile {
  readonly uri: vscode.Uri;
  readonly reading: PromptReading;
}

/** Files of a workspace and of the person; a workspace's are only read once it is trusted. */
export const promptPattern = '**/.inkling/prompts/*.md';

/** Where a workspace keeps its prompts. */
export const workspacePromptFolders = (): vscode.Uri[] =>
  (vscode.workspace.isTrusted ? (vscode.workspace.workspaceFolders ?? []) : []).map(({ uri }) =>
    vscode.Uri.joinPath(uri, '.inkling', 'prompts'),
  );

/** All prompts that can be offered now, by name; a file that cannot be read is left out. */
export async function findPromptFiles(userFolder: vscode.Uri): Promise<PromptFile[]> {
  const uris = await Promise.all([...workspacePromptFolders(), userFolder].map(markdownFiles));
  const files = await Promise.all(uris.flat().map(readOne));
  return files.filter((file) => file !== undefined);
}

export const fileTitle = (uri: vscode.Uri): string => path.posix.basename(uri.path, '.md');

async function markdownFiles(folder: vscode.Uri): Promise<vscode.Uri[]> {
  const entries = await vscode.workspace.fs.readDirectory(folder).then(
    (found) => found,
    () => [], // there is none
  );
  return entries
    .filter(([name, type]) => (type & vscode.FileType.File) !== 0 && name.endsWith('.md'))
    .map(([name]) => vscode.Uri.joinPath(folder, name))
    .sort((a, b) => a.path.localeCompare(b.path));
}

async function readOne(uri: vscode.Uri): Promise<PromptFile | undefined> {
  try {
    const text = new TextDecoder().decode(await vscode.workspace.fs.readFile(uri));
    return { uri, reading: readPromptFile(text, fileTitle(uri)) };
  } catch {
    return undefined;
  }
}
