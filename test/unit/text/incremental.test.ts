import { describe, expect, test } from 'vitest';
import type * as caretReader from '../../../src/text/caretReader.ts';
import { CaretReader } from '../../../src/text/caretReader.ts';
import { markdownDialect } from '../../../src/text/markdown/blockParser.ts';
import { MarkdownScan } from '../../../src/text/markdown/markdownScan.ts';
import type * as caret from '../../../src/writing/completion/caret.ts';
import { caretOf } from '../../../src/writing/completion/caret.ts';
import { countedWork } from './support/countedWork.ts';

const documents: Readonly<Record<string, string>> = {
  markdown: [
    '---\ntitle: a\n---\n\n# One\n\nSome words in a paragraph\nover two lines.\n\n- item\n\n  more\n\n      code\n',
    '1. one\n   - two\n\n```js\nconst a = 1;\n```\n\n[^1]: A note.\n\n    More of it.\n\nTerm\n\n:   Its meaning.\n\n    More.\n',
    '> quote\n> - item\n\n| a | b |\n|---|---|\n| c | d |\n\n$$\nx\n$$\n\n## Two\n\n```{note}\nText\n```\n\n!!! tip\n    Text\n\n    More\n',
    'Setext\n======\n\n<div>\n\ntext\n\n</div>\n\n::: a\ntext\n:::\n\n[a]: b "c"\n',
  ].join('\n'),
  html: '<h1>One</h1>\n<p>Some <b>words</b>\n<ul><li>one<li>two</ul>\n<pre>\ncode</pre>\n<!-- note -->\n<script>\nx\n</script>\n<p>end\n'.repeat(
    3,
  ),
  latex:
    '\\section{One}\nWords and $x$.\n\n\\begin{itemize}\n\\item one\n\n  more\n\\end{itemize}\n\\begin{verbatim}\na\n\\end{verbatim}\n% note\n\\[\nx\n\\]\n\\footnote{a\nb}\n'.repeat(
      2,
    ),
  restructuredtext:
    'One\n===\n\nWords::\n\n   code\n\n* item\n\n  more\n\n.. note:: a\n\n   b\n\nTwo\n---\n\n+---+---+\n| a | b |\n+---+---+\n\n.. _x:\n'.repeat(
      2,
    ),
  asciidoc:
    '= One\n:a: b\n\nWords.\n\n* item\n+\nmore\n\n----\ncode\n----\n\n== Two\n\n[source]\na\n\n|===\n|a |b\n|===\n\nTerm:: words\n\n____\nquote\n____\n'.repeat(
      2,
    ),
  typst:
    '= One\nWords and $x$.\n\n- item\n  more\n\n#let a = (\n  1,\n)\n```c\na\n```\n#f[\nwords\n]\n/* a\n*/\n== Two\n#if a {\n  [b]\n}\n'.repeat(
      2,
    ),
  org: '* One\n:PROPERTIES:\n:A: b\n:END:\nWords.\n\n- item\n  more\n\n#+begin_src c\na\n#+end_src\n** Two\n| a | b |\n# note\n#+begin_quote\nq\n#+end_quote\n'.repeat(
    2,
  ),
  plaintext: 'Words.\n\n- item\n  more\n\nTitle\n-----\n\n> quote\n    code\n'.repeat(3),
  python: '# words\na = 1\n\n\ndef f():\n    """words\n\n    more\n    """\n    return 1  # note\n'.repeat(3),
};

/** Numbers that are the same in every run. */
function* numbers(): Generator<number> {
  let state = 7;
  for (;;) {
    state = (state * 1_103_515_245 + 12_345) % 2_147_483_648;
    yield state;
  }
}

describe.each(Object.entries(documents))('the carets of a document in %s', (languageId, text) => {
  const document = { documentId: 'a', languageId };
  const look = (reader: CaretReader, prefix: string) => ({
    zone: reader.zoneAt(document, prefix, caretOf({ prefix, suffix: '' })),
    headings: reader.headingsAt(document, prefix, prefix.length),
  });

  test('are the same after typing at one place as for a fresh reader', () => {
    const reader = new CaretReader();
    for (let length = 0; length <= text.length; length++) {
      const prefix = text.slice(0, length);
      expect({ length, ...look(reader, prefix) }).toEqual({ length, ...look(new CaretReader(), prefix) });
    }
  });

  test('are the same after edits anywhere', () => {
    const reader = new CaretReader();
    const random = numbers();
    const next = (below: number) => random.next().value! % below;
    const inserted = [
      'x',
      '\n',
      '\n\n',
      '    ',
      '```\n',
      '> ',
      '- ',
      '# ',
      '<p>',
      '</pre>',
      '-->',
      ':   ',
      '[^2]: ',
      '$$\n',
    ];
    let edited = text;
    for (let round = 0; round < 150; round++) {
      const at = next(edited.length);
      edited = edited.slice(0, at) + inserted[next(inserted.length)]! + edited.slice(at + next(4));
      const prefix = edited.slice(0, Math.min(edited.length, at + next(200)));
      expect({ prefix, ...look(reader, prefix) }).toEqual({ prefix, ...look(new CaretReader(), prefix) });
    }
  });
});

