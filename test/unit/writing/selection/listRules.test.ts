import { describe, expect, test } from 'vitest';
import { readText } from '../../../../src/text/readText.ts';
import { note, noteText } from '../../../../src/writing/selection/notes.ts';
import { bulletEdits } from '../../../../src/writing/selection/rules/bulletRules.ts';
import { proseEdit } from '../../../../src/writing/selection/rules/proseRules.ts';
import { tableEdit } from '../../../../src/writing/selection/rules/tableRules.ts';
import { readWhole } from '../../../../src/writing/selection/text/reading.ts';
import { applyEdits } from '../../../../src/writing/selection/wordChanges.ts';

const bullets = (text: string, languageId = 'markdown') => applyEdits(text, bulletEdits(readWhole(text, languageId)));

function prose(text: string, languageId = 'markdown'): string {
  const made = proseEdit(readWhole(text, languageId));
  return 'why' in made ? `– ${noteText(made.why)}` : applyEdits(text, [made.edit]);
}

function table(text: string, languageId = 'markdown'): string {
  const made = tableEdit(readWhole(text, languageId));
  return 'why' in made ? `– ${noteText(made.why)}` : applyEdits(text, [made.edit]);
}

describe('bullets', () => {
  test.each([
    ['It rained. “We stay. Nobody goes,” he said. They slept.', 3],
    ['It rained. "We stay. Nobody goes." They slept.', 3],
    ['“We stay. Nobody goes.” They slept.', 2],
    ['It rained. “We stay. Nobody goes. Sit down.”', 2],
    ['He asked: “Where? When? With whom?” Nobody knew.', 2],
    ['„Wir bleiben. Niemand geht.“ Dann schliefen sie.', 2],
    ['«On reste. Personne ne part.» Puis ils dormirent.', 2],
    ['下雨了。“我们留下。谁也不走。”他们睡了。', 3],
    ['“We stay. Nobody goes. Sit down.”', 3],
    ['“We stay.” “Nobody goes.” They slept.', 3],
    ['“We stay,” he said. “Nobody goes.”', 2],
    ['It rained. “We stay. Nobody goes. They slept.', 4],
    ['It rained. Nobody goes.” They slept. We ate.', 4],
    ['The 5" screen broke. The 7" one did not. We ate.', 3],
    ['Set `"a"` first. Then set `"b"`. Then wait.', 3],
    ['He said "no". She said "yes". We ate.', 3],
    ['It rained. “We stay. ‘Sit. Down.’ Nobody goes.” They slept.', 3],
    ['(“We stay. Nobody goes.”) They slept. We ate.', 3],
    ['It rained. She wrote “We stay. Nobody goes.” and left. We ate.', 3],
    ['“We stay. Nobody goes.” “Sit. Down.” They slept.', 3],
  ])('%s: what is quoted stays together, %i points', (text, count) => {
    const made = bullets(text);
    expect(made.split('\n').length).toBe(count);
    expect(made.replace(/^- /gmu, '').replace(/\s+/gu, '')).toBe(text.replace(/\s+/gu, ''));
  });

  test.each([
    ['One thing is here. Also, another is there.', '- One thing is here.\n- Another is there.'],
    ['We need three things: bread, milk and eggs.', '- We need three things:\n  - bread\n  - milk\n  - eggs'],
    ['Dr. Smith came.\nHe left at\n3.5 hours.', '- Dr. Smith came.\n- He left at 3.5 hours.'],
    ['One. Two.\n\nThree.', '- One.\n- Two.\n- Three.'],
    ['Call `a. B` now. Then [see. This](x.org).', '- Call `a. B` now.\n- Then [see. This](x.org).'],
    ['We need: `a, b`, `c` and `d, e`.', '- We need:\n  - `a, b`\n  - `c`\n  - `d, e`'],
    ['> One here. Two\n> there.', '> - One here.\n> - Two there.'],
    ['预\n算、时间。下周再开一\n次会议。', '- 预算、时间。\n- 下周再开一次会议。'],
    ['i like it. You do.', '- i like it.\n- You do.'],
    ['Amina Yusuf\nBo Lindqvist\nCarla Mendes', '- Amina Yusuf\n- Bo Lindqvist\n- Carla Mendes'],
    [
      'The fog comes\non little cat feet,\nand then it moves.',
      'The fog comes\non little cat feet,\nand then it moves.',
    ],
    [
      '> The fog comes\n> on little cat feet,\n> and then it moves.',
      '> The fog comes\n> on little cat feet,\n> and then it moves.',
    ],
    [
      'We met the old man at\nthe gate of the garden\nbehind the mill.',
      'We met the old man at\nthe gate of the garden\nbehind the mill.',
    ],
    ['Buy milk and eggs; call Ann; pay 3 €.', '- Buy milk and eggs\n- call Ann\n- pay 3 €.'],
    ['He came; she left. It rained.', '- He came; she left.\n- It rained.'],
    ['Dear Ann,\n\nIt came. I liked it.\n\nBye', 'Dear Ann,\n\n- It came.\n- I liked it.\n\nBye'],
    // greetings and closings of letters
    [
      'Hi,\n\nIt came. I liked it.\n\nYours sincerely,\nP. Quigley',
      'Hi,\n\n- It came.\n- I liked it.\n\nYours sincerely,\nP. Quigley',
    ],
    ['Estimados vecinos:\n\nNo hay luz. Disculpen.', 'Estimados vecinos:\n\n- No hay luz.\n- Disculpen.'],
    ['Dear all:\n\nIt came. I liked it.', 'Dear all:\n\n- It came.\n- I liked it.'],
    ['Dear Mr. Smith:\n\nIt came. I liked it.', 'Dear Mr. Smith:\n\n- It came.\n- I liked it.'],
    ['To whom it may concern:\n\nIt came. I liked it.', 'To whom it may concern:\n\n- It came.\n- I liked it.'],
    ['Dear things to pack: a coat. It is cold.', '- Dear things to pack: a coat.\n- It is cold.'],
    // what somebody else wrote stays below an answer, and what somebody says among other paragraphs stays whole
    [
      'It came. I liked it.\n\n> Ann wrote:\n> Did it? I ask.',
      '- It came.\n- I liked it.\n\n> Ann wrote:\n> Did it? I ask.',
    ],
    [
      'Il est là. Merci.\n\n> Ann a écrit :\n> Il est là ? Dites oui.',
      '- Il est là.\n- Merci.\n\n> Ann a écrit :\n> Il est là ? Dites oui.',
    ],
    [
      'It came. I liked it.\n\nOn 3 May 2024 Ann wrote:\n\n> Did it? I ask.',
      '- It came.\n- I liked it.\n\nOn 3 May 2024 Ann wrote:\n\n> Did it? I ask.',
    ],
    [
      'It came. I liked it.\n\n> Orwell is read. He is short.',
      '- It came.\n- I liked it.\n\n> - Orwell is read.\n> - He is short.',
    ],
    ['He sat. She stood.\n\n“We stay. Nobody goes.”', '- He sat.\n- She stood.\n- “We stay. Nobody goes.”'],
    ['Tomorrow', 'Tomorrow'],
    ['Tomorrow.', 'Tomorrow.'],
    ['The bus leaves at 8.15 from the church.', 'The bus leaves at 8.15 from the church.'],
    ['Amina Yusuf, Bo Lindqvist and Carla Mendes.', 'Amina Yusuf, Bo Lindqvist and Carla Mendes.'],
  ])('%j becomes %j', (text, expected) => expect(bullets(text)).toBe(expected));

  test.each([
    ['code fence', '```sh\nnpm install\n```'],
    ['indented code', '    make install'],
    ['table', '| a | b |\n|---|---|\n| 1 | 2 |'],
    ['heading', '# Setup'],
    ['underlined heading', 'Setup\n====='],
    ['image', '![shot](a.png)'],
    ['formula', '$$x=1$$'],
    ['formula on lines', '$$\nx = 1. Y\n$$'],
    ['list', '- one. Two\n- three'],
    ['task list', '- [ ] one\n    - [x] two'],
    ['numbered list', '1. one\n2. two'],
    ['comment', '<!-- one. Two. -->'],
    ['HTML', '<div>\nOne. Two.\n</div>'],
    ['link definition', '[a]: http://x.org'],
    ['rule', '* * *'],
    ['shortcode', '{{< note "One. Two." >}}'],
    ['quote with code', '> ```\n> one. Two.\n> ```'],
    ['footnote', '[^1]: Note here. And there.'],
    ['math fence', '```math\nx\n```'],
    ['tilde fence', '~~~\none. Two.\n~~~'],
  ])('a %s stays where it is', (_, block) => {
    expect(bullets(`One here. Two there.\n\n${block}\n\nThree. Four.\n`)).toBe(
      `- One here.\n- Two there.\n\n${block}\n\n- Three.\n- Four.\n`,
    );
    expect(bullets(`${block}\n`)).toBe(`${block}\n`);
  });

  test.each([
    ['latex', '\\begin{itemize}\n  \\item One.\n  \\item Two.\n\\end{itemize}'],
    ['asciidoc', '* One.\n* Two.'],
    ['restructuredtext', '- One.\n- Two.'],
    ['typst', '- One.\n- Two.'],
    ['org', '- One.\n- Two.'],
    ['plaintext', '- One.\n- Two.'],
    ['html', '<ul>\n<li>One.</li>\n<li>Two.</li>\n</ul>'],
  ])('in %s', (languageId, expected) => expect(bullets('One. Two.', languageId)).toBe(expected));

  test.each([
    [
      'latex',
      '\\begin{itemize}\n  \\item We need:\n  \\begin{itemize}\n    \\item a\n    \\item b\n    \\item c\n  \\end{itemize}\n  \\item Done.\n\\end{itemize}',
    ],
    ['asciidoc', '* We need:\n** a\n** b\n** c\n* Done.'],
    ['restructuredtext', '- We need:\n\n  - a\n  - b\n  - c\n\n- Done.'],
    [
      'html',
      '<ul>\n<li>We need:\n  <ul>\n  <li>a</li>\n  <li>b</li>\n  <li>c</li>\n  </ul>\n</li>\n<li>Done.</li>\n</ul>',
    ],
  ])('levels in %s', (languageId, expected) =>
    expect(bullets('We need: a, b and c. Done.', languageId)).toBe(expected),
  );

  test('a paragraph that introduces a literal block of reST stays', () => {
    const text = 'One. Two.\n\nExample. Here::\n\n   In order. To.\n';
    expect(bullets(text, 'restructuredtext')).toBe('- One.\n- Two.\n\nExample. Here::\n\n   In order. To.\n');
  });

  test('in HTML paragraphs become lists, and what has attributes stays', () => {
    const text =
      '<h1>A</h1>\n<p>One. Two.</p>\n<pre>\nc. D.\n</pre>\n<p class="x">Three. Four.</p>\n<ul>\n<li>Five. Six.</li>\n</ul>\n';
    const list = '<ul>\n<li>One.</li>\n<li>Two.</li>\n</ul>';
    expect(bullets(text, 'html')).toBe(text.replace('<p>One. Two.</p>', list));
  });

  test('a selection within a paragraph becomes a list of its own', () => {
    const read = readText('Two. Three.', 'markdown');
    expect(bulletEdits(read, { before: 'One. ', after: ' Four.' })[0]!.replacement).toBe('\n\n- Two.\n- Three.\n\n');
  });
});

