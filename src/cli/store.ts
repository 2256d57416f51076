import type { StoreClient } from '../client/storeClient.ts';
import { type Invocation, whileRunning } from './invocation.ts';
import type { OutputOptions } from './options.ts';
import { print, table } from './output.ts';

/** Runs `work` with the client of the store, and ends its processes whatever happens. */
export function withStore<T>(
  invocation: Invocation,
  options: OutputOptions,
  work: (store: StoreClient) => Promise<T>,
): Promise<T> {
  const log = (line: string) => {
    if (options.verbose) process.stderr.write(`${line}\n`);
  };
  return whileRunning(invocation, invocation.processes.store(log), work);
}

/** @throws InklingError `modelMissing` */
export const modelFolderOf = ({ processes }: Invocation, nameOrFolder: string): string =>
  processes.findModel(nameOrFolder);

/** What is known of a model or an adapter, a line each; what has parts is shown by the caller. */
export function printFacts(details: object, more: readonly (readonly [name: string, value: string])[]): void {
  const facts = Object.entries(details).filter(([, value]) => typeof value !== 'object');
  print(table([...facts.map(([name, value]) => [name, String(value)]), ...more]));
}
