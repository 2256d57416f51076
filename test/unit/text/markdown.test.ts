import { describe, expect, test } from 'vitest';
import { outline } from './support/outline.ts';

type Rows = readonly (readonly [text: string, blocks: readonly string[]])[];

function check(name: string, rows: Rows, languageId = 'markdown'): void {
  describe(name, () => {
    test.each(rows)('%j', (text, blocks) => expect(outline(text, languageId)).toEqual(blocks));
    test.each(rows)('%j with CRLF', (text, blocks) => {
      const crlf = (lines: string) => lines.replaceAll('\n', '\r\n');
      expect(outline(crlf(text), languageId)).toEqual(blocks.map(crlf));
    });
  });
}

check('front matter', [
  ['---\ntitle: One\n---\nText', ['frontMatter: ---\ntitle: One\n---', 'prose: Text']],
  ['---\ntitle: One\ntags:\n  - a\n...\n\nText', ['frontMatter: ---\ntitle: One\ntags:\n  - a\n...', 'prose: Text']],
  ['---\n"title": One\n---\n', ['frontMatter: ---\n"title": One\n---']],
  ['---\n# a comment\ntitle: One\n---\n', ['frontMatter: ---\n# a comment\ntitle: One\n---']],
  ['---\n---\nText', ['frontMatter: ---\n---', 'prose: Text']],
  ['\uFEFF---\ntitle: One\n---\nText', ['frontMatter: \uFEFF---\ntitle: One\n---', 'prose: Text']],
  ['+++\ntitle = "One"\n+++\nText', ['frontMatter: +++\ntitle = "One"\n+++', 'prose: Text']],
  ['+++\n[params]\na = 1\n+++\nText', ['frontMatter: +++\n[params]\na = 1\n+++', 'prose: Text']],
  ['{\n  "title": "One"\n}\n\nText', ['frontMatter: {\n  "title": "One"\n}', 'prose: Text']],
  ['{ "title": "}" }\n\nText', ['frontMatter: { "title": "}" }', 'prose: Text']],
  ['{\n  "a": {"b": 1}\n}\nText', ['frontMatter: {\n  "a": {"b": 1}\n}', 'prose: Text']],
  ['% A title\n% An author\n\nText', ['frontMatter: % A title\n% An author', 'prose: Text']],
  ['---\n\n# One\n', ['markup: ---', 'heading@1: One']],
  ['---\nOne two three\n---\n', ['markup: ---', 'heading@2: One two three']],
  ['---\ntitle: One\n\nText', ['markup: ---', 'prose: title: One', 'prose: Text']],
  ['+++\nOne\n', ['prose: +++\nOne']],
  ['{\n  "title": "One"\n', ['prose: {\n⟦  ⟧"title": "One"']],
  ['{One}', ['prose: {One}']],
  ['{"a": 1} and text', ['prose: {"a": 1} and text']],
  ['Text\n\n---\ntitle: One\n---\n', ['prose: Text', 'markup: ---', 'heading@2: title: One']],
]);

check('formulas', [
  ['$$\nx\n$$\nText', ['math: $$\nx\n$$', 'prose: Text']],
  ['$$\nx\n\ny\n$$\nText', ['math: $$\nx\n\ny\n$$', 'prose: Text']],
  ['$$ x = 1 $$\n\nText', ['math: $$ x = 1 $$', 'prose: Text']],
  ['$$ x $$ {#eq:one}\n\nText', ['math: $$ x $$ {#eq:one}', 'prose: Text']],
  ['where\n$$\nx\n$$\nholds', ['prose: where', 'math: $$\nx\n$$', 'prose: holds']],
  ['$$ x $$ and words', ['prose: ⟦$$ x $$⟧ and words']],
  ['\\[\nx\n\\]\nText', ['math: \\[\nx\n\\]', 'prose: Text']],
  ['\\begin{align}\nx &= 1\n\\end{align}\n\nText', ['math: \\begin{align}\nx &= 1\n\\end{align}', 'prose: Text']],
  ['> $$\n> x\n> $$\n> Text', ['math in quote(>): > $$\n> x\n> $$', 'quote in quote(>): Text']],
  ['- $$\n  x\n  $$\n- two', ['math+ in listItem(-): - $$\n  x\n  $$', 'listItem+ in listItem(-): two']],
  ['the $x$ is', ['prose: the ⟦$x$⟧ is']],
  ['the $a b$ is', ['prose: the ⟦$a b$⟧ is']],
  ['the $$x$$ is', ['prose: the ⟦$$x$$⟧ is']],
  ['costs $5 and $6', ['prose: costs $5 and $6']],
  ['costs $5, not 6$', ['prose: costs ⟦$5, not 6$⟧']],
  ['costs 5$ and 6$', ['prose: costs 5$ and 6$']],
  ['set $HOME and $PATH to', ['prose: set $HOME and $PATH to']],
  ['is \\$x$ so', ['prose: is \\$x$ so']],
  ['a `$x` and $y$', ['prose: a ⟦`$x`⟧ and ⟦$y$⟧']],
  ['from $1 to $20,000 and $x$1', ['prose: from $1 to $20,000 and $x$1']],
  ['one $x', ['prose: one $x']],
]);

