import { expect, test } from 'vitest';
import { CancellationToken, CancellationTokenSource } from 'vscode-jsonrpc/node.js';
import {
  defaultGenerationOptions,
  type GenerationOptions,
  generationOptionTable,
} from '../../src/protocol/generationOptions.ts';
import { continuationOf, generate, startTinyEngine } from '../support/tinyEngine.ts';

/** Where the same question has the same answer to the letter, whatever was known: quantized maps round runs of several rows otherwise. */
const inFullPrecision = { load: { precision: 'fp32' } } as const;
const prose = 'The world and the word. '.repeat(12);

test('loads a model and continues text with it', async () => {
  const engine = await startTinyEngine();
  const model = await engine.load();
  expect(model).toMatchObject({ name: 'tiny', device: 'cpu', contextTokens: 512, hasChatTemplate: true });
  const { sequences, usage } = await generate(engine, prose, { maxNewTokens: 10 });
  expect(sequences).toHaveLength(1);
  const { text, tokens, logprob, finishReason } = sequences[0]!;
  expect(tokens).toHaveLength(10);
  expect(tokens.map((token) => token.text).join('')).toBe(text);
  expect(tokens.reduce((sum, token) => sum + token.logprob, 0)).toBeCloseTo(logprob, 6);
  expect(finishReason).toBe('length');
  expect(usage).toMatchObject({ reusedTokens: 0, newTokens: 10 });
});

test('text to tokens and back', async () => {
  const engine = await startTinyEngine();
  const text = 'Naïve 🎉 <|im_start|> the\r\n\tworld';
  const { tokens } = await engine.tokenize(text);
  expect(tokens).not.toContain(1); // user text never yields a special token
  expect((await engine.detokenize(tokens)).text).toBe(text);
});

test('partial texts only ever grow, and end in the text', async () => {
  const engine = await startTinyEngine();
  const seen: string[] = [];
  const outcome = await engine.generate(continuationOf(prose, { maxNewTokens: 60 }), CancellationToken.None, (text) =>
    seen.push(text),
  );
  const text = outcome.kind === 'text' ? outcome.sequences[0]!.text : '';
  expect(seen.length).toBeGreaterThan(5);
  for (const [index, partial] of seen.entries()) expect((seen[index + 1] ?? text).startsWith(partial)).toBe(true);
});

test('a cancel ends a running decode within a token', async () => {
  const engine = await startTinyEngine({ model: { layers: 40, config: { max_position_embeddings: 4096 } } });
  await engine.load();
  const source = new CancellationTokenSource();
  let partials = 0;
  let partialsAfterCancel = 0;
  const answer = await engine.generate(continuationOf(prose, { maxNewTokens: 400 }), source.token, () => {
    if (source.token.isCancellationRequested) partialsAfterCancel++;
    if (++partials === 5) source.cancel();
  });
  expect(answer.kind).toBe('cancelled');
  expect(partialsAfterCancel).toBeLessThanOrEqual(2); // those that were on their way
});

test('what was typed before is not computed again, and the slots do not evict each other', async () => {
  const engine = await startTinyEngine();
  await generate(engine, prose, {}, 'completion');
  await generate(engine, prose.toUpperCase(), {}, 'action');
  for (const slot of ['completion', 'action'] as const) {
    const text = slot === 'action' ? prose.toUpperCase() : prose;
    const { promptTokens, reusedTokens } = (await generate(engine, `${text}x`, {}, slot)).usage;
    expect(reusedTokens / promptTokens).toBeGreaterThan(0.9);
  }
});

test('a request that asks for a fresh cache reuses nothing and answers the same', async () => {
  const engine = await startTinyEngine(inFullPrecision);
  const first = await generate(engine, prose);
  const fresh = await engine.generate({ ...continuationOf(prose), freshCache: true }, CancellationToken.None);
  expect(fresh).toMatchObject({ kind: 'text', usage: { reusedTokens: 0 } });
  expect(fresh.kind === 'text' && fresh.sequences[0]!.text).toBe(first.sequences[0]!.text);
});

