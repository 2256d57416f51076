import { setPriority } from 'node:os';

/**
 * Lets other processes have the processor before this one.
 * @param processId undefined: it has not been started
 * @param priority one of `os.constants.priority`
 */
export function giveWay(processId: number | undefined, priority: number): void {
  if (processId === undefined) return;
  try {
    setPriority(processId, priority);
  } catch {
    // gone already, or not allowed here
  }
}