check('footnotes and definitions', [
  ['one[^1]\n\n[^1]: The note.', ['prose: one⟦[^1]⟧', 'prose in note([^1]:): The note.']],
  ['[^a]: One.\n\n    Two.\n\nOut', ['prose in note([^a]:): One.', 'prose in note([^a]:): Two.', 'prose: Out']],
  ['[^a]: One.\n[^b]: Two.', ['prose in note([^a]:): One.', 'prose in note([^b]:): Two.']],
  ['[^a]:\n    One.', ['markup: [^a]:', 'prose in note([^a]:): One.']],
  ['[^a]: One.\n\n        code', ['prose in note([^a]:): One.', 'code in note([^a]:):         code']],
  ['Term\n:   Its meaning.', ['prose: Term', 'prose in note(:): Its meaning.']],
  [
    'Term\n\n:   Its meaning.\n\n    More.\n\nOut',
    ['prose: Term', 'prose in note(:): Its meaning.', 'prose in note(:): More.', 'prose: Out'],
  ],
  ['Term\n:   One.\n:   Two.', ['prose: Term', 'prose in note(:): One.', 'prose in note(:): Two.']],
  ['a line\nmore\n: text', ['prose: a line\nmore\n: text']],
  [
    '!!! note "Title"\n    The text.\n\n    More.\n\nOut',
    ['markup in note(): !!! note "Title"', 'prose in note(): The text.', 'prose in note(): More.', 'prose: Out'],
  ],
  ['??? tip\n    - one', ['markup in note(): ??? tip', 'listItem+ in note() listItem(-): one']],
  ['*[HTML]: Hyper Text', ['markup: *[HTML]: Hyper Text']],
]);

check('directives and divisions', [
  [
    '```{note}\nThe text.\n```\nOut',
    ['markup in note(): ```{note}', 'prose in note(): The text.', 'markup: ```', 'prose: Out'],
  ],
  [
    '````{tip} Title\n:class: big\nThe text.\n```\ncode\n```\n````\n',
    [
      'markup in note(): ````{tip} Title',
      'markup in note(): :class: big',
      'prose in note(): The text.',
      'code in note(): ```\ncode\n```',
      'markup: ````',
    ],
  ],
  ['```{code-block} python\nx = 1\n```', ['code: ```{code-block} python\nx = 1\n```']],
  ['```{r setup}\nx <- 1\n```\nOut', ['code: ```{r setup}\nx <- 1\n```', 'prose: Out']],
  ['```{math}\nx\n```', ['code: ```{math}\nx\n```']],
  ['```{toctree}\none\n```', ['code: ```{toctree}\none\n```']],
  [
    ':::{note}\nThe text.\n:::\nOut',
    ['markup in note(): :::{note}', 'prose in note(): The text.', 'markup: :::', 'prose: Out'],
  ],
  [
    ':::: {.columns}\n\n::: {.column}\nOne\n:::\n\n::::\n',
    [
      'markup in note(): :::: {.columns}',
      'markup in note() note(): ::: {.column}',
      'prose in note() note(): One',
      'markup in note(): :::',
      'markup: ::::',
    ],
  ],
  [':::note Title\nText\n:::', ['markup in note(): :::note Title', 'prose in note(): Text', 'markup: :::']],
  [':::{code-block} c\nint x;\n:::\nOut', ['code: :::{code-block} c\nint x;\n:::', 'prose: Out']],
  ['Text\n:::\nmore', ['prose: Text', 'markup: :::', 'prose: more']],
  [
    '- ```{note}\n  Text\n  ```\n- two',
    [
      'markup+ in listItem(-) note(): - ```{note}',
      'listItem in listItem(-) note(): Text',
      'markup in listItem(-):   ```',
      'listItem+ in listItem(-): two',
    ],
  ],
  ['```{note}\nText', ['markup in note(): ```{note}', 'prose in note(): Text']],
  [
    '```{figure} a.png\n---\nwidth: 3\n---\nA caption.\n```\n',
    [
      'markup in note(): ```{figure} a.png',
      'markup in note(): ---\nwidth: 3\n---',
      'prose in note(): A caption.',
      'markup: ```',
    ],
  ],
]);

