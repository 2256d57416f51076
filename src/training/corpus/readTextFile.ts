import { type FileHandle, open } from 'node:fs/promises';
import type { FoundFile } from './findFiles.ts';

export type FileText =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'excluded'; readonly reason: 'unreadable' | 'changing' | 'binary' };

/** A file that is saved while we read is read again, this often. */
const attempts = 3;

/**
 * The file as the model would see it in the editor: no byte-order mark, line feeds only, no lone surrogates. Bytes
 * that are no UTF-8 become U+FFFD: one bad byte must not cost a whole book.
 */
export async function readTextFile({ absolutePath, bytes }: FoundFile): Promise<FileText> {
  try {
    const file = await open(absolutePath, 'r');
    try {
      for (let attempt = 0; attempt < attempts; attempt++) {
        const content = await readUnchanged(file, 2 * bytes + 65_536);
        if (content !== undefined) return decode(content);
      }
      return { kind: 'excluded', reason: 'changing' };
    } finally {
      await file.close();
    }
  } catch {
    return { kind: 'excluded', reason: 'unreadable' };
  }
}

/** All bytes, or undefined when the file changed meanwhile or has grown beyond `maxBytes`. */
async function readUnchanged(file: FileHandle, maxBytes: number): Promise<Buffer | undefined> {
  const before = await file.stat();
  if (!before.isFile() || before.size > maxBytes) return undefined;
  const content = Buffer.alloc(before.size);
  let filled = 0;
  while (filled < content.length) {
    const { bytesRead } = await file.read(content, filled, content.length - filled, filled);
    if (bytesRead === 0) return undefined; // it has become shorter
    filled += bytesRead;
  }
  const after = await file.stat();
  return after.size === before.size && after.mtimeMs === before.mtimeMs ? content : undefined;
}

function decode(content: Buffer): FileText {
  const encoding = encodingOf(content);
  if (encoding === undefined) return { kind: 'excluded', reason: 'binary' };
  const text = new TextDecoder(encoding).decode(content).replaceAll('\r\n', '\n').replaceAll('\r', '\n');
  return { kind: 'text', text: text.toWellFormed() };
}

const sampledBytes = 65_536;

/** UTF-8 unless a byte-order mark says otherwise; undefined for what is no text. */
function encodingOf(content: Buffer): string | undefined {
  if (content[0] === 0xff && content[1] === 0xfe) return 'utf-16le';
  if (content[0] === 0xfe && content[1] === 0xff) return 'utf-16be';
  const sample = content.subarray(0, sampledBytes);
  const controls = sample.filter((byte) => byte < 32 && byte !== 9 && byte !== 10 && byte !== 12 && byte !== 13).length;
  return sample.includes(0) || controls > sample.length / 100 ? undefined : 'utf-8';
}
