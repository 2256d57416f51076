import { describe, expect, test } from 'vitest';
import { outline } from './support/outline.ts';

const cases: readonly (readonly [text: string, blocks: readonly string[]])[] = [
  ['', []],
  ['\n\n', []],
  ['One line', ['prose: One line']],
  ['One\ntwo\n\nthree\n', ['prose: One\ntwo', 'prose: three']],
  ['One\r\ntwo\r\n\r\nthree', ['prose: One\r\ntwo', 'prose: three']],
  ['One\rtwo', ['prose: One\rtwo']],
  ['   An indented\nparagraph', ['prose: An indented\nparagraph']],
  ['One\n  two', ['prose: One\n⟦  ⟧two']],
  ['- one\n- two', ['listItem+ in listItem(-): one', 'listItem+ in listItem(-): two']],
  [
    '• one\n  more\n\n  again\n\nout',
    ['listItem+ in listItem(•): one\n⟦  ⟧more', 'listItem in listItem(•): again', 'prose: out'],
  ],
  [
    '1. one\n   - two\n2. three',
    [
      'listItem+ in listItem(1.): one',
      'listItem@1+ in listItem(1.) listItem(-): two',
      'listItem+ in listItem(2.): three',
    ],
  ],
  ['- [ ] to do', ['listItem+ in listItem(- [ ] task): to do']],
  ['A dash in the\n- middle - of a sentence', ['prose: A dash in the\n- middle - of a sentence']],
  ['These:\n- one', ['prose: These:', 'listItem+ in listItem(-): one']],
  ['> said\n> so\n\nYes', ['quote in quote(>): said\n⟦> ⟧so', 'prose: Yes']],
  ['> > deep\n> less', ['quote in quote(> >): deep', 'quote in quote(>): less']],
  ['see https://a.b/c, or ask me@x.org.', ['prose: see ⟦https://a.b/c⟧, or ask ⟦me@x.org⟧.']],
  ['and/or is a word, a/b/c is a path', ['prose: and/or is a word, ⟦a/b/c⟧ is a path']],
  ['\0 and \ud800', ['prose: \0 and \ud800']],
];

describe('plain text', () => {
  test.each(cases)('%j', (text, blocks) => expect(outline(text, 'plaintext')).toEqual(blocks));
  test('an unknown language is read without markup', () => {
    expect(outline('# one\n\ntwo', 'klingon')).toEqual(['prose: # one', 'prose: two']);
    expect(outline('one', 'constructor')).toEqual(['prose: one']);
  });
});
