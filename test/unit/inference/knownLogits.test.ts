import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { RunnableDecoder } from '../../../src/inference/decoder.ts';
import { DecoderState, type StatePart } from '../../../src/inference/decoderState.ts';
import { OwnWords } from '../../../src/inference/ownWords/ownWords.ts';
import { openModelFolder } from '../../../src/model/modelFolder.ts';
import { openTokenizer } from '../../../src/model/openTokenizer.ts';
import { openDecoder } from '../../golden/decoders.ts';
import { writeTinyModel } from '../../support/tinyModel.ts';
import { type Answering, type Asked, answerWith, expectAlike } from './support/draftedAnswers.ts';
import { sayingDecoder } from './support/sayingDecoder.ts';

/** A random model with all numbers in 32 bits. */
let model: Answering;
const folder = mkdtempSync(join(tmpdir(), 'inkling-known-'));
beforeAll(async () => {
  const opened = openModelFolder(await writeTinyModel(join(folder, 'tiny')));
  const decoder = await openDecoder(opened.path, { precision: 'fp32', dialect: 'fused' });
  model = { decoder, tokenizer: openTokenizer(opened), cache: decoder.newCache(512) };
});
afterAll(() => rmSync(folder, { recursive: true }));

/** Runs of the graph, the prompt's included. */
function counted({ decoder, ...rest }: Answering): { readonly model: Answering; readonly runs: () => number } {
  let runs = 0;
  const run: typeof decoder.run = (...given) => {
    runs++;
    return decoder.run(...given);
  };
  const counting = { config: decoder.config, run, newCache: decoder.newCache.bind(decoder) };
  return {
    model: { ...rest, decoder: { ...counting, useAdapter: () => undefined, release: async () => undefined } },
    runs: () => runs,
  };
}

/** Asks after each letter, once with one state and once with a new one each time; expects the same answers. */
async function typedLetterByLetter(text: string, asked: Asked, parts: Partial<Answering> = {}) {
  const kept = counted({ ...model, ...parts, cache: model.decoder.newCache(512) });
  const anew = counted({ ...model, ...parts });
  for (let length = 1; length <= text.length; length++) {
    const request = { ...asked, prompt: { kind: 'continue', text: text.slice(0, length), heal: true } } as const;
    const answer = await answerWith(kept.model, request, false);
    expectAlike(answer, await answerWith({ ...anew.model, cache: model.decoder.newCache(512) }, request, false));
  }
  return { kept: kept.runs(), anew: anew.runs() };
}

const texts = [
  'The world and the word',
  'ab abc abcd a',
  'Öl und Öle, é',
  '他说他说',
  '🙂🙂 x',
  'one\n\n- two\n- three',
];
const ways: Readonly<Record<string, Asked>> = {
  greedy: { options: { maxNewTokens: 6 } },
  'with a gate': { gate: { minFirstWordProbability: 0.05, minWordProbability: 0.05, minTotalProbability: 1e-9 } },
  'longer than what is kept': { options: { maxNewTokens: 20 } },
  drawn: { options: { maxNewTokens: 6, temperature: 0.7, seed: 3 } },
  'three sequences, suffix scored': {
    options: { maxNewTokens: 4, numReturnSequences: 3, temperature: 0.5 },
    scoreSuffix: ' and',
  },
};

describe.each(Object.entries(ways))('%s: what is known changes no answer', (_, asked) => {
  test.each(texts)('%j', async (text) => {
    const { kept, anew } = await typedLetterByLetter(text, asked);
    expect(kept).toBeLessThanOrEqual(text.startsWith('The') ? 0.95 * anew : anew);
  });
});

test('own words are blended into what is known as into what is new', async () => {
  const tokens = model.tokenizer.encode('the world and the word, the world and the ferry; abc abd abc abc');
  const words = await OwnWords.of([{ name: 'a', tokens }], async () => undefined);
  for (const text of texts) await typedLetterByLetter(text, { options: { maxNewTokens: 6 } }, { words });
});

test('a prompt that is asked for again runs nothing but what is new', async () => {
  const { model: counting, runs } = counted({ ...model, cache: model.decoder.newCache(512) });
  const request = {
    prompt: { kind: 'continue', text: 'The world and', heal: false },
    options: { maxNewTokens: 4 },
  } as const;
  const first = await answerWith(counting, request, false);
  const before = runs();
  expectAlike(await answerWith(counting, request, false), first);
  expect(runs()).toBe(before);
});

test('who wants an answer that hangs on none before gets one', async () => {
  const { model: counting, runs } = counted({ ...model, cache: model.decoder.newCache(512) });
  const request = {
    prompt: { kind: 'continue', text: 'The world and', heal: false },
    options: { maxNewTokens: 4 },
  } as const;
  await answerWith(counting, request, false);
  const before = runs();
  await answerWith(counting, { ...request, freshCache: true }, false);
  expect(runs()).toBe(2 * before);
});

test.each([true, false])('the state holds in the end what was said, cut freely or not: %s', async (isCutFreely) => {
  const decoder = sayingDecoder((read) => (read.length * 5) % 90, isCutFreely);
  const parts = { ...model, decoder, cache: decoder.newCache(4096) };
  for (const text of ['The', 'The world', 'The wor', 'The world and', 'The world', 'Another', 'The world']) {
    const request = { prompt: { kind: 'continue', text, heal: true }, options: { maxNewTokens: 12 } } as const;
    const fresh = await answerWith({ ...parts, cache: decoder.newCache(4096) }, request, false);
    expectAlike(await answerWith(parts, request, false), fresh);
  }
});

