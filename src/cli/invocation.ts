import { readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import type { InferenceClient } from '../client/inferenceClient.ts';
import { findAdapterFolder } from '../client/modelFolders.ts';
import type { Processes } from '../client/processes.ts';
import type { StoreClient } from '../client/storeClient.ts';
import type { LoadedAdapter, LoadedModel, LoadRequest } from '../protocol/inference.ts';
import { unfinishedPrefix } from '../protocol/store.ts';
import type { ModelOptions, OutputOptions } from './options.ts';
import { print, table, tell } from './output.ts';

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

/** What processes print goes to stderr, where a person wants to see it. */
export const logOf =
  ({ verbose }: OutputOptions): ((line: string) => void) =>
  (line) => {
    if (verbose) process.stderr.write(`${line}\n`);
  };

interface EngineOptions extends ModelOptions {
  /** prompt and answer together, unless the model holds less; default: as in the editor */
  readonly maxContextTokens?: number;
}

const editorContextTokens = 1024;

/** An inference process that nothing has been loaded into; the caller disposes it. */
export function startEngine(invocation: Invocation, options: EngineOptions): InferenceClient {
  const client = invocation.processes.inference(logOf(options));
  client.use(loadRequestOf(invocation, options));
  return client;
}

/** Runs `work` with the loaded model in a process of its own, which is ended whatever happens. */
export function withEngine<T>(
  invocation: Invocation,
  options: EngineOptions,
  work: (client: InferenceClient, model: LoadedModel, load: LoadRequest) => Promise<T>,
): Promise<T> {
  return whileRunning(invocation, startEngine(invocation, options), async (client) => {
    const model = await client.load();
    const isElsewhere = options.device !== 'auto' && options.device !== model.device;
    if (isElsewhere)
      tell([`${model.name} runs on ${model.device}, not on ${options.device}.`, ...model.deviceNotes].join(' '));
    return work(client, model, loadRequestOf(invocation, options));
  });
}

/** Names what the options name; nothing is loaded yet. */
export function loadRequestOf(invocation: Invocation, options: EngineOptions): LoadRequest {
  return {
    modelFolder: invocation.processes.findModel(options.model),
    device: options.device,
    threads: options.threads,
    precision: options.precision,
    idleUnloadMs: 0,
    maxContextTokens: options.maxContextTokens ?? editorContextTokens,
    ...(options.adapter === undefined ? {} : { adapter: adapterOf(options.adapter, options.adapterStrength) }),
  };
}

const adapterOf = (nameOrFolder: string, strength: number): LoadedAdapter => ({
  folder: findAdapterFolder(nameOrFolder),
  strength,
});

/**
 * Runs `work` with the client of the store, and ends its processes whatever happens.
 * @param writesIn the folder that a model is put into: what a process that has to be killed leaves there is taken away
 */
export function withStore<T>(
  invocation: Invocation,
  options: OutputOptions,
  work: (store: StoreClient) => Promise<T>,
  writesIn = invocation.processes.modelFolders.user,
): Promise<T> {
  const store = invocation.processes.store(logOf(options));
  const dispose = async () => {
    const { processIds } = store;
    await store.dispose();
    for (const processId of processIds) if (processId !== undefined) removeUnfinished(writesIn, processId);
  };
  return whileRunning(invocation, { dispose }, () => work(store));
}

function removeUnfinished(folder: string, processId: number): void {
  try {
    const names = readdirSync(folder).filter((name) => name.startsWith(unfinishedPrefix(processId)));
    for (const name of names) rmSync(join(folder, name), { recursive: true, force: true });
  } catch {
    // there is no such folder, or the system forbids it: the next model that is added there takes it away
  }
}

/** @throws InklingError `modelMissing` */
export const modelFolderOf = ({ processes }: Invocation, nameOrFolder: string): string =>
  processes.findModel(nameOrFolder);

/** What is known of a model or an adapter, a line each; what has parts is shown by the caller. */
export function printFacts(details: object, more: readonly (readonly [name: string, value: string])[]): void {
  const facts = Object.entries(details).filter(([, value]) => typeof value !== 'object');
  print(table([...facts.map(([name, value]) => [name, String(value)]), ...more]));
}
