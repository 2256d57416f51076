import { expect, test } from 'vitest';
import { contentOf } from '../../../../src/text/sentences.ts';
import { maskParts } from '../../../../src/writing/selection/protection/mask.ts';
import { protectedParts } from '../../../../src/writing/selection/protection/protectedParts.ts';
import { verifyProtection } from '../../../../src/writing/selection/protection/protection.ts';
import { reading } from './inMarkdown.ts';

const masked = (text: string) => {
  const read = reading(text);
  const block = read.blocks[0]!;
  return maskParts(read, { ...contentOf(block), block });
};

test('what must survive a rewrite is found, and nothing else', () => {
  const check = (text: string, expected: string[]) =>
    expect({ text, parts: protectedParts(reading(text)).map((part) => part.text) }).toEqual({ text, parts: expected });
  check('See [the notes](https://a.b/c_(d)) and `npm run x`.', ['(https://a.b/c_(d))', '`npm run x`']);
  check('Write to ada@example.org or https://x.org/y.', ['ada@example.org', 'https://x.org/y']);
  check('It costs $5,000, not $E = mc^2$.', ['$5,000', '$E = mc^2$']);
  check('As [@smith2020, p. 3] says.[^1]', ['[@smith2020, p. 3]', '[^1]']);
  check('In May 1833, 3.5% of them met in London.', ['May', '1833', '3.5%', 'London']);
  check('1. It cost 20 euros.\n2) Nobody paid.', ['20']);
  check('The garden was green. Nobody knew why.', []);
  check('We met Charles Babbage. Babbage was late.', ['Charles Babbage']);
  check('Il a vu L’iPhone et l’iPhone.', ['L’iPhone', 'iPhone']);
  check('They used iPhones and NASA software.', ['iPhones', 'NASA']);
  check('Line <br> break &amp; {{ name }}.', ['<br>', '&amp;', '{{ name }}']);
});

test('what machines read is a part though no mark says so', () => {
  const identifiersIn = (text: string) =>
    protectedParts(reading(text)).flatMap(({ kind, text: part }) => (kind === 'code' ? [part] : []));
  const machines = {
    'Then error() tells.': ['error()'],
    'Then os.path.join() and std::move() and list->next() run.': ['os.path.join()', 'std::move()', 'list->next()'],
    'Set max_depth and SQLITE_OMIT_FLOAT.': ['max_depth', 'SQLITE_OMIT_FLOAT'],
    'Say --force or --dry-run.': ['--force', '--dry-run'],
    'Look into notes.txt, (x.csv) or “a-b.pdf”.': ['notes.txt', 'x.csv', 'a-b.pdf'],
    'It stands in main.rs and in README.md.': ['main.rs', 'README.md'],
  };
  for (const [text, expected] of Object.entries(machines))
    expect({ text, parts: identifiersIn(text) }).toEqual({ text, parts: expected });
  const prose = [
    'He or she and/or they came, 24/7, on 3/4 of the days.',
    'It was _very_ good, _so they said_ -- and then---nothing.',
    'The end.Then more. That is i.e. all, etc. (really).',
    'At 5 p.m. she left (at last) for the U.S. and A.',
    'One - two - three: a/b.',
  ];
  for (const text of prose) expect({ text, parts: identifiersIn(text) }).toEqual({ text, parts: [] });
  const compared = verifyProtection(reading('The function returns NULL.'), reading('Call error() in notes.txt.'));
  expect(compared.invented).toEqual(['error()', 'notes.txt']);
});

