import { afterAll, describe, expect, test } from 'vitest';
import { CancellationToken } from 'vscode-jsonrpc/node.js';
import { InferenceClient } from '../../src/client/inferenceClient.ts';
import { defaultGenerationOptions } from '../../src/protocol/generationOptions.ts';
import type { GeneratedSequence, Prompt } from '../../src/protocol/inference.ts';
import { maxDifference } from './decoders.ts';
import { builtPath, bundledModel, type GreedyGolden, readGolden } from './goldenFiles.ts';

const golden = readGolden<GreedyGolden>('greedy.json');

const client = new InferenceClient({ modulePath: builtPath('inference.js'), log: () => undefined });
client.use({
  modelFolder: bundledModel(),
  device: 'cpu',
  threads: 2,
  precision: 'fp32',
  idleUnloadMs: 0,
  maxContextTokens: 2048,
});
afterAll(() => client.dispose());

async function greedy(prompt: Prompt): Promise<GeneratedSequence> {
  const outcome = await client.generate(
    {
      slot: prompt.kind === 'chat' ? 'action' : 'completion',
      prompt,
      options: { ...defaultGenerationOptions, temperature: 0, maxNewTokens: golden.newTokens },
      ignoreEndOfText: false,
    },
    CancellationToken.None,
  );
  if (outcome.kind !== 'text') throw new Error(`no text but ${outcome.kind}`);
  return outcome.sequences[0]!;
}

function expectSame(sequence: GeneratedSequence, { text, ids, logprobs }: GreedyGolden['chats'][number]): void {
  const isText = ids.length < golden.newTokens ? 'endOfText' : 'length';
  expect(sequence.text).toBe(text);
  expect(sequence.finishReason).toBe(isText);
  const tokens = sequence.tokens.slice(0, ids.length); // the end-of-text token is no part of the text
  expect(tokens.map(({ id }) => id)).toEqual(ids);
  expect(
    maxDifference(
      tokens.map(({ logprob }) => logprob),
      logprobs,
    ),
  ).toBeLessThan(1e-3);
}

describe('greedy text of the fp32 model through the inference process, as transformers writes it', () => {
  test.each(golden.continuations.map((one) => [JSON.stringify(one.prompt), one] as const))(
    'continues %s',
    async (_, continuation) => {
      const sequence = await greedy({ kind: 'continue', text: continuation.prompt, heal: false });
      expectSame(sequence, { messages: [], ...continuation });
    },
  );

  test.each(golden.chats.map((one) => [JSON.stringify(one.messages.at(-1)!.content), one] as const))(
    'answers %s',
    async (_, chat) => {
      expectSame(await greedy({ kind: 'chat', messages: chat.messages }), chat);
    },
  );
});
