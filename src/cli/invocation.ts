import type { Processes } from '../client/processes.ts';

/** What every command gets besides its options. */
export interface Invocation {
  readonly processes: Processes;
  /** the folder of the bundles, which holds the other processes and the bundled model */
  readonly distFolder: string;
  /** what must be ended when the command is interrupted */
  readonly running: Set<{ dispose(): Promise<void> }>;
}

/** Registers something for interruption while `work` runs, and ends it afterwards, whatever happens. */
export async function whileRunning<R extends { dispose(): Promise<void> }, T>(
  invocation: Invocation,
  resource: R,
  work: (resource: R) => Promise<T>,
): Promise<T> {
  invocation.running.add(resource);
  try {
    return await work(resource);
  } finally {
    await resource.dispose();
    invocation.running.delete(resource);
  }
}
