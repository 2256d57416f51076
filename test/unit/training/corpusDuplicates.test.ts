import { describe, expect, test } from 'vitest';
import { NearDuplicates } from '../../../src/training/corpus/cleaning/nearDuplicates.ts';
import { proseOf } from './corpusFolder.ts';

const check = (first: string, second: string, expected: boolean) => {
  const earlier = new NearDuplicates();
  expect(earlier.isDuplicate(first)).toBe(false);
  expect(earlier.isDuplicate(second)).toBe(expected);
};

const paragraph = proseOf(1, 900).replaceAll('\n', ' ');
const words = paragraph.split(' ');
const changed = (...places: number[]) => words.map((word, i) => (places.includes(i) ? 'otherwise' : word)).join(' ');

describe('paragraphs that repeat an earlier one', () => {
  test('word for word, whatever the case, the signs and the line ends', () => {
    check(paragraph, paragraph, true);
    check(paragraph, paragraph.toUpperCase().replaceAll(' ', '\n').replaceAll('.', ' —'), true);
  });
  test('with a word or two changed', () => {
    check(paragraph, changed(40), true);
    check(paragraph, changed(40, 90), true);
  });
  test('not with many words changed, nor in another order', () => {
    check(paragraph, changed(...Array.from({ length: 15 }, (_, i) => i * 9)), false);
    check(paragraph, words.toReversed().join(' '), false);
    check(paragraph, proseOf(2, 900), false);
  });
  test('not when short: headings and list items recur', () => {
    check('## Usage', '## Usage', false);
    check('Yours sincerely, as ever, and with love', 'Yours sincerely, as ever, and with love', false);
  });
  test('in scripts without blanks', () => {
    const chinese = '那天早晨下着小雨，她把信放在窗台上，没有回头，就沿着河岸慢慢走远了。';
    check(chinese, chinese.replace('小雨', '大雨'), true);
    check(chinese, '船长在厨房里点了一盏灯，想起许多年以前的那个冬天，谁也没有说话。', false);
  });
  test('whatever stood between them', () => {
    const earlier = new NearDuplicates();
    const many = Array.from({ length: 300 }, (_, i) => proseOf(100 + i, 300).replaceAll('\n', ' '));
    expect(many.filter((text) => earlier.isDuplicate(text))).toEqual([]);
    expect(many.filter((text) => !earlier.isDuplicate(text.replace(/\S+/, 'Else')))).toEqual([]);
  });
  test('a thousand look-alikes below the threshold are all kept', () => {
    const earlier = new NearDuplicates();
    const half = proseOf(3, 300).replaceAll('\n', ' ');
    const texts = Array.from({ length: 1_000 }, (_, i) => `${half} ${proseOf(1_000 + i, 300).replaceAll('\n', ' ')}`);
    expect(texts.filter((text) => earlier.isDuplicate(text))).toEqual([]);
  });
});
