import { describe, expect, test } from 'vitest';
import { namedTwice } from '../../../../src/writing/selection/summary/keyPhrases.ts';
import { dialectOf } from '../../../../src/writing/selection/text/dialect.ts';
import { beginsWithTitle, levelAbove, levelWithin } from '../../../../src/writing/selection/text/headingLevel.ts';

/** Where the selection begins is drawn with `|`. */
const at = (drawn: string, languageId = 'markdown') => {
  const [before = '', text = ''] = drawn.split('|');
  return { before, text, languageId };
};

describe('a heading above a selection fits the levels around it', () => {
  test.each<[string, string, number, string?]>([
    ['nothing above', '|Some text.', 1],
    ['text above', 'Some text.\n\n|More.', 1],
    ['right below the title', '# Title\n\n|Some text.', 2],
    ['below the title, after text', '# Title\n\nText.\n\n|More.', 2],
    ['right below a section', '# Title\n\n## Part\n\n|Some text.', 3],
    ['in a section, after text', '# Title\n\n## Part\n\nText.\n\n|More.', 2],
    ['in a deeper one', '## Part\n\n### Piece\n\nText.\n\n|More.', 3],
    ['below front matter alone', '---\nlayout: post\n---\n\n|Some text.', 1],
    ['below front matter with a title', '---\ntitle: Lamps\n---\n\n|Some text.', 2],
    ['an underlined title', 'Title\n=====\n\n|Some text.', 2],
    ['a hash within code is none', '```\n# no\n```\n\n|Some text.', 1],
    ['AsciiDoc', '= Title\n\n|Some text.', 2, 'asciidoc'],
    ['an AsciiDoc section', '= Title\n\n== Part\n\nText.\n\n|More.', 2, 'asciidoc'],
    ['a LaTeX section', '\\section{Part}\n\nText.\n\n|More.', 2, 'latex'],
    ['a LaTeX title', '\\title{Lamps}\n\n|Text.', 2, 'latex'],
    ['an Org title', '#+title: Lamps\n\n|Text.', 2, 'org'],
    ['an Org section', '* Part\n\nText.\n\n|More.', 2, 'org'],
    ['HTML', '<h1>Title</h1>\n|<p>Some text.</p>', 2, 'html'],
  ])('%s', (_, drawn, level, languageId) => expect(levelAbove(at(drawn, languageId))).toBe(level));

  test.each<[string, string, number]>([
    ['below the own title', '|# Title\n\nText.', 2],
    ['below the title above', '# Title\n\n|Text.', 2],
    ['below a section', '# Title\n\n## Part\n\n|Text.', 3],
    ['without any', '|Text.', 2],
  ])('and within one: %s', (_, drawn, level) => expect(levelWithin(at(drawn))).toBe(level));

  test.each([
    ['# Title\n\nText.', true],
    ['\n\n# Title\n', true],
    ['---\na: b\n---\n# Title\n', true],
    ['Text.\n\n# Title\n', false],
    ['Text.', false],
  ])('%j begins with a title: %s', (text, expected) => {
    expect(beginsWithTitle({ text, languageId: 'markdown' })).toBe(expected);
  });

  test.each<[string, number, string]>([
    ['markdown', 3, '### T'],
    ['markdown', 9, '###### T'],
    ['latex', 1, '\\title{T}'],
    ['latex', 2, '\\section{T}'],
    ['latex', 3, '\\subsection{T}'],
    ['latex', 7, '\\subsubsection{T}'],
    ['restructuredtext', 3, 'T\n~~~'],
    ['html', 8, '<h6>T</h6>'],
    ['org', 3, '** T'],
    ['typst', 2, '== T'],
  ])('%s writes level %i', (languageId, level, expected) => {
    expect(dialectOf(languageId).heading('T', level)).toBe(expected);
  });
});

describe('a heading names a thing that its text names twice', () => {
  test.each<[string, string | undefined]>([
    ['The query planner chooses a plan. A bad plan is the fault of the query planner, not yours.', 'Query planner'],
    ['Keep the lamp clean. A lamp that smokes wastes oil, and the lamps are seen from nowhere.', 'Lamp'],
    ['Keep the lamp clean. A lamp that smokes wastes oil.', undefined],
    ['Marley was dead: to begin with. There is no doubt whatever about that.', undefined],
    ['He walked home. She walked there, too, and they walked on.', undefined],
    ['Short.', undefined],
    ['', undefined],
  ])('%j', (text, expected) => expect(namedTwice(text)).toBe(expected));
});
