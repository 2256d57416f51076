import { describe, expect, test } from 'vitest';
import { CaretReader } from '../../../src/text/caretReader.ts';
import { LineScan } from '../../../src/text/lineScan.ts';
import type { ZoneKind } from '../../../src/text/zone.ts';
import { caretOf } from '../../../src/writing/completion/caret.ts';
import { atCaret } from '../writing/support/atCaret.ts';

function zoneOf(languageId: string, drawn: string): ZoneKind {
  const request = atCaret(drawn, { languageId });
  return new CaretReader().zoneAt(request, request.prefix, caretOf(request));
}

const cases: Record<string, readonly (readonly [drawn: string, zone: ZoneKind])[]> = {
  markdown: [
    ['The quick |', 'prose'],
    ['# The quick |', 'heading'],
    ['- The quick |', 'listItem'],
    ['12. The quick |', 'listItem'],
    ['- [ ] The quick |', 'listItem'],
    ['> The quick |', 'quote'],
    ['> - The quick |', 'quote'],
    ['| a | b |\n|---|---|\n| one | tw‖ |', 'tableCell'],
    ['a | b\n--- | ---\none | tw‖', 'tableCell'],
    ['---\ntitle: The |\n---\n', 'frontMatter'],
    ['---|', 'frontMatter'],
    ['+++\ntitle = "The |', 'frontMatter'],
    ['---\ntitle: x\n---\nThe |', 'prose'],
    ['Text\n\n---\n\nThe |', 'prose'],
    ['```ts\nconst a = |', 'code'],
    ['```ts\nconst a = 1\n```\nThe |', 'prose'],
    ['````\n```\nstill |', 'code'],
    ['~~~\n```\nstill |', 'code'],
    ['- item\n\n  ```sh\n  npm |', 'code'],
    ['> ```\n> npm |', 'code'],
    ['```not a fence``` as such\nThe |', 'prose'],
    ['Text\n\n    let x = |', 'code'],
    ['Call `np|', 'codeSpan'],
    ['Call `npm` and |', 'prose'],
    ['Call ``a ` b|', 'codeSpan'],
    ['The span `may go\nover lines| ', 'codeSpan'],
    ['where $x + |', 'math'],
    ['It costs $5 and |', 'prose'],
    ['It costs $5 and $6 |', 'prose'],
    ['$$\nx + |', 'math'],
    ['$$\nx\n$$\nThe |', 'prose'],
    ['See [the docs](https|', 'linkTarget'],
    ['See [the docs](./a.md "Title |', 'linkTarget'],
    ['See [the docs](a.md) and |', 'prose'],
    ['See [the do|', 'prose'],
    ['See [the docs][re|', 'citation'],
    ['[ref]: htt|', 'linkTarget'],
    ['See https://exa|', 'linkTarget'],
    ['See https://example.com and |', 'prose'],
    ['See ./docs/fi|', 'linkTarget'],
    ['Either and/or |', 'prose'],
    ['As shown [@smi|', 'citation'],
    ['As shown by @smi|', 'citation'],
    ['<a href="|', 'markup'],
    ['<!-- note to |', 'comment'],
    ['<!-- note\nstill |', 'comment'],
    ['<!-- note -->\nThe |', 'prose'],
    ['5 < 6 and |', 'prose'],
  ],
  latex: [
    ['The quick |', 'prose'],
    ['\\documentclass{article}\n\\usepackage{|', 'command'],
    ['\\documentclass{article}\n\\begin{document}\nThe |', 'prose'],
    ['\\section{The qu|}', 'heading'],
    ['\\sec|', 'command'],
    ['The \\emph{quick |}', 'prose'],
    ['as \\cite{smi|}', 'citation'],
    ['as \\citep[p.~3]{smi|}', 'citation'],
    ['in \\ref{fig:|}', 'citation'],
    ['\\url{http|}', 'linkTarget'],
    ['\\href{http|}', 'linkTarget'],
    ['\\href{http://a.b}{the qu|}', 'prose'],
    ['\\includegraphics[width=3cm]{|}', 'linkTarget'],
    ['where $x + |', 'math'],
    ['where $x$ is |', 'prose'],
    ['costs \\$5 and |', 'prose'],
    ['where \\(x + |', 'math'],
    ['\\[\nx + |', 'math'],
    ['\\begin{equation}\nx |', 'math'],
    ['\\begin{align*}\nx |', 'math'],
    ['\\begin{align*}\nx\n\\end{align*}\nThe |', 'prose'],
    ['\\begin{verbatim}\nx |', 'code'],
    ['\\begin{quote}\nThe |', 'quote'],
    ['\\begin{tabular}{ll}\none & tw|', 'tableCell'],
    ['\\begin{itemize}\n\\item The |', 'listItem'],
    ['% a note |', 'comment'],
    ['at 5\\% of the |', 'prose'],
    ['\\todo{write this up |}', 'prose'],
    ['\\newcommand{|', 'command'],
  ],
  restructuredtext: [
    ['The quick |', 'prose'],
    ['.. code-block:: python\n\n   x = |', 'code'],
    ['.. code-block:: python\n\n   x = 1\n\nThe |', 'prose'],
    ['.. note::\n\n   The |', 'prose'],
    ['.. note|', 'directive'],
    ['.. image:: pic|', 'directive'],
    ['   :width: 3|', 'directive'],
    ['Example::\n\n  x = |', 'code'],
    ['see :ref:`the|', 'citation'],
    ['see `the docs <http|', 'linkTarget'],
    ['call ``np|', 'codeSpan'],
    ['.. _target: http|', 'linkTarget'],
    ['.. a comment\n   goes |', 'comment'],
    ['* one item |', 'listItem'],
    ['.. math::\n\n   x |', 'math'],
    [':math:`x|', 'math'],
  ],
  asciidoc: [
    ['A title\n-------\nThe text |', 'prose'],
    ['Some text\n\n-------\nThe code |', 'code'],
    ['The quick |', 'prose'],
    ['== The |', 'heading'],
    ['* The |', 'listItem'],
    [':toc: le|', 'directive'],
    ['[source,ru|', 'directive'],
    ['----\nx = |', 'code'],
    ['----\nx\n----\nThe |', 'prose'],
    ['|===\n‖', 'tableCell'],
    ['image::pic|', 'linkTarget'],
    ['see <<sec|', 'citation'],
    ['// note |', 'comment'],
    ['call `np|', 'codeSpan'],
    ['====\nAn example |', 'prose'],
  ],
  typst: [
    ['The quick |', 'prose'],
    ['= The |', 'heading'],
    ['- The |', 'listItem'],
    ['#let x = |', 'command'],
    ['where $x |', 'math'],
    ['see @fig|', 'citation'],
    ['// note |', 'comment'],
    ['```\nx |', 'code'],
    ['see https://exam|', 'linkTarget'],
  ],
  html: [
    ['<p>The quick |', 'prose'],
    ['<p class="|', 'markup'],
    ['<h1>The |', 'heading'],
    ['<li>The |', 'listItem'],
    ['<td>The |', 'tableCell'],
    ['<script>\nlet x |', 'code'],
    ['<script>\nlet x\n</script>\n<p>The |', 'prose'],
    ['<!-- note |', 'comment'],
    ['<p>use <code>np|', 'code'],
    ['<p>use <code>npm</code> to |', 'prose'],
  ],
  'git-commit': [
    ['Fix the |', 'commitSubject'],
    ['\nFix the |', 'commitSubject'],
    ['Fix the bug\n\nIt was |', 'commitBody'],
    ['Fix the bug\n\n# Please enter |', 'directive'], // Git leaves it out: nobody writes there
    ['Fix\n# ------------------------ >8 ------------------------\n+ the |', 'code'],
  ],
  plaintext: [
    ['The quick |', 'prose'],
    ['- The quick |', 'listItem'],
    ['> The quick |', 'quote'],
    ['see www.exa|', 'linkTarget'],
    ['mail to jane@exa|', 'linkTarget'],
  ],
  typescript: [
    ['const a = |', 'code'],
    ['// The quick |', 'comment'],
    ['const a = "//|', 'code'],
    ['const a = 1; // the |', 'comment'],
    ['/**\n * The |', 'comment'],
    ['/* x */ const a = |', 'code'],
  ],
  python: [
    ['x = |', 'code'],
    ['# The |', 'comment'],
    ['def f():\n    """The |', 'comment'],
    ['def f():\n    """The"""\n    return |', 'code'],
  ],
};