describe('prose', () => {
  const refused = {
    loses: `– ${noteText(note('listWouldLose'))}`,
    none: `– ${noteText(note('needsList'))}`,
    between: `– ${noteText(note('tooManyBlocks'))}`,
  };
  test.each([
    ['- bread\n- milk\n- eggs', 'Bread, milk, and eggs.'],
    ['We need:\n\n- bread\n- milk', 'We need: bread and milk.'],
    ['1. First we went home.\n2. Then we slept.', 'First we went home. Then we slept.'],
    [
      '- Half of them answered within a week\n- The rest was reminded by mail',
      'Half of them answered within a week. The rest was reminded by mail.',
    ],
    ['- Milk\n- Bread\n- London', 'Milk. Bread. London.'],
    ['- a, b\n- c', 'A, b; and c.'.replace('; and', ' and')],
    ['- a, b\n- c\n- d', 'A, b; c; and d.'],
    ['- 面包\n- 牛奶', '面包、牛奶。'],
    ['- 今天下雨。\n- 我们在家。', '今天下雨。我们在家。'],
    ['- der eine ist nicht da\n- das andere ist da', 'Der eine ist nicht da und das andere ist da.'],
    ['No list at all.', refused.none],
    ['- one', refused.none],
    ['- one\n  - two\n  - three', refused.loses],
    ['- [ ] one\n- [x] two', refused.loses],
    ['- one\n\n  more\n- two', refused.loses],
    ['- one\n\n  ```\n  code\n  ```\n- two', refused.loses],
    ['- one\n- two\n\n```\ncode\n```', refused.between],
    ['- one\n- two\n\nText behind it.', refused.between],
    ['# Head\n\n- one\n- two', refused.between],
  ])('%j becomes %j', (text, expected) => expect(prose(text)).toBe(expected));

  test('with the tags of HTML', () => {
    expect(prose('<h1>A</h1>\n<ul>\n<li>bread</li>\n<li>milk</li>\n</ul>\n'.slice(11), 'html')).toBe(
      '<p>Bread and milk.</p>\n',
    );
  });

  test('with the environment of LaTeX', () => {
    expect(prose('\\begin{itemize}\n  \\item bread\n  \\item milk\n\\end{itemize}', 'latex')).toBe('Bread and milk.');
    expect(prose('\\begin{itemize}\n  \\item bread\n  \\item milk', 'latex')).toBe(refused.between);
  });
});

