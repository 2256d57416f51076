import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { CancellationToken } from 'vscode-jsonrpc/node.js';
import { Engine } from '../../../src/inference/engine.ts';
import type { GenerationOptions } from '../../../src/protocol/generationOptions.ts';
import type { GenerateRequest } from '../../../src/protocol/inference.ts';
import { continuationOf, loadRequest } from '../../support/tinyEngine.ts';
import { writeTinyModel } from '../../support/tinyModel.ts';

const nothing = () => undefined;
const engine = new Engine({ onProgress: nothing, onMoved: nothing, onUnloaded: nothing });
const folder = mkdtempSync(join(tmpdir(), 'inkling-sequences-'));
beforeAll(async () => {
  await engine.load(loadRequest(await writeTinyModel(join(folder, 'tiny'))));
});
afterAll(() => rmSync(folder, { recursive: true }));

async function sequences(text: string, options: Partial<GenerationOptions>, changes: Partial<GenerateRequest> = {}) {
  const request = continuationOf(text, { temperature: 1.5, maxNewTokens: 6, ...options });
  const prompt = { kind: 'continue', text, heal: true } as const;
  const answer = await engine.generate(
    { ...request, id: 1, stream: false, prompt, ...changes },
    CancellationToken.None,
    nothing,
  );
  return answer.kind === 'text' ? answer.sequences : [];
}

/** Texts that end within a word, so that its beginning is forced; some begin as several tokens. */
const texts = [
  'The wo',
  'The world and the wor',
  'The quick bro',
  'A lighthou',
  'zzzq',
  'In the be',
  'Once upon a ti',
  'She sa',
  'naïv',
  'The harbo',
  'Nobod',
  'It was rain',
  'qqqqqqqq',
  'The ferry lea',
  'x1y2',
  'antidisest',
  'Hel',
  'a',
  'the the th',
  'wor',
];

test.each(texts)('each of several sequences is what it is alone, also with a scored suffix: %s|', async (text) => {
  const alone = [];
  for (const seed of [3, 4, 5]) {
    const changes = { scoreSuffix: ' and the world.', freshCache: true };
    alone.push(...(await sequences(text, { seed, numReturnSequences: 1 }, changes)));
  }
  const together = await sequences(text, { seed: 3, numReturnSequences: 3 }, { scoreSuffix: ' and the world.' });
  expect(together.map(({ text }) => text)).toEqual(alone.map(({ text }) => text));
  for (const [i, { logprob, suffix }] of together.entries()) {
    expect(logprob).toBeCloseTo(alone[i]!.logprob, 2);
    expect(suffix!.after).toBeCloseTo(alone[i]!.suffix!.after, 2);
    expect(suffix!.without).toBeCloseTo(alone[i]!.suffix!.without, 2);
  }
});

test.each(texts)('a sequence below the gate does not take the others with it: %s|', async (text) => {
  const gate = { minFirstWordProbability: 0.02, minWordProbability: 0, minTotalProbability: 0 };
  const alone = [];
  for (const seed of [3, 4, 5, 6]) alone.push(...(await sequences(text, { seed, numReturnSequences: 1 }, { gate })));
  const together = await sequences(text, { seed: 3, numReturnSequences: 4 }, { gate });
  expect(together.map(({ text }) => text)).toEqual(alone.map(({ text }) => text));
});
