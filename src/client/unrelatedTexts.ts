import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { InklingError, messageOf } from '../protocol/errors.ts';

/**
 * The bundled texts of several kinds on which every adapter is checked for what it spoils. They are the same for all, so
 * that adapters can be compared by them, and nothing is ever learnt from them.
 * @param productFolder the one that holds `media` and `dist`
 * @throws InklingError `fileAccess`
 */
export async function readUnrelatedTexts(productFolder: string): Promise<string[]> {
  const folder = join(productFolder, 'media', 'unrelated');
  try {
    const names = (await readdir(folder)).filter((name) => name.endsWith('.md')).sort();
    return await Promise.all(names.map((name) => readFile(join(folder, name), 'utf8')));
  } catch (error) {
    const reason = messageOf(error);
    throw new InklingError('fileAccess', `${folder} cannot be read: ${reason}`, { cause: error });
  }
}
