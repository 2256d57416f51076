import { access, readFile, stat } from 'node:fs/promises';
import { dirname, join, relative, sep } from 'node:path';
import ignore, { type Ignore } from 'ignore';

/** The ignore files that hold for a folder, the nearest first: each layer's rules are relative to its own folder. */
export interface GitignoreLayer {
  readonly folder: string;
  readonly rules: Ignore;
  readonly outer: GitignoreLayer | undefined;
}

/**
 * The layers above `folder`, up to the root of its repository; undefined outside a repository, and when they ignore the
 * folder itself: who asks for it by name wants it.
 */
export async function gitignoreAbove(folder: string): Promise<GitignoreLayer | undefined> {
  const above: string[] = [];
  for (let current = folder; !(await isRepository(current)); current = dirname(current)) {
    if (dirname(current) === current) return undefined;
    above.unshift(dirname(current));
  }
  const root = above[0] ?? folder;
  let layer = await withRules(join(root, '.git', 'info', 'exclude'), root, undefined);
  for (const parent of above) layer = await withGitignoreOf(parent, layer);
  return isGitignored(folder, true, layer) ? undefined : layer;
}

/** Adds the rules of the folder's own `.gitignore`, if there is one. */
export function withGitignoreOf(
  folder: string,
  outer: GitignoreLayer | undefined,
): Promise<GitignoreLayer | undefined> {
  return withRules(join(folder, '.gitignore'), folder, outer);
}

/** The nearest rule that says anything decides, as in git. */
export function isGitignored(path: string, isFolder: boolean, layer: GitignoreLayer | undefined): boolean {
  for (let current = layer; current !== undefined; current = current.outer) {
    const inside = relative(current.folder, path).split(sep).join('/');
    if (inside === '') continue; // the folder itself is judged from outside
    const { ignored, unignored } = current.rules.test(isFolder ? `${inside}/` : inside);
    if (ignored || unignored) return ignored;
  }
  return false;
}

/** A larger file is no list that a person keeps. */
const maxRuleBytes = 1_000_000;

async function withRules(
  file: string,
  folder: string,
  outer: GitignoreLayer | undefined,
): Promise<GitignoreLayer | undefined> {
  try {
    const stats = await stat(file); // a pipe or a device has no end
    if (!stats.isFile() || stats.size > maxRuleBytes) return outer;
    return { folder, rules: ignore().add(await readFile(file, 'utf8')), outer };
  } catch {
    return outer; // no such file, or nobody may read it
  }
}

async function isRepository(folder: string): Promise<boolean> {
  // `.git` is a folder, or in worktrees and submodules a file
  return access(join(folder, '.git')).then(
    () => true,
    () => false,
  );
}
