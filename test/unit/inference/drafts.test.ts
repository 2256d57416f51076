import { expect, test } from 'vitest';
import { Drafts } from '../../../src/inference/drafts.ts';

const never = (_: number) => false;

/** Letters as token ids. */
const ids = (text: string) => [...text].map((letter) => letter.charCodeAt(0));
const text = (tokenIds: readonly number[]) => String.fromCharCode(...tokenIds);
const draftAfter = (before: string, most = 99, isEnd = never) => text(new Drafts(ids(before)).propose(most, isEnd));

test.each([
  ['abcdefgh|', ''],
  ['', ''],
  ['a', ''],
  ['the cat sat. the cat', ' sat. the ca'],
  ['one two three / one two three / one two', ' three / one'],
  ['no more ab', ''],
])('after %j follows %j', (before, expected) => {
  expect(draftAfter(before)).toBe(expected);
});

test('what is repeated reaches into the draft itself', () => {
  expect(draftAfter('abababab')).toBe('abababababa');
});

test('the longest context counts, and of several the newest', () => {
  expect(draftAfter('xyzabc1 abc2 zabc')[0]).toBe('1');
  expect(draftAfter('xabcd1 zabcd2 yabcd')[0]).toBe('2');
});

test.each([0, 1, 2, 5])('no more than %i tokens are drafted when no more are wanted', (most) => {
  expect(draftAfter('the cat sat. the cat', most)).toHaveLength(most);
});

test('a draft ends before the end of the text', () => {
  expect(draftAfter('the cat sat.# the cat', 99, (id) => id === '#'.charCodeAt(0))).toBe(' sat.');
});

test.each(['ab', 'abc', 'the '])('what has failed often is not tried again: after %j', (context) => {
  const drafts = new Drafts(ids(`${context}1`));
  const drafted = Array.from({ length: 40 }, (_, round) => {
    for (const id of ids(context)) drafts.add(id);
    const { length } = drafts.propose(99, never);
    drafts.add(200 + round);
    return length;
  });
  expect(drafted[0]).toBeGreaterThan(0);
  expect(drafted.slice(20)).toEqual(Array(20).fill(0));
});

test('copying is noticed when it begins', () => {
  const copied = 'In the autumn the harbour is quiet, and two boats lie at the pier.';
  const drafts = new Drafts(ids(`${copied} 1234567890 `));
  for (const id of ids('Yes: ')) drafts.add(id);
  const lengths = ids(copied).map((id) => {
    drafts.add(id);
    return drafts.propose(99, never).length;
  });
  expect(lengths[12]).toBeGreaterThan(5);
});
