import { CancellationToken } from 'vscode-jsonrpc/node.js';
import { defaultGenerationOptions } from '../protocol/generationOptions.ts';
import type { Usage } from '../protocol/inference.ts';
import type { ModelSpeed } from '../protocol/modelsPage.ts';
import type { InferenceClient } from './inferenceClient.ts';

const readCharacters = 500;
const writtenTokens = 16;

/**
 * How fast a model reads and writes on this machine: some hundred tokens, so that it takes seconds also with a large one.
 * @param text ordinary prose
 * @throws InklingError when the model cannot be loaded
 */
export async function measureSpeed(client: InferenceClient, text: string): Promise<ModelSpeed> {
  await write(client, 'Once upon a time', 2); // the first run of a session prepares the next ones
  const { promptTokens, prefillMs, newTokens, decodeMs } = await write(
    client,
    text.slice(0, readCharacters),
    writtenTokens,
  );
  const { residentBytes } = await client.memory();
  return {
    readTokensPerSecond: (1000 * promptTokens) / prefillMs,
    writtenTokensPerSecond: (1000 * (newTokens - 1)) / decodeMs, // the first token comes with the reading
    memoryMb: residentBytes / 1e6,
  };
}

async function write(client: InferenceClient, text: string, maxNewTokens: number): Promise<Usage> {
  const request = {
    slot: 'completion',
    prompt: { kind: 'continue', text, heal: false },
    options: { ...defaultGenerationOptions, maxNewTokens },
    ignoreEndOfText: true,
    freshCache: true,
  } as const;
  const outcome = await client.generate(request, CancellationToken.None);
  if (outcome.kind === 'failed') throw outcome.error;
  return outcome.usage;
}