check('templates, attributes and hidden notes', [
  ['{{< toc >}}\nText', ['markup: {{< toc >}}', 'prose: Text']],
  ['{% include a.md %}\n\nText', ['markup: {% include a.md %}', 'prose: Text']],
  ['{{% notice %}}\nText\n{{% /notice %}}', ['markup: {{% notice %}}', 'prose: Text', 'markup: {{% /notice %}}']],
  ['{% raw %}\nx\n{% endraw %}\nText', ['code: {% raw %}\nx\n{% endraw %}', 'prose: Text']],
  [
    '{{< highlight go >}}\nx\n\ny\n{{< /highlight >}}\nText',
    ['code: {{< highlight go >}}\nx\n\ny\n{{< /highlight >}}', 'prose: Text'],
  ],
  ['{{< figure\n  src="a.png"\n>}}\nText', ['markup: {{< figure\n  src="a.png"\n>}}', 'prose: Text']],
  ['the {{ name }} is', ['prose: the ⟦{{ name }}⟧ is']],
  ['the {{< ref "a.md" >}} is', ['prose: the ⟦{{< ref "a.md" >}}⟧ is']],
  ['the {% a %} is', ['prose: the ⟦{% a %}⟧ is']],
  ['Text\n{: .class}\n\nmore', ['prose: Text', 'markup: {: .class}', 'prose: more']],
  ['# One {#one .big}', ['heading@1: One']],
  ['# One ##', ['heading@1: One']],
  ['# One {{ name }}', ['heading@1: One ⟦{{ name }}⟧']],
  ['One {#one}\n===', ['heading@1: One']],
  ['%%\nhidden\n%%\nText', ['comment: %%\nhidden\n%%', 'prose: Text']],
  ['the %%hidden%% is', ['prose: the ⟦%%hidden%%⟧ is']],
  ['[a](b){target=c} is', ['prose: ⟦[⟧a⟦](b){target=c}⟧ is']],
  ['a *b*{.c} d', ['prose: a *b*⟦{.c}⟧ d']],
]);

check('tables', [
  ['| a | b |\n|---|---|\n| c | d |\n\nText', ['table: | a | b |\n|---|---|\n| c | d |', 'prose: Text']],
  ['a | b\n--|--\nc | d', ['table: a | b\n--|--\nc | d']],
  ['Text\na | b\n--|--\nc | d', ['prose: Text', 'table: a | b\n--|--\nc | d']],
  ['| a |\n|---|', ['table: | a |\n|---|']],
  ['| a | b |\n|---|\n| c |', ['prose: | a | b |\n|---|\n| c |']],
  ['| a \\| b |\n|---|', ['table: | a \\| b |\n|---|']],
  ['> | a | b |\n> |---|---|\n> Text', ['table in quote(>): > | a | b |\n> |---|---|\n> Text']],
  [
    '+---+---+\n| a | b |\n+===+===+\n| c | d |\n+---+---+\nText',
    ['table: +---+---+\n| a | b |\n+===+===+\n| c | d |\n+---+---+', 'prose: Text'],
  ],
  ['a | b\n\nText', ['prose: a | b', 'prose: Text']],
]);

check('lists and quotes', [
  ['- one\n- two', ['listItem+ in listItem(-): one', 'listItem+ in listItem(-): two']],
  [
    '- one\n\n  more\n\n      code',
    ['listItem+ in listItem(-): one', 'listItem in listItem(-): more', 'code in listItem(-):       code'],
  ],
  [
    '1. one\n   1. two\n10) three',
    [
      'listItem+ in listItem(1.): one',
      'listItem@1+ in listItem(1.) listItem(1.): two',
      'listItem+ in listItem(10)): three',
    ],
  ],
  [
    '- [ ] one\n- [x] two\n- [y] three',
    [
      'listItem+ in listItem(- [ ] task): one',
      'listItem+ in listItem(- [x] task): two',
      'listItem+ in listItem(-): [y] three',
    ],
  ],
  ['* [link](a) one', ['listItem+ in listItem(*): ⟦[⟧link⟦](a)⟧ one']],
  ['-\n- two', ['listItem+ in listItem(-): ', 'listItem+ in listItem(-): two']],
  ['- one\ntwo', ['listItem+ in listItem(-): one\ntwo']],
  ['- one\n  two', ['listItem+ in listItem(-): one\n⟦  ⟧two']],
  ['- # One', ['heading@1+ in listItem(-): One']],
  ['- - one', ['listItem@1+ in listItem(-) listItem(-): one']],
  ['> one\n> two', ['quote in quote(>): one\n⟦> ⟧two']],
  ['> one\ntwo', ['quote in quote(>): one\ntwo']],
  ['> - one\n>   two\n>\n> three', ['listItem+ in quote(>) listItem(-): one\n⟦>   ⟧two', 'quote in quote(>): three']],
  ['- > one\n  > two', ['quote+ in listItem(-) quote(>): one\n⟦  > ⟧two']],
  ['> [!NOTE]\n> Text', ['markup in quote(>): > [!NOTE]', 'quote in quote(>): Text']],
  ['1.  one\n\n    two', ['listItem+ in listItem(1.): one', 'listItem in listItem(1.): two']],
  ['- one\n\n\ttwo', ['listItem+ in listItem(-): one', 'listItem in listItem(-): two']],
  ['> ```\n> code\n\nText', ['code in quote(>): > ```\n> code', 'prose: Text']],
  [
    '- one\n\n  ```\n  code\n\nText',
    ['listItem+ in listItem(-): one', 'code in listItem(-):   ```\n  code', 'prose: Text'],
  ],
]);

