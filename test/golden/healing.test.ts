import { afterAll, beforeAll, expect, test } from 'vitest';
import { CancellationToken } from 'vscode-jsonrpc';
import { Engine } from '../../src/inference/engine.ts';
import { defaultGenerationOptions } from '../../src/protocol/generationOptions.ts';
import type { GeneratedSequence } from '../../src/protocol/inference.ts';
import { bundledModel } from './goldenFiles.ts';

const nothing = () => {};
const engine = new Engine({ onProgress: nothing, onMoved: nothing, onUnloaded: nothing });
beforeAll(() =>
  engine.load({
    modelFolder: bundledModel(),
    device: 'cpu',
    threads: 0,
    precision: 'default',
    idleUnloadMs: 0,
    maxContextTokens: 512,
  }),
);
afterAll(() => engine.unload());

async function continued(text: string, maxNewTokens = 1): Promise<GeneratedSequence> {
  const answer = await engine.generate(
    {
      id: 1,
      slot: 'completion',
      prompt: { kind: 'continue', text, heal: true },
      options: { ...defaultGenerationOptions, maxNewTokens },
      ignoreEndOfText: true,
      stream: false,
    },
    CancellationToken.None,
    nothing,
  );
  if (answer.kind !== 'text') throw new Error(answer.kind);
  return answer.sequences[0]!;
}

// Within a word the whole word is known to the model, whatever way of cutting it into tokens looks likelier at first.
test.each([
  ['We walked to the supermar|', 'ket'],
  ['The theory of thermodyn|', 'amics'],
  ['He was born in Copenha|', 'gen'],
  ['They discussed the gover|', 'nment'],
  ['I would like to recomm|', 'end'],
  ['On Monday the committee announ|', 'ced'],
  ['The zebra and the hippopot|', 'amus'],
])('%s%s', async (drawn, rest) => {
  const { text, firstWordProbability, healedLogprob } = await continued(drawn.slice(0, -1));
  expect(text).not.toBe('');
  expect(rest.startsWith(text)).toBe(true);
  expect(firstWordProbability).toBeGreaterThan(0.5);
  expect(healedLogprob).toBeGreaterThan(-12);
});

// The blank before a word belongs to the word: it is never doubled and never missing.
test.each([
  'She opened the|',
  'She opened the |',
  'She opened the\n|',
  'She opened the  |',
  '- She opened\n- the\n\n|',
])('the answer continues %j exactly', async (drawn) => {
  const { text, tokens } = await continued(drawn.slice(0, -1), 4);
  expect(tokens.map((token) => token.text).join('')).toBe(text);
  const spaced = drawn.slice(0, -1) + text;
  if (drawn.endsWith('the|')) expect(text).toMatch(/^[ ,.a-z]/);
  else expect(spaced).not.toMatch(/the {3}/);
});

test('what nobody writes is still continued, in bounded time', async () => {
  const { text, healedLogprob } = await continued('Look at xqzvkwjpbtrmgzqhwkfjxvlpdnqzkbwxhgtrmvcz', 2);
  expect(text.length).toBeGreaterThan(0);
  expect(healedLogprob).toBeLessThan(-20);
});