/** Blocks after which something may or may not go on, in every order that the numbers give. */
const blocks = [
  '# Title\n',
  'Words of a paragraph\nover two lines.\n',
  'Setext\n---\n',
  '- item\n- second\n\n  more\n',
  '* **bold** item\n    - inner\n',
  '1. one\n2. two\n\n       code\n',
  '> quote\n> goes on\n>\n> more\n',
  '> - item\n> - second\n>\n> words\nlazy\n',
  '> > deep\n>\n> # Title in a quote\n',
  '```js\na\n\nb\n```\n',
  '```{note}\nText\n\nMore\n```\n',
  '::: a\ntext\n\nmore\n:::\n',
  '[^1]: A note.\n\n    More.\n',
  'Term\n\n:   Its meaning.\n\n    More.\n',
  '!!! tip\n    Text\n\n    More\n',
  '<div>\n\ntext\n\n</div>\n',
  '<!--\n\ntext\n-->\n',
  'a | b\n--|--\nc | d\n',
  'a   b\n--  --\nc   d\n\ne   f\n',
  '$$\nx\n\ny\n$$\n',
  '{{< note >}}\ntext\n{{< /note >}}\n',
  // long ones, of which only the beginning and the end are parsed
  `a | b\n--|--\n${'c | d\n'.repeat(9)}`,
  `\`\`\`js\n${'a\n\n'.repeat(6)}\`\`\`\n`,
  'Words | of\na paragraph.\n'.repeat(6),
  `> ~~~\n${'> a\n'.repeat(9)}> ~~~\n`,
  `- item\n\n  \`\`\`\n${'  a\n'.repeat(9)}  \`\`\`\n`,
  `<pre>\n${'a\n\n'.repeat(6)}</pre>\n`,
  `<!--\n${'a\n\n'.repeat(6)}-->\n`,
  `$$\n${'a\n\n'.repeat(6)}$$\n`,
  '    a\n\n'.repeat(6),
  `::: a\n${'words\n'.repeat(9)}:::\n`,
];

test.each([
  ['\n', 1, 1],
  ['\r\n', 1, 1],
  ['\n', Number.POSITIVE_INFINITY, 1],
  ['\n', Number.POSITIVE_INFINITY, 12],
  ['\r\n', Number.POSITIVE_INFINITY, 1],
  ['\r\n', Number.POSITIVE_INFINITY, 12],
])(
  'carets of Markdown are the same from whatever place on it is parsed, lines end in %j, checkpoints %d, blocks %d',
  (end, checkpointChars, blockChars) => {
    const random = numbers();
    const next = (below: number) => Math.floor(random.next().value! / 65_536) % below;
    const inserted = [
      ...'x#>-:`$|<',
      ' ',
      '```',
      '-->',
      '$$',
      end,
      end + end,
      '    ',
      '> ',
      '- ',
      '1. ',
      `---${end}`,
      `:::${end}`,
      ':   ',
    ];
    const look = (reader: MarkdownScan, prefix: string) => ({
      zone: reader.zoneAt(prefix, caretOf({ prefix, suffix: '' })),
      headings: reader.headingsAt(prefix, prefix.length),
    });
    for (let page = 0; page < 100; page++) {
      const text = Array.from({ length: 6 }, () => blocks[next(blocks.length)]! + '\n'.repeat(next(3))).join('');
      const lines = text.replaceAll('\n', end);
      const scan = new MarkdownScan(markdownDialect, checkpointChars, blockChars);
      for (let length = 0; page < 4 && length <= lines.length; length++) {
        const prefix = lines.slice(0, length); // typed from its beginning on
        const fresh = look(new MarkdownScan(markdownDialect, Number.POSITIVE_INFINITY), prefix);
        expect({ prefix, ...look(scan, prefix) }).toEqual({ prefix, ...fresh });
      }
      for (let round = 0; round < 8; round++) {
        const lineStart = lines.lastIndexOf('\n', next(lines.length)) + 1;
        const place = Math.min(lines.length, lineStart + next(4));
        const behind = lines.slice(place, place + next(40));
        look(scan, lines.slice(0, place) + behind); // what was there before the edit
        const prefix = lines.slice(0, place) + inserted[next(inserted.length)]! + behind.slice(next(4));
        const fresh = look(new MarkdownScan(markdownDialect, Number.POSITIVE_INFINITY), prefix);
        expect({ prefix, ...look(scan, prefix) }).toEqual({ prefix, ...fresh });
      }
    }
  },
);

