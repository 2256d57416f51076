import { expect, test } from 'vitest';
import { CancellationToken } from 'vscode-jsonrpc';
import type { RunnableDecoder } from '../../../src/inference/decoder.ts';
import { DecoderState } from '../../../src/inference/decoderState.ts';
import { generate } from '../../../src/inference/generate.ts';
import { assemblePrompt } from '../../../src/inference/prompt.ts';
import type { Tokenizer } from '../../../src/model/tokenizer.ts';
import { defaultGenerationOptions, type GenerationOptions } from '../../../src/protocol/generationOptions.ts';

/** What a model says after a text: tokens and their probabilities. */
type Model = Readonly<Record<string, Readonly<Record<string, number>>>>;

const encoder = new TextEncoder();

/** Of whole tokens; a text is cut into the longest of them. */
function tokenizerOf(tokens: readonly string[]): Tokenizer {
  const bytes = tokens.map((token) => encoder.encode(token));
  const encode = (text: string): number[] => {
    if (text === '') return [];
    const fitting = tokens.filter((token) => token !== '' && text.startsWith(token));
    const longest = fitting.reduce((best, token) => (token.length > best.length ? token : best));
    return [tokens.indexOf(longest), ...encode(text.slice(longest.length))];
  };
  const agreesWith = (id: number, wanted: Uint8Array) => {
    const length = Math.min(wanted.length, bytes[id]!.length);
    return length > 0 && bytes[id]!.subarray(0, length).every((byte, i) => byte === wanted[i]);
  };
  const covers = (id: number, wanted: Uint8Array) => bytes[id]!.length >= wanted.length && agreesWith(id, wanted);
  const known = { encode, encodeFurther: encode, agreesWith, covers, beginning: [], textPrefix: '' };
  return {
    ...known,
    tokenBytes: (id: number) => bytes[id]!,
    idsWithoutText: Int32Array.from(tokens.keys()).filter((id) => tokens[id] === ''),
  } as unknown as Tokenizer;
}

/** @param prompt `|` is the caret */
async function continued(prompt: string, model: Model, options: Partial<GenerationOptions> = {}, least = 0.01) {
  const before = prompt.replace('|', '');
  const said = Object.values(model).flatMap((after) => Object.keys(after));
  const tokens = ['', ...new Set([...said, ...Object.keys(model).flatMap((text) => text.match(/ ?\S+/gu) ?? [])])];
  const tokenizer = tokenizerOf(tokens);
  const cache = new DecoderState([]);
  const decoder = {
    config: { vocabularySize: tokens.length, eosTokenIds: [] },
    async run(state: DecoderState, ids: readonly number[], rows: readonly number[], room?: Float32Array) {
      state.append(ids);
      const text = state.tokenIds.map((id) => tokens[id]).join('');
      const likely = model[text] ?? { '.': 1 };
      const logits = tokens.map((token) => Math.log(likely[token] ?? 1e-9));
      if (rows.length === 0) return new Float32Array();
      room?.set(logits);
      return room ?? Float32Array.from(logits);
    },
  } as unknown as RunnableDecoder;
  const prompted = { kind: 'continue', text: before, heal: true } as const;
  const answer = await generate(
    {
      id: 1,
      slot: 'completion',
      stream: false,
      ignoreEndOfText: true,
      prompt: prompted,
      options: { ...defaultGenerationOptions, maxNewTokens: 3, ...options },
      gate: { minFirstWordProbability: least, minWordProbability: 0, minTotalProbability: 0 },
    },
    assemblePrompt(prompted, { tokenizer, chatTemplate: undefined }, { maxTokens: 100, emptyPromptToken: 0 }),
    { decoder, tokenizer, cache, turn: async () => undefined, onPartial: () => undefined },
    CancellationToken.None,
  );
  if (answer.kind !== 'text') return { text: answer.kind, probability: undefined };
  const [{ text, firstWordProbability }] = answer.sequences as [(typeof answer.sequences)[0]];
  return { text, probability: Number(firstWordProbability.toFixed(3)) };
}

const after = (text: string, further: Model, word: Readonly<Record<string, number>>): Model => ({
  [text]: word,
  ...further,
});

