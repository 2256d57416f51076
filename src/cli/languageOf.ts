import { extname } from 'node:path';
import { languageOfFile } from '../text/languages.ts';

/** The language id of a file by its name: Markdown without a name; an extension that nobody knows stands for itself. */
export function languageOf(path: string): string {
  if (path === '') return 'markdown';
  const extension = extname(path).toLowerCase();
  return languageOfFile(path)?.id ?? (extension === '' ? 'plaintext' : extension.slice(1));
}
