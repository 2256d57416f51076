import { expect, test } from 'vitest';
import { readText } from '../../../src/text/readText.ts';
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
