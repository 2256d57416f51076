import { expect, test } from 'vitest';
import { Detokenizer } from '../../../src/inference/thoughtFilter.ts';
import { FirstWord } from '../../../src/protocol/firstWord.ts';
import { defaultGenerationOptions } from '../../../src/protocol/generationOptions.ts';
import { StoppingCriteria } from '../../../src/protocol/stoppingCriteria.ts';

test('the detokenizer never releases half a character', () => {
  const family = new TextEncoder().encode('a👩‍👩‍👧中');
  const detokenizer = new Detokenizer();
  const released = [...family].map((byte) => detokenizer.push(Uint8Array.of(byte)));
  expect(released.join('')).toBe('a👩‍👩‍👧中');
  expect(released.join('')).not.toContain('\uFFFD');
  expect(released.filter((text) => text !== '').length).toBe([...'a👩‍👩‍👧中'].length);
  expect(new Detokenizer().push(Uint8Array.of(0xef, 0xbb, 0xbf))).toBe('\uFEFF'); // a byte order mark is text
});

test('an unfinished character at the end is replaced, not lost', () => {
  const detokenizer = new Detokenizer();
  expect(detokenizer.push(Uint8Array.of(0x41, 0xe4, 0xbd))).toBe('A');
  expect(detokenizer.end()).toBe('\uFFFD');
});

const sentenceEnd = String.raw`(?<!\b(?:Mr|Dr|e\.g))[.!?](?=\s)`;

test.each([
  ['a stop string is cut off', ['END'], undefined, '', 'text END more', { reason: 'stop', length: 5 }],
  ['the earliest of several wins', ['b', 'a'], undefined, '', 'xxaxb', { reason: 'stop', length: 2 }],
  ['a pattern ends the text after its match', [], sentenceEnd, '', 'One. Two', { reason: 'stopPattern', length: 4 }],
  ['it looks back into the prompt', [], sentenceEnd, 'Dr', '. Who came', undefined],
  ['a match that lies in the prompt does not count', [], sentenceEnd, 'Done. ', 'And then', undefined],
  ['nothing to stop for', ['END'], sentenceEnd, '', 'and so on', undefined],
])('%s', (_, stop, stopPattern, prompt, text, expected) => {
  const request = { options: { ...defaultGenerationOptions, stop }, ...(stopPattern ? { stopPattern } : {}) };
  expect(new StoppingCriteria(request, prompt).find(text)).toEqual(expected);
});

test('text that may become a stop string is withheld', () => {
  const stopping = new StoppingCriteria({ options: { ...defaultGenerationOptions, stop: ['</s>', 'STOP'] } }, '');
  expect(['and', 'and <', 'and </s', 'and ST', 'and S.'].map((text) => stopping.settledLength(text))).toEqual([
    3, 4, 4, 4, 6,
  ]);
});

test.each([
  [
    'a word of several tokens',
    [
      ['at', 0.5],
      ['ly', 0.5],
      [' the', 0.1],
    ],
    0.25,
  ],
  [
    'leading blank belongs to the word',
    [
      [' ', 0.9],
      ['gr', 0.5],
      ['een', 0.5],
      ['.', 0.1],
    ],
    0.225,
  ],
  [
    'an apostrophe does not end it',
    [
      ['don', 0.5],
      ['’t', 0.5],
      [',', 0.1],
    ],
    0.25,
  ],
  [
    'a Chinese character is a word',
    [
      ['我', 0.5],
      ['们', 0.1],
    ],
    0.5,
  ],
  [
    'tokens of half characters count',
    [
      ['', 0.5],
      ['中', 0.5],
      ['国', 0.1],
    ],
    0.25,
  ],
] as [string, [string, number][], number][])('first word: %s', (_, tokens, probability) => {
  const firstWord = new FirstWord();
  for (const [text, p] of tokens) firstWord.add(text, p);
  expect(firstWord.probability).toBeCloseTo(probability, 6);
});
