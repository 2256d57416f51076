import { expect, test } from 'vitest';
import { rightRun, wordsOnLine } from '../../../../src/writing/simulator/writtenText.ts';

/** suggestion, what the writer types, the part that is taken, words, keys */
const runs: [suggestion: string, following: string, taken: string, words: number, keys: number][] = [
  ['brown fox', 'brown fox jumps', 'brown fox', 2, 1], // all of it: one key
  ['brown dog', 'brown fox jumps', 'brown', 1, 1],
  [' quick brown dog', ' quick brown fox', ' quick brown', 2, 2], // a key for each word
  ['at news, and', 'at news. And', 'at news', 2, 2], // the mark behind the last right word need not be right
  [', and then', ', and so', ', and', 1, 1],
  ['; and', ', and', '', 0, 0],
  ['the', 'there is', '', 0, 0], // a beginning of a word is no word
  ['don', "don't know", '', 0, 0],
  ["don't", "don't know", "don't", 1, 1],
  ['well', 'well-known', 'well', 1, 1],
  ['3', '3.14 metres', '', 0, 0],
  [' next line', '\nnext line', '', 0, 0], // a line end is not a blank: see lineWraps
  ['end', 'end', 'end', 1, 1],
  ['...', '... and', '...', 1, 1], // no word at all counts as one
  ['世界很大', '世界很小', '世界', 1, 1],
  ['世界', '世界很大', '世界', 1, 1],
];

test('a right run is made of whole words', () => {
  for (const [suggestion, following, taken, words, keys] of runs) {
    const expected = { words, chars: taken.length, taken: taken.length, keys };
    expect({ suggestion, ...rightRun(suggestion, following) }).toEqual({ suggestion, ...expected });
  }
});

test('words that follow on the line', () => {
  expect(wordsOnLine('at news, everyone\nand more', 5)).toBe(3);
  expect(wordsOnLine('one two three four five six', 5)).toBe(5);
  expect(wordsOnLine('\nnext', 5)).toBe(0);
  expect(wordsOnLine('世界很大。', 5)).toBeGreaterThan(1);
});