const note = '```{note}\nText\n```';
/** What stood there, and what an edit makes of it. */
const edits = [
  ['a\n\n!!! tip\n    Text\n\n   ', 'a\n\n!!! tip\n    Text\n\n    '],
  ['a\n\n!!! tip  \n    Text\n\n   ', 'a\n\n!!! tip  \n    Text\n\n    M'],
  ['a\n\n[^1]: b  \n\n   ', 'a\n\n[^1]: b  \n\n    M'],
  ['a\n\nTerm\n\n:   b \n\n   ', 'a\n\nTerm\n\n:   b \n\n    M'],
  [`a\n\n${note}\r`, `a\n\n${note}\r\n`],
  [`a\n\n${note}\n[^1]: b\n> - c\n> d`, `a\n\n${note}\n[^1]: b\n> - c\nx> d`],
  [`a\n\n${note}\n${note}\n[^1]: b\n> - c\n> d`, `a\n\n${note}\n${note}\n[^1]: b\n> - c\nx> d`],
  [`a\n\n${note}\n${note}\n`, `a\n\n${note}\n${note}x`],
  ['a\n\n::: b\nc\n:::\n\n!!! tip\n    Text\n\n   ', 'a\n\n::: b\nc\n:::\n\n!!! tip\n    Text\n\n    b'],
  ['::: a\n::: b\nc\n:::\n:::\n!!! tip\n    Text\n', '::: a\n::: b\nc\n:::\n:::\n!!! tip\n    Text\n    '],
] as const;
test.each(edits)('a reader that has seen %j reads %j as a fresh one does, with both line ends', (before, after) => {
  for (const end of ['\n', '\r\n']) {
    const scan = new MarkdownScan(markdownDialect, Number.POSITIVE_INFINITY, 1);
    const look = (reader: MarkdownScan, text: string) => {
      const prefix = text.replaceAll('\r\n', '\n').replaceAll('\n', end);
      return reader.zoneAt(prefix, caretOf({ prefix, suffix: '' }));
    };
    look(scan, before);
    expect(look(scan, after)).toBe(look(new MarkdownScan(markdownDialect), after));
  }
});

test.each(['\n', '\r\n'])(
  'tables of dashes, callouts and abbreviations are the same while they are typed, lines end in %j',
  (end) => {
    const typed = [
      'Words.\n\na   b\n--  --\nc   d\n\ne   f\n\nMore\n-- --\n',
      '-- ---\nc  d\n\n> [!NOTE]\n> words\n>\n> more\n',
      '- item\n\n> [!tip]+ Title\n> words\n\n> [!a] b\n---\n',
      '*[A]: b\n*[C]: d\n\n+++ {"a": 1}\n\n* item\n',
    ];
    for (const text of typed.flatMap((one) => typed.map((other) => `${one}\n${other}`))) {
      const lines = text.replaceAll('\n', end);
      const scan = new MarkdownScan(markdownDialect, 1, 1);
      for (let length = 0; length <= lines.length; length++) {
        const prefix = lines.slice(0, length);
        const line = caretOf({ prefix, suffix: '' });
        const fresh = new MarkdownScan(markdownDialect, Number.POSITIVE_INFINITY).zoneAt(prefix, line);
        expect({ prefix, zone: scan.zoneAt(prefix, line) }).toEqual({ prefix, zone: fresh });
      }
    }
  },
);

