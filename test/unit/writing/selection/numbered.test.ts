import { describe, expect, test } from 'vitest';
import { CancellationToken } from 'vscode-jsonrpc';
import { intentOf } from '../../../../src/writing/selection/intent.ts';
import { runAction } from '../../../../src/writing/selection/runAction.ts';
import type { ActionId } from '../../../../src/writing/selection/selectionAction.ts';
import { ScriptedEngine } from './scriptedEngine.ts';

const small = () => Object.assign(new ScriptedEngine(), { knownParameters: () => 135e6 });

async function made(action: ActionId, text: string, languageId: string, instruction?: string) {
  const request = { action, text, languageId, ...(instruction === undefined ? {} : { instruction }) };
  const outcome = await runAction(request, small(), CancellationToken.None);
  if (outcome.kind !== 'proposal') return outcome.kind;
  expect(outcome.lost).toEqual([]);
  expect(outcome.checks.filter(({ passed }) => !passed)).toEqual([]);
  return outcome.text;
}

const sentences = 'One is old. Two is new. Three is gone.';

describe('sentences become numbered points in the markup of their document', () => {
  test.each([
    ['markdown', '1. One is old.\n2. Two is new.\n3. Three is gone.'],
    ['quarto', '1. One is old.\n2. Two is new.\n3. Three is gone.'],
    ['plaintext', '1. One is old.\n2. Two is new.\n3. Three is gone.'],
    ['org', '1. One is old.\n2. Two is new.\n3. Three is gone.'],
    ['restructuredtext', '#. One is old.\n#. Two is new.\n#. Three is gone.'],
    ['asciidoc', '. One is old.\n. Two is new.\n. Three is gone.'],
    ['typst', '+ One is old.\n+ Two is new.\n+ Three is gone.'],
    [
      'latex',
      '\\begin{enumerate}\n  \\item One is old.\n  \\item Two is new.\n  \\item Three is gone.\n\\end{enumerate}',
    ],
  ])('%s', async (languageId, list) => {
    expect(await made('numbered', sentences, languageId)).toBe(list);
  });

  test.each([
    ['html', `<p>${sentences}</p>`, '<ol>\n<li>One is old.</li>\n<li>Two is new.</li>\n<li>Three is gone.</li>\n</ol>'],
    ['markdown', '> One is old. Two is new.', '> 1. One is old.\n> 2. Two is new.'],
    ['markdown', '今天下雨。我们留在家里。', '1. 今天下雨。\n2. 我们留在家里。'],
    [
      'markdown',
      'We need three things: eggs, milk and bread. Then we bake.',
      '1. We need three things:\n   1. eggs\n   2. milk\n   3. bread\n2. Then we bake.',
    ],
    [
      'markdown',
      'Install it. Start it.\n\n```sh\nnpm i\n```\n\nStop it. Go home.',
      '1. Install it.\n2. Start it.\n\n```sh\nnpm i\n```\n\n1. Stop it.\n2. Go home.',
    ],
  ])('%s: %j', async (languageId, text, list) => {
    expect(await made('numbered', text, languageId)).toBe(list);
  });

  test('one sentence is no list', async () => {
    expect(await made('numbered', 'One is old.', 'markdown')).toBe('none');
  });
});

