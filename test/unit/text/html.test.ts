import { describe, expect, test } from 'vitest';
import { readText } from '../../../src/text/readText.ts';
import { htmlWordLines } from './support/htmlWords.ts';
import { outline } from './support/outline.ts';
import { parse5Lines } from './support/parse5Lines.ts';

/** The blocks of words and what else is no mere markup between them. */
const words = (text: string) => outline(text, 'html').filter((line) => !line.startsWith('markup'));

const cases: readonly (readonly [text: string, blocks: readonly string[]])[] = [
  ['<p>One</p>\n<p>two</p>', ['prose: One', 'prose: two']],
  ['<p>One\n<p>two', ['prose: One', 'prose: two']],
  ['One <b>two</b> three', ['prose: One ⟦<b>⟧two⟦</b>⟧ three']],
  ['<div>One<p>two</p>three</div>', ['prose: One', 'prose: two', 'prose: three']],
  ['<h1>One</h1><h2 class="a">two</h2>', ['heading@1: One', 'heading@2: two']],
  ['<title>One</title>', ['heading: One']],
  [
    '<ul><li>one<li>two<ul><li>three</ul></ul>',
    [
      'listItem+ in listItem(<li>): one',
      'listItem+ in listItem(<li>): two',
      'listItem@1+ in listItem(<li>) listItem(<li>): three',
    ],
  ],
  ['<li><p>one</p><p>two</p></li>', ['listItem+ in listItem(<li>): one', 'listItem in listItem(<li>): two']],
  ['<blockquote>one</blockquote>two', ['quote in quote(<blockquote>): one', 'prose: two']],
  ['<pre>one\ntwo</pre>three', ['code: <pre>one\ntwo</pre>', 'prose: three']],
  [
    '<script>one</script><style>two</style>three',
    ['code: <script>one</script>', 'code: <style>two</style>', 'prose: three'],
  ],
  ['one <code>two <i>three</i></code> four', ['prose: one ⟦<code>two <i>three</i></code>⟧ four']],
  ['<p><code>one</code></p>', []],
  ['one <!-- two --> three', ['prose: one ⟦<!-- two -->⟧ three']],
  ['<!-- one -->\n<p>two', ['comment: <!-- one -->', 'prose: two']],
  ['<table><tr><td>one<td>two</table>', ['table: <td>one', 'table: <td>two']],
  ['<table><tr><td><p>one</p></table>', ['prose: one']],
  ['one <a href="b">two</a> &amp; three', ['prose: one ⟦<a href="b">⟧two⟦</a>⟧ ⟦&amp;⟧ three']],
  ['one <math><mi>x</mi></math> two', ['prose: one ⟦<math><mi>x</mi></math>⟧ two']],
  ['<nav>one</nav><button>two</button>three', ['prose: three']],
  ['one<br>two', ['prose: one⟦<br>⟧two']],
  ['<dl><dt>one<dd>two</dl>', ['prose: one', 'prose in note(<dd>): two']],
  ['---\ntitle: a\n---\n<p>one', ['frontMatter: ---\ntitle: a\n---\n', 'prose: one']],
  ['one {{ two }} three', ['prose: one ⟦{{ two }}⟧ three']],
  ['<p>one <b', ['prose: one']],
  ['<p>one <!-- two', ['prose: one ⟦<!-- two⟧']],
  ['<p>one <code>two', ['prose: one ⟦<code>two⟧']],
  ['<p>one <code>two \n</p>', ['prose: one ⟦<code>two⟧']],
  ['<div>one <kbd>two\n\n</div>', ['prose: one ⟦<kbd>two⟧']],
  ['<pre>one', ['code: <pre>one']],
  ['see https://a.b/c now', ['prose: see ⟦https://a.b/c⟧ now']],
  ['1 < 2 and 3 > 2', ['prose: 1 < 2 and 3 > 2']],
];

describe('HTML', () => {
  test.each(cases)('%j', (text, blocks) => expect(words(text)).toEqual(blocks));

  test.each(cases.filter(([text]) => !/^---|\{\{|<b$/u.test(text)))(
    '%j has its words where parse5 has them',
    (text) => {
      expect(htmlWordLines(readText(text, 'html'))).toEqual(parse5Lines(text));
    },
  );
});
