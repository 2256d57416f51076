import { describe, expect, test } from 'vitest';
import { CancellationToken } from 'vscode-jsonrpc';
import { noteText } from '../../../../src/writing/selection/notes.ts';
import { runAction } from '../../../../src/writing/selection/runAction.ts';
import type { ActionId } from '../../../../src/writing/selection/selectionAction.ts';
import { ScriptedEngine } from './scriptedEngine.ts';

/** Kinds of faults that people report of such tools: the result holds what must stay, or there is a refusal. */
interface Row {
  readonly action: ActionId;
  readonly languageId: string;
  readonly text: string;
  readonly keep?: readonly string[];
  readonly absent?: readonly string[];
  readonly same?: boolean;
}

async function resultOf({ action, languageId, text }: Row) {
  const engine = Object.assign(new ScriptedEngine(), { knownParameters: () => 135e6 });
  const outcome = await runAction({ action, languageId, text, way: wayOf(action) }, engine, CancellationToken.None);
  if (outcome.kind === 'proposal') return { text: outcome.text, reason: '' };
  return { text: undefined, reason: outcome.kind === 'none' ? noteText(outcome.note) : outcome.kind };
}

const wayOf = (action: ActionId) => (action === 'summarize' ? 'extractive' : 'rules');

const rows: readonly Row[] = [
  {
    action: 'bullets',
    languageId: 'markdown',
    text: 'Fetch the tool first. Then run it.\n\n```sh\nmake all\n```\n\nIt answers at once. Look at it.\n',
    keep: ['```sh\nmake all\n```', '- Then run it.', '- Look at it.'],
  },
  {
    action: 'bullets',
    languageId: 'markdown',
    text: 'The hills are old. They are high.\n\n    cd hills\n    ls\n\nThey will stay.\n',
    keep: ['    cd hills\n    ls'],
  },
  {
    action: 'bullets',
    languageId: 'markdown',
    text: '# Start\n\nFetch it. Run it.\n\n| x | y |\n|---|---|\n| 3 | 4 |\n\n![map](m.png)\n\n$$y=2$$\n\nLook. See.\n',
    keep: ['# Start', '| x | y |', '![map](m.png)', '$$y=2$$'],
    absent: ['- $$', '- !['],
  },
  {
    action: 'bullets',
    languageId: 'markdown',
    text: '- [ ] Ask for the key\n    - [x] Wait for it\n        - [ ] Go\n\nThat is all. Good luck.\n',
    keep: ['- [ ] Ask', '    - [x] Wait', '        - [ ] Go', '- That is all.'],
  },
  {
    action: 'bullets',
    languageId: 'restructuredtext',
    text: 'Start\n=====\n\nFetch it. Run it.\n\n.. code-block:: sh\n\n   make all\n\nLike this. So::\n\n   literal text. Here.\n\n>>> print("a. B")\n\nDone. Go.\n',
    keep: ['.. code-block:: sh\n\n   make all', '   literal text. Here.', '>>> print("a. B")', '- Fetch it.'],
  },
  {
    action: 'shorten',
    languageId: 'restructuredtext',
    text: 'In order to see it, we really look.\n\nSo::\n\n   in order to see it, really\n\n>>> in order to\n',
    keep: ['   in order to see it, really', '>>> in order to'],
  },
  {
    action: 'bullets',
    languageId: 'html',
    text: '<h2>Start</h2>\n<p>Fetch it. Run it.</p>\n<pre>\nmake. All.\n</pre>\n<script>\nlet x = "a. B";\n</script>\n',
    keep: ['<h2>Start</h2>', '<pre>\nmake. All.\n</pre>', 'let x = "a. B";', '<li>Fetch it.</li>'],
  },
  {
    action: 'simplify',
    languageId: 'markdown',
    text: '- Step, in order to see\n\n  ```sh\n  echo "in order to see"\n  ```\n\n- Next\n\n      code in order to see\n\n<!-- in order to -->\n\n{{< note "in order to" >}}\n',
    keep: [
      '  echo "in order to see"',
      '      code in order to see',
      '<!-- in order to -->',
      '{{< note "in order to" >}}',
    ],
  },
  {
    action: 'fix',
    languageId: 'latex',
    text: 'We recieve it \\cite{recieve} here.\n\\begin{verbatim}\nteh teh\n\\end{verbatim}\n% recieve\n',
    keep: ['We receive it \\cite{recieve}', 'teh teh', '% recieve'],
  },
  { action: 'fix', languageId: 'markdown', text: 'Whatever she saw saw her.\n', same: true },
  { action: 'fix', languageId: 'markdown', text: 'The ones that they need need care.\n', same: true },
  { action: 'fix', languageId: 'markdown', text: 'Take each node i do reach. When i do so k grows.\n', same: true },
  { action: 'fix', languageId: 'markdown', text: 'Oui ; non.\n', same: true },
  {
    action: 'fix',
    languageId: 'markdown',
    text: 'See tuesday.net, march.csv and logs/monday/x.txt. On tuesday we meet.\n',
    keep: ['tuesday.net', 'march.csv', 'logs/monday/x.txt', 'On Tuesday we meet'],
  },
  {
    action: 'bullets',
    languageId: 'markdown',
    text: '我们昨天去了公园，看到了很多花和树，还有一\n只猫。后来我们回家吃\n饭。\n',
    keep: ['一只猫', '吃饭'],
  },
  {
    action: 'bullets',
    languageId: 'markdown',
    text: '昨日は VS Code の\n設定を変えました。とても\n簡単でした。\n',
    keep: ['VS Code の設定', 'とても簡単'],
  },
  {
    action: 'summarize',
    languageId: 'markdown',
    text: '東京の天気は昨日からとても\n悪いです。雨が降り続いて\nいます。川の水が増えて\nいます。電車は止まって\nいます。学校は休みです。人々は家にいます。明日は晴れる\nでしょう。\n',
    absent: ['て い', 'る で', 'も 悪'],
  },
  {
    action: 'bullets',
    languageId: 'markdown',
    text: 'Die Feier ist am 3. August in der Stadt. Man nehme z. B. Brot und Käse mit. Nach Nr. 7 der Regeln ist das nicht verboten.\n',
    keep: ['am 3. August in der Stadt', 'z. B. Brot', 'Nach Nr. 7 der Regeln'],
  },
  {
    action: 'table',
    languageId: 'markdown',
    text: '"Miller, Eve", 12\n"Baker, Tom", 15\n',
    keep: ['| Miller, Eve | 12'],
  },
  { action: 'table', languageId: 'asciidoc', text: '* Plum: blue\n* Pear: green\n', absent: ['| ---'] },
  {
    action: 'prose',
    languageId: 'markdown',
    text: '- [ ] It is late\n    - [x] We wait\n- [ ] Go\n1. One\n   1. Two\n',
    same: true,
  },
];

