import { describe, expect, test } from 'vitest';
import { itemCount } from '../../../../src/writing/selection/checks/forms.ts';
import { listIn } from '../../../../src/writing/selection/checks/formWishes.ts';
import { changesKind } from '../../../../src/writing/selection/checks/meaning.ts';
import { contradictsItself, unmetWish } from '../../../../src/writing/selection/checks/wishes.ts';
import { countOf, countPattern, numberWordsFrom } from '../../../../src/writing/selection/text/numberWords.ts';

test.each([
  ['0', 0],
  ['12', 12],
  ['1,500', 1500],
  ['1500', 1500],
  ['a', 1],
  ['an', 1],
  ['one', 1],
  ['seven', 7],
  ['eleven', 11],
  ['nineteen', 19],
  ['twenty', 20],
  ['Twenty-Five', 25],
  ['ninety nine', 99],
  ['hundred', 100],
  ['a hundred', 100],
  ['one hundred', 100],
  ['two hundred', 200],
  ['a hundred and fifty', 150],
  ['two hundred forty-two', 242],
  ['twelve hundred', 1200],
  ['a thousand', 1000],
  ['two thousand five hundred', 2500],
  ['one thousand and one', 1001],
  ['两', 2],
  ['十', 10],
  ['十二', 12],
  ['三十', 30],
  ['四十五', 45],
])('%s is %d', (text, count) => {
  expect(text).toMatch(new RegExp(`^(?:${countPattern})$`, 'iu'));
  expect(countOf(text)).toBe(count);
});

test.each(['single', 'many', '', 'twelve-', 'oneself', 'constructor', '百分'])('%j is no count', (text) => {
  expect(text).not.toMatch(new RegExp(`^(?:${countPattern})$`, 'iu'));
  expect(countOf(text) || 0).toBe(0);
});

test('words come by their values', () => {
  expect(numberWordsFrom(2, 4)).toBe('two|three|four');
  expect(numberWordsFrom(80)).toBe('eighty|ninety|hundred|thousand|million');
});

const words = (count: number) => `${Array.from({ length: count }, () => 'word').join(' ')}.`;
const sentences = (count: number) => Array.from({ length: count }, () => 'It rains.').join(' ');
const chinese = (count: number) => '下雨了。'.repeat(count);

describe('a wish for a number of words, sentences or points is read as a whole', () => {
  test.each([
    ['in a hundred and fifty words', words(150), words(50)],
    ['in two hundred words', words(200), words(100)],
    ['under a hundred words', words(99), words(100)],
    ['at most twenty-five words', words(25), words(26)],
    ['at least one hundred words', words(100), words(99)],
    ['no more than a hundred words', words(60), words(101)],
    ['about 1,500 words', words(1500), words(500)],
    ['exactly fourteen words', words(14), words(40)],
    ['at most forty five words', words(45), words(46)],
    ['up to thirty-two words', words(32), words(33)],
    ['in eleven sentences', sentences(11), sentences(1)],
    ['in twenty-one sentences', sentences(21), sentences(1)],
    ['in thirteen short sentences', sentences(13), sentences(3)],
    ['用十句话说', chinese(10), chinese(1)],
    ['用十二句话说', chinese(12), chinese(2)],
    ['用六句话说', chinese(6), chinese(5)],
    ['in eleven bullet points', '- a b\n'.repeat(11), '- a b\n'.repeat(10)],
    ['as twenty-two items', '1. a b\n'.repeat(22), '1. a b\n'.repeat(2)],
    ['In six paragraphs', 'a\n\nb\n\nc\n\nd\n\ne\n\nf', 'a\n\nb\n\nc\n\nd\n\ne\n\nf\n\ng'],
    ['in 3 paragraphs', 'a\n\nb\n\nc', 'a\n\nb'],
  ])('%s', (wish, met, unmet) => {
    expect(unmetWish(`Something new ${wish}, funny`, met, met)).toBeUndefined();
    expect(unmetWish(wish, unmet, unmet)).toBeDefined();
  });

  test('two of them in one wish contradict each other', () => {
    expect(contradictsItself('in twenty-five sentences, in five sentences')).toBe(true);
    expect(contradictsItself('at most twenty words and at least a hundred and ten words')).toBe(true);
    expect(contradictsItself('at least twenty words and at most a hundred and ten words')).toBe(false);
  });
});

test.each([
  ['It takes twenty-five minutes.', 'It takes 25 minutes.', false],
  ['It takes twenty-five minutes.', 'It takes twenty minutes.', true],
  ['It takes twenty-five minutes.', 'It takes five minutes.', true],
  ['Forty-two people came.', '42 people came.', false],
  ['Forty-two people came.', '40 people came.', true],
  ['The constructor runs.', 'It runs.', false],
] as const)('%s → %s changes a number: %s', (source, result, changes) =>
  expect(changesKind('number', source, result)).toBe(changes),
);

test.each([
  ['As a numbered list', 'numbered'],
  ['a numbered list of the dangers', 'numbered'],
  ['Number the steps.', 'numbered'],
  ['number all the items, and make it funny', 'numbered'],
  ['编号列表', 'numbered'],
  ['als nummerierte Liste', 'numbered'],
  ['Write it as a list.', 'any'],
  ['turn into bullet points, funny', 'any'],
  ['as a checklist', 'any'],
  ['bulleted list', 'any'],
  ['用列表写得更正式', 'any'],
  ['Turn the bullet points into a table', undefined],
  ['Turn the bullets into prose', undefined],
  ['make these points into one paragraph, formal', undefined],
  ['Turn the list into a numbered list', 'numbered'],
  ['把列表改成表格', undefined],
  ['请将这个编号列表转换成段落，更正式', undefined],
  ['把表格改成列表', 'any'],
  ['Make a list of it, and list the reasons', undefined],
  ['The enlisted men', undefined],
] as const)('%s: a list that is %s', (wish, kind) => expect(listIn(wish)).toBe(kind));

test('a list that the text is already, and that goes, is not asked for', () => {
  const table = '| Tool | Pieces |\n|---|---|\n| Hammer | 3 |\n| Saw | 1 |';
  expect(unmetWish('Turn the bullet points into a funny table', '- Hammer: 3\n- Saw: 1', table)).toBeUndefined();
  expect(contradictsItself('把列表改成表格')).toBe(false);
});

test('points are counted, emphasis and figures are not', () => {
  expect(itemCount('- a\n* b\n3. c\n2) d\n4、五')).toBe(5);
  expect(itemCount('- a\n* b\n3. c\n2) d\n4、五', 'numbered')).toBe(3);
  expect(itemCount('**bold**\n*so*\n3.5 km\n-5 °C')).toBe(0);
});
