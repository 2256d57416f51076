import { describe, expect, test } from 'vitest';
import { misplaced } from '../../../../src/writing/selection/misplaced.ts';
import type { ActionId } from '../../../../src/writing/selection/selectionAction.ts';
import { readSelection } from '../../../../src/writing/selection/text/reading.ts';

const actions: readonly ActionId[] = [
  'fix',
  'shorten',
  'rewrite',
  'summarize',
  'bullets',
  'prose',
  'table',
  'headings',
  'title',
  'continue',
  'betterWord',
  'ask',
  'custom',
];

/** What is selected is drawn as `‹…›`; those of the actions that may find something to work on. */
function possible(drawn: string, languageId = 'markdown'): string {
  const [before, rest = ''] = drawn.split('‹');
  const [text = '', after = ''] = rest.split('›');
  const reading = readSelection({ text, languageId, before: before!, after });
  return actions.filter((action) => !misplaced(action, reading)).join(' ');
}

const all = actions.join(' ');
const whatever = 'ask custom';

describe('what is offered where', () => {
  test.each<[what: string, drawn: string, expected: string]>([
    ['a paragraph', 'Before.\n\n‹The roof leaks.›\n\nAfter.', all],
    ['words of a paragraph', 'Before. The ‹roof leaks›.', all],
    ['a list', '- ‹one\n- two›', all],
    ['a quote', '> ‹He left.›', all],
    ['a paragraph and code', '‹The roof leaks.\n\n```\na = 1\n```›', all.replace('continue ', '')],
    ['code and a paragraph', '‹```\na = 1\n```\n\nThe roof leaks.›', all],
    ['a list of names in code', '- ‹`a`\n- `b`›', 'bullets prose table continue betterWord ask custom'],
    ['within a code block', '```js\n‹const a = 1;›\n```', whatever],
    ['a code block', '‹```js\nconst a = 1;\n```›', whatever],
    ['indented code', 'Before.\n\n    ‹const a = 1;›\n', whatever],
    ['front matter', '---\n‹title: The roof leaks\ntags: [a, b]›\n---\n\nText.', whatever],
    ['a formula', 'Before.\n\n$$\n‹a = b + c›\n$$\n', whatever],
    ['a comment', 'Before.\n\n<!-- ‹the roof leaks› -->\n', whatever],
    ['a cell', '| a | b |\n| - | - |\n| ‹the roof› | leaks |\n', `betterWord ${whatever}`],
    ['a table', '‹| a | b |\n| - | - |\n| the roof | leaks |›\n', `betterWord ${whatever}`],
    ['a heading', 'Before.\n\n## ‹The roof leaks›\n\nAfter.', `continue betterWord ${whatever}`],
    ['a table and a heading', '‹## The roof\n\n| a | b |\n| - | - |\n| the roof | leaks |›\n', 'betterWord ask custom'],
    ['a picture', 'Before.\n\n‹![the roof](roof.png)›\n', 'bullets prose table continue betterWord ask custom'],
    ['a name in code', 'Use ‹`git add`› for it.', 'bullets prose table continue betterWord ask custom'],
  ])('%s', (_, drawn, expected) => expect(possible(drawn)).toBe(expected));

  test.each<[languageId: string, drawn: string, expected: string]>([
    ['latex', 'Before.\n\n\\begin{equation}\n‹a = b + c›\n\\end{equation}\n', whatever],
    ['latex', '\\begin{verbatim}\n‹a = 1›\n\\end{verbatim}\n', whatever],
    ['restructuredtext', '.. code-block:: python\n\n   ‹a = 1›\n', whatever],
    ['typescript', '‹const a = one(two);›\n', whatever],
    ['typescript', '// ‹The roof leaks. It is old.›\nconst a = 1;\n', all.replace('headings title ', '')],
    ['plaintext', '‹The roof leaks.›', all],
  ])('%s: %j', (languageId, drawn, expected) => expect(possible(drawn, languageId)).toBe(expected));
});
