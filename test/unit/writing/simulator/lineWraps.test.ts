import { describe, expect, test } from 'vitest';
import { runAt } from '../../../../src/writing/simulator/lineWraps.ts';

interface Wrapped {
  readonly name: string;
  /** `|` is the caret */
  readonly text: string;
  readonly suggestion: string;
  /** of the text */
  readonly taken: string;
  readonly keys: number;
}

const prose = `The miller had three sons, and when he died he left them
his mill, his donkey and| his cat; the sons began to grind,
the donkey to fetch corn and carry the flour away, and the
cat to catch the mice.`;
const atLineEnd = prose.replace('|', '').replace('to grind,', 'to grind,|');
const chinese = `从前有一个磨坊主，他有三个儿子，一座磨坊，一头驴子和一只公
猫，儿子们磨面，驴子驮麦子，公猫捉老鼠，大家都过得很好很久|
磨坊主死了以后三个儿子分了遗产，老大得到了磨坊，老二得到。`;

const texts: readonly Wrapped[] = [
  {
    name: 'beyond the line',
    text: prose.replace('|', '').replace('began to', 'began| to'),
    suggestion: ' to grind, the donkey',
    taken: ' to grind,\nthe donkey',
    keys: 2,
  },
  {
    name: 'beyond the line, wrapped there',
    text: prose.replace('|', '').replace('began to', 'began| to'),
    suggestion: ' to grind,\nthe donkey',
    taken: ' to grind,\nthe donkey',
    keys: 1,
  },
  {
    name: 'beyond the line, wrapped elsewhere',
    text: prose.replace('|', '').replace('began to', 'began| to'),
    suggestion: ' to\ngrind, the donkey',
    taken: ' to grind,\nthe donkey',
    keys: 3,
  },
  { name: 'at the line end', text: atLineEnd, suggestion: ' the donkey', taken: '\nthe donkey', keys: 2 },
  {
    name: 'at the line end, right at first',
    text: atLineEnd,
    suggestion: ' the donkey ran',
    taken: '\nthe donkey',
    keys: 3,
  },
  { name: 'at the line end, wrong', text: atLineEnd, suggestion: ' a donkey', taken: '', keys: 0 },
  { name: 'within the line', text: prose, suggestion: ' his cat', taken: ' his cat', keys: 1 },
  { name: 'within the line, wrapped too early', text: prose, suggestion: '\nhis cat', taken: ' his cat', keys: 2 },
  {
    name: 'two lines',
    text: atLineEnd,
    suggestion: ' the donkey to fetch corn and carry the flour away, and the cat to',
    taken: '\nthe donkey to fetch corn and carry the flour away, and the\ncat to',
    keys: 3,
  },
  {
    name: 'Windows line ends',
    text: atLineEnd.replaceAll('\n', '\r\n'),
    suggestion: ' the donkey',
    taken: '\r\nthe donkey',
    keys: 2,
  },
  {
    name: 'a quotation',
    text: atLineEnd.replaceAll(/^/gmu, '> '),
    suggestion: ' the donkey',
    taken: '\n> the donkey',
    keys: 4,
  },
  {
    name: 'a quotation, wrapped as one',
    text: atLineEnd.replaceAll(/^/gmu, '> '),
    suggestion: '\n> the donkey',
    taken: '\n> the donkey',
    keys: 1,
  },
  {
    name: 'a comment in LaTeX',
    text: atLineEnd.replaceAll(/^/gmu, '% '),
    suggestion: ' the donkey',
    taken: '\n% the donkey',
    keys: 4,
  },
  {
    name: 'a comment in code',
    text: atLineEnd.replaceAll(/^/gmu, '// '),
    suggestion: ' the donkey',
    taken: '\n// the donkey',
    keys: 5,
  },
  {
    name: 'a list item',
    text: `- ${atLineEnd.replaceAll('\n', '\n  ')}`,
    suggestion: ' the donkey',
    taken: '\n  the donkey',
    keys: 4,
  },
  {
    name: 'blanks left at the line end',
    text: atLineEnd.replace('|\n', '| \n'),
    suggestion: ' the donkey',
    taken: ' \nthe donkey',
    keys: 3,
  },
  {
    name: 'behind a blank at the line end',
    text: atLineEnd.replace('|\n', ' |\n'),
    suggestion: 'the donkey',
    taken: '\nthe donkey',
    keys: 2,
  },
  { name: 'Chinese, without a blank', text: chinese, suggestion: '磨坊主死了', taken: '\n磨坊主死了', keys: 2 },
  {
    name: 'inside a word',
    text: atLineEnd.replace('grind,|', 'gr|ind,'),
    suggestion: 'ind, the',
    taken: 'ind,\nthe',
    keys: 2,
  },
  {
    name: 'the last line of a paragraph of two',
    text: 'Once upon a time there was a king who had seven daughters|\nand no son.',
    suggestion: ' and no son',
    taken: '\nand no son',
    keys: 2,
  },

  {
    name: 'a blank line is no wrap',
    text: 'Once upon a time there was a king who had seven daughters|\n\nand no son.',
    suggestion: ' and no son',
    taken: '',
    keys: 0,
  },
  {
    name: 'a heading ends',
    text: '# Once upon a time there was a king who had daughters|\nand no son.',
    suggestion: ' and no son',
    taken: '',
    keys: 0,
  },
  {
    name: 'a list item begins',
    text: '- Once upon a time there was a king who had daughters|\n- and no son.',
    suggestion: ' and no son',
    taken: '',
    keys: 0,
  },
  {
    name: 'a numbered one',
    text: 'Once upon a time there was a king who had daughters:|\n1. and no son.',
    suggestion: ' and no son',
    taken: '',
    keys: 0,
  },
  {
    name: 'a table row ends',
    text: '| Once upon a time | there was a king | and daughters ||\n| and no son | x |',
    suggestion: ' and no son',
    taken: '',
    keys: 0,
  },
  {
    name: 'a line that was broken on purpose',
    text: 'Once upon a time there was a king who had daughters  |\nand no son.',
    suggestion: ' and no son',
    taken: '',
    keys: 0,
  },
  {
    name: 'the same with a backslash',
    text: 'Once upon a time there was a king who had daughters\\|\nand no son.',
    suggestion: ' and no son',
    taken: '',
    keys: 0,
  },
  {
    name: 'verse',
    text: 'Half a league, half a league,|\nHalf a league onward,\nAll in the valley of Death\nRode the six hundred.',
    suggestion: ' Half a league',
    taken: '',
    keys: 0,
  },
  {
    name: 'long verse',
    text: 'Tell me not, in mournful numbers, of the life that is but an empty dream\nFor the soul is dead that slumbers, at night|\nAnd things are never',
    suggestion: ' And things',
    taken: '',
    keys: 0,
  },
  {
    name: 'a fence',
    text: 'Once upon a time there was a king who had daughters:|\n```\nson',
    suggestion: ' son',
    taken: '',
    keys: 0,
  },
];

describe('a wrapped line is a blank to the reader', () => {
  test.each(texts)('$name', ({ text: drawn, suggestion, taken, keys }) => {
    const offset = drawn.lastIndexOf('||\n') < 0 ? drawn.indexOf('|') : drawn.lastIndexOf('|\n'); // a table's row has bars
    const text = drawn.slice(0, offset) + drawn.slice(offset + 1);
    const run = runAt(text, offset, { end: text.length, suggestion });
    expect({ taken: text.slice(offset, offset + run.chars), keys: run.keys }).toEqual({ taken, keys });
    const joined = (of: string) => of.replaceAll(/\s*\n[\s>%/]*| +/gu, ' ').trim();
    const said = joined(suggestion.slice(0, run.taken));
    expect(said).toBe(joined(taken));
  });
});

test('nothing beyond the end of what is written is taken', () => {
  const text = atLineEnd.replace('|', '');
  const offset = atLineEnd.indexOf('|');
  const end = text.indexOf(' donkey to fetch');
  expect(runAt(text, offset, { end, suggestion: ' the donkey' })).toEqual({ words: 1, chars: 4, taken: 4, keys: 2 });
});
