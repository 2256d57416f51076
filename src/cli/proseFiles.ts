import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { InklingError, messageOf } from '../protocol/errors.ts';
import { defaultCompletionSettings, languageEnabled } from '../writing/completion/completionSettings.ts';
import { languageOf } from './languageOf.ts';

/**
 * The files that the paths name, each once: a file as it is, a folder's texts in the order of their paths. Hidden files
 * and folders, `node_modules` and links are left out of folders.
 * @throws InklingError `fileAccess`
 */
export async function proseFiles(paths: readonly string[]): Promise<string[]> {
  const found = new Set<string>();
  for (const path of paths) for (const file of await filesOf(path)) found.add(file);
  return [...found];
}

async function filesOf(path: string): Promise<string[]> {
  try {
    return (await stat(path)).isDirectory() ? await textsIn(path) : [path];
  } catch (error) {
    const reason = messageOf(error);
    throw new InklingError('fileAccess', `${path} cannot be read: ${reason}`, { cause: error });
  }
}

async function textsIn(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { withFileTypes: true });
  const files: string[] = [];
  for (const entry of entries.toSorted((a, b) => (a.name < b.name ? -1 : 1))) {
    if (entry.name.startsWith('.') || entry.name === 'node_modules') continue;
    const path = join(folder, entry.name);
    if (entry.isDirectory()) files.push(...(await textsIn(path)));
    else if (entry.isFile() && languageEnabled(defaultCompletionSettings, languageOf(path))) files.push(path);
  }
  return files;
}