check('links and other inline markup', [
  ['a [b](c) d', ['prose: a ⟦[⟧b⟦](c)⟧ d']],
  ['a [b](<c d> "e") f', ['prose: a ⟦[⟧b⟦](<c d> "e")⟧ f']],
  ['a [b](c_(d)_e) f', ['prose: a ⟦[⟧b⟦](c_(d)_e)⟧ f']],
  ['a [b] (c) d', ['prose: a [b] (c) d']],
  ['a [b [c](d) e](f)', ['prose: a [b ⟦[⟧c⟦](d)⟧ e](f)']],
  ['a ![b](c) d', ['prose: a ⟦![b](c)⟧ d']],
  ['a [![b](c)](d) e', ['prose: a ⟦[⟧⟦![b](c)⟧⟦](d)⟧ e']],
  [
    '[a]: b\n\nthe [A][] and [a] and [x][a] and [b]',
    ['markup: [a]: b', 'prose: the ⟦[A][]⟧ and ⟦[a]⟧ and ⟦[⟧x⟦][a]⟧ and [b]'],
  ],
  ['see [[A page]] and [[page|words]]', ['prose: see ⟦[[A page]]⟧ and ⟦[[page|⟧words⟦]]⟧']],
  ['see ![[image.png]] here', ['prose: see !⟦[[image.png]]⟧ here']],
  ['as @smith said [see @smith, p. 3; @doe]', ['prose: as ⟦@smith⟧ said ⟦[see @smith, p. 3; @doe]⟧']],
  ['mail a@b.org or <a@b.org> or <https://a.b>', ['prose: mail ⟦a@b.org⟧ or ⟦<a@b.org>⟧ or ⟦<https://a.b>⟧']],
  ['at https://a.b/c?d=e. And **https://f.g**', ['prose: at ⟦https://a.b/c?d=e⟧. And **⟦https://f.g⟧**']],
  ['a <b class="c">d</b> e', ['prose: a ⟦<b class="c">⟧d⟦</b>⟧ e']],
  ['a <!-- b --> c', ['prose: a ⟦<!-- b -->⟧ c']],
  ['x <y and z> w', ['prose: x ⟦<y and z>⟧ w']],
  ['1 < 2 and 3 > 2', ['prose: 1 < 2 and 3 > 2']],
  ['a `b` ``c ` d`` e', ['prose: a ⟦`b`⟧ ⟦``c ` d``⟧ e']],
  ['a \\`b\\` c', ['prose: a \\`b\\` c']],
  ['a `b c', ['prose: a `b c']],
  ['use {ref}`a <b>` now', ['prose: use ⟦{ref}⟧⟦`a <b>`⟧ now']],
  ['as \\cite{a} says', ['prose: as ⟦\\cite{a}⟧ says']],
  ['a&nbsp;b &amp; c & d', ['prose: a⟦&nbsp;⟧b ⟦&amp;⟧ c & d']],
  ['# A [b](c) ~~d~~', ['heading@1: A ⟦[⟧b⟦](c)⟧ ~~d~~']],
  ['> a `b\n> c` d', ['quote in quote(>): a ⟦`b\n> c`⟧ d']],
]);

