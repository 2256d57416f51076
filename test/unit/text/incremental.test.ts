import { describe, expect, test } from 'vitest';
import { CaretReader } from '../../../src/text/caretReader.ts';
import { MarkdownInput } from '../../../src/text/markdown/markdownInput.ts';
import { caretOf } from '../../../src/writing/completion/caret.ts';

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

test('a keystroke reads a few lines of a long Markdown document again', () => {
  let lines = 0;
  const { chunk } = MarkdownInput.prototype;
  MarkdownInput.prototype.chunk = function counted(this: MarkdownInput, from: number) {
    lines++;
    return chunk.call(this, from);
  };
  const reader = new CaretReader();
  const document = { documentId: 'a', languageId: 'markdown' };
  const text = `${'Some words in a paragraph\nover two lines.\n\n- item\n\n  more\n\n'.repeat(20_000)}And `;
  const look = (prefix: string) => reader.zoneAt(document, prefix, caretOf({ prefix, suffix: '' }));
  look(text);
  const first = lines;
  expect(look(`${text}a`)).toBe('prose');
  MarkdownInput.prototype.chunk = chunk;
  expect(first).toBeGreaterThan(100_000);
  expect(lines - first).toBeLessThan(50);
});