for (const [languageId, rows] of Object.entries(cases)) {
  describe(languageId, () => {
    test.each(rows)('%j is %s', (drawn, zone) => expect(zoneOf(languageId, drawn)).toBe(zone));
    test.each(rows.filter(([drawn]) => drawn.includes('\n')))('%j with CRLF is %s', (drawn, zone) =>
      expect(zoneOf(languageId, drawn.replaceAll('\n', '\r\n'))).toBe(zone),
    );
  });
}

describe('a line scan', () => {
  const page = '# One\n\nText text text.\n\n## Two\n\n'.padEnd(400, 'word ').concat('\n\n');
  /** a state that depends on every line: fences are open or closed */
  const fences = { initial: false, step: (open: boolean, line: string) => (/^(?:```|~~~)/u.test(line) ? !open : open) };

  test('agrees with a fresh scan after edits anywhere', () => {
    const scan = new LineScan(fences);
    let text = page.repeat(120);
    for (const [at, insertion] of [
      [40_000, '\n```\ncode\n'],
      [20_000, '\n```\n'],
      [45_000, 'x'],
      [100, '\n~~~\n'],
      [100, ''],
    ] as const) {
      text = text.slice(0, at) + insertion + text.slice(at);
      for (const offset of [text.length, 30_000, 46_000]) {
        expect(scan.stateAt(text, offset)).toEqual(new LineScan(fences).stateAt(text, offset));
      }
    }
  });

  test('steps over the lines of a 5 MB document once, over a few pages after a keystroke, and over none after the next', () => {
    let steps = 0;
    const step = (count: number) => {
      steps++;
      return count + 1;
    };
    const scan = new LineScan({ initial: 0, step });
    const text = page.repeat(13_000);
    scan.stateAt(text, text.length);
    const first = steps;
    scan.stateAt(`${text}a`, text.length + 1);
    expect(first).toBeGreaterThan(90_000);
    expect(steps - first).toBeLessThan(400);
    scan.stateAt(`${text}a`, text.length - 5_000);
    steps = 0;
    for (const typed of ['ab', 'ab ', 'ab c', 'ab\n', 'ab\nc']) {
      scan.stateAt(text + typed, text.length + typed.length);
      scan.stateAt(text + typed, text.length + typed.length - 5_000);
    }
    expect(steps).toBeLessThan(4);
  });
});

test('the reader knows the headings that enclose a line', () => {
  const text = '# One\n\n## Two\n\n### Three\n\n## Four\n\nSetext\n======\n\n## Five\n\nhere';
  const request = atCaret(`${text}|`);
  const lines = new CaretReader().headingsAt(request, request.prefix, text.length).map(({ line }) => line);
  expect(lines).toEqual(['# Setext', '## Five']);
});
