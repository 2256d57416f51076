import { createHash } from 'node:crypto';
import {
  chmodSync,
  createReadStream,
  existsSync,
  lstatSync,
  readdirSync,
  realpathSync,
  rmSync,
  statSync,
  symlinkSync,
  unlinkSync,
  writeFileSync,
} from 'node:fs';
import { open } from 'node:fs/promises';
import { basename, dirname, join, resolve, sep } from 'node:path';
import { freeBytes } from '../model/files/diskSpace.ts';
import { FolderAside, isFree, UnfinishedFolder } from '../model/files/unfinishedFolder.ts';
import { type Manifest, readManifest } from '../model/manifest.ts';
import { InklingError, type Sentence, sentence, systemCode } from '../protocol/errors.ts';
import type { MoveModelRequest } from '../protocol/store.ts';
import { systemSentence } from '../protocol/systemReason.ts';
import { fileDigest } from './fileDigest.ts';
import { namedModel } from './removeModel.ts';

interface Work {
  readonly signal: AbortSignal;
  readonly onProgress: (done: number, total: number) => void;
}

/**
 * Brings a model into another folder: every file is copied, read again from its new place and compared with its checksum,
 * and only then removed here, where a link takes its place. So its name still stands for it, also in settings and in
 * processes that have it open. A move that is broken off leaves the model where it was; the next one starts over.
 * @returns where it lies now
 * @throws InklingError `modelMissing`, `optionOutOfRange` for a place that it cannot go to, `modelBroken`, `fileAccess`,
 * `cancelled`
 */
export async function moveModel(request: MoveModelRequest, work: Work): Promise<{ folder: string }> {
  const { source, target, link } = route(request);
  const manifest = ownManifest(source, request.name);
  const names = readdirSync(source).filter((name) => name !== 'inkling.json');
  refuseOtherThanFiles(source, names);
  refuseTooLittleRoom(source, names, dirname(target));
  let unfinished: UnfinishedFolder | undefined;
  try {
    unfinished = new UnfinishedFolder(target);
    await copyFiles({ source, copy: unfinished.path, names, manifest }, work);
    const { moved: _, ...rest } = manifest;
    const told: Manifest = target === link ? rest : { ...rest, moved: true };
    writeFileSync(join(unfinished.path, 'inkling.json'), `${JSON.stringify(told, null, 2)}\n`);
    chmodSync(unfinished.path, 0o777 & ~process.umask());
    if (target === link) takeHome(unfinished, { source, link });
    else leadThere(unfinished, { source, target, link });
  } catch (error) {
    unfinished?.discard();
    if (error instanceof InklingError) throw error;
    throw new InklingError('fileAccess', sentence`${request.name} stays where it is: ${reasonOf(error, target)}`, {
      cause: error,
    });
  }
  return { folder: target };
}

/** From where to where, and the place in the model folder at which a link leads there. All exist but the target. */
interface Route {
  readonly source: string;
  readonly target: string;
  readonly link: string;
}

function route({ modelsFolder, name, folder }: MoveModelRequest): Route {
  const link = namedModel(modelsFolder, name);
  if (!existsSync(link)) {
    throw new InklingError('modelMissing', sentence`${name} lies on a disk or in a folder that is not there now.`);
  }
  const source = realpathSync(link);
  const above = resolve(folder);
  if (!statSync(above, { throwIfNoEntry: false })?.isDirectory()) {
    throw new InklingError(
      'optionOutOfRange',
      sentence`There is no folder ${above}. Make it first, or name another one.`,
    );
  }
  const place = realpathSync(above);
  if (place === source || place.startsWith(source + sep)) {
    throw new InklingError(
      'optionOutOfRange',
      sentence`${above} lies within the model itself. Name a folder outside it.`,
    );
  }
  const isHome = place === realpathSync(modelsFolder);
  const target = isHome ? link : join(place, basename(link));
  if (target === source || (isHome && !lstatSync(link).isSymbolicLink())) {
    throw new InklingError('optionOutOfRange', sentence`${name} lies in ${above} already.`);
  }
  if (!isHome && !isFree(target)) {
    throw new InklingError('optionOutOfRange', sentence`There is something at ${target} already. Name another folder.`);
  }
  return { source, target, link };
}

/** A model that was put there by hand has no checksums, and is left to whoever put it there. */
function ownManifest(source: string, name: string): Manifest {
  const manifest = readManifest(source);
  if (manifest) return manifest;
  throw new InklingError(
    'fileAccess',
    sentence`${name} was not added by Inkling, so it is not moved. Its folder is ${source}.`,
  );
}

