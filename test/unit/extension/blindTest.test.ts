import { describe, expect, test } from 'vitest';
import { BlindTestRound } from '../../../src/extension/fineTuning/blindTest.ts';
import { type SampleWriter, samplePrompts } from '../../../src/extension/fineTuning/sampleWriter.ts';

/** Writes by heart: what stands for each prompt, without and with the adapter. */
const writer = (texts: Readonly<Record<string, readonly [base: string, adapted: string]>>) =>
  ({
    write: async (prompts: readonly { text: string }[], adapter: string | undefined) =>
      prompts.map(({ text }) => texts[text]![adapter === undefined ? 0 : 1]),
  }) as unknown as SampleWriter;

const prompts = ['one', 'two', 'same'].map((text) => ({ text, shown: text }));
const texts = { one: ['a', 'A'], two: ['b', 'B'], same: ['c', 'c'] } as const;

/** @param sides of the adapter, drawn one after the other */
async function round(...sides: readonly ('left' | 'right')[]): Promise<BlindTestRound> {
  const draws = sides.map((side) => (side === 'left' ? 0.1 : 0.9));
  return BlindTestRound.prepare(writer(texts), { prompts, adapter: 'mine' }, () => draws.shift()!);
}

describe('a blind test', () => {
  test('asks only where the two differ, and does not tell whose they are', async () => {
    const { view } = await round('left', 'right', 'left');
    expect(view).toEqual({ kind: 'asking', index: 0, count: 2, prompt: 'one', left: 'A', right: 'a' });
  });

  test('counts what was preferred, and tells it at the end', async () => {
    const asked = await round('left', 'right', 'left');
    asked.choose('left');
    expect(asked.result).toBeUndefined();
    asked.choose('left');
    expect(asked.view).toEqual({
      kind: 'answered',
      result: { adapted: 1, base: 1, undecided: 0 },
      pairs: [
        { prompt: 'one', base: 'a', adapted: 'A', choice: 'adapted' },
        { prompt: 'two', base: 'b', adapted: 'B', choice: 'base' },
      ],
    });
    asked.choose('right');
    expect(asked.result).toEqual({ adapted: 1, base: 1, undecided: 0 });
  });

  test('is over at once when there is nothing to choose', async () => {
    const same = prompts.slice(2);
    const asked = await BlindTestRound.prepare(writer(texts), { prompts: same, adapter: 'mine' });
    expect(asked.view).toEqual({ kind: 'answered', result: { adapted: 0, base: 0, undecided: 0 }, pairs: [] });
  });
});

describe('sample prompts', () => {
  const words = (count: number, word: string) => Array.from({ length: count }, (_, i) => `${word}${i}`).join(' ');

  test('end after a whole word, and are spread over the texts', () => {
    const given = [words(50, 'sea'), words(50, 'rain')];
    const chosen = samplePrompts(given, 4).map(({ text }) => text);
    expect(chosen).toHaveLength(4);
    for (const text of chosen) expect(given.some((whole) => whole.startsWith(`${text} `))).toBe(true);
    expect(chosen.map((text) => text.slice(0, 3))).toEqual(['sea', 'sea', 'rai', 'rai']);
  });

  test('are fewer where there is no text for more', () => {
    expect(samplePrompts(['word'], 3)).toEqual([]);
    expect(samplePrompts([], 3)).toEqual([]);
  });
});