test('words that were bold or slanted are so again where they still stand', () => {
  const restored = (source: string, written: string) => masked(source).restore(written);
  const check = (source: string, written: string, expected: string) => expect(restored(source, written)).toBe(expected);
  check('Call **Dr. Sato** about it.', 'Please call Dr. Sato about it.', 'Please call **Dr. Sato** about it.');
  check('Call **Dr. Sato** about it.', 'Please call **Dr. Sato** about it.', 'Please call **Dr. Sato** about it.');
  check('It is _not_ so.', 'That is not so.', 'That is _not_ so.');
  check('***All*** of it went.', 'All of it is gone.', '***All*** of it is gone.');
  check('You must *never* do it, *ever*.', 'Never do it, not ever.', '*Never* do it, not *ever*.');
  check('The red or the *red*?', 'Red or red?', 'Red or *red*?');
  check('The *red* or the red?', 'Which red?', 'Which red?'); // which of them is left nobody knows
  check('It was *great*.', 'It was good.', 'It was good.');
  check('Say __this__ [here](https://a.b).', 'Say this here.', 'Say __this__ [here](https://a.b).');
  check('2 * 3 * 4 is 24.', '24 is 2 * 3 * 4.', '24 is 2 * 3 * 4.');
  check('max_depth and min_depth', 'min_depth and max_depth', 'min_depth and max_depth');
  check('*art* in this part', 'part of art', 'part of *art*');
  check('**So** and **so**.', 'So, and so.', '**So**, and **so**.');
  check('**So** and **so**.', '**So**, and so.', '**So**, and **so**.');
  check('İ, say **yes**.', 'İİİİ, yes.', 'İİİİ, **yes**.');
  check('*a (b* and **c.d**', 'a (b and c.d', '*a (b* and **c.d**');
});

test('masking and restoring gives the text back, byte by byte', () => {
  const texts = [
    'See [the notes](https://a.b/c) and ![an image](i.png), $x^2$ and <b>bold</b>.',
    'X1 stands there already, and so does [@key2020].',
    '```not a fence``` and `` a ` b `` here',
    '文字 [链接](https://例.cn) 和 $a+b$。',
  ];
  for (const text of texts) expect(masked(text).restore(masked(text).text)).toBe(text);
});

test('a link follows its words, in the case of their new place', () => {
  const mask = masked('Please read [the guide](https://a.b) first.');
  expect(mask.text).toBe('Please read the guide first.');
  expect(mask.restore('The guide comes first.')).toBe('[The guide](https://a.b) comes first.');
});

test('lost and invented parts are told', () => {
  const check = (source: string, result: string, lost: string[], invented: string[]) =>
    expect(verifyProtection(reading(source), reading(result))).toMatchObject({ lost, invented });
  check('They paid 20 euros to Maria Lopez.', 'They paid 20 euros to Maria Lopez in full.', [], []);
  check('They paid 20 euros to Maria Lopez.', 'They paid 200 euros.', ['20', 'Maria Lopez'], ['200']);
  check('Nobody came.', 'Nobody came, said Dr. Emily Carter in 2019.', [], ['Emily Carter', '2019']);
  check('See [a](https://x.y) and [b](https://x.y).', 'See [a](https://x.y) and b.', ['(https://x.y)'], []);
  check('We use `sync`.', 'We use `sync` and `push`.', [], ['`push`']);
});

test('hostile input ends within the time of a test', () => {
  for (const unit of ['[', '$', '`', '\\(', '<a ', 'A ', '((', '1,']) {
    expect(protectedParts(reading(unit.repeat(10_000))).every(({ text }) => text !== '')).toBe(true);
  }
});

test('a line break that a rewriting leaves out is lost; one whose line became a point is not', () => {
  const lostOf = (before: string, after: string) => verifyProtection(reading(before), reading(after)).lost;
  expect(lostOf('The first line<br>\nthe second line.', 'The first line\nthe second line.')).toEqual(['<br>']);
  expect(lostOf('Line one ends.<br>\nLine two ends.', '- Line one ends.\n- Line two ends.')).toEqual([]);
  expect(lostOf('The sign <br> is kept.\nThe rest.', '- The sign is kept.\n- The rest.')).toEqual(['<br>']);
});

// What a line holds must not depend on the text in which it was seen first.
test.each([
  ['Ada came.\nThe Ada Society met.', 'Nobody came.\nThe Ada Society met.'],
  ['It grew by 5\n% of all.\nIn May we met Ann.', 'In May we met Ann.\nIt grew by 5\n% of all.'],
  ['THE WHOLE OF IT IN BIG LETTERS SAYS NOTHING.\nAnn Lee knows.', 'It all says nothing.\nAnn Lee knows.'],
])('lines that are known already hold what they hold: %s', (first, second) => {
  const known = new Map();
  protectedParts(reading(first), known);
  expect(protectedParts(reading(second), known)).toEqual(protectedParts(reading(second)));
});
