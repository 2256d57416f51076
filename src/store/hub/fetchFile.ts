import { createHash, type Hash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { type FileHandle, open, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { InklingError, sentence, systemCode } from '../../protocol/errors.ts';
import { systemSentence, unwritable } from '../../protocol/systemReason.ts';
import type { HubConnection } from './hubConnection.ts';
import { type HubResponse, refusalOf, refuseWebPage, retried, stopped } from './hubTroubles.ts';
import type { HubFile } from './repository.ts';

export interface FetchedFile {
  readonly file: HubFile;
  /** below the hub's endpoint */
  readonly urlPath: string;
  /** where the file is to stand; what there is of it meanwhile stands beside it */
  readonly target: string;
}

/** Tries without a byte of progress before it is given up. */
const maxTries = 6;

/**
 * Fetches one file and checks it. What is cut off is gone on with where it stopped, also in a later call; what turns out
 * to be another file begins anew, and once more what was put together of several answers and is wrong: one of them was
 * something else.
 * @param onBytes bytes that are there, of this file
 * @throws InklingError `network`, `modelBroken` (what came is not what the hub describes), `fileAccess`, `cancelled`
 */
export async function fetchFile(
  hub: HubConnection,
  { file, urlPath, target }: FetchedFile,
  { signal, onBytes }: Watch,
): Promise<void> {
  if ((await sizeOf(target)) === file.sizeBytes) return onBytes(file.sizeBytes); // it was checked before it got its name
  const part = `${target}.part`;
  const isInPieces = await fetchPart(hub, { file, urlPath, part }, { signal, onBytes });
  try {
    await check(file, part);
  } catch (error) {
    if (!isInPieces) throw error;
    await fetchPart(hub, { file, urlPath, part }, { signal, onBytes });
    await check(file, part);
  }
  await rename(part, target);
  await rm(etagFile(part), { force: true });
}

interface Part {
  readonly file: HubFile;
  readonly urlPath: string;
  readonly part: string;
}

interface Watch {
  readonly signal: AbortSignal;
  readonly onBytes: (count: number) => void;
}

/** All of it, however often it breaks off. @returns whether it is of more than one answer */
async function fetchPart(hub: HubConnection, part: Part, watch: Watch): Promise<boolean> {
  let before = await sizeOf(part.part);
  let isInPieces = before > 0;
  const hasCome = async () => {
    const known = before;
    before = await sizeOf(part.part);
    isInPieces ||= before > 0;
    return before > known;
  };
  const again = { signal: watch.signal, againMs: hub.waits.again, maxTries, hasCome };
  await retried(() => goOn(hub, part, watch), again);
  return isInPieces;
}

/** Asks for what is missing and appends it. */
async function goOn(hub: HubConnection, { file, urlPath, part }: Part, { signal, onBytes }: Watch): Promise<void> {
  let have = await sizeOf(part);
  if (have > file.sizeBytes) {
    await rm(part, { force: true });
    have = 0;
  }
  if (have === file.sizeBytes && have > 0) return onBytes(have);
  const etag = have > 0 ? await readFile(etagFile(part), 'utf8').catch(() => '') : '';
  const headers: Record<string, string> = have > 0 ? { range: `bytes=${have}-` } : {};
  if (have > 0 && etag !== '') headers['if-range'] = etag;
  const response = await hub.open(urlPath, headers, signal);
  const from = await beginning(response, { file, have, part, etag, hasToken: hub.hasToken });
  const handle = await writable(part, from);
  try {
    if (from === 0) await writeFile(etagFile(part), strongEtag(response));
    await append(response, handle, { file, from, onBytes });
  } finally {
    await handle.close();
  }
}

interface Begun {
  readonly file: HubFile;
  readonly have: number;
  readonly part: string;
  readonly etag: string;
  readonly hasToken: boolean;
}

/** Where the answer begins: behind what is there, or at the beginning. @throws InklingError `network` */
async function beginning(response: HubResponse, { file, have, part, etag, hasToken }: Begun): Promise<number> {
  const { status, headers, body } = response;
  if (status === 200 || status === 206) refuseWebPage(response, file.path);
  if (status === 206) {
    const range = /^bytes (\d+)-\d+\/(\d+|\*)$/u.exec(String(headers['content-range'] ?? ''));
    const isWhatWasAskedFor =
      Number(range?.[1]) === have && (range?.[2] === '*' || Number(range?.[2]) === file.sizeBytes);
    const isSameFile = etag === '' || ['', etag].includes(strongEtag(response));
    if (isWhatWasAskedFor && isSameFile) return have;
    body.destroy();
    await rm(part, { force: true });
    throw new InklingError(
      'network',
      sentence`The hub answered with another part of ${file.path} than it was asked for.`,
    );
  }
  if (status === 200) return 0; // the file has changed, or the hub knows no parts
  body.destroy();
  if (status === 416) {
    await rm(part, { force: true });
    throw new InklingError('network', sentence`The hub has less of ${file.path} than is here already.`);
  }
  throw refusalOf(response, file.path, hasToken);
}

async function append(
  { body }: HubResponse,
  handle: FileHandle,
  { file, from, onBytes }: { file: HubFile; from: number; onBytes: (count: number) => void },
): Promise<void> {
  let at = from;
  try {
    for await (const chunk of body) {
      if (at + chunk.length > file.sizeBytes) {
        body.destroy();
        throw new InklingError(
          'modelBroken',
          sentence`The hub sends more of ${file.path} than the ${file.sizeBytes} bytes it has.`,
        );
      }
      await handle.write(chunk, 0, chunk.length, at);
      at += chunk.length;
      onBytes(at);
    }
  } catch (error) {
    if (error instanceof InklingError) throw error;
    const code = systemCode(error);
    if (error instanceof Error && error.name === 'AbortError') throw stopped();
    if (/^E(?:NOSPC|DQUOT|ACCES|PERM|ROFS|IO|FBIG)$/u.test(code)) {
      throw new InklingError('fileAccess', sentence`${file.path} could not be written: ${systemSentence(error)}.`, {
        cause: error,
      });
    }
    throw new InklingError(
      'network',
      sentence`The connection broke off at ${at} of ${file.sizeBytes} bytes of ${file.path}. What has come is kept.`,
      {
        cause: error,
      },
    );
  }
  if (at < file.sizeBytes) {
    await refusePointer(handle, file, at);
    throw new InklingError(
      'network',
      sentence`The hub sent ${at} of ${file.sizeBytes} bytes of ${file.path}. What has come is kept.`,
    );
  }
}

/** What Git has in place of a large file that it was not given. */
const pointerStart = 'version https://git-lfs.github.com/spec/';
const mostPointerBytes = 1024;

/** @throws InklingError `modelBroken` */
async function refusePointer(handle: FileHandle, file: HubFile, sizeBytes: number): Promise<void> {
  if (sizeBytes > mostPointerBytes) return;
  const start = Buffer.alloc(pointerStart.length);
  await handle.read(start, 0, start.length, 0);
  if (start.toString('latin1') !== pointerStart) return;
  await handle.truncate(0);
  throw new InklingError(
    'modelBroken',
    sentence`The hub has only a pointer to ${file.path} (Git LFS), not the file itself.`,
  );
}

/** @throws InklingError `modelBroken`; what is wrong is not kept */
async function check(file: HubFile, part: string): Promise<void> {
  const expected = file.sha256 ?? file.gitOid;
  if (expected === undefined) return;
  const hash: Hash = file.sha256 ? createHash('sha256') : createHash('sha1').update(`blob ${file.sizeBytes}\0`);
  for await (const chunk of createReadStream(part, { highWaterMark: 1 << 20 })) hash.update(chunk as Buffer);
  if (hash.digest('hex') === expected) return;
  await rm(part, { force: true });
  await rm(etagFile(part), { force: true });
  throw new InklingError(
    'modelBroken',
    sentence`${file.path} did not arrive as the hub describes it (its checksum differs). Try again.`,
  );
}

const etagFile = (part: string): string => `${part}.etag`;

/** A weak one says nothing about single bytes. */
function strongEtag({ headers }: HubResponse): string {
  const etag = String(headers['etag'] ?? '');
  return etag.startsWith('"') ? etag : '';
}

async function writable(part: string, from: number): Promise<FileHandle> {
  try {
    return await open(part, from === 0 ? 'w+' : 'r+');
  } catch (error) {
    throw unwritable(part, error);
  }
}

const sizeOf = async (path: string): Promise<number> => (await stat(path).catch(() => undefined))?.size ?? 0;
