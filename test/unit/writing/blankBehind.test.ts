import { describe, expect, test } from 'vitest';
import { bringsBlank, fateOfBlank, withBlanks } from '../../../src/writing/completion/blankBehind.ts';
import { resolveCompletionSettings } from '../../../src/writing/completion/completionSettings.ts';

describe('a blank comes along behind', () => {
  test.each([
    ['informa', 'tion'],
    ['the ', 'house'],
    ['the', ' house'],
    ['well-', 'known'],
    ['It is', ' Anna’s'],
    ['One', ', two,'],
    ['It', ' ended.'],
    ['(see', ' above)'],
    ['**very', ' good**'],
    ['“No,”', ' she said'],
    ['word—an', 'other'],
    ['Über', 'raschung'],
    ['Быстрая', ' лиса'],
    ['a long line of words before it, '.repeat(40), 'and more'],
  ])('%j and %j', (before, text) => expect(bringsBlank({ before, text, zone: 'prose' })).toBe(true));
});

describe('none comes along behind', () => {
  test.each([
    ['a number', 'version ', '3'],
    ['a decimal point', 'pi is 3', '.'],
    ['a path', 'see src/te', 'xt'],
    ['an address', 'write to anna@exam', 'ple'],
    ['a file name', 'open notes.m', 'd'],
    ['an abbreviation with points', 'that is, e', '.g.'],
    ['a command', '\\emp', 'h'],
    ['an underline inside a name', 'snake_ca', 'se'],
    ['a hyphen', 'well', '-'],
    ['Chinese', '我们今', '天'],
    ['Japanese', 'これは', 'ペン'],
    ['Thai', 'สวัส', 'ดี'],
    ['Korean', '학', '교'],
    ['a blank', 'the ', 'house '],
    ['a line end', 'the', ' house\n'],
  ])('%s', (_, before, text) => expect(bringsBlank({ before, text, zone: 'prose' })).toBe(false));

  test.each(['code', 'codeSpan', 'math', 'linkTarget', 'citation', 'command', 'markup', undefined] as const)(
    'a word in %s',
    (zone) => expect(bringsBlank({ before: 'the ', text: 'house', zone })).toBe(false),
  );
});

test.each([
  ['at the end of the text', '', 'house '],
  ['of a line', '\nMore.', 'house '],
  ['of a line of Windows', '\r\nMore.', 'house '],
  ['before a closing bracket', ')', 'house'],
  ['before a blank', ' of cards', 'house'],
])('suggestions %s', (_, suffix, seen) => {
  const one = { text: 'house', firstWordProbability: 1, logprob: 0 };
  const outcome = { kind: 'text', suggestions: [one], source: 'model', zone: 'prose' } as const;
  const texts = (spaceAfterWord: boolean) => {
    const shown = withBlanks(outcome, { prefix: 'the ', suffix }, resolveCompletionSettings({ spaceAfterWord }));
    return shown.kind === 'text' ? shown.suggestions.map(({ text }) => text) : [];
  };
  expect([texts(true), texts(false)]).toEqual([[seen], ['house']]);
});

/** What stands in the end after `typed`, key by key, was put behind a blank that came along. */
function written(before: string, typed: string, languageId = 'markdown'): string {
  let fate = fateOfBlank('', { before, languageId });
  for (let end = 1; end <= typed.length && !fate.isSure; end++)
    fate = fateOfBlank(typed.slice(0, end), { before, languageId });
  return before + (fate.stands ? ' ' : '') + typed;
}

describe('what is typed behind it', () => {
  test.each([
    ['a word', 'the house', 'is', 'the house is'],
    ['a number', 'the house', '7', 'the house 7'],
    ['a full stop', 'the house', '. It', 'the house. It'],
    ['a comma', 'the house', ', it', 'the house, it'],
    ['a question mark', 'the house', '? Yes', 'the house? Yes'],
    ['a colon', 'the house', ': it', 'the house: it'],
    ['a closing bracket', '(the house', ')', '(the house)'],
    ['a closing quotation mark', '“the house', '”', '“the house”'],
    ['an opening one', 'he said', '“no”', 'he said “no”'],
    ['an opening bracket', 'the house', '(it', 'the house (it'],
    ['a blank by habit', 'the house', ' is', 'the house is'],
    ['Enter', 'the house', '\nIt', 'the house\nIt'],
    ['Enter on Windows', 'the house', '\r\nIt', 'the house\r\nIt'],
    ['pasted text with a blank before it', 'the house', ' of cards', 'the house of cards'],
    ['straight quotation marks that close', 'he said "the house', '" and', 'he said "the house" and'],
    ['straight ones that open', 'he said', '"no', 'he said "no'],
    ['both at once, as the editor closes them', 'he said', '""', 'he said ""'],
    ['straight ones after a pair', '"A" and', '"B', '"A" and "B'],
    ['those of another paragraph', 'an inch is 1"\n\nhe said', '"no', 'an inch is 1"\n\nhe said "no'],
    ['bold that closes', 'a **bold', '** one', 'a **bold** one'],
    ['bold that opens', '* a list with', '**bold', '* a list with **bold'],
    ['emphasis that closes', 'a _good', '_ one', 'a _good_ one'],
    ['code that opens', 'use', '`it`', 'use `it`'],
    ['a possessive', 'Anna', "'s house", "Anna's house"],
    ['a curly one', 'Anna', '’s house', 'Anna’s house'],
    ['a plural possessive', 'the writers', "' house", "the writers' house"],
    ['a single quotation mark', 'he said', "'yes'", "he said 'yes'"],
    ['a compound', 'well', '-known', 'well-known'],
    ['a slash', 'and', '/or', 'and/or'],
    ['a dash between blanks', 'the house', '- it', 'the house - it'],
    ['an en dash between blanks', 'the house', '– it', 'the house – it'],
    ['two hyphens between blanks', 'the house', '-- it', 'the house -- it'],
    ['an em dash without', 'the house', '—it', 'the house—it'],
    ['a footnote', 'the house', '[^1]', 'the house[^1]'],
    ['a link', 'the house', '[of', 'the house [of'],
    ['a percent sign', 'ten', '%', 'ten%'],
    ['an ellipsis', 'the house', '…', 'the house…'],
    ['Chinese marks', '使用 Inkling', '，', '使用 Inkling，'],
    ['a Chinese word', '使用 Inkling', '写', '使用 Inkling 写'],
  ])('%s', (_, before, typed, expected) => expect(written(before, typed)).toBe(expected));

  test.each([';', ':', '!', '?', '»'])('%s stands apart where the writer puts blanks before it', (mark) => {
    expect(written(`Quoi ${mark} Ah ${mark} le mot`, mark)).toBe(`Quoi ${mark} Ah ${mark} le mot ${mark}`);
    expect(written(`Quoi${mark} Ah${mark} le mot`, mark)).toBe(`Quoi${mark} Ah${mark} le mot${mark}`);
  });

  test('a tie of LaTeX takes its place, a strike of Markdown does not', () => {
    expect(written('see Figure', '~\\ref', 'latex')).toBe('see Figure~\\ref');
    expect(written('the old', '~~house', 'markdown')).toBe('the old ~~house');
  });
});
