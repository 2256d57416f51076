import { expect, test } from 'vitest';
import { gapsOf, spreadStretches, stretchesOf } from '../../../../src/writing/simulator/stretches.ts';

const words = 'the quick brown fox jumps over the lazy dog and sleeps '.repeat(200); // 11,000 characters
const texts = [words, words.slice(0, 2200), '', words.slice(0, 5500)];

test('without a bound, or with a large one, everything is typed', () => {
  const everything = [0, 1, 3].map((text) => ({ text, start: 0, end: texts[text]!.length }));
  expect(stretchesOf(texts, undefined, 0)).toEqual(everything);
  expect(stretchesOf(texts, 18_700, 7)).toEqual(everything);
});

test('stretches keep to the bound, begin with a word and never overlap', () => {
  for (const maxCarets of [1, 50, 240, 1000, 5000, 18_000]) {
    const stretches = stretchesOf(texts, maxCarets, 3);
    const typed = stretches.reduce((sum, { start, end }) => sum + end - start, 0);
    expect(typed).toBeLessThanOrEqual(maxCarets);
    if (maxCarets >= 240) expect(typed).toBeGreaterThan(maxCarets * 0.85);
    stretches.forEach(({ text, start }, i) => {
      expect(`${' '}${texts[text]!}`[start]).toBe(' ');
      const before = stretches[i - 1];
      if (before?.text === text) expect(before.end).toBeLessThanOrEqual(start);
    });
  }
});

test('every part of every text is as likely as any other', () => {
  const hits = new Map<number, number>();
  for (let seed = 0; seed < 60; seed++) {
    for (const { text } of stretchesOf(texts, 2400, seed)) hits.set(text, (hits.get(text) ?? 0) + 1);
  }
  const all = [...hits.values()].reduce((sum, count) => sum + count, 0);
  const shares = [0, 1, 3].map((text) => hits.get(text)! / all);
  expect(shares[0]).toBeCloseTo(11_000 / 18_700, 1);
  expect(shares[1]).toBeCloseTo(2200 / 18_700, 1);
  expect(shares[2]).toBeCloseTo(5500 / 18_700, 1);
});

test('the choice depends on the seed', () => {
  expect(stretchesOf(texts, 960, 1)).toEqual(stretchesOf(texts, 960, 1));
  expect(stretchesOf(texts, 960, 1)).not.toEqual(stretchesOf(texts, 960, 2));
});

test('a text without blanks begins at a whole character', () => {
  const [stretch] = stretchesOf(['👩‍🚀'.repeat(500)], 100, 5);
  expect(stretch!.start % '👩‍🚀'.length).toBe(0);
});

test('gaps go from the beginning of a word to the end of one', () => {
  const bounded = gapsOf(texts, stretchesOf(texts, 1000, 3));
  const everything = gapsOf(texts, stretchesOf(texts, undefined, 3));
  for (const { text, start, end } of [...bounded, ...everything]) {
    expect(end - start).toBeLessThanOrEqual(100);
    expect(` ${texts[text]} `.slice(start, end + 2)).toMatch(/^ \S.*\S $/u);
  }
  const written = everything.map(({ text, start, end }) => texts[text]!.slice(start, end)).join(' ');
  expect(written).toBe(texts.join('').trimEnd());
});

test('a gap in a text without blanks ends with a whole character', () => {
  const astronauts = '👩‍🚀'.repeat(500);
  const gaps = gapsOf([astronauts], [{ text: 0, start: 0, end: astronauts.length }]);
  expect(gaps.map(({ start, end }) => astronauts.slice(start, end)).join('')).toBe(astronauts);
  for (const { end } of gaps) expect(end % '👩‍🚀'.length).toBe(0);
});

test('all of the texts in an order of which every beginning is from all over them', () => {
  for (const seed of [0, 1, 2, 7]) {
    const order = spreadStretches(texts, seed);
    const inPlace = order.toSorted((a, b) => a.text - b.text || a.start - b.start);
    for (const [i, text] of texts.entries()) {
      const own = inPlace.filter((stretch) => stretch.text === i);
      expect(own.map(({ start, end }) => text.slice(start, end)).join('')).toBe(text);
    }
    for (const { text, start } of order) expect(`${' '}${texts[text]!}`[start]).toBe(' ');
    for (const count of [10, 20, 40]) {
      const shares = [0, 1, 3].map((i) => order.slice(0, count).filter(({ text }) => text === i).length / count);
      [11_000, 2200, 5500].forEach((length, i) => {
        expect(Math.abs(shares[i]! - length / 18_700)).toBeLessThan(0.12);
      });
    }
  }
  expect(spreadStretches(texts, 1)).toEqual(spreadStretches(texts, 1));
  expect(spreadStretches(texts, 1)).not.toEqual(spreadStretches(texts, 2));
  expect(spreadStretches([], 1)).toEqual([]);
});