const pageChars = 300_000;
/** A page's part by language: what a keystroke costs may not depend on how many of them stand above. */
const parts: Readonly<Record<string, readonly string[]>> = {
  markdown: [
    '# One\n\n',
    '## One\n\nWords.\n\n',
    '- item\n',
    '- item\n\n  more\n\n',
    '1. **item**\n',
    '> words\n>\n',
    '> - item\n',
    'Words\nof a paragraph.\n\n',
    '```js\na\n```\n\nWords.\n\n',
    '> # One\n\n',
  ],
  html: ['<h2>One</h2>\n<p>Words.</p>\n', '<h1>One</h1>\n', '<ul><li>one</ul>\n', 'Words.<br>\n', '<p>Words.\n'],
  latex: ['\\section{One}\n\n', '\\section{One}\nWords.\n\n', '\\begin{itemize}\n\\item one\n\\end{itemize}\n'],
  restructuredtext: ['One\n===\n\n', 'One\n---\n\nWords.\n\n', '* item\n', '.. note:: a\n\n   b\n\n'],
  asciidoc: ['== One\n\n', '=== One\n\nWords.\n\n', '* item\n', '----\na\n----\n\n'],
  typst: ['= One\n\n', '== One\n\nWords.\n\n', '- item\n', '#f(x)[words]\n\n'],
  org: ['* One\n', '** One\n\nWords.\n\n', '- item\n', '#+begin_src\na\n#+end_src\n'],
  plaintext: ['Words.\n\n', 'words\n'],
  python: ['# words\n', 'a = 1\n', '"""words"""\n'],
};

/** Types at the end of pages that are read for the first time, and tells each keystroke that does not cost what it should. */
async function dearKeystrokes(pages: readonly (readonly [languageId: string, page: string, name: string])[]) {
  const { workOf } = await countedWork<typeof caretReader & typeof caret>(`
    export { CaretReader } from './src/text/caretReader.ts';
    export { caretOf } from './src/writing/completion/caret.ts';
  `);
  const dear: string[] = [];
  for (const [languageId, page, name] of pages) {
    let reader: CaretReader | undefined;
    for (const typed of ['', 'W', 'Wo', 'Wor', 'Word ', 'Word a', 'Word a\n', 'Word a\nb']) {
      const prefix = page + typed;
      const work = await workOf((product) => {
        reader ??= new product.CaretReader();
        const document = { documentId: '', languageId };
        reader.zoneAt(document, prefix, product.caretOf({ prefix, suffix: '' }));
        reader.headingsAt(document, prefix, Math.max(0, prefix.length - 2_000));
      });
      const walks = work > pageChars / 2;
      if (walks !== (typed === ''))
        // the first time all of it is read
        dear.push(`${languageId} ${JSON.stringify(name)} ${JSON.stringify(typed)}: ${work}`);
    }
  }
  return dear;
}

test('a keystroke in a language of lines reads the lines that it is in, however many stand above', async () => {
  const { workOf } = await countedWork<typeof caretReader & typeof caret>(`
    export { CaretReader } from './src/text/caretReader.ts';
    export { caretOf } from './src/writing/completion/caret.ts';
  `);
  const dear: string[] = [];
  for (const [languageId, pieces] of Object.entries(parts)) {
    if (languageId === 'markdown' || languageId === 'html') continue;
    for (const piece of pieces) {
      const page = piece.repeat(Math.ceil(60_000 / piece.length));
      let reader: CaretReader | undefined;
      for (const typed of ['', 'W', 'Wo', 'Wor', 'Word ', 'Word a', 'Word a\n', 'Word a\nb']) {
        const prefix = page + typed;
        const work = await workOf((product) => {
          reader ??= new product.CaretReader();
          const document = { documentId: '', languageId };
          reader.zoneAt(document, prefix, product.caretOf({ prefix, suffix: '' }));
          reader.headingsAt(document, prefix, Math.max(0, prefix.length - 2_000));
        });
        if (work > 4_000 && typed !== '')
          dear.push(`${languageId} ${JSON.stringify(piece)} ${JSON.stringify(typed)}: ${work}`);
      }
    }
  }
  expect(dear).toEqual([]);
}, 180_000);

const repeated = (part: string): string => part.repeat(Math.ceil(pageChars / part.length));

test.each(Object.entries(parts))(
  'a keystroke in %s does not walk over the page',
  async (languageId, pieces) => {
    const pages = pieces.map((piece) => [languageId, repeated(piece), piece] as const);
    expect(await dearKeystrokes(pages)).toEqual([]);
  },
  180_000,
);