test.each(rows)('$action in $languageId: $text', async (row) => {
  const { text, reason } = await resultOf(row);
  if (text === undefined) {
    expect(reason).toMatch(/^\p{Lu}.*[.)]$/u);
    expect(reason).not.toMatch(/undefined|not a function|Invalid/u);
    return;
  }
  if (row.same) expect(text).toBe(row.text);
  for (const part of row.keep ?? []) expect(text).toContain(part);
  for (const part of row.absent ?? []) expect(text).not.toContain(part);
});

describe('what a person reads when something fails', () => {
  test('a word alone is refused with what to select', async () => {
    const engine = new ScriptedEngine();
    const request = { action: 'betterWord', languageId: 'plaintext', text: 'nice' } as const;
    const outcome = await runAction(request, engine, CancellationToken.None);
    expect(outcome).toMatchObject({ kind: 'none', reason: 'notAWord' });
  });

  test.each<[ActionId, string, RegExp]>([
    [
      'headings',
      'The ship was late. It rained.\n\nWe waited.\n',
      /^No places for headings found: .*fewer than two parts/u,
    ],
    [
      'headings',
      Array.from({ length: 8 }, () => 'Teh rain comes agian. Nowun knows why, adn nobody asks. '.repeat(10)).join(
        '\n\n',
      ),
      /^No places for headings found: of \d+ parts/u,
    ],
    ['title', '# Tides\n\nThe sea rises and falls twice a day.\n', /^The text begins with a title already\./u],
    ['ask', 'The librarian opens the doors at nine. Books are lent for a month.', /^The text does not say\.$/u],
    ['table', '- one\n- two: three\n', /^For a table, every item needs the same separator/u],
  ])('%s says why nothing came of it', async (action, text, expected) => {
    const engine = Object.assign(new ScriptedEngine(), { knownParameters: () => 135e6 });
    const instruction = 'What is the name of the mayor?';
    const request = { action, languageId: 'markdown', text, ...(action === 'ask' && { instruction }) };
    const outcome = await runAction(request, engine, CancellationToken.None);
    if (outcome.kind !== 'none') throw new Error(outcome.kind);
    expect(noteText(outcome.note)).toMatch(expected);
  });

  test('what nobody foresaw is told in words, with its own words as the cause', async () => {
    const engine = new ScriptedEngine();
    engine.load = () => Promise.reject(new TypeError("Cannot read properties of undefined (reading 'x')"));
    const request = { action: 'rewrite', languageId: 'markdown', text: 'The cat sat on the mat again.' } as const;
    const outcome = await runAction(request, engine, CancellationToken.None);
    if (outcome.kind !== 'failed') throw new Error(outcome.kind);
    expect(outcome.error.message).toBe('The action failed inside Inkling. Your text is unchanged.');
    expect(String((outcome.error.cause as Error).message)).toContain('Cannot read');
  });
});