describe('tables', () => {
  const md = (...rows: string[]) => rows.join('\n');
  const none = `– ${noteText(note('noCommonSeparator'))}`;
  test.each([
    ['- a: 1\n- long: 2 | 3', md('|      |        |', '| ---- | ------ |', '| a    | 1      |', '| long | 2 \\| 3 |')],
    [
      'x, 1, 2\ny, 3, 4',
      md('|     |     |     |', '| --- | --- | --- |', '| x   | 1   | 2   |', '| y   | 3   | 4   |'),
    ],
    ['- a: 1\n- b', none],
    [
      '"Smith, Ann", 30\n"Jones, Bob", 41',
      md('|            |     |', '| ---------- | --- |', '| Smith, Ann | 30  |', '| Jones, Bob | 41  |'),
    ],
    [
      '30, "Smith, Ann"\n41, "Jones, Bob"',
      md('|     |            |', '| --- | ---------- |', '| 30  | Smith, Ann |', '| 41  | Jones, Bob |'),
    ],
    ['"a ""b""",1\nc,2', md('|         |     |', '| ------- | --- |', '| a "b"   | 1   |', '| c       | 2   |')],
    ['name, age\nAnn, 30\nBob, 41', md('| name | age |', '| ---- | --- |', '| Ann  | 30  |', '| Bob  | 41  |')],
    ['a\tb\nc\td', md('|     |     |', '| --- | --- |', '| a   | b   |', '| c   | d   |')],
    ['`a, b`, c\n`d, e`, f', md('|        |     |', '| ------ | --- |', '| `a, b` | c   |', '| `d, e` | f   |')],
    ['- `a: b`: c\n- `d: e`: f', md('|        |     |', '| ------ | --- |', '| `a: b` | c   |', '| `d: e` | f   |')],
    [
      '- [a: b](x:y): c\n- d: e',
      md('|                |     |', '| -------------- | --- |', '| [a: b](x:y)   | c   |', '| d              | e   |'),
    ],
    ['- “a: b”: c\n- d: e', md('|        |     |', '| ------ | --- |', '| “a: b” | c   |', '| d      | e   |')],
    ['- a – b\n- c – d', md('|     |     |', '| --- | --- |', '| a   | b   |', '| c   | d   |')],
    ['Just one line, here', none],
    ['One line here\nand another', none],
    [
      '- a: 1\n  - b: 2\n  - c: 3',
      '– This list has levels, boxes or several paragraphs in an item, which would be lost. It stays a list.',
    ],
    ['- a: 1\n- b: 2\n\n```\nx\n```', '– Select the list or the rows alone: what stands between them would be lost.'],
    ['a; b\nc; d', md('|     |     |', '| --- | --- |', '| a   | b   |', '| c   | d   |')],
    ['a | b\nc | d', md('|     |     |', '| --- | --- |', '| a   | b   |', '| c   | d   |')],
  ])('%j becomes %j', (text, expected) => {
    const squeezed = (drawn: string) => drawn.replace(/ +\|/gu, ' |').replace(/-+/gu, '---');
    expect(squeezed(table(text))).toBe(squeezed(expected));
  });

  const list = '- a: 1\n- b: 2';
  test.each([
    [
      'latex',
      '\\begin{itemize}\n\\item a: 1\n\\item b: 2\n\\end{itemize}',
      '\\begin{tabular}{ll}\n  a & 1 \\\\\n  b & 2 \\\\\n\\end{tabular}',
    ],
    ['asciidoc', '* a: 1\n* b: 2', '[cols="1,1"]\n|===\n| a | 1\n| b | 2\n|==='],
    ['restructuredtext', list, '.. list-table::\n\n   * - a\n     - 1\n   * - b\n     - 2'],
    ['typst', list, '#table(\n  columns: 2,\n  [a], [1],\n  [b], [2],\n)'],
    ['org', list, '|     |     |\n|-----+-----|\n| a   | 1   |\n| b   | 2   |'],
    ['html', 'a: 1\nb: 2', '<table>\n<tr><td>a</td><td>1</td></tr>\n<tr><td>b</td><td>2</td></tr>\n</table>'],
  ])('in %s', (languageId, text, expected) => expect(table(text, languageId)).toBe(expected));

  test('cells that the markup cannot hold', () => {
    expect(table('\\begin{itemize}\n\\item a: 1 & 2\n\\item b: 2\n\\end{itemize}', 'latex')).toBe(
      '– The cells hold marks that a table of this markup cannot hold.',
    );
  });
});

