import { describe, expect, test } from 'vitest';
import { CaretReader } from '../../../src/text/caretReader.ts';
import { readText } from '../../../src/text/readText.ts';
import { checkReading } from './support/outline.ts';

const languageIds = ['latex', 'restructuredtext', 'asciidoc', 'typst', 'org'];

/** Repeated so often, anything that looks again at all it has seen does not end within a test's time. */
const timesOf = (part: string): number => (part.includes('\n') ? 6_000 : 30_000);

const parts: Readonly<Record<string, string>> = {
  'braces in a line': '{',
  'brackets in a line': '[',
  'arguments in a line': '\\a{',
  'options in a line': '\\a[',
  'text in a line': '\\emph{',
  'environments in a line': '\\begin{a}',
  'environments below each other': '\\begin{itemize}\n\\item a\n',
  'environments of formulas': '\\begin{align}\n',
  'ends without beginnings': '\\begin{a}\n\\end{b}\n',
  'dollars in a line': '$ a ',
  'backslashes in a line': '\\',
  'verbatim in a line': '\\verb|a ',
  'percent signs': '\\%',
  'backquotes in a line': '` a',
  'two backquotes': '``a ',
  'roles in a line': ':a:`b ',
  'colons in a line': 'a:',
  'bars in a line': ' |a',
  'references in a line': '[a]_b',
  'underscores in a line': 'a_',
  'angle brackets in a line': '<<a ',
  'attributes in a line': '{a',
  'macros in a line': 'link:a[b ',
  'terms in a line': 'a:: ',
  'bullets in a line': '- ',
  'bullets below each other': '- a\n',
  'numbers in a line': '1. ',
  'dots in a line': '.. ',
  'notes in a line': '.. [1] ',
  'directives below each other': '.. note::\n\n',
  'rows of marks': '====\n',
  'rows of other marks': '----\n====\n',
  'block lists': '[a]\n',
  'list continuations': '* a\n+\n',
  'hashes in a line': '#a(',
  'content in a line': '#a[',
  'comments in a line': '/* ',
  'raw text in a line': '```` ` ',
  'blocks in Org': '#+begin_quote\n',
  'links in a line': '[[a][',
  'code in a line': ' ~a =b',
  'tabs and blanks': '\t ',
  'combining marks': '\u0301',
  'NUL and half characters': '\0\ud800',
  'one word': 'a',
  'quotes below each other': ' > a\n  \n',
};

for (const languageId of languageIds) {
  describe(languageId, () => {
    test.each(Object.entries(parts))('%s', (_, part) => {
      const text = part.repeat(timesOf(part));
      const reading = readText(text, languageId);
      expect(reading.blocks.at(-1)!.end).toBe(text.endsWith('\n') ? text.length - 1 : text.length);
      for (const block of reading.blocks) reading.spansOf(block);
      const line = { linePrefix: part, lineSuffix: '', paragraphPrefix: part, previousLine: '' };
      expect(new CaretReader().zoneAt({ documentId: 'a', languageId }, text, line)).toBeTypeOf('string');
    });

    test('deeper and deeper indentation', () => {
      const lines = Array.from({ length: 600 }, (_, depth) => `${' '.repeat(depth)}- a\n\n${' '.repeat(depth)}  b\n\n`);
      checkReading(readText(lines.join(''), languageId));
    });
  });
}

/** A sequence that is the same in each run. */
function* numbers(seed: number): Generator<number> {
  for (let state = seed; ; ) {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    yield state / 2 ** 32;
  }
}

describe('texts put together at random', () => {
  const pieces = [...Object.values(parts), 'Some words. ', '\n', '\n\n', '  ', 'Title\n=====\n', '}', ']', '`', '$'];

  test.each(languageIds)('%s: every beginning of them is read', (languageId) => {
    const random = numbers(7);
    const next = () => random.next().value as number;
    for (let round = 0; round < 40; round++) {
      let text = '';
      while (text.length < 300) text += pieces[Math.floor(next() * pieces.length)];
      for (let cut = 0; cut < 6; cut++)
        checkReading(readText(text.slice(0, Math.floor(next() * text.length)), languageId));
      checkReading(readText(text, languageId));
    }
  });
});
