import { readFileSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { hostname } from 'node:os';
import { systemCode } from '../../protocol/errors.ts';

/** Who makes a file here is done with it after this time, or dead. */
const writingMs = 5000;
/** So often who has claimed a file says that it lives, by the file's time. */
const beatMs = 30_000;
/** A process of another machine that shares this disk cannot be asked: it is dead when it has said nothing so long. */
const silentElsewhereMs = 10 * 60_000;
/** A process of this machine that has said nothing so long is another one with the same number. */
const silentMs = 24 * 60 * 60_000;

/** Paths that this process has claimed: a number of a dead process may be given again, to this one, too. */
const own = new Set<string>();

/**
 * Claims what a file stands for, by making it; it names this process and this machine. The claim of a process that is
 * dead does not count: of several processes that see one, a single one takes its place.
 * @param more further lines
 * @returns gives it back; undefined when a living process has it
 * @throws what the system says
 */
export function claimFile(path: string, more: readonly string[] = []): (() => void) | undefined {
  while (!isMade(path, [`${process.pid} ${hostname()}`, ...more, ''].join('\n'))) {
    if (isClaimed(path)) return undefined;
    takeAway(path);
  }
  own.add(path);
  const beat = setInterval(() => touch(path), beatMs).unref();
  return () => {
    clearInterval(beat);
    own.delete(path);
    rmSync(path, { force: true });
  };
}

/** Does a living process have what this file stands for? */
export const isClaimed = (path: string): boolean => stateOf(path) === 'claimed';

/** What is written there; empty when there is nothing. */
export function claimLines(path: string): string[] {
  try {
    return readFileSync(path, 'utf8').trim().split('\n');
  } catch {
    return [];
  }
}

function stateOf(path: string): 'free' | 'claimed' | 'dead' {
  const found = statSync(path, { throwIfNoEntry: false });
  if (!found) return 'free';
  if (!found.isFile()) return 'dead';
  const [owner = ''] = claimLines(path);
  const age = Date.now() - found.mtimeMs;
  if (owner === '') return age < writingMs ? 'claimed' : 'dead';
  const [, number, machine = hostname()] = /^(\d+)(?: (.+))?$/u.exec(owner) ?? [];
  const id = Number(number);
  if (machine !== hostname()) return age < silentElsewhereMs ? 'claimed' : 'dead';
  const lives = id === process.pid ? own.has(path) : age < silentMs && isAlive(id);
  return lives ? 'claimed' : 'dead';
}

function touch(path: string): void {
  try {
    const now = new Date();
    utimesSync(path, now, now);
  } catch {
    // Who took it away has its reasons.
  }
}

function isMade(path: string, text: string): boolean {
  try {
    writeFileSync(path, text, { mode: 0o600, flag: 'wx' });
    return true;
  } catch (error) {
    if (systemCode(error) === 'EEXIST') return false;
    throw error;
  }
}

/** A dead claim goes. One process at a time looks, so that none takes away what another has just made. */
function takeAway(path: string): void {
  const taking = `${path}.taking`;
  if (isMade(taking, '')) {
    try {
      if (stateOf(path) === 'dead') rmSync(path);
    } finally {
      rmSync(taking, { force: true });
    }
  } else if (stateOf(taking) === 'dead') rmSync(taking, { force: true }); // as who looked
}

/** Does a process with this id run? One that belongs to somebody else counts; what is no id is nobody's. */
export function isAlive(processId: number): boolean {
  if (!Number.isSafeInteger(processId) || processId <= 0) return false; // 0 and below stand for groups of processes
  try {
    process.kill(processId, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}
