import { findAdapterFolder } from '../client/adapterFolders.ts';
import type { InferenceClient } from '../client/inferenceClient.ts';
import type { LoadedAdapter, LoadedModel, LoadRequest } from '../protocol/inference.ts';
import { type Invocation, whileRunning } from './invocation.ts';
import type { ModelOptions } from './options.ts';

interface EngineOptions extends ModelOptions {
  /** prompt and answer together, unless the model holds less; default: as in the editor */
  readonly maxContextTokens?: number;
}

const editorContextTokens = 1024;

/** An inference process that nothing has been loaded into; the caller disposes it. */
export function startEngine(invocation: Invocation, options: EngineOptions): InferenceClient {
  const log = (line: string) => {
    if (options.verbose) process.stderr.write(`${line}\n`);
  };
  const client = invocation.processes.inference(log);
  client.use(loadRequestOf(invocation, options));
  return client;
}

/** Runs `work` with the loaded model in a process of its own, which is ended whatever happens. */
export function withEngine<T>(
  invocation: Invocation,
  options: EngineOptions,
  work: (client: InferenceClient, model: LoadedModel, load: LoadRequest) => Promise<T>,
): Promise<T> {
  return whileRunning(invocation, startEngine(invocation, options), async (client) =>
    work(client, await client.load(), loadRequestOf(invocation, options)),
  );
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