/** What one long block begins with, and what it goes on with. */
const longBlocks: readonly (readonly [begin: string, more: string, languageId?: string])[] = [
  ['| a | b |\n|---|---|\n', '| one | two |\n'],
  ['- item\n\n  | a | b |\n  |---|---|\n', '  | one | two |\n'],
  ['```js\n', 'const a = 1;\n'],
  ['> ```js\n', '> const a = 1;\n'],
  ['1. item\n\n   ~~~\n', '   code\n'],
  ['', '    code\n\n'],
  ['', 'words of one paragraph\n'],
  ['> ', 'words of one quote\n'],
  ['<pre>\n', 'text\n'],
  ['<div>\n', 'text\n'],
  ['<!--\n', 'text\n\n'],
  ['$$\n', 'a + b\n'],
  ['%%\n', 'text\n'],
  ['::: note\n', 'words of one paragraph\n'],
  ['<pre>\n', 'text\n', 'html'],
  ['<script>\n', 'a < 1;\n', 'html'],
  ['<style>\n', 'a { b: c }\n', 'html'],
  ['<textarea>\n', 'text\n', 'html'],
  ['<!--\n', 'text - text\n', 'html'],
  ['<p>\n', 'words &amp; words\n', 'html'],
  ['', 'words\n', 'html'],
  ['\\begin{verbatim}\n', 'text\n', 'latex'],
  ['/*\n', ' * words\n', 'typescript'],
  ['----\n', 'text\n', 'asciidoc'],
];

test('a keystroke in one long block does not walk over it', async () => {
  const pages = longBlocks.map(
    ([begin, more, languageId = 'markdown']) =>
      [languageId, `# One\n\n${begin}${repeated(more)}`, begin + more] as const,
  );
  expect(await dearKeystrokes(pages)).toEqual([]);
}, 180_000);

test('a keystroke in a line of a million letters reads none of it', async () => {
  const { workOf } = await countedWork<typeof caretReader & typeof caret>(`
    export { CaretReader } from './src/text/caretReader.ts';
    export { caretOf } from './src/writing/completion/caret.ts';
  `);
  const line = 'words of one line '.repeat(56_000);
  for (const languageId of Object.keys(parts))
    for (const typed of ['', 'W', 'Word ', 'Word a']) {
      const prefix = `One\n\n${line}${typed}`;
      const work = await workOf((product) => {
        const reader = new product.CaretReader();
        const document = { documentId: '', languageId };
        reader.zoneAt(document, prefix, product.caretOf({ prefix, suffix: line }));
        reader.headingsAt(document, prefix, prefix.length - 10);
      });
      expect({ languageId, typed, reads: work > line.length / 4 }).toEqual({ languageId, typed, reads: false });
    }
}, 180_000);

test('carets of a long page of HTML are the same from within whatever part on it is read', () => {
  const random = numbers();
  const next = (below: number) => Math.floor(random.next().value! / 65_536) % below;
  const long = (line: string) => line.repeat(Math.ceil(20_000 / line.length));
  const parts = [
    `<h1>One</h1>\n<p>\n${long('words &amp; words\n')}</p>\n`,
    `<pre>\n${long('text -- >\n')}</pre>\n`,
    `<script>\n${long('a < 1; // <b>\n')}</script>\n`,
    `<h2>Two</h2>\n<!--\n${long('- <p> >\n')}-->\n`,
    `<textarea>\n${long('<li>text\n')}</textarea>\n`,
    `<ul><li>\n${long('words\n')}</ul>\n`,
    `<svg><style>\n${long('a { b: c }\n')}</style></svg>\n`,
  ];
  const inserted = ['x', '\n', '<p>', '</pre>', '-->', '<!--', '<script>', '</script>', '<', '&', '>', '</textarea>'];
  const reader = new CaretReader();
  const document = { documentId: '', languageId: 'html' };
  const look = (by: CaretReader, prefix: string) => ({
    zone: by.zoneAt(document, prefix, caretOf({ prefix, suffix: '' })),
    headings: by.headingsAt(document, prefix, prefix.length),
  });
  for (let page = 0; page < 12; page++) {
    let text = Array.from({ length: 4 }, () => parts[next(parts.length)]!).join('');
    for (let round = 0; round < 12; round++) {
      const place = next(text.length);
      text = text.slice(0, place) + inserted[next(inserted.length)]! + text.slice(place + next(3));
      const prefix = text.slice(0, Math.min(text.length, place + next(30_000)));
      const { zone, headings } = look(new CaretReader(), prefix);
      expect({ end: prefix.slice(-200), ...look(reader, prefix) }).toEqual({ end: prefix.slice(-200), zone, headings });
    }
  }
});
