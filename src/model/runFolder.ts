/** The folder of a training run, `ADAPTER.run`: who runs it, whether it can be gone on with, and how it goes away. */
import { createHash } from 'node:crypto';
import { existsSync, lstatSync, readdirSync, rmdirSync, rmSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { isRunFolder, type RunState, runFiles, runFolderOf } from '../protocol/adapters.ts';
import { InklingError, type Sentence, sentence, systemCode } from '../protocol/errors.ts';
import { unwritable } from '../protocol/systemReason.ts';
import { claimFile, claimLines, isClaimed } from './files/claim.ts';
import { makeFolder } from './files/makeFolder.ts';
import { abandonedMs, removeAbandoned } from './files/unfinishedFolder.ts';

/** @param outputFolder of the adapter that the run makes */
export function stateOfRun(outputFolder: string): RunState {
  const folder = runFolderOf(outputFolder);
  if (isRunning(folder)) return 'running';
  return hasCheckpoint(folder) ? 'interrupted' : 'none';
}

const isRunning = (folder: string): boolean => isClaimed(join(folder, runFiles.lock));

/** A process that dies between two renames leaves the checkpoint before the last one alone. */
export const hasCheckpoint = (folder: string): boolean =>
  existsSync(join(folder, runFiles.checkpoint)) || existsSync(join(folder, runFiles.checkpointBefore));

const textsDigestOf = (folder: string): string | undefined => claimLines(join(folder, runFiles.lock))[1];

/**
 * Makes the run's folder and claims it: two windows never train into the same one, nor from the same texts at once. The
 * claim of a process that is dead does not count.
 * @param paths what is learned from
 * @returns gives the claim back, and the folder when nothing is in it
 * @throws InklingError `fileAccess`
 */
export function lockRun(outputFolder: string, paths: readonly string[]): () => void {
  const folder = runFolderOf(outputFolder);
  const path = join(folder, runFiles.lock);
  const textsDigest = createHash('sha256')
    .update(JSON.stringify([...paths].sort()))
    .digest('hex');
  try {
    makeFolder(folder);
    if (!isOurs(folder)) {
      throw new InklingError(
        'fileAccess',
        sentence`${folder} holds files that are not of a run: choose another output folder.`,
      );
    }
    const release = claimFile(path, [textsDigest]);
    if (!release)
      throw trainsAlready(
        sentence`Another window is training into ${folder} already. Wait for its end, or stop it there.`,
      );
    const giveBack = () => {
      release();
      removeIfEmpty(folder);
    };
    const other = runsBeside(folder).find((run) => isRunning(run) && textsDigestOf(run) === textsDigest);
    if (other === undefined) return giveBack;
    giveBack();
    throw trainsAlready(
      sentence`Another window is training on these texts, into ${other} already. Wait for its end, or stop it there.`,
    );
  } catch (error) {
    if (error instanceof InklingError) throw error;
    throw unwritable(folder, error);
  }
}

const trainsAlready = (message: Sentence) => new InklingError('trainsElsewhere', message);

const runsBeside = (folder: string): string[] =>
  runsIn(dirname(folder)).filter((run) => basename(run) !== basename(folder));

const runsIn = (adaptersFolder: string): string[] =>
  existsSync(adaptersFolder)
    ? readdirSync(adaptersFolder)
        .filter(isRunFolder)
        .map((name) => join(adaptersFolder, name))
        .filter((run) => lstatSync(run).isDirectory())
    : [];

/** A folder of that name may be anybody's. */
const isOurs = (folder: string): boolean => {
  const known: readonly string[] = Object.values(runFiles);
  return readdirSync(folder).every((name) => known.includes(name) || name.startsWith(`${runFiles.lock}.`));
};

/** Deletes what the run has left, unless it is going on. Nothing else in its folder is touched. */
export function removeRun(outputFolder: string): void {
  const folder = runFolderOf(outputFolder);
  if (!isRunning(folder)) emptyRun(folder);
}

/** For the process that runs it. */
export function emptyRun(folder: string): void {
  if (!existsSync(folder) || !isOurs(folder)) return;
  for (const name of Object.values(runFiles)) rmSync(join(folder, name), { recursive: true, force: true });
  removeIfEmpty(folder);
}

/** Deletes what runs have left that died before their first checkpoint, or while they wrote an adapter: of no use to anybody. */
export function removeDeadRuns(adaptersFolder: string): void {
  removeAbandoned(adaptersFolder, abandonedMs);
  for (const folder of runsIn(adaptersFolder)) {
    if (!isRunning(folder) && !hasCheckpoint(folder)) emptyRun(folder);
  }
}

function removeIfEmpty(folder: string): void {
  try {
    rmdirSync(folder);
  } catch (error) {
    if (!/^(?:ENOTEMPTY|EEXIST|ENOENT)$/u.test(systemCode(error))) throw error;
  }
}
