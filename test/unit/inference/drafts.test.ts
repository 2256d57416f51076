import { describe, expect, test } from 'vitest';
import { Drafts, RunTimes } from '../../../src/inference/drafts.ts';

const rowCost = 0.15;
const never = (_: number) => false;

/** Letters as token ids. */
const ids = (text: string) => [...text].map((letter) => letter.charCodeAt(0));
const text = (tokenIds: readonly number[]) => String.fromCharCode(...tokenIds);
const draftAfter = (before: string, most = 99, isEnd = never) =>
  text(new Drafts(ids(before)).propose(most, rowCost, isEnd));

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
    const { length } = drafts.propose(99, rowCost, never);
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
    return drafts.propose(99, rowCost, never).length;
  });
  expect(lengths[12]).toBeGreaterThan(5);
});

describe('dear rows', () => {
  test.each([
    [0.05, 15],
    [0.15, 15],
    [0.4, 6],
    [0.8, 2],
    [2, 0],
  ])('a row at %d of a run: at most %i tokens', (cost, most) => {
    const drafts = new Drafts(ids('the cat sat on the mat and slept. the cat sat on'));
    expect(drafts.propose(99, cost, never).length).toBeLessThanOrEqual(most);
  });
});

/** Runs that take as long as they are said to. */
function timesOf() {
  let now = 0;
  const times = new RunTimes(() => now);
  const run = (rows: number, ms: number) =>
    times.measure(rows, async () => {
      now += ms;
    });
  return { times, run };
}

test.each([0.02, 0.1, 0.3, 0.7])('the cost of a row is learnt: %d', async (cost) => {
  const { times, run } = timesOf();
  for (let round = 0; round < 60; round++) {
    if (round % 10 === 0) await run(1, 20);
    await run(2 + (round % 8), 20 * (1 + cost * (1 + (round % 8))));
  }
  expect(times.rowCost).toBeGreaterThan(0.8 * cost);
  expect(times.rowCost).toBeLessThan(1.2 * cost);
});

test('one run that is held up for a second changes little, and not for long', async () => {
  const { times, run } = timesOf();
  for (let round = 0; round < 40; round++) await run(round % 4 === 0 ? 1 : 5, round % 4 === 0 ? 20 : 32);
  const before = times.rowCost;
  await run(5, 1000);
  expect(times.rowCost).toBeLessThan(1.5 * before);
  await run(1, 1000);
  for (let round = 0; round < 40; round++) await run(round % 4 === 0 ? 1 : 5, round % 4 === 0 ? 20 : 32);
  expect(times.rowCost).toBeCloseTo(before, 1);
});

test('where rows were dear once, they are tried again after a while', async () => {
  const { times, run } = timesOf();
  await run(1, 20);
  for (let round = 0; round < 40; round++) await run(4, 200);
  const dear = times.rowCost;
  expect(dear).toBeGreaterThan(1);
  for (let round = 0; round < 200; round++) await run(1, 20);
  expect(times.rowCost).toBeLessThan(0.3);
});

test('a clock that stands still, or a first run of several rows, says nothing', async () => {
  const { times, run } = timesOf();
  const usual = times.rowCost;
  await run(8, 100);
  expect(times.rowCost).toBe(usual);
  await run(1, 0);
  await run(8, 0);
  expect(times.rowCost).toBeCloseTo(usual, 2);
});
