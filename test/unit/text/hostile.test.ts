import { expect, test } from 'vitest';
import { CaretReader } from '../../../src/text/caretReader.ts';
import { readText } from '../../../src/text/readText.ts';
import { caretOf } from '../../../src/writing/completion/caret.ts';
import { hostileTexts } from './support/hostileTexts.ts';
import { checkReading } from './support/outline.ts';

const languageIds =
  'markdown mdx quarto rmd latex restructuredtext asciidoc typst org html git-commit plaintext python';

/** Nothing of this is right in any language; each is to be read without a complaint and without a lost character. */
const texts: Readonly<Record<string, string>> = {
  'no text': '',
  'a line break': '\n',
  'mixed line ends': 'one\r\ntwo\rthree\nfour\r\n\r\r\n# five\r\n\n',
  'a byte-order mark': '\uFEFF# One\n\ntwo',
  NUL: 'one\0\n\n\0# two\0\n',
  'half characters': '\ud800# one\n\n*\udc00*\n- \ud83d\n',
  tabs: '\t- one\n\t\ttwo\n \t> three\n',
  'other blanks': '\u00a0# one\n\u2003two\n\u3000three\u2028four\n',
  'unclosed fence': '```\none\n',
  'unclosed front matter': '---\none: two\n',
  'unclosed math': '$$\nx\n\none $x\n',
  'unclosed comment': '<!-- one\n\ntwo',
  'unclosed brackets': '[one](two "three\n\n[[four\n\n<five six="',
  'unclosed environment': '\\begin{itemize}\n\\item one\n\n\\emph{two',
  'unclosed directive': '.. note::\n\n   one\n\n  two\n::\n\n x',
  'closers alone': '```\n---\n</p>\n-->\n\\end{itemize}\n}\n)]\n|===\n',
};

for (const languageId of languageIds.split(' ')) {
  test.each(Object.entries(texts))(`${languageId}: %s`, (_, text) => {
    const reading = readText(text, languageId);
    checkReading(reading);
    expect(reading).toMatchObject({ text, languageId });
  });
}

for (const languageId of ['markdown', 'html', 'plaintext', 'git-commit']) {
  test(`${languageId}: openers, nesting and odd characters without end`, () => {
    for (const text of hostileTexts(600).values()) {
      checkReading(readText(text, languageId));
      const zone = new CaretReader().zoneAt(
        { documentId: '', languageId },
        text,
        caretOf({ prefix: text, suffix: '' }),
      );
      expect(zone).toBeTypeOf('string');
    }
  });

  // each of these took minutes when work grew with the square of the length
  test.each([
    'lines behind the title of a link definition',
    '“ behind a word',
    '](b( in one line'.replace('](b(', '[a](b('),
    ':::a in lines',
    '$a$1 in one line',
    '<!-- in one line',
    '<div> in one line',
    '"\\r" alone',
    'nested items',
    'runs of backticks',
    'one long line',
  ])(`${languageId}: 200,000 characters of %s`, (name) => {
    const text = hostileTexts(200_000).get(name)!;
    const { blocks, spansOf } = readText(text, languageId);
    for (const block of blocks) spansOf(block);
    new CaretReader().zoneAt({ documentId: '', languageId }, text, caretOf({ prefix: text, suffix: '' }));
    expect(blocks.length).toBeGreaterThan(0);
  });
}
