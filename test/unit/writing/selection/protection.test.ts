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
