import { readFileSync } from 'node:fs';

/** Whether a process still runs; one that is dead but not yet reaped (a zombie) does not. Linux reads its state. */
export function isRunning(processId: number): boolean {
  try {
    process.kill(processId, 0);
    if (process.platform !== 'linux') return true;
    const state = readFileSync(`/proc/${processId}/stat`, 'utf8').split(') ')[1]?.[0];
    return state !== 'Z' && state !== 'X';
  } catch {
    return false;
  }
}
