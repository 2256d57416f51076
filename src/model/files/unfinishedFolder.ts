import { existsSync, lstatSync, mkdtempSync, readdirSync, renameSync, rmdirSync, rmSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { unfinishedPrefix } from '../../protocol/store.ts';
import { isAlive } from './claim.ts';
import { makeFolder } from './makeFolder.ts';

/** Nothing is written so long without a change: for folders on a disk that machines may share. */
export const abandonedMs = 3_600_000;

const nameOfUnfinished = /^\.inkling-writing-(\d+)-\w+$/u;

/**
 * A folder that is written beside its place, under a name of its own that nobody else has, and gets its own name when it
 * is whole. Only its owner may enter it until then. What processes left that died is deleted; nothing else is.
 */
export class UnfinishedFolder {
  readonly path: string;
  readonly #target: string;
  readonly #delete = (): void => rmSync(this.path, { recursive: true, force: true });

  /**
   * @param target where it is to stand; the folders above it are made
   * @throws what the system says
   */
  constructor(target: string) {
    const above = dirname(target);
    makeFolder(above);
    removeAbandoned(above);
    this.#target = target;
    this.path = newUnfinished(above);
    process.once('exit', this.#delete); // an exit that was asked for meanwhile
  }

  /** @throws what the system says, `ENOTEMPTY` or `EEXIST` among others: a folder with anything in it is never replaced */
  putInPlace(): void {
    if (existsSync(this.#target)) rmdirSync(this.#target); // an empty one
    renameSync(this.path, this.#target);
    process.removeListener('exit', this.#delete);
  }

  /** Puts it in the place of a folder that the caller knows to be its own. @throws what the system says */
  replace(): void {
    if (!existsSync(this.#target)) {
      this.putInPlace();
      return;
    }
    const old = new FolderAside(this.#target);
    try {
      renameSync(this.path, this.#target);
    } catch (error) {
      old.bringBack();
      throw error;
    }
    old.delete();
    process.removeListener('exit', this.#delete);
  }

  discard(): void {
    process.removeListener('exit', this.#delete);
    this.#delete();
  }
}

/** A folder that makes room for what takes its place, until that is there. */
export class FolderAside {
  readonly #place: string;
  readonly #around: string;

  /** @throws what the system says; the folder is where it was then */
  constructor(place: string) {
    this.#place = place;
    this.#around = newUnfinished(dirname(place));
    try {
      renameSync(place, join(this.#around, 'old'));
    } catch (error) {
      rmdirSync(this.#around);
      throw error;
    }
  }

  bringBack(): void {
    renameSync(join(this.#around, 'old'), this.#place);
    rmdirSync(this.#around);
  }

  delete(): void {
    rmSync(this.#around, { recursive: true, force: true });
  }
}

const newUnfinished = (above: string): string => mkdtempSync(join(above, unfinishedPrefix(process.pid))); // 0700

/** Is it a folder of which nobody knows yet whether it will become whole? */
export const isUnfinished = (folder: string): boolean => nameOfUnfinished.test(basename(folder));

/** Can a folder be put there: is there nothing, or a folder (not a link to one) with nothing in it? */
export function isFree(target: string): boolean {
  const kind = kindOf(target);
  return kind === 'nothing' || (kind === 'folder' && readdirSync(target).length === 0);
}

/** What has this path; where the system does not let us look, writing will say why. */
export function kindOf(path: string): 'nothing' | 'folder' | 'other' {
  try {
    return lstatSync(path).isDirectory() ? 'folder' : 'other';
  } catch {
    return 'nothing';
  }
}

/**
 * Deletes what processes that died have left unfinished in a folder, which need not be there.
 * @param minAgeMs of what is deleted: on a disk that machines share, a process that is not here may run there
 */
export function removeAbandoned(folder: string, minAgeMs = 0): void {
  for (const name of existsSync(folder) ? readdirSync(folder) : []) {
    const [, owner] = nameOfUnfinished.exec(name) ?? [];
    if (owner === undefined || isAlive(Number(owner))) continue;
    const path = join(folder, name);
    if (minAgeMs === 0 || ageMs(path) >= minAgeMs) rmSync(path, { recursive: true, force: true });
  }
}

/** Time since something was put there or taken away; 0 for what is gone. */
const ageMs = (folder: string): number =>
  Date.now() - (lstatSync(folder, { throwIfNoEntry: false })?.mtimeMs ?? Date.now());