function refuseOtherThanFiles(source: string, names: readonly string[]): void {
  const other = names.find((name) => !lstatSync(join(source, name)).isFile());
  if (other === undefined) return;
  throw new InklingError(
    'fileAccess',
    sentence`${join(source, other)} is no file of the model. Put it elsewhere first.`,
  );
}

/** The copy stands beside its source for a moment. */
function refuseTooLittleRoom(source: string, names: readonly string[], above: string): void {
  const needed = names.reduce((sum, name) => sum + statSync(join(source, name)).size, 0);
  const free = freeBytes(above);
  if (free === undefined || free >= needed) return;
  const megabytes = (bytes: number) => `${Math.ceil(bytes / 1e6)} MB`;
  throw new InklingError(
    'fileAccess',
    sentence`The model has ${megabytes(needed)}, and ${megabytes(free)} are free in ${above}. It stays where it is.`,
  );
}

interface Copy {
  readonly source: string;
  readonly copy: string;
  readonly names: readonly string[];
  readonly manifest: Manifest;
}

/** What is in the manifest must be what it says; what else lies there goes along as it is. */
async function copyFiles({ source, copy, names, manifest }: Copy, { signal, onProgress }: Work): Promise<void> {
  const missing = Object.keys(manifest.files).find((name) => !names.includes(name));
  if (missing !== undefined) throw broken(source, sentence`${missing} is missing`);
  const total = 2 * names.reduce((sum, name) => sum + statSync(join(source, name)).size, 0);
  let done = 0;
  const tell = (count: number) => {
    if (signal.aborted) throw new InklingError('cancelled', sentence`The move was stopped.`);
    done += count;
    onProgress(done, total);
  };
  for (const name of names) {
    const read = await copyFile(join(source, name), join(copy, name), tell);
    const wanted = Object.hasOwn(manifest.files, name) ? manifest.files[name]!.sha256 : read;
    if (read !== wanted) throw broken(source, sentence`${name} has a wrong checksum`);
    if ((await fileDigest(join(copy, name), tell)) === wanted) continue;
    throw new InklingError('fileAccess', sentence`${name} came out wrong at ${dirname(copy)}: is that disk all right?`);
  }
}

const broken = (source: string, what: Sentence) =>
  new InklingError('modelBroken', sentence`The model in ${source} is damaged: ${what}. It was not moved.`);

/** @returns the checksum of what was read; the copy is on its disk, and not only on its way there */
async function copyFile(from: string, to: string, tell: (count: number) => void): Promise<string> {
  const hash = createHash('sha256');
  const written = await open(to, 'wx', statSync(from).mode & 0o777);
  try {
    for await (const chunk of createReadStream(from, { highWaterMark: 1 << 20 })) {
      const bytes = chunk as Buffer;
      hash.update(bytes);
      for (let at = 0; at < bytes.length; ) at += (await written.write(bytes, at)).bytesWritten;
      tell(bytes.length);
    }
    await written.sync();
  } finally {
    await written.close();
  }
  return hash.digest('hex');
}

/** The copy is in place before anything is taken away. */
function leadThere(copy: UnfinishedFolder, { source, target, link }: Route): void {
  copy.putInPlace();
  const isLink = lstatSync(link).isSymbolicLink();
  let old: FolderAside | undefined;
  try {
    if (isLink) unlinkSync(link);
    else old = new FolderAside(source);
    symlinkSync(target, link, 'junction'); // which anybody may make on Windows
  } catch (error) {
    old?.bringBack();
    if (!existsSync(link)) symlinkSync(source, link, 'junction');
    rmSync(target, { recursive: true });
    throw error;
  }
  if (old) old.delete();
  else rmSync(source, { recursive: true, force: true });
}

function takeHome(copy: UnfinishedFolder, { source, link }: Pick<Route, 'source' | 'link'>): void {
  unlinkSync(link);
  try {
    copy.putInPlace();
  } catch (error) {
    symlinkSync(source, link, 'junction');
    throw error;
  }
  rmSync(source, { recursive: true, force: true });
}

const reasons: Readonly<Record<string, (target: string) => Sentence>> = {
  ENOSPC: (target) => sentence`the disk of ${dirname(target)} is full (ENOSPC).`,
  EFBIG: (target) => sentence`the disk of ${dirname(target)} takes no file of this size (EFBIG).`,
  EBUSY: () => sentence`a process has it open (EBUSY). Use another model for the moment, and move it then.`,
  EPERM: () => sentence`the system does not allow it, or a process has it open (EPERM).`,
  EACCES: (target) => sentence`${dirname(target)} cannot be written to (EACCES).`,
  EROFS: (target) => sentence`${dirname(target)} cannot be written to (EROFS).`,
};

const reasonOf = (error: unknown, target: string): Sentence =>
  reasons[systemCode(error)]?.(target) ?? sentence`${target} could not be written: ${systemSentence(error)}.`;