check('HTML', [
  ['<div>\ntext\n</div>\n\nText', ['markup: <div>\ntext\n</div>', 'prose: Text']],
  ['<!-- a\n\nb -->\nText', ['comment: <!-- a\n\nb -->', 'prose: Text']],
  ['<br/>\ntext\n\nText', ['markup: <br/>\ntext', 'prose: Text']],
  ['<script>\n\nx\n</script>\nText', ['markup: <script>\n\nx\n</script>', 'prose: Text']],
  ['Text\n<div>\nx', ['prose: Text', 'markup: <div>\nx']],
]);

check(
  'MDX',
  [
    ['import A from "a"\n\nText', ['code: import A from "a"', 'prose: Text']],
    ['export const a = {\n  b: 1\n}\n\nText', ['code: export const a = {\n  b: 1\n}', 'prose: Text']],
    ['import is no word here', ['code: import is no word here']],
    ['exports are good', ['prose: exports are good']],
    ['<A b="c">\n\nText\n\n</A>', ['markup: <A b="c">', 'prose: Text', 'markup: </A>']],
    ['<A\n  b="c"\n/>\n\nText', ['markup: <A\n  b="c"\n/>', 'prose: Text']],
    ['<A>\n  Text\n</A>', ['markup: <A>', 'prose: Text', 'markup: </A>']],
    ['the <A b={c} /> is', ['prose: the ⟦<A b={c} />⟧ is']],
    ['{/* a\n comment */}\n\nText', ['markup: {/* a\n comment */}', 'prose: Text']],
    ['    indented', ['prose: indented']],
    ['<></>\n', ['prose: ⟦<>⟧⟦</>⟧']],
  ],
  'mdx',
);

const table = (text: string, below = '') => [`${text}${below}`, [`table: ${text}`]] as const;
const rule = '-'.repeat(40);
const head = ' First     Second\n  title     title';
const columns = '--------  -------------  ----------';
const row = 'One       two three      four five\n          and six';
const other = 'Seven     eight          nine';

check('Pandoc’s tables of rows over several lines', [
  table(`${columns}\n${row}\n\n${other}`),
  table(`${columns}\n${row}\n\n${other}\n${columns}`, '\n'),
  table(`${columns}\n${row}\n\n${other}\n${rule}`, '\n'),
  table(`${columns}\n${row}\n\n${other}\n\n${row}`),
  table(`First     second\n${columns}\n${row}\n\n${other}`),
  table(
    `  ${columns.replaceAll('  -', '    -')}\n  One         two              three\n\n  Four        five             six`,
  ),
  table(`${columns}\n${row}\n\n          two  three     four`),
  table('------ ---\none    two\n\nthree  four'),
  [
    `${rule}\n${head}\n${columns}\n${row}\n\n${other}\n${rule}\n`,
    [`markup: ${rule}`, `table: ${head}`, `table: ${columns}\n${row}\n\n${other}\n${rule}`],
  ],
  [
    `${rule}\n${head}\n${columns}\n${row}\n\nThe words.`,
    [`markup: ${rule}`, `table: ${head}`, `table: ${columns}\n${row}`, 'prose: The words.'],
  ],
  [
    `${rule}\n\n${head.trim()}\n${columns}\n${other}`,
    [`markup: ${rule}`, 'prose: First     Second\n⟦  ⟧title     title', `table: ${columns}\n${other}`],
  ],
  [
    `${columns}\n${row}\n\nThe words go on behind it.`,
    [`table: ${columns}\n${row}`, 'prose: The words go on behind it.'],
  ],
  [`${columns}\n${row}\n\nOne.  The words go on.`, [`table: ${columns}\n${row}`, 'prose: One.  The words go on.']],
  [`${columns}\n${row}\n\nOne       two`, [`table: ${columns}\n${row}\n\nOne       two`]],
  [`${columns}\n${row}\n\n\n${other}`, [`table: ${columns}\n${row}`, `prose: ${other}`]],
  [`${columns}\n${row}\n\n    code`, [`table: ${columns}\n${row}`, 'code:     code']],
  [`${columns}\n${row}\n\n# One`, [`table: ${columns}\n${row}`, 'heading@1: One']],
  [`${columns}\n${row}\n\n- item`, [`table: ${columns}\n${row}`, 'listItem+ in listItem(-): item']],
  [`${columns}\n${row}\n\nTable: The words.`, [`table: ${columns}\n${row}`, 'prose: Table: The words.']],
  [
    `> ${columns}\n> One       two\n>\n> ${other}`,
    [`table in quote(>): > ${columns}\n> One       two`, `quote in quote(>): ${other}`],
  ],
  [
    `${rule}\nThe words go on.\n\n${columns}\n${other}`,
    [`markup: ${rule}`, 'prose: The words go on.', `table: ${columns}\n${other}`],
  ],
]);
