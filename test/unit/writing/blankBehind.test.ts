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
    ['the writers', '’'],
    ["he said 'ye", "s, no'"],
    ['he said ‘n', 'o’'],
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
    ['what is elided in French', 'dans ', 'l’'],
    ['in Italian', 'il libro dell', "'"],
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

  test.each([
    ['a German quotation that closes', '„das Haus', '“', '„das Haus“'],
    ['one that opens in English', 'he said', '“no”', 'he said “no”'],
    ['a German one that opens', 'er sagte', '„nein', 'er sagte „nein'],
    ['a single one that closes', '‚das Haus', '‘', '‚das Haus‘'],
    ['a Swedish one that opens', 'han sa', '”nej', 'han sa ”nej'],
    ['a Swedish one that closes', 'han sa ”nej', '”', 'han sa ”nej”'],
    ['a French one that opens behind another', '« oui » et', '«', '« oui » et «'],
    ['a German one by guillemets that opens', 'er sagte', '»nein', 'er sagte »nein'],
    ['one that opens after another', '»Ja«, sagte er und', '»nein', '»Ja«, sagte er und »nein'],
    ['one that closes', 'er sagte »nein', '«', 'er sagte »nein«'],
    ['a Spanish question', 'y ahora', '¿qué', 'y ahora ¿qué'],
    ['a Spanish call', 'y ahora', '¡no', 'y ahora ¡no'],
    ['a Greek question mark', 'το σπίτι', ';', 'το σπίτι;'],
    ['a Greek half stop', 'το σπίτι', '· και', 'το σπίτι· και'],
    ['a point between words', 'Rust', '· Go', 'Rust · Go'],
    ['a Catalan point inside one', 'col', '·legi', 'col·legi'],
    ['an Arabic comma', 'البيت', '،', 'البيت،'],
    ['a no-break blank of French', 'le mot', '\u00a0?', 'le mot\u00a0?'],
    ['a picture', 'the house', '![it', 'the house ![it'],
    ['a picture whose bracket the editor closed', 'the house', '![]', 'the house ![]'],
    ['a call', 'the house', '! It', 'the house! It'],
    ['an emoji by name', 'the house', ':heart:', 'the house :heart:'],
    ['a ratio', 'two', ':1', 'two:1'],
    ['a smiley', 'the house', ':-)', 'the house :-)'],
    ['a winking one', 'the house', ';)', 'the house ;)'],
    ['a path', 'see', './docs', 'see ./docs'],
    ['one up', 'see', '../docs', 'see ../docs'],
    ['three points', 'the house', '... and', 'the house... and'],
    [
      'three points of a writer who sets them apart',
      'a ... b ... the house',
      '... and',
      'a ... b ... the house ... and',
    ],
    ['a domain', 'example', '.com', 'example.com'],
    ['an arrow', 'the old', '-> new', 'the old -> new'],
    ['an option, where options were before', 'add --all or', '--force', 'add --all or --force'],
    ['a dash of two hyphens', 'the house', '--it', 'the house--it'],
    ['the plural in brackets', 'the house', '(s) and', 'the house(s) and'],
    ['a bracket that begins like it', 'the house', '(see', 'the house (see'],
    ['the end of an element', '<b>the house', '</b>', '<b>the house</b>'],
    ['its beginning', 'the', '<b>house', 'the <b>house'],
    ['a footnote in the text', 'the house', '^[it', 'the house^[it'],
    ['a footnote whose bracket the editor closed', 'the house', '[^]', 'the house[^]'],
    ['a link of a wiki', 'the', '[[House]]', 'the [[House]]'],
    ['a hashtag', 'the house', '#old', 'the house #old'],
    ['a trade mark', 'Inkling', '™', 'Inkling™'],
    ['a quoted name that begins like an ending', 'he said', "'the", "he said 'the"],
    ['another', 'he said', "'so", "he said 'so"],
    ['an ending of two letters', 'they', "'ll go", "they'll go"],
    ['bold behind bold', '- **One** - two,', '**three', '- **One** - two, **three'],
    ['bold that closes in the second point', '* **One** - x\n* **Two', '** - y', '* **One** - x\n* **Two** - y'],
    ['emphasis behind a star in code', 'a `**/*` is', '*not', 'a `**/*` is *not'],
    ['emphasis behind a name with underlines', 'the snake_case is', '_not', 'the snake_case is _not'],
    ['code behind code of two marks', '``a`` and', '`b', '``a`` and `b'],
    ['straight marks behind inches', 'a 5" disk and', '"no', 'a 5" disk and "no'],
    ['straight marks behind a stop and a comma', '"No.", he said, and', '"yes', '"No.", he said, and "yes'],
    ['those that close behind others', '(see "a") or "the house', '", and', '(see "a") or "the house", and'],
    ['bold around a quotation', '**"No."**, he said and', '**yes', '**"No."**, he said and **yes'],
    ['a bracket that has blanks inside', 'f( the house', ')', 'f( the house )'],
  ])('%s', (_, before, typed, expected) => expect(written(before, typed)).toBe(expected));

  test.each([
    ['latex', '``the house', "''", "``the house''"],
    ['latex', "``A'' and", '``B', "``A'' and ``B"],
    ['latex', 'the house', '\\footnote{', 'the house\\footnote{'],
    ['latex', 'the house', '\\emph{', 'the house \\emph{'],
    ['latex', 'the house', '\\\\', 'the house \\\\'],
    ['latex', 'the house', '& the', 'the house & the'],
    ['latex', 'pages', '--5', 'pages--5'],
    ['latex', 'the', '$x$', 'the $x$'],
    ['restructuredtext', 'see', ':ref:`x`', 'see :ref:`x`'],
    ['restructuredtext', 'as follows', '::\n', 'as follows::\n'],
    ['restructuredtext', 'see Python', '_ and', 'see Python_ and'],
    ['asciidoc', 'the house', 'footnote:[it]', 'the housefootnote:[it]'],
    ['asciidoc', 'the', 'foot', 'the foot'],
    ['asciidoc', 'the', '<<house>>', 'the <<house>>'],
    ['markdown', 'the', '| house', 'the | house'],
  ])('in %s: %j and %j', (languageId, before, typed, expected) =>
    expect(written(before, typed, languageId)).toBe(expected),
  );

  test('a tie of LaTeX takes its place, a strike of Markdown does not', () => {
    expect(written('see Figure', '~\\ref', 'latex')).toBe('see Figure~\\ref');
    expect(written('the old', '~~house', 'markdown')).toBe('the old ~~house');
  });
});
