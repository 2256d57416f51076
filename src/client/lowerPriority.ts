import { setPriority } from 'node:os';

/**
 * Lets other processes have the processor before this one.
 * @param processId undefined: it has not been started
 * @param priority one of `os.constants.priority`
 */
export function lowerPriority(processId: number | undefined, priority: number): void {
  if (processId === undefined) return;
  try {
    setPriority(processId, priority);
  } catch {
    // It has ended, or the system forbids it.
  }
}
