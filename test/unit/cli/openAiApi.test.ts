import { IncomingMessage, ServerResponse } from 'node:http';
import { Socket } from 'node:net';
import { expect, test } from 'vitest';
import { Embeddings } from '../../../src/cli/serve/embeddings.ts';
import { OpenAiApi } from '../../../src/cli/serve/openAiApi.ts';
import type { InferenceClient } from '../../../src/client/inferenceClient.ts';
import type { InstalledPipelines } from '../../../src/client/pipelinesClient.ts';
import type { GenerateRequest, LoadedModel } from '../../../src/protocol/inference.ts';

/** What the inference process was asked for: one token a letter. */
async function asked(route: 'complete' | 'chat', body: object) {
  const calls: string[] = [];
  const client = {
    tokenize: async (text: string) => {
      calls.push('tokenize');
      return { tokens: [...text].map(() => 1) };
    },
    generate: async ({ options }: GenerateRequest) => {
      calls.push(`generate ${options.maxNewTokens}`);
      return { kind: 'text', sequences: [], usage: { promptTokens: 1, reusedTokens: 0 } };
    },
  } as unknown as InferenceClient;
  const model = { name: 'm', contextTokens: 8192, hasChatTemplate: true } as LoadedModel;
  const api = new OpenAiApi(client, model, new Embeddings({} as InstalledPipelines));
  const response = new ServerResponse(new IncomingMessage(new Socket()));
  await api[route]({ model: 'm', ...body }, response).catch((error: Error) => calls.push(error.message));
  return calls;
}

const letters = (count: number) => 'a'.repeat(count);
const chat = (text: string) => ({ messages: [{ role: 'user', content: text }] });
const tooLong = 'This model reads and writes 8192 tokens in all; the prompt has';

test.each<[what: string, route: 'complete' | 'chat', body: object, calls: string[]]>([
  ['nothing', 'complete', { prompt: '' }, ['generate 16']],
  ['a sentence', 'complete', { prompt: letters(80), max_tokens: 12 }, ['generate 12']],
  ['as much as fits at worst', 'complete', { prompt: letters(8112) }, ['generate 16']],
  ['one letter more', 'complete', { prompt: letters(8113) }, ['tokenize', `${tooLong} 8113, and 16 were asked for.`]],
  ['two bytes a letter', 'complete', { prompt: 'ä'.repeat(4057) }, ['tokenize', 'generate 16']],
  [
    'two of which one may be too long',
    'complete',
    { prompt: ['a', 'ä'.repeat(4057)] },
    ['tokenize', 'tokenize', 'generate 16', 'generate 16'],
  ],
  ['what grows when it is normalized', 'complete', { prompt: '\uFDFA'.repeat(300) }, ['tokenize', 'generate 16']],
  ['an answer of any length', 'chat', chat(letters(4032)), ['generate 4096']],
  ['an answer for which there may be less room', 'chat', chat(letters(4033)), ['tokenize', 'generate 4095']],
  ['an answer that is too long', 'chat', { ...chat('a'), max_tokens: 4097 }, ['max_tokens: at most 4096']],
])('only a prompt that might not fit is counted before it is read: %s', async (_, route, body, calls) => {
  expect(await asked(route, body)).toEqual(calls);
});