/** For every option a value that must change the result, and what it is changed from. */
const changes: Record<keyof GenerationOptions, { from?: Partial<GenerationOptions>; to: Partial<GenerationOptions> }> =
  {
    maxNewTokens: { to: { maxNewTokens: 7 } },
    temperature: { to: { temperature: 0.2 } },
    topK: { to: { topK: 2 } },
    topP: { to: { topP: 0.05 } },
    minP: { to: { minP: 0.9 } },
    repetitionPenalty: { from: { temperature: 0 }, to: { temperature: 0, repetitionPenalty: 2 } },
    noRepeatNgramSize: { from: { temperature: 0 }, to: { temperature: 0, noRepeatNgramSize: 1 } },
    seed: { to: { seed: 2 } },
    numReturnSequences: { to: { numReturnSequences: 2 } },
    stop: { to: { stop: ['e', 'a', 'o', ' ', 't', 'n'] } },
  };

test('every sampling option has an effect', async () => {
  const engine = await startTinyEngine(inFullPrecision);
  const sampled: Partial<GenerationOptions> = { temperature: 1, seed: 1, maxNewTokens: 40 };
  const texts = async (options: Partial<GenerationOptions>) =>
    (await generate(engine, prose, { ...sampled, ...options })).sequences.map((sequence) => sequence.text);
  expect(Object.keys(changes).sort()).toEqual(Object.keys(generationOptionTable).sort());
  for (const [name, { from = {}, to }] of Object.entries(changes)) {
    const before = await texts(from);
    expect(await texts(from), 'the same options give the same text').toEqual(before);
    expect(await texts(to), name).not.toEqual(before);
  }
});

test('several sequences are independent, and the first is that of the seed', async () => {
  const engine = await startTinyEngine(inFullPrecision);
  const options = { temperature: 1, seed: 5, maxNewTokens: 20 };
  const one = await generate(engine, prose, options);
  const three = await generate(engine, prose, { ...options, numReturnSequences: 3 });
  expect(new Set(three.sequences.map(({ text }) => text)).size).toBe(3);
  expect(three.sequences[0]!.text).toBe(one.sequences[0]!.text);
});

test('an option out of range is refused with its name and range', async () => {
  const engine = await startTinyEngine();
  await engine.load();
  const options = { ...defaultGenerationOptions, temperature: 9 };
  const outcome = await engine.generate({ ...continuationOf('x'), options }, CancellationToken.None);
  expect(outcome).toMatchObject({ kind: 'failed', error: { code: 'optionOutOfRange' } });
  expect(outcome.kind === 'failed' && outcome.error.message).toMatch(/temperature .* 0 to 2/);
});

test('requests that come together are all answered', async () => {
  const engine = await startTinyEngine(inFullPrecision);
  const prompts = ['one', 'two', 'three', 'four', 'five', 'six'];
  const together = await Promise.all(
    prompts.map((text, i) => generate(engine, text, {}, i % 2 ? 'action' : 'completion')),
  );
  for (const [index, prompt] of prompts.entries()) {
    const alone = await generate(engine, prompt);
    expect(together[index]!.sequences[0]!.text, prompt).toBe(alone.sequences[0]!.text);
  }
});

const oddTexts: [name: string, text: string][] = [
  ['nothing', ''],
  ['a NUL byte', 'a\0b'],
  ['half a surrogate pair', 'half \ud83c'],
  ['the other half', '\udf89 half'],
  ['a family joined by ZWJ', '👨‍👩‍👧‍👦'],
  ['a byte order mark and CRLF', '\ufeffThe world\r\nand the'],
  ['right to left', 'שלום עולם مرحبا'],
  ['a line of 100,000 characters', 'word '.repeat(20_000)],
  ['100,000 characters without a blank', 'x'.repeat(100_000)],
];

test('odd texts are continued like any other', async () => {
  const engine = await startTinyEngine();
  for (const [name, text] of oddTexts) {
    for (const heal of [true, false]) {
      const request = {
        ...continuationOf(text, { maxNewTokens: 4 }),
        prompt: { kind: 'continue', text, heal } as const,
      };
      const outcome = await engine.generate(request, CancellationToken.None);
      expect(outcome.kind === 'failed' ? outcome.error.message : outcome.kind, name).toBe('text');
      expect(outcome.kind === 'text' && outcome.sequences[0]!.text.isWellFormed(), name).toBe(true);
    }
  }
});
