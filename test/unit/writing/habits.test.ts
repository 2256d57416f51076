import { describe, expect, test } from 'vitest';
import { documentHabits, lineWrapping } from '../../../src/writing/completion/documentHabits.ts';

const words =
  'the rain fell in torrents except at occasional intervals when it was checked by a violent gust of wind'.split(' ');

/** Text filled up to a column, as an editor's fill command would. */
function filled(column: number, count: number): string {
  let text = '';
  let line = '';
  for (let i = 0; i < count; i++) {
    const word = words[i % words.length]!;
    if (line !== '' && line.length + 1 + word.length > column) {
      text += `${line}\n`;
      line = word;
    } else {
      line += line === '' ? word : ` ${word}`;
    }
  }
  return `${text}${line}\n`;
}

describe('line wrapping', () => {
  test.each([60, 72, 80, 100])('at column %i is seen', (column) => {
    const wrapping = lineWrapping(filled(column, 150));
    expect(wrapping.kind).toBe('column');
    if (wrapping.kind === 'column') expect(Math.abs(wrapping.column - column)).toBeLessThanOrEqual(3);
  });
  test('one sentence per line is its own habit', () => {
    expect(lineWrapping('It rained.\nThe wind blew hard.\nNobody went out.\nThe end came.\nAll slept.\n')).toEqual({
      kind: 'sentence',
    });
  });
  test('a paragraph per line, verse, lists and tables are none', () => {
    expect(lineWrapping(`${words.join(' ')}\n\n${words.join(' ')}\n\n`.repeat(4)).kind).toBe('soft');
    expect(lineWrapping('Tyger Tyger\nburning bright\nIn the forests\nof the night\nWhat immortal\nhand\n').kind).toBe(
      'soft',
    );
    expect(lineWrapping('- one\n- two and more\n- three\n- four and so on\n- five\n').kind).toBe('soft');
    expect(lineWrapping('| a | b |\n|---|---|\n| one | two |\n| three | four |\n').kind).toBe('soft');
  });
});

test('quotes, dashes and spelling count when the text shows one kind only', () => {
  const check = (text: string, habits: object) => expect(documentHabits(text, '')).toMatchObject(habits);
  check('She said “yes” and didn’t', { quotes: 'curly' });
  check(`She said "yes" and didn't`, { quotes: 'straight' });
  check('She said yes', { quotes: undefined, dash: undefined, spelling: undefined });
  check('“One” and "two"', { quotes: undefined });
  check('one — two', { dash: ' — ' });
  check('one — two – three', { dash: undefined });
  check('the colour', { spelling: 'british' });
  check('the colors', { spelling: 'american' });
  check('the colour and the color', { spelling: undefined });
  check('in the laboratory', { spelling: undefined });
});
