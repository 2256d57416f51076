import { open } from 'node:fs/promises';

interface ZipEntry {
  readonly name: string;
  /** unpacked */
  readonly sizeBytes: number;
}

const endSignature = 0x06054b50;
const entrySignature = 0x02014b50;
/** The record at the end of a zip without a comment. */
const endBytes = 22;

/**
 * The files of a zip, read from its central directory (PKWARE APPNOTE 4.3.12 and 4.3.16; no Zip64).
 * @throws when the file does not end as a zip does
 */
export async function zipEntries(file: string): Promise<ZipEntry[]> {
  const handle = await open(file);
  try {
    const { size } = await handle.stat();
    const { buffer: end } = await handle.read({ buffer: Buffer.alloc(endBytes), position: size - endBytes });
    if (end.readUInt32LE(0) !== endSignature) throw new Error(`${file} does not end as a zip does`);
    const directory = Buffer.alloc(end.readUInt32LE(12));
    await handle.read({ buffer: directory, position: end.readUInt32LE(16) });
    return [...entriesOf(directory)];
  } finally {
    await handle.close();
  }
}

function* entriesOf(directory: Buffer): Generator<ZipEntry> {
  for (let at = 0; at < directory.length; ) {
    if (directory.readUInt32LE(at) !== entrySignature) throw new Error(`no zip entry at ${at}`);
    const nameLength = directory.readUInt16LE(at + 28);
    const name = directory.toString('utf8', at + 46, at + 46 + nameLength);
    yield { name, sizeBytes: directory.readUInt32LE(at + 24) };
    at += 46 + nameLength + directory.readUInt16LE(at + 30) + directory.readUInt16LE(at + 32);
  }
}
