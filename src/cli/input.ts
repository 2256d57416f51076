import { readFile } from 'node:fs/promises';
import { InklingError, messageOf } from '../protocol/errors.ts';

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
