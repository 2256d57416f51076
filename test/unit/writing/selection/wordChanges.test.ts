import { expect, test } from 'vitest';
import { applyEdits, refine, wordChanges } from '../../../../src/writing/selection/wordChanges.ts';

test('only the words that differ change', () => {
  const check = (before: string, after: string, expected: [string, string][]) => {
    const edits = refine(before, after);
    expect(applyEdits(before, edits)).toBe(after);
    expect(edits.map(({ start, end, replacement }) => [before.slice(start, end), replacement])).toEqual(expected);
  };
  check('The quick brown fox jumps.', 'The fast brown fox jumps.', [['quick', 'fast']]);
  check('same', 'same', []);
  check('one two three four five', 'one three four five', [['two ', '']]);
  check('你好世界', '你好中国', [['世界', '中国']]);
  check('first line here\nsecond line here', 'first line here\nsecond row here', [['line', 'row']]);
});

test('every subset of the changes can be applied, and all of them give the proposal', () => {
  const source = 'Alpha beta gamma. Delta epsilon zeta. Eta theta iota.';
  const edits = [
    { start: 0, end: 17, replacement: 'Alpha bravo gamma!' },
    { start: 38, end: 53, replacement: 'Eta theta india.' },
  ];
  const changes = wordChanges({ text: source, languageId: 'markdown' }, edits);
  expect(changes.map(({ original, replacement }) => [original, replacement])).toEqual([
    ['beta gamma.', 'bravo gamma!'], // one word between two changes is too little to part them
    ['iota', 'india'],
  ]);
  expect(applyEdits(source, changes)).toBe(applyEdits(source, edits));
  expect(applyEdits(source, [changes[1]!])).toBe('Alpha beta gamma. Delta epsilon zeta. Eta theta india.');
});

test('a change carries what it loses and invents', () => {
  const source = 'The bill was 20 euros in all.';
  const [change] = wordChanges({ text: source, languageId: 'markdown' }, [
    { start: 0, end: source.length, replacement: 'The bill was 30 euros in all.' },
  ]);
  expect(change).toMatchObject({ original: '20', replacement: '30', lost: ['20'], invented: ['30'] });
});

test('texts that share nothing become one change', () => {
  const before = Array.from({ length: 2000 }, (_, i) => `a${i}`).join(' ');
  const after = Array.from({ length: 2000 }, (_, i) => `b${i}`).join(' ');
  expect(refine(before, after)).toHaveLength(1);
});

test('what the whole result keeps is not looked for in each change of small letters', () => {
  const source = 'Ann asked for 20 euros. We request that Bob pay the `fee` of 5 %. They are late.';
  const results = [
    source.replace('request', 'ask').replace('They are', 'They’re'),
    source.replaceAll('. ', '.\n- '),
    `1. ${source.replace('. We', '.\n2. We').replace('. They', '.\n3. They')}`,
    source.replace('Bob', 'Ann'), // both are there, but not where they were
    source.replace('20', '5').replace('5 %', '20 %'),
  ];
  for (const replacement of results) {
    const edits = [{ start: 0, end: source.length, replacement }];
    const of = (isKept: boolean) => wordChanges({ text: source, languageId: 'markdown' }, edits, { isKept });
    expect(of(true)).toEqual(of(false));
  }
});
