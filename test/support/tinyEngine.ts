import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { onTestFinished } from 'vitest';
import { CancellationToken } from 'vscode-jsonrpc/node.js';
import { InferenceClient, type InferenceClientOptions } from '../../src/client/inferenceClient.ts';
import { defaultGenerationOptions, type GenerationOptions } from '../../src/protocol/generationOptions.ts';
import type { GenerateAnswer, GenerateRequest, LoadRequest, Slot } from '../../src/protocol/inference.ts';
import { temporaryFolder } from './temporaryFolder.ts';
import { type TinyModelOptions, writeTinyModel } from './tinyModel.ts';

/** The folder of the bundles, which `npm run build` makes. */
export const distFolder = fileURLToPath(new URL('../../dist', import.meta.url));

export interface TinyEngineOptions {
  readonly model?: TinyModelOptions;
  readonly load?: Partial<LoadRequest>;
  readonly client?: Partial<InferenceClientOptions>;
}

/** The real inference process with a tiny random model, for the test that runs; it ends with the test. */
export async function startTinyEngine(options: TinyEngineOptions = {}): Promise<InferenceClient> {
  return startEngine(await writeTinyModel(join(await temporaryFolder(), 'tiny'), options.model), options);
}

/** The real inference process, told to use the model in a folder, for the test that runs. */
export function startEngine(modelFolder: string, { load, client }: TinyEngineOptions = {}): InferenceClient {
  const modulePath = join(distFolder, 'inference.js');
  if (!existsSync(modulePath)) throw new Error('Run `npm run build` first: dist/inference.js is missing.');
  const engine = new InferenceClient({ modulePath, log: () => undefined, ...client });
  onTestFinished(() => engine.dispose());
  engine.use(loadRequest(modelFolder, load));
  return engine;
}

export function loadRequest(modelFolder: string, changes: Partial<LoadRequest> = {}): LoadRequest {
  const defaults = { device: 'cpu', threads: 1, precision: 'default', idleUnloadMs: 0, maxContextTokens: 512 } as const;
  return { modelFolder, ...defaults, ...changes };
}

export function continuationOf(
  text: string,
  options: Partial<GenerationOptions> = {},
  slot: Slot = 'completion',
): Omit<GenerateRequest, 'id' | 'stream'> {
  return {
    slot,
    prompt: { kind: 'continue', text, heal: false },
    options: { ...defaultGenerationOptions, ...options },
    ignoreEndOfText: true,
  };
}

/** The answer to a plain continuation; a failure is thrown. */
export async function generate(
  engine: InferenceClient,
  text: string,
  options: Partial<GenerationOptions> = {},
  slot: Slot = 'completion',
): Promise<GenerateAnswer & { kind: 'text' }> {
  const outcome = await engine.generate(continuationOf(text, options, slot), CancellationToken.None);
  if (outcome.kind === 'text') return outcome;
  throw outcome.kind === 'failed' ? outcome.error : new Error(`answered ${outcome.kind}`);
}