/** Number of items, levels and task boxes are those of the text; what stands below an item stays below it. */
const lists: readonly (readonly [languageId: string, bullets: string, numbered: string])[] = [
  ['markdown', '- pears\n- figs\n- plums', '1. pears\n2. figs\n3. plums'],
  ['markdown', '* pears\n* figs', '1. pears\n2. figs'],
  [
    'markdown',
    'Take:\n\n- two eggs\n- flour\n\nThen wait. It takes long.',
    'Take:\n\n1. two eggs\n2. flour\n\nThen wait. It takes long.',
  ],
  ['markdown', '- [ ] milk\n- [x] bread', '1. [ ] milk\n2. [x] bread'],
  ['markdown', '- fruit\n  - pears\n  - figs\n- bread', '1. fruit\n   1. pears\n   2. figs\n2. bread'],
  ['markdown', '- a\n  - b\n    - c\n- d', '1. a\n   1. b\n      1. c\n2. d'],
  ['markdown', '- one goes\n  on here\n- two', '1. one goes\n   on here\n2. two'],
  ['markdown', '- one goes\non here\n- two', '1. one goes\n on here\n2. two'],
  ['markdown', '- one\n\n  and more\n\n- two', '1. one\n\n   and more\n\n2. two'],
  [
    'markdown',
    '- one\n\n  ```sh\n  npm i\n\n  npm t\n  ```\n- two',
    '1. one\n\n   ```sh\n   npm i\n\n   npm t\n   ```\n2. two',
  ],
  ['markdown', '-   one\n    more\n-   two', '1.  one\n    more\n2.  two'],
  ['markdown', '-\tone\n\tmore\n-\ttwo', '1.\tone\n\tmore\n2.\ttwo'],
  ['markdown', '> - one\n>   more\n> - two', '> 1. one\n>    more\n> 2. two'],
  ['markdown', '- one\n\n  > said\n  > so\n- two', '1. one\n\n   > said\n   > so\n2. two'],
  [
    'markdown',
    '- one\n- two\n\nText between. And more.\n\n- three\n- four',
    '1. one\n2. two\n\nText between. And more.\n\n1. three\n2. four',
  ],
  ['markdown', '- - a\n  - b\n- c', '1. 1. a\n   2. b\n2. c'],
  ['markdown', '- see `- x` and\n  [- y](z)\n- *b*', '1. see `- x` and\n   [- y](z)\n2. *b*'],
  ['markdown', '- one\r\n  more\r\n- two\r\n', '1. one\r\n   more\r\n2. two\r\n'],
  ['markdown', '- | a | b |\n  |---|---|\n  | 1 | 2 |\n- two', '1. | a | b |\n   |---|---|\n   | 1 | 2 |\n2. two'],
  ['markdown', '```\n- no list\n- here\n```\n\n- one\n- two', '```\n- no list\n- here\n```\n\n1. one\n2. two'],
  ['restructuredtext', '- one\n- two', '#. one\n#. two'],
  ['restructuredtext', '* one\n  more\n\n  * a\n  * b\n\n* two', '#. one\n   more\n\n   #. a\n   #. b\n\n#. two'],
  ['restructuredtext', '- one::\n\n    code here\n\n- two', '#. one::\n\n     code here\n\n#. two'],
  ['asciidoc', '* one\n** a\n** b\n* two', '. one\n.. a\n.. b\n. two'],
  ['asciidoc', '* one\n+\nmore of one\n* two', '. one\n+\nmore of one\n. two'],
  ['asciidoc', '* [ ] one\n* [x] two', '. [ ] one\n. [x] two'],
  ['asciidoc', '* one\n. a\n. b\n* two', '. one\n.. a\n.. b\n. two'],
  ['typst', '- one\n  - a\n- two', '+ one\n  + a\n+ two'],
  ['org', '- one\n  - a\n- two', '1. one\n   1. a\n2. two'],
  ['org', '- [ ] one\n- [X] two', '1. [ ] one\n2. [X] two'],
  ['plaintext', '- one\n- two', '1. one\n2. two'],
  [
    'latex',
    '\\begin{itemize}\n\\item one\n  \\begin{itemize}\n  \\item a\n  \\end{itemize}\n\\item two\n\\end{itemize}',
    '\\begin{enumerate}\n\\item one\n  \\begin{enumerate}\n  \\item a\n  \\end{enumerate}\n\\item two\n\\end{enumerate}',
  ],
  [
    'latex',
    '\\begin{itemize}[nosep]\n\\item one\n\\item two % \\end{itemize}\n\\end{itemize}',
    '\\begin{enumerate}[nosep]\n\\item one\n\\item two % \\end{itemize}\n\\end{enumerate}',
  ],
  [
    'html',
    '<ul class="x">\n<li>one\n<ul><li>a</li></ul>\n</li>\n<li>two</li>\n</ul>',
    '<ol class="x">\n<li>one\n<ol><li>a</li></ol>\n</li>\n<li>two</li>\n</ol>',
  ],
  ['html', '<pre><ul></pre>\n<ul><li>one</li><li>two</li></ul>', '<pre><ul></pre>\n<ol><li>one</li><li>two</li></ol>'],
];

