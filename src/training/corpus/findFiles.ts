import type { Dirent } from 'node:fs';
import { readdir, realpath, stat } from 'node:fs/promises';
import { basename, join } from 'node:path';
import picomatch from 'picomatch';
import type { CorpusOptions, ExclusionReason } from '../../protocol/corpus.ts';
import { InklingError, sentence } from '../../protocol/errors.ts';
import { languageOfFile } from '../../text/languages.ts';
import { type GitignoreLayer, gitignoreAbove, isGitignored, withGitignoreOf } from './gitignore.ts';

export interface FoundFile {
  /** where it lies on the disk, without symbolic links above it */
  readonly absolutePath: string;
  /** below the folder that was asked for, `/` between the parts: the name in reports, and what decides the split */
  readonly path: string;
  readonly languageId: string;
  readonly bytes: number;
}

export interface ExcludedFile {
  /** ends in `/` for a folder */
  readonly path: string;
  readonly reason: ExclusionReason;
}

export function countReasons(excluded: readonly ExcludedFile[]): Partial<Record<ExclusionReason, number>> {
  const counts: Partial<Record<ExclusionReason, number>> = {};
  for (const { reason } of excluded) counts[reason] = (counts[reason] ?? 0) + 1;
  return counts;
}

interface FoundFiles {
  /** in the order of their paths */
  readonly files: FoundFile[];
  readonly excluded: ExcludedFile[];
}

/**
 * The prose files in folders, and single files. Hidden folders are not entered; symbolic links are not followed.
 * With several roots, paths begin with the root's own name.
 * @throws InklingError `fileAccess` when a root does not exist
 */
export async function findFiles(roots: readonly string[], options: CorpusOptions): Promise<FoundFiles> {
  const found: FoundFiles = { files: [], excluded: [] };
  const seen = new Set<string>();
  const names = new Set<string>();
  for (const root of roots) {
    const real = await realpath(root).catch(() => undefined);
    if (real === undefined) throw new InklingError('fileAccess', sentence`There is no folder or file ${root}.`);
    const prefix = roots.length > 1 ? `${unusedName(basename(real), names)}/` : '';
    await searchRoot(real, prefix, { options, found, seen, judge: judgeBy(options) });
  }
  found.files.sort((a, b) => (a.path < b.path ? -1 : 1));
  return found;
}

/** Two roots may have the same name. */
function unusedName(name: string, names: Set<string>): string {
  let unused = name;
  for (let number = 2; names.has(unused); number++) unused = `${name} (${number})`;
  names.add(unused);
  return unused;
}

interface Search {
  readonly options: CorpusOptions;
  readonly found: FoundFiles;
  /** real paths: roots may lie within one another */
  readonly seen: Set<string>;
  readonly judge: (path: string) => 'wanted' | 'excluded' | 'other';
}

interface Folder {
  readonly absolutePath: string;
  /** '' for the root, otherwise with a `/` at the end */
  readonly path: string;
  /** the ignore files above it */
  readonly layer: GitignoreLayer | undefined;
}

async function searchRoot(root: string, prefix: string, search: Search): Promise<void> {
  if (!(await stat(root)).isDirectory()) return addFile(root, prefix + basename(root), search);
  const layer = search.options.useGitignore ? await gitignoreAbove(root) : undefined;
  const pending: Folder[] = [{ absolutePath: root, path: '', layer }];
  for (let folder = pending.pop(); folder !== undefined; folder = pending.pop()) {
    pending.push(...(await searchFolder(folder, prefix, search)));
  }
}

/** Adds the folder's files to what is found; returns the folders in it that are still to be searched. */
async function searchFolder(folder: Folder, prefix: string, search: Search): Promise<Folder[]> {
  const { found, options } = search;
  const layer = options.useGitignore ? await withGitignoreOf(folder.absolutePath, folder.layer) : undefined;
  const entries = await readdir(folder.absolutePath, { withFileTypes: true }).catch(() => undefined);
  if (entries === undefined) found.excluded.push({ path: prefix + folder.path, reason: 'unreadable' });
  const inner: Folder[] = [];
  for (const entry of entries ?? []) {
    const absolutePath = join(folder.absolutePath, entry.name);
    const path = folder.path + entry.name + (entry.isDirectory() ? '/' : '');
    const reason = reasonAgainst(entry, { absolutePath, path, layer }, search);
    if (reason === 'other') continue;
    if (reason !== undefined) found.excluded.push({ path: prefix + path, reason });
    else if (entry.isDirectory()) inner.push({ absolutePath, path, layer });
    else await addFile(absolutePath, prefix + path, search);
  }
  return inner;
}

/** `other`: nothing that anybody would expect in a corpus, not worth a line in the report. */
function reasonAgainst(
  entry: Dirent,
  { absolutePath, path, layer }: Folder,
  search: Search,
): ExclusionReason | 'other' | undefined {
  if (entry.name.startsWith('.')) return 'other';
  const verdict = search.judge(path.replace(/\/$/u, ''));
  if (entry.isSymbolicLink()) return verdict === 'wanted' || !entry.name.includes('.') ? 'symbolicLink' : 'other';
  if (!entry.isDirectory() && (!entry.isFile() || verdict === 'other')) return 'other';
  if (verdict === 'excluded') return 'excluded';
  return isGitignored(absolutePath, entry.isDirectory(), layer) ? 'gitignore' : undefined;
}

function judgeBy(options: CorpusOptions): Search['judge'] {
  const isExcluded = matcher(options.exclude);
  const isIncluded =
    options.include.length > 0 ? matcher(options.include) : (path: string) => proseLanguageOf(path) !== undefined;
  return (path) => (isExcluded(path) ? 'excluded' : isIncluded(path) ? 'wanted' : 'other');
}

/**
 * As in `.gitignore`, a pattern without a slash matches names at any depth.
 * @throws InklingError `optionOutOfRange` for a pattern that takes too long to compare
 */
function matcher(globs: readonly string[]): (path: string) => boolean {
  for (const glob of globs) demandQuick(glob);
  return picomatch(globs.map((glob) => (glob.includes('/') ? glob : `**/${glob}`)));
}

/** A comparison tries every way to share a name out among the stars: three of them take a moment, ten a year. */
const maxStars = 3;

function demandQuick(glob: string): void {
  const parts = glob.split('/');
  const isSlow = parts.some((part) => part !== '**' && (part.match(/[*+@]/gu)?.length ?? 0) > maxStars);
  if (!isSlow && parts.filter((part) => part === '**').length <= maxStars) return;
  const shown = glob.length > 60 ? `${glob.slice(0, 60)}…` : glob;
  throw new InklingError(
    'optionOutOfRange',
    sentence`The pattern ${shown} has more than ${maxStars} stars in one part of a path. Use fewer, or several patterns.`,
  );
}

async function addFile(absolutePath: string, path: string, { options, found, seen }: Search): Promise<void> {
  if (seen.has(absolutePath)) return;
  seen.add(absolutePath);
  const stats = await stat(absolutePath).catch(() => undefined);
  if (stats === undefined) found.excluded.push({ path, reason: 'unreadable' });
  else if (stats.size > options.maxFileMegabytes * 1e6) found.excluded.push({ path, reason: 'tooLarge' });
  else {
    const languageId = proseLanguageOf(path) ?? 'plaintext';
    found.files.push({ absolutePath, path, languageId, bytes: stats.size });
  }
}

/** The language id of a file by its name; undefined when the name does not promise prose. */
export function proseLanguageOf(path: string): string | undefined {
  const language = languageOfFile(path);
  return language?.prose === true ? language.id : undefined;
}
