import { readdir, readFile, stat } from 'node:fs/promises';
import { extname, join } from 'node:path';
import { InklingError, messageOf } from '../protocol/errors.ts';
import { languageOfFile } from '../text/languages.ts';
import { defaultCompletionSettings, languageEnabled } from '../writing/completion/completionSettings.ts';

/** All of stdin as UTF-8; a byte order mark stays in the text. */
export async function readStdin(): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of process.stdin) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString('utf8');
}

/** The lines of stdin as they come, without line feeds. Only a line feed ends a line: JSON may hold U+2028 as it is. */
export async function* stdinLines(): AsyncGenerator<string> {
  const decoder = new TextDecoder('utf-8', { ignoreBOM: true });
  let rest = '';
  for await (const chunk of process.stdin) {
    const lines = (rest + decoder.decode(chunk as Buffer, { stream: true })).split('\n');
    rest = lines.pop()!;
    yield* lines;
  }
  rest += decoder.decode();
  if (rest !== '') yield rest;
}

/**
 * A text file as UTF-8.
 * @throws InklingError `fileAccess`
 */
export async function readText(path: string): Promise<string> {
  try {
    return await readFile(path, 'utf8');
  } catch (error) {
    const reason = messageOf(error);
    throw new InklingError('fileAccess', `${path} cannot be read: ${reason}`, { cause: error });
  }
}

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

/** The language id of a file by its name: Markdown without a name; an extension that nobody knows stands for itself. */
export function languageOf(path: string): string {
  if (path === '') return 'markdown';
  const extension = extname(path).toLowerCase();
  return languageOfFile(path)?.id ?? (extension === '' ? 'plaintext' : extension.slice(1));
}