describe('a list of bullets becomes a numbered one', () => {
  test.each(lists)('%s: %j', async (languageId, bullets, numbered) => {
    expect(await made('numbered', bullets, languageId)).toBe(numbered);
  });

  test('ten items and more: what stands below the tenth moves further', async () => {
    const items = (mark: (n: number) => string) =>
      Array.from({ length: 11 }, (_, i) => `${mark(i + 1)} item ${i}\n${' '.repeat(mark(i + 1).length + 1)}more`);
    expect(await made('numbered', items(() => '-').join('\n'), 'markdown')).toBe(items((n) => `${n}.`).join('\n'));
  });

  test('a numbered list stays, and numbers go on where bullets follow it', async () => {
    expect(await made('numbered', '3. one\n4. two', 'markdown')).toBe('none');
    expect(await made('numbered', '3. one\n- two', 'markdown')).toBe('3. one\n4. two');
  });
});

describe('a numbered list becomes one of bullets', () => {
  test.each([
    ['markdown', '1. one\n   1. a\n2. two\n   more', '- one\n  - a\n- two\n  more'],
    ['markdown', '1) one\n2) two', '- one\n- two'],
    ['markdown', '9. [ ] one\n10. [x] two\n    more', '- [ ] one\n- [x] two\n  more'],
    ['restructuredtext', '#. one\n   more\n#. two', '- one\n  more\n- two'],
    ['asciidoc', '. one\n.. a\n. two', '* one\n** a\n* two'],
    ['typst', '+ one\n+ two', '- one\n- two'],
    [
      'latex',
      '\\begin{enumerate}\n\\item one\n\\item two\n\\end{enumerate}',
      '\\begin{itemize}\n\\item one\n\\item two\n\\end{itemize}',
    ],
    ['html', '<ol><li>one</li><li>two</li></ol>', '<ul><li>one</li><li>two</li></ul>'],
  ])('%s: %j', async (languageId, numbered, bullets) => {
    expect(await made('bullets', numbered, languageId)).toBe(bullets);
  });
});

describe('a wish for exactly this is done by rules', () => {
  test.each([
    'as a numbered list',
    'As a numbered list, please.',
    'Turn this into a numbered list.',
    'make it an ordered list',
    'Could you make this a numbered list?',
    'number the sentences',
    'Number the steps',
    'Write it as a numbered list and keep all the details.',
    'als nummerierte Liste',
    'en una lista numerada',
    'sous forme de liste numérotée',
    '把它变成编号列表',
  ])('%s', async (wish) => {
    expect(intentOf(wish)).toEqual({ action: 'numbered' });
    expect(await made('custom', sentences, 'markdown', wish)).toBe('1. One is old.\n2. Two is new.\n3. Three is gone.');
  });

  test.each([
    ['als Aufzählung', 'bullets'],
    ['as a simple bulleted list', 'bullets'],
    ['als Tabelle', 'table'],
  ] as const)('%s', (wish, action) => expect(intentOf(wish)).toEqual({ action }));

  test.each([
    'a numbered list of the three most important points',
    'as a numbered list in German',
    'a numbered list and a table',
    'explain it with a numbered list',
    'as a numbered list, with a joke at the end',
  ])('%s: more than that', (wish) => expect(intentOf(wish)).toBeUndefined());
});