describe('a table whose columns a person names', () => {
  const named = (text: string, names: string, languageId = 'markdown') => {
    const made = tableEdit(readWhole(text, languageId), names);
    return 'why' in made ? made.why.code : made.edit.replacement;
  };
  const list = '- Oil: forty litres\n- Rope: two coils';

  test.each<[string, string]>([
    ['Store, Amount', '| Store | Amount       |'],
    ['Store; Amount', '| Store | Amount       |'],
    [' 物品，数量 ', '| 物品 '],
  ])('%j', (names, first) => {
    expect(named(list, names).split('\n')[0]!.replaceAll(/ +/g, ' ')).toContain(first.replaceAll(/ +/g, ' ').trimEnd());
  });

  test('too many or too few names are told', () => {
    expect(named(list, 'Store')).toBe('columnsMiscounted');
    expect(named(list, 'Store, Amount, Price')).toBe('columnsMiscounted');
  });

  test('names are written as the markup wants them', () => {
    expect(named(list, 'Store, Amount', 'html')).toContain('<th>Store</th><th>Amount</th>');
    expect(named('- a: b\n- c: d', 'x|y, z')).toContain('x\\|y');
  });

  test('without names the header waits for them, and says so', () => {
    const made = tableEdit(readWhole(list, 'markdown'));
    expect('notes' in made && made.notes.map(({ code }) => code)).toEqual(['columnsUnnamed']);
  });
});

test.each([
  ['- 图书馆：开放\n- 阅览室：关闭', ['图书馆', '开放', '阅览室', '关闭']],
  ['port = 8080\nhost = localhost', ['port', '8080', 'host', 'localhost']],
  ['- Ann – 3 – blue\n- Bo – 4 – red', ['Ann', '3', 'blue', 'Bo', '4', 'red']],
  ['- “Tom”: a cat\n- “Kim”: a dog', ['“Tom”', 'a cat', '“Kim”', 'a dog']],
])('the table of %j has all its cells', (text, cells) => {
  const made = table(text)
    .split('\n')
    .slice(2)
    .flatMap((row) =>
      row
        .split('|')
        .map((cell) => cell.trim())
        .filter(Boolean),
    );
  expect(made).toEqual(cells);
});

test.each([
  '- Ann – 3 – blue\n- Bo – 4\n- Cy – 5 – red',
  '- “Come in,” said Ann: she was cold.\n- “Go,” said Bo: he was not.',
  '- He said "yes" – and left.\n- She said "no" – and stayed.',
  '- «Oui»: Ann. Then she left\n- He asked «Non»: nobody',
  '- a = b = c\n- d',
])('no table is made of %j', (text) => expect(table(text)).toMatch(/^–/));
