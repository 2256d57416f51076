import { expect, test } from 'vitest';
import { ThoughtFilter } from '../../../src/inference/thoughtFilter.ts';

const shown = (parts: readonly string[]) => {
  const filter = new ThoughtFilter();
  return [...parts.map((part) => filter.push(part)), filter.end()].join('');
};

const cases: readonly (readonly [text: string, expected: string])[] = [
  ['Hello', 'Hello'],
  ['', ''],
  ['  Hello', '  Hello'],
  ['<think>\nHm.\n</think>\n\nHello', 'Hello'],
  ['<think></think>Hello', 'Hello'],
  ['\n<think>a</think>\nb', 'b'],
  ['<think>a <think> b</think>c', 'c'],
  ['<think>never ends', ''],
  ['<think>almost </thin', ''],
  ['<think>a</think>', ''],
  ['<think>a</think>\n', ''],
  ['<thinking>a</thinking>b', '<thinking>a</thinking>b'],
  ['<thi', '<thi'],
  ['<', '<'],
  ['<b>bold</b>', '<b>bold</b>'],
  ['Use <think>x</think> for thoughts', 'Use <think>x</think> for thoughts'],
  ['a</think>b', 'a</think>b'],
  ['<think>a</think>b<think>c</think>d', 'b<think>c</think>d'],
  ['<think>你好</think>世界', '世界'],
  [`<think>${'x'.repeat(5000)}</think>y`, 'y'],
  ['\n\n', '\n\n'],
];

test.each(cases)('of %j is shown %j', (text, expected) => {
  expect(shown([text])).toBe(expected);
  expect(shown([...text])).toBe(expected);
  for (const cut of [1, 2, 5, 8, 9]) expect(shown([text.slice(0, cut), text.slice(cut)])).toBe(expected);
});
