import { describe, expect, test } from 'vitest';
import type { TextGenerator } from '../../../../src/protocol/inference.ts';
import { compareWriting, guessNextWords } from '../../../../src/writing/simulator/adapterComparison.ts';
import { pairedFigures } from '../../../../src/writing/simulator/intervals.ts';
import { emptyTally, type Tally } from '../../../../src/writing/simulator/tally.ts';
import { ScriptedGenerator } from '../support/scriptedGenerator.ts';

const sentence = 'The keeper of the old lamp walked down to the harbour before the rain began. ';
const text = { path: '/notes/note.md', languageId: 'markdown', text: sentence.repeat(12) };

/** Knows how the text goes on, for so many tokens of one character; others get nonsense that it does not believe in. */
const knows = (count: number): TextGenerator =>
  new ScriptedGenerator((prompt) => {
    const at = text.text.indexOf(prompt.slice(-40)) + Math.min(40, prompt.length);
    return count === 0 ? [[' nothing', 0.01]] : [...text.text.slice(at, at + count)];
  });

const tally = (characters: number, keys: number): Tally => ({ ...emptyTally(), characters, keys });
const saved = ({ characters, keys }: Tally) => ({ saved: characters === 0 ? null : 1 - keys / characters });

test('the interval of a difference draws both sides of a stretch together', () => {
  const base = Array.from({ length: 40 }, (_, i) => tally(100, 30 + i)); // very different stretches
  const adapted = base.map(({ characters, keys }) => tally(characters, keys - 5)); // each as much better
  const { saved: figure } = pairedFigures({ base, adapted }, saved, 1);
  expect(figure.difference).toBeCloseTo(0.05, 10);
  expect(figure.interval![0]).toBeCloseTo(0.05, 10);
  expect(figure.interval![1]).toBeCloseTo(0.05, 10);
});

test('the interval widens with what differs, holds the difference, and follows the seed', () => {
  const base = Array.from({ length: 40 }, () => tally(100, 80));
  const adapted = base.map((_, i) => tally(100, i % 2 === 0 ? 60 : 90));
  const { saved: figure } = pairedFigures({ base, adapted }, saved, 1);
  expect(figure).toMatchObject({ base: expect.closeTo(0.2), adapted: expect.closeTo(0.25) });
  const [low, high] = figure.interval!;
  expect(low).toBeLessThan(0.03);
  expect(high).toBeGreaterThan(0.07);
  expect(pairedFigures({ base, adapted }, saved, 1)).toEqual({ saved: figure });
});

test('one stretch has no interval, and nothing has no figure', () => {
  expect(pairedFigures({ base: [tally(10, 9)], adapted: [tally(10, 8)] }, saved, 0).saved.interval).toBeNull();
  const none = pairedFigures({ base: [tally(0, 0)], adapted: [tally(0, 0)] }, saved, 0).saved;
  expect(none).toEqual({ base: null, adapted: null, difference: null, interval: null });
});

test('next words are asked for at the beginning of every word, and counted up to where they go wrong', async () => {
  const stretch = { text: 0, start: 2 * sentence.length, end: 3 * sentence.length };
  const all = await guessNextWords(knows(60), text, stretch);
  expect(all).toMatchObject({ carets: 15, followed: { 1: 15, 2: 15 }, matched: { 1: 15 } });
  const none = await guessNextWords(knows(0), text, stretch);
  expect(none).toMatchObject({ carets: 15, matched: { 1: 0, 2: 0, 3: 0 } });
});

test('a model that knows the text saves keys, with an interval above zero; each side is asked for once', async () => {
  const asked: string[] = [];
  const fractions: number[] = [];
  const generatorOf = (side: 'base' | 'adapted') => {
    asked.push(side);
    return side === 'base' ? knows(0) : knows(30);
  };
  const onProgress = (fraction: number) => fractions.push(fraction);
  const comparison = await compareWriting(generatorOf, [text], { maxCarets: 600, seed: 3, onProgress });
  expect(asked).toEqual(['base', 'adapted']);
  expect(comparison).toMatchObject({ stretches: 6, keystrokesSaved: { base: 0 }, wrongShow: { adapted: 0 } });
  expect(comparison!.keystrokesSaved.interval![0]).toBeGreaterThan(0);
  expect(comparison!.nextWords[1].difference).toBeGreaterThan(0.5);
  expect(fractions.at(-1)).toBe(1);
  expect(fractions).toEqual([...fractions].sort((a, b) => a - b));
  expect(await compareWriting(generatorOf, [], { seed: 0 })).toBeUndefined();
});

describe('stopped before its end', () => {
  /** @param after suggestions asked for, on both sides together */
  const stopped = async (after: number) => {
    let asked = 0;
    const generatorOf = (side: 'base' | 'adapted'): TextGenerator => {
      const of = side === 'base' ? knows(0) : knows(30);
      return {
        generate: (...call) => {
          asked++;
          return of.generate(...call);
        },
      };
    };
    const isOver = () => asked >= after;
    return { comparison: await compareWriting(generatorOf, [text], { maxCarets: 600, seed: 3, isOver }), asked };
  };

  test.each([0, 1, 20])('after %d suggestions nothing is known', async (after) => {
    expect(await stopped(after)).toEqual({ comparison: undefined, asked: after });
  });

  test('it keeps the stretches that both sides have written', async () => {
    const all = await stopped(Number.POSITIVE_INFINITY);
    for (const share of [0.4, 0.6, 0.9]) {
      const { comparison, asked } = await stopped(Math.floor(share * all.asked));
      expect(asked).toBeLessThan(all.asked);
      expect(comparison!.stretches).toBeGreaterThan(0);
      expect(comparison!.stretches).toBeLessThan(6);
      expect(comparison!.keystrokesSaved.difference).toBeGreaterThan(0);
    }
  });

  test('what nobody stops is the same as what cannot be stopped', async () => {
    const generatorOf = (side: 'base' | 'adapted') => (side === 'base' ? knows(0) : knows(30));
    const whole = await compareWriting(generatorOf, [text], { maxCarets: 600, seed: 3 });
    expect((await stopped(Number.POSITIVE_INFINITY)).comparison).toEqual(whole);
  });
});