/** What is said hangs on each token that was read, and on their order. */
const ofAllRead = (read: readonly number[]) => 3 + (read.reduce((sum, id) => (31 * sum + id) % 9973, 7) % 90);

test.each([true, false])(
  'an answer that was cancelled, or whose run failed, leaves nothing wrong behind, cut freely or not: %s',
  async (isCutFreely) => {
    const decoder = sayingDecoder(ofAllRead, isCutFreely);
    let untilFailure = Number.POSITIVE_INFINITY;
    const failing: RunnableDecoder = {
      ...decoder,
      run: async (...given) => {
        if (untilFailure-- === 0) throw new Error('device lost');
        return decoder.run(...given);
      },
    };
    const parts = { ...model, decoder: failing, cache: decoder.newCache(4096) };
    const letters = 'The world and the wor⌫⌫⌫⌫⌫⌫⌫o world';
    let text = '';
    let [cancelled, failed] = [0, 0];
    for (const letter of letters) {
      text = letter === '⌫' ? text.slice(0, -1) : text + letter;
      const request = { prompt: { kind: 'continue', text, heal: true }, options: { maxNewTokens: 6 } } as const;
      for (const cancelAfter of [1, 3]) {
        const { answer } = await answerWith(parts, { ...request, cancelAfter }, false);
        if (answer.kind === 'cancelled') cancelled++;
        untilFailure = cancelAfter;
        await answerWith(parts, request, false).catch(() => failed++);
        untilFailure = Number.POSITIVE_INFINITY;
      }
      const fresh = await answerWith({ ...parts, cache: decoder.newCache(4096) }, request, false);
      expectAlike(await answerWith(parts, request, false), fresh);
    }
    expect(Math.min(cancelled, failed)).toBeGreaterThan(10);
  },
);

/** Keys and values of a window: who goes back more than ten tokens begins anew. */
class Window implements StatePart {
  readonly isCutFreely = true;
  length = 0;

  feeds = () => ({});
  roomForNew = () => ({});
  clear = () => undefined;

  append(count: number): void {
    this.length += count;
  }

  rewindTo(length: number): number {
    if (length < this.length) this.length = length < this.length - 10 ? 0 : length;
    return this.length;
  }
}

describe('a state', () => {
  const after = async (read: readonly number[], most = 100) => {
    const decoder = sayingDecoder((tokens) => tokens.length);
    const state: DecoderState = decoder.newCache(most);
    for (const id of read) state.remember(await decoder.run(state, [id], [0]));
    return state;
  };

  test('knows the last eight, and gives each to its own', async () => {
    const state = await after([1, 2, 3, 4, 5, 6, 7, 8, 9]);
    expect(state.recall([1])).toBeUndefined();
    const logits = state.recall([1, 2])!;
    expect(logits.indexOf(9)).toBe(2);
    logits.fill(0);
    expect(state.recall([1, 2])!.indexOf(9)).toBe(2);
    expect(state.tokenIds).toEqual([1, 2]);
    expect(state.recall([2, 2])).toBeUndefined();
  });

  test('what was asked for last goes last', async () => {
    const state = await after([1, 2, 3, 4, 5, 6, 7, 8]);
    expect(state.recall([1])).toBeDefined();
    state.moveTo([1, 2, 3, 4, 5, 6, 7, 8]);
    state.remember(new Float32Array(300)); // known already
    expect(state.recall([1, 2])).toBeDefined();
    state.moveTo([1, 9]);
    state.remember(new Float32Array(300));
    expect(state.recall([1, 2, 3])).toBeUndefined();
    expect(state.recall([1])).toBeDefined();
  });

  test('nothing is known of what was read before all was forgotten', async () => {
    const state = await after([1, 2, 3]);
    state.rewindTo(0);
    expect(state.recall([1, 2, 3])).toBeUndefined();
    const other = await after([1, 2, 3]);
    other.clear();
    expect(other.recall([1, 2, 3])).toBeUndefined();
  });

  test('what is far from what is held is read in portions, which can be given up', async () => {
    const text = Array.from({ length: 70 }, (_, i) => i + 1);
    const state = await after(text);
    state.rewindTo(3);
    expect(state.recall(text)).toBeUndefined();
    expect(state.length).toBe(3);
  });

  test('where a part has to begin anew, a text is not known: all of it would be read in one run', () => {
    const text = Array.from({ length: 120 }, (_, i) => i);
    const state = new DecoderState([new Window()]);
    for (const end of [100, 105, 120]) {
      state.append(text.slice(state.length, end));
      state.remember(Float32Array.of(end));
    }
    expect(state.recall(text.slice(0, 105))).toBeUndefined();
    expect(state.tokenIds).toEqual(text);
    expect(state.unread().length).toBe(120);
    state.appendKnown(120);
    expect(state.recall(text.slice(0, 105))).toBeUndefined();
    state.rewindTo(105);
    state.append([]);
    expect(state.recall(text.slice(0, 100))).toEqual(Float32Array.of(100));
    expect(state.unread()).toEqual([]);
  });

  test('a long text knows nothing of a short one', () => {
    const state = new DecoderState([], 10);
    state.moveTo([1, 2]);
    state.remember(new Float32Array(4));
    state.expect(20);
    expect(state.recall([1, 2])).toBeUndefined();
    state.expect(5);
    expect(state.recall([1, 2])).toBeDefined();
  });
});
