import { describe, expect, test } from 'vitest';
import { withoutLastWord } from '../../../../src/writing/completion/segment.ts';
import { asksForWish, fillPlaceholders, findPlaceholders } from '../../../../src/writing/prompts/placeholders.ts';
import { promptFileName, readPromptFile } from '../../../../src/writing/prompts/readPromptFile.ts';

const many = 20_000;
const values = { wish: 'w', fileName: 'f', languageId: 'l' };

/** Runs that a pattern could read again and again: as long as a prompt may be, and ten times that. */
const runs = [' ', '\t', '\n', '\r\n', '\uFEFF', '\u00A0', '{', '}', '{{', '{{ ', '}}', '-', '---\n', 'a', 'a ', ': '];
const starts = ['', '{{', '{{ ', '---\n', '---', '{{wish', '\uFEFF---\n'];
const hostile = starts.flatMap((start) =>
  runs.map((run) => [start, run, `${start}${run.repeat(many / run.length)}x`] as const),
);

describe('hostile text', () => {
  // A cubic pattern needs hours for the longest of these, a quadratic one minutes for all.
  test.each(hostile)('%j and many %j are read in one pass', (_, __, text) => {
    const tenfold = text.repeat(10);
    expect(findPlaceholders(tenfold).every(({ start, end }) => end > start)).toBe(true);
    expect(fillPlaceholders(tenfold, values).length).toBeLessThanOrEqual(tenfold.length);
    expect(asksForWish(tenfold)).toBe(tenfold.includes('{{wish}}'));
    expect(promptFileName(tenfold).length).toBeLessThanOrEqual(60);
    expect(tenfold.startsWith(withoutLastWord(tenfold))).toBe(true);
    expect(['prompt', 'broken']).toContain(readPromptFile(text.slice(0, many), 'title').kind);
  });

  test.each([
    ['{{wish}}', 'w'],
    ['{{ wish }}', 'w'],
    ['{{\n\twish\u00A0}}', 'w'],
    ['{{wish }}{{ fileName}}', 'wf'],
    ['{{{wish}}}', '{w}'],
    ['{{wi sh}}', '{{wi sh}}'],
    ['{{ }}', '{{ }}'],
    ['{{}}', '{{}}'],
    ['{{wish}', '{{wish}'],
    ['{{wish', '{{wish'],
    ['{{ {{wish}}', '{{ w'],
    ['{{constructor}}', '{{constructor}}'],
    ['{{__proto__}}', '{{__proto__}}'],
  ])('%j is filled in as %j', (instruction, filled) => {
    expect(fillPlaceholders(instruction, values)).toBe(filled);
  });

  test.each([
    ['one two', 'one'],
    ['one two ', 'one two'],
    ['one two \n', 'one two'],
    ['one  two', 'one'],
    ['one', ''],
    [' one', ''],
    ['   ', ''],
    ['', ''],
    ['one\n\ntwo', 'one'],
  ])('%j without its last word is %j', (text, expected) => {
    expect(withoutLastWord(text)).toBe(expected);
  });
});
