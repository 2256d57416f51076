import { fstatSync } from 'node:fs';
import { readdir, readFile, stat } from 'node:fs/promises';
import { extname, join } from 'node:path';
import { InklingError, systemCode } from '../protocol/errors.ts';
import { systemReason } from '../protocol/systemReason.ts';
import { languageOfFile } from '../text/languages.ts';
import { defaultCompletionSettings, languageEnabled } from '../writing/completion/completionSettings.ts';
import type { WrittenText } from '../writing/simulator/writtenText.ts';
import { tell } from './output.ts';

/**
 * All of stdin as UTF-8; a byte order mark stays in the text.
 * @throws InklingError `fileAccess`, `inputTooLarge`
 */
export async function readStdin(): Promise<string> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of stdinChunks()) {
    bytes += chunk.length;
    if (bytes > mostBytes) throw tooLong('the text');
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}

/**
 * The lines of stdin as they come, without line feeds and without a byte order mark. Only a line feed ends a line: JSON may
 * hold U+2028 as it is.
 * @throws InklingError `fileAccess`, `inputTooLarge`
 */
export async function* stdinLines(): AsyncGenerator<string> {
  const decoder = new TextDecoder('utf-8');
  let parts: string[] = [];
  let characters = 0;
  for await (const chunk of stdinChunks()) {
    const [first, ...lines] = decoder.decode(chunk, { stream: true }).split('\n');
    parts.push(first!);
    characters += first!.length;
    if (characters > mostBytes) throw tooLong('a line');
    if (lines.length === 0) continue;
    yield parts.join('');
    const rest = lines.pop()!;
    yield* lines;
    parts = [rest];
    characters = rest.length;
  }
  const last = parts.join('') + decoder.decode();
  if (last !== '') yield last;
}

/** More than anybody writes, less than one string can hold. */
const mostBytes = 500_000_000;

const tooLong = (what: string) =>
  new InklingError('inputTooLarge', `${what} on the standard input has more than ${mostBytes / 1e6} MB`);

async function* stdinChunks(): AsyncGenerator<Buffer> {
  if (process.stdin.isTTY) tell('reads from the terminal; Ctrl+D on a line of its own ends the text');
  try {
    if (fstatSync(0).isDirectory()) throw new Error('it is a folder'); // Node ends it as if it were empty
    yield* process.stdin as AsyncIterable<Buffer>;
  } catch (error) {
    const reason = systemReason(error);
    throw new InklingError('fileAccess', `the standard input cannot be read: ${reason}`, { cause: error });
  }
}

/**
 * A text file as UTF-8.
 * @throws InklingError `fileAccess`
 */
export async function readText(path: string): Promise<string> {
  try {
    return await readFile(path, 'utf8');
  } catch (error) {
    throw notRead(path, error);
  }
}

/** A name in another encoding than UTF-8 reaches us with marks in it, by which nobody finds the file. */
function notRead(path: string, error: unknown): InklingError {
  if (error instanceof InklingError) return error;
  const isLost = path.includes('\uFFFD') && systemCode(error) === 'ENOENT';
  const reason = isLost ? 'its name is not UTF-8, give it another' : systemReason(error);
  return new InklingError('fileAccess', `${path} cannot be read: ${reason}`, { cause: error });
}

/**
 * The files that the paths name, each once: a file as it is, a folder's texts in the order of their paths. Hidden files
 * and folders, `node_modules` and links are left out of folders.
 * @throws InklingError `fileAccess`
 */
async function proseFiles(paths: readonly string[]): Promise<string[]> {
  const found = new Set<string>();
  for (const path of paths) for (const file of await filesOf(path)) found.add(file);
  return [...found];
}

/**
 * The texts that the paths name, with the language ids of their files. What holds zero bytes is no text, and left out with a
 * message, as is what a folder holds and cannot be read.
 * @throws InklingError `fileAccess` for what was named itself
 */
export async function proseTexts(paths: readonly string[]): Promise<WrittenText[]> {
  const texts: WrittenText[] = [];
  for (const path of await proseFiles(paths)) {
    const text = await readText(path).catch(leaveOut(path, paths));
    if (text?.includes('\0')) tell(`${path} is left out: it is no text`);
    else if (text !== undefined) texts.push({ path, languageId: languageOf(path), text });
  }
  return texts;
}

/** Of what a folder holds; what was named itself must not be missing. */
const leaveOut =
  (path: string, named: readonly string[] = []) =>
  (error: unknown) => {
    if (named.includes(path)) throw error;
    tell(`${notRead(path, error).message}; it is left out`);
    return undefined;
  };

async function filesOf(path: string): Promise<string[]> {
  try {
    return (await stat(path)).isDirectory() ? await textsIn(path) : [path];
  } catch (error) {
    throw notRead(path, error);
  }
}

async function textsIn(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { withFileTypes: true });
  const files: string[] = [];
  for (const entry of entries.toSorted((a, b) => (a.name < b.name ? -1 : 1))) {
    if (entry.name.startsWith('.') || entry.name === 'node_modules') continue;
    const path = join(folder, entry.name);
    if (entry.isDirectory()) files.push(...((await textsIn(path).catch(leaveOut(path))) ?? []));
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