/** A word that may end in many ways and go on in one. */
const ends: readonly (readonly [word: string, goesOn: string, enders: Readonly<Record<string, number>>])[] = [
  ['server', "'s", { ' (': 0.2, ',': 0.2, '.': 0.1, ' and': 0.1 }],
  ['pattern', 's', { ' of': 0.3, ',': 0.15, ' that': 0.15 }],
  ['allow', 'ing', { ' a': 0.2, ' the': 0.2, '.': 0.2 }],
  ['miller', '’s', { ' had': 0.3, ' and': 0.2, ';': 0.1 }],
  ['Paket', 'e', { ' ist': 0.2, ',': 0.2, ' wird': 0.2 }],
  ['Software', 'paket', { ' in': 0.25, ' und': 0.25, '.': 0.1 }],
  ['element', 'wise', { ' of': 0.3, '.': 0.3 }],
  ['école', 's', { ' est': 0.3, ',': 0.3 }],
  ['сервер', 'а', { ' и': 0.3, ',': 0.3 }],
  ['IPv4', '6', { ' is': 0.3, ',': 0.3 }],
  ['log', 'ger', { '(': 0.3, '.': 0.3 }],
];

test.each(ends)('a word ends where its ends together are likelier: %s, not %s', async (word, goesOn, enders) => {
  const [typed, rest] = [word.slice(0, 2), word.slice(2)];
  const further = { [`See ${word}`]: { [goesOn]: 0.4, ...enders } };
  const model = after('See', further, { [` ${word}`]: 0.9, ' other': 0.1 });
  const { text, probability } = await continued(`See ${typed}|`, model);
  expect(text.startsWith(rest) && !text.startsWith(rest + goesOn)).toBe(true);
  const likely = Object.values(enders).reduce((sum, one) => sum + one, 0);
  expect(probability).toBeCloseTo(likely / (0.4 + likely), 2);
});

test.each(ends)('a word goes on where that is likelier than all its ends: %s with %s', async (word, goesOn, enders) => {
  const further = { [`See ${word}`]: { ...enders, [goesOn]: 3 } };
  const { text } = await continued(`See ${word.slice(0, 2)}|`, after('See', further, { [` ${word}`]: 1 }));
  expect(text.startsWith(word.slice(2) + goesOn)).toBe(true);
});

test('a word is as likely as its ends are, too: half of it may be another word', async () => {
  const model = { See: { ' pattern': 1 }, 'See pattern': { s: 0.3, ed: 0.2, ',': 0.3, '.': 0.2 } };
  expect(await continued('See pat|', model)).toMatchObject({
    text: expect.stringMatching(/^tern,/u),
    probability: 0.5,
  });
  expect(await continued('See pat|', model, {}, 0.6)).toMatchObject({ text: 'none' });
});

test('where there is a draw nothing is taken away from what can be drawn', async () => {
  const model = { See: { ' pattern': 1 }, 'See pattern': { s: 0.9, ',': 0.05, '.': 0.05 } };
  const drawn = new Set<string>();
  for (let seed = 0; seed < 40; seed++) drawn.add((await continued('See pat|', model, { temperature: 1, seed })).text);
  expect([...drawn].some((text) => text.startsWith('terns'))).toBe(true);
  expect([...drawn].some((text) => /^tern[.,]/u.test(text))).toBe(true);
});

test('characters that are words by themselves end with anything', async () => {
  const model = { 'See ': { 中: 1 }, 'See 中': { 国: 0.6, 文: 0.4 }, See: { ' ': 1 } };
  expect(await continued('See |', model)).toMatchObject({ probability: 1 });
});

test('where there are no blanks the token under the caret is chosen anew: it may be the beginning of a longer one', async () => {
  const model = {
    See: { ' 文': 0.1, ' 文件': 0.8, ' 文档': 0.1 },
    'See 文': { 章: 1 }, // what is written as one token never comes as two
    'See 文件': { 中: 1 },
    'See 文档': { 中: 1 },
  };
  const { text, probability } = await continued('See 文|', model);
  expect(text).toMatch(/^件中/u);
  expect(probability).toBeCloseTo(0.8, 2);
});

test('what is typed may belong to ways of writing that were not taken: the word is as likely as its own way', async () => {
  const model = {
    See: { ' Richt': 0.3, ' Rich': 0.7 },
    'See Rich': { tlinie: 0.8, '.': 0.2 },
    'See Richt': { er: 0.9, ' im': 0.1 },
    'See Richter': { ',': 1 },
    'See Richtlinie': { ',': 1 },
  };
  const { text, probability } = await continued('See Richt|', model);
  expect(text.startsWith('linie')).toBe(true);
  expect(probability).toBeCloseTo(0.56 / 0.86, 2);
});
