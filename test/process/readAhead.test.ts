import { expect, test } from 'vitest';
import { CancellationToken } from 'vscode-jsonrpc/node.js';
import type { Usage } from '../../src/protocol/inference.ts';
import { readAhead } from '../../src/writing/selection/readAhead.ts';
import { runAction } from '../../src/writing/selection/runAction.ts';
import type { ActionEngine } from '../../src/writing/selection/selectionAction.ts';
import { startTinyEngine } from '../support/tinyEngine.ts';

test('a text that was read while the instruction was typed is not read again', async () => {
  const client = await startTinyEngine();
  const usages: Usage[] = [];
  const engine: ActionEngine = {
    load: () => client.load(),
    tokenize: client.tokenize,
    score: client.score,
    scoreEach: client.scoreEach,
    generate: async (request, token, onPartial) => {
      const outcome = await client.generate(request, token, onPartial);
      if (outcome.kind !== 'failed') usages.push(outcome.usage);
      return outcome;
    },
  };
  const request = { action: 'custom', text: 'The world and the word. '.repeat(6), languageId: 'markdown' } as const;
  const instruction = 'Make it so.';
  await readAhead(request, engine, CancellationToken.None);
  await runAction({ ...request, instruction }, engine, CancellationToken.None);
  const [ahead, real] = usages;
  expect(ahead).toMatchObject({ reusedTokens: 0, newTokens: 1 });
  const { tokens } = await client.tokenize(instruction);
  const marksOfRoles = 20;
  expect(real!.promptTokens - real!.reusedTokens).toBeLessThan(tokens.length + marksOfRoles);
  expect(real!.reusedTokens).toBeGreaterThan(60);
});
