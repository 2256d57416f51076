import { describe, expect, test } from 'vitest';
import {
  findSecrets,
  isGenerated,
  readsLikeProse,
  verdictOnName,
} from '../../../src/training/corpus/cleaning/fileVerdict.ts';
import { htmlText } from '../../../src/training/corpus/cleaning/htmlText.ts';
import { joinParagraphs, paragraphSpans } from '../../../src/training/corpus/cleaning/paragraphs.ts';
import { stripBlocks } from '../../../src/training/corpus/cleaning/textCleaner.ts';
import { proseOf } from './corpusFolder.ts';

const both = new Set(['frontMatter', 'code'] as const);

describe('front matter and code', () => {
  /** Blank lines do not count: what matters is which lines stay. */
  const check = (
    languageId: string,
    text: string,
    expected: string,
    kinds: ReadonlySet<'frontMatter' | 'code'> = both,
  ) =>
    expect(
      stripBlocks(text, languageId, kinds)
        .replace(/\n{2,}/g, '\n')
        .trim(),
    ).toBe(expected);

  test('Markdown', () => {
    check('markdown', '---\ntitle: x\n---\n# Title\nText', '# Title\nText');
    check('markdown', '+++\ntitle = 1\n+++\nText', 'Text');
    check('markdown', '---\nno end\n\nText', '---\nno end\nText');
    check('markdown', 'Text\n\n---\n\nmore\n\n---\n\nend', 'Text\n---\nmore\n---\nend');
    check('markdown', 'a\n```js\nlet x;\n```\nb', 'a\nb');
    check('markdown', 'a\n~~~~\n~~~\n```\n~~~~\nb', 'a\nb');
    check('markdown', '> ```\n> code\n> ```\n> said', '> said');
    check('markdown', '- item\n  ```\n  code\n  ```\n- next', '- item\n- next');
    check('markdown', 'a ```inline``` b', 'a ```inline``` b');
    check('markdown', 'a\n```\nnever closed', 'a');
    check('markdown', 'like this:\n\n    x = 1\n\n    y = 2\n\nand so on', 'like this:\nand so on');
    check(
      'markdown',
      '- item\n\n    its text\n\n  1. sub\n\n        more of it',
      '- item\n    its text\n  1. sub\n        more of it',
    );
    check('markdown', 'wrapped\n    line', 'wrapped\n    line');
  });

  test('each kind by choice', () => {
    const text = '---\nt: 1\n---\na\n```\nx\n```';
    check('markdown', text, '---\nt: 1\n---\na', new Set(['code'] as const));
    check('markdown', text, 'a\n```\nx\n```', new Set(['frontMatter'] as const));
    check('markdown', text, text, new Set());
  });

  test('LaTeX', () => {
    check('latex', '\\documentclass{book}\n\\usepackage{x}\n\\begin{document}\nText', 'Text');
    check('latex', '\\section{One}\nText', '\\section{One}\nText');
    check('latex', 'a\n\\begin{lstlisting}[language=C]\nint x;\n\\end{lstlisting}\nb', 'a\nb');
    check('latex', 'a\n% old draft\nb 5\\% c', 'a\nb 5\\% c');
    check('latex', '\\begin{quote}\nq\n\\end{quote}', '\\begin{quote}\nq\n\\end{quote}');
  });

  test('reStructuredText', () => {
    check('restructuredtext', ':author: me\n:date: now\n\nTitle\n=====', 'Title\n=====');
    check('restructuredtext', 'as here::\n\n    x = 1\n\nafter', 'as here::\nafter');
    check('restructuredtext', '.. code-block:: python\n   :linenos:\n\n   x = 1\n\nafter', 'after');
    check('restructuredtext', '.. note:: This is\n   important.\n\nafter', '.. note:: This is\n   important.\nafter');
    check('restructuredtext', '.. a comment\n   goes on\nafter', 'after');
    check('restructuredtext', '.. _label:\n\nText', '.. _label:\nText');
    check('restructuredtext', '>>> 1 + 1\n2\n\nafter', 'after');
  });

  test('AsciiDoc, Typst, Org', () => {
    check('asciidoc', '= Title\n:toc:\n:author: me\n\nText', '= Title\nText');
    check('asciidoc', '[source,rust]\n----\nfn x()\n----\nafter\n// note', 'after');
    check(
      'typst',
      '#set page(\n  width: 1cm,\n)\n#import "a.typ"\n= Title\n```c\nx\n```\n#emph[me]',
      '= Title\n#emph[me]',
    );
    check(
      'org',
      '#+TITLE: x\n* Head\n:PROPERTIES:\n:ID: 1\n:END:\nText\n#+BEGIN_SRC c\nx\n#+END_SRC\nafter',
      '#+TITLE: x\n* Head\nText\nafter', // the title is a heading: a person's words
    );
    check('org', '#+begin_quote\nsaid\n#+end_quote', '#+begin_quote\nsaid\n#+end_quote');
  });

  test('plain text has none', () => check('plaintext', '---\na\n---\n    b', '---\na\n---\n    b'));

  test('what stands behind fifty thousand openings is read', () => {
    const text = `${':PROPERTIES:\n'.repeat(50_000)}:END:\nText`;
    expect(stripBlocks(text, 'org', both).trim()).toBe('Text');
  });
});

describe('text of a page', () => {
  const check = (html: string, expected: string, stripCode = true) =>
    expect(htmlText(html, { stripCode, stripFrontMatter: true })).toBe(expected);

  test('paragraphs, lines, entities', () => {
    check('<p>One &amp;\n two</p><p>three<br>four</p>', 'One & two\n\nthree\nfour');
    check('<h1>T</h1>a <b>bold</b> <i>word</i>.<ul><li>x<li>y</ul>', 'T\n\na bold word.\n\nx\n\ny');
    check('', '');
  });
  test('no scripts, styles, titles, navigation', () =>
    check('<head><title>t</title><style>a{}</style></head><nav>menu</nav><script>let a="</p>"</script>text', 'text'));
  test('code by choice', () => {
    check('<p>run <code>ls</code>:</p><pre>$ ls\n  a</pre><p>done</p>', 'run ls:\n\ndone');
    check('<pre>$ ls\n  a</pre><p>done</p>', '$ ls\n  a\n\ndone', false);
  });
  test('megabytes of inline tags in one paragraph are read once', () => {
    const words = htmlText(`<p>${'<b>a</b> '.repeat(400_000)}`, { stripCode: true, stripFrontMatter: true });
    expect(words.length).toBe(2 * 400_000 - 1);
  });
  test('broken markup', () => check('<p>a <b>b</p></div></nav><p>c', 'a b\n\nc'));
  test.each([
    ['<!-- note --!>\n<p>words</p>', 'words'],
    ['<p>one <!-- note --!> two</p>', 'one two'],
    ['<p>one <!-- a > b --> two', 'one two'],
    ['<p>one <!---> two', 'one two'],
    ['<p>one <!-- never closed', 'one'],
    ['<p>2 < 3 &lt; 4 &copy; &#8212; &#x41; &nbsp;end', '2 < 3 < 4 © — A end'],
    ['<p>AT&T &unknown; &amp;amp;', 'AT&T &unknown; &amp;'],
    ['<p>a <svg><title>t</title><path d="x"/></svg> b', 'a b'],
    ['<p>a <button>press</button> b', 'a b'],
    ['<p>x = <math><mi>y</mi></math>.', 'x = .'],
    ['<ul><li><p>one</p><p>two</p><li>three</ul>', 'one\n\ntwo\n\nthree'],
    ['<table><caption>C</caption><tr><th>a<td>b</table>', 'C\n\na\n\nb'],
    ['<blockquote>said<footer>who</footer></blockquote>', 'said\n\nwho'],
    ['<dl><dt>term<dd>meaning</dl>', 'term\n\nmeaning'],
    ['<body>a<hr>b', 'a\n\nb'],
    ['<p>one<br/><br>two <br> three', 'one\n\ntwo\nthree'],
    ['<template><p>hidden</template><noscript>no</noscript><p>seen', 'seen'],
    ['<textarea>typed</textarea><select><option>one</select><p>seen', 'seen'],
    ['<p>Press <kbd>Esc</kbd> and <samp>x</samp>.', 'Press Esc and x.'],
    ['---\ntitle: x\n---\n<p>words</p>', 'words'],
    ['<style>a::before { content: "</p>" }</style><p>words', 'words'],
    ['<p>{{ name }} has {% if x %}more{% endif %}.', '{{ name }} has {% if x %}more{% endif %}.'],
    ['<P CLASS=a>Words <B>in</B> capitals</P>', 'Words in capitals'],
    ['<p>a\0b', 'a\uFFFDb'],
    ['text with no tag at all', 'text with no tag at all'],
    ['<p>words <a href="x', 'words'],
    ['<?php echo 1; ?><p>words', 'words'],
    ['<![CDATA[ data ]]><p>words', 'words'],
    ['<details><summary>More</summary>words</details>', 'More\n\nwords'],
    ['<figure><img alt="x"><figcaption>A boat</figcaption></figure>', 'A boat'],
  ])('%j', (html, expected) => check(html, expected));
  test.each([
    ['<p><code>ls</code></p><p>words</p>', 'ls\n\nwords'],
    ['<pre>\n\n$ ls &lt;a&gt;\n  <b>a</b>\n</pre><p>words', '$ ls <a>\n  a\n\nwords'],
    ['<script>let a;</script><pre>x</pre>', 'x'],
    ['<style>a{}</style><p>words', 'words'],
    ['<!-- note --><p>words', 'words'],
  ])('with code: %j', (html, expected) => check(html, expected, false));
});

describe('secrets', () => {
  const fake = (prefix: string, length: number) => prefix + 'a1B2c3D4e5'.repeat(10).slice(0, length);
  const pem = (body: string) => `-----BEGIN RSA PRIVATE KEY-----\n${body}\n-----END RSA PRIVATE KEY-----`;
  const secret: readonly string[] = [
    pem('MIIEpAIBAAKCAQEA\nabc'),
    `-----BEGIN OPENSSH PRIVATE KEY-----\n${'b3BlbnNzaC1rZXk0'.repeat(4)}`,
    'AKIAIOSFODNN7EXAMPLE',
    fake('ghp_', 36),
    fake('github_pat_', 40),
    fake('glpat-', 20),
    fake('xoxb-', 30),
    fake('AIza', 35),
    fake('sk-', 48),
    fake('sk-ant-', 60),
    fake('hf_', 34),
    fake('sk_live_', 24),
    fake('npm_', 36),
    `${fake('SG.', 22)}.${fake('', 43)}`,
    `${fake('eyJ', 20)}.${fake('eyJ', 30)}.${fake('', 20)}`,
    `Authorization: Bearer ${fake('', 30)}`,
    'postgres://admin:hunter22@db.example.org/x',
    `AccountKey=${fake('', 44)}==`,
    'password: hunter2hunter2',
    'My API key = "abc123def456"',
    '**Password:** `Tr0ub4dor&3`',
  ];
  const harmless: readonly string[] = [
    'The secret: nobody ever knew why she left.',
    'Choose a password: it should be long, and not the name of your dog.',
    'password: ********',
    'the token: <your-token-here>',
    'Write to me at someone@example.org or see https://example.org:8080/a@b.',
    'A task-based approach; risk-averse readers; sk-8 boards.',
    'the bearer of bad news; Basic understanding of everything',
    '-----BEGIN CERTIFICATE-----',
    '2f1c9a7be0b14d0bb6a2c2f7f0e6f1f5a8f5b8de',
  ];
  test.each(secret)('%s', (text) => expect(findSecrets(`before ${text} after`)).not.toEqual([]));
  test.each(harmless)('not: %s', (text) => expect(findSecrets(text)).toEqual([]));

  test('are in order, and those that overlap are one', () => {
    const text = `password: ${fake('ghp_', 36)} and AKIAIOSFODNN7EXAMPLE`;
    const spans = findSecrets(text);
    expect(spans.map(({ start, end }) => text.slice(start, end))).toEqual([
      `password: ${fake('ghp_', 36)}`,
      'AKIAIOSFODNN7EXAMPLE',
    ]);
  });

  test('a key covers all of its lines, blank ones too', () => {
    const text = `a\n\n${pem('Proc-Type: 4\n\nMIIE')}\n\nb`;
    expect(findSecrets(text)).toContainEqual({ start: 3, end: text.length - 3 });
  });

  test('megabytes of look-alikes take no quadratic time', () => {
    const start = performance.now();
    for (const unit of ['a.b-', 'token:', 'eyJ', '-----BEGIN PRIVATE KEY-----\n', 'sk-', 'x://'])
      findSecrets(unit.repeat(50_000));
    expect(performance.now() - start).toBeLessThan(5_000);
  });
});

describe('paragraphs', () => {
  const check = (text: string, expected: string[]) =>
    expect(paragraphSpans(text).map(({ start, end }) => text.slice(start, end))).toEqual(expected);

  test('are what stands between blank lines', () => {
    check('a\nb\n\nc\n \t\n\n  d\n', ['a\nb', 'c', '  d']);
    check(' \n\n', []);
  });
  test('are lines where there are no blank lines', () => {
    const line = 'x'.repeat(3_000);
    check(`${line}\n${line}\n\nshort\ntwo`, [line, line, 'short\ntwo']);
  });
  test('are joined as they stood', () => {
    const text = 'a\n\n\n\nb\n\nc';
    const [a, b, c] = paragraphSpans(text) as [never, never, never];
    expect(joinParagraphs(text, [a, b, c])).toBe('a\n\nb\n\nc');
    expect(joinParagraphs(text, [a, c])).toBe('a\n\nc');
    expect(joinParagraphs(text, [])).toBe('');
  });
});

describe('files that nobody wrote', () => {
  const names: readonly [string, ReturnType<typeof verdictOnName>][] = [
    ['LICENSE.txt', 'boilerplate'],
    ['docs/LICENSE-MIT.md', 'boilerplate'],
    ['requirements-dev.txt', 'boilerplate'],
    ['CMakeLists.txt', 'boilerplate'],
    ['robots.txt', 'boilerplate'],
    ['home/passwords.txt', 'credentials'],
    ['id_rsa.txt', 'credentials'],
    ['the-secret-garden.txt', undefined],
    ['licensed-to-kill.md', undefined],
    ['notice-board.md', undefined],
    ['requirements.md', undefined],
    ['NOTICE.md', 'boilerplate'],
    ['README.md', undefined],
  ];
  test.each(names)('%s', (name, expected) => expect(verdictOnName(name)).toBe(expected));

  test('by what they say at the top', () => {
    expect(isGenerated('<!-- This file is generated by a script -->\n# Options')).toBe(true);
    expect(isGenerated('% Automatically generated by LyX\n\\section{x}')).toBe(true);
    expect(isGenerated('# API\n\nDO NOT EDIT this file.')).toBe(true);
    expect(isGenerated('<html><head><meta name="generator" content="x">')).toBe(true);
    expect(isGenerated('The heat was generated by the sun, and we do not edit letters.')).toBe(false);
  });
  test('minified', () => {
    expect(isGenerated(`ok\n${'function(a){return b};'.repeat(200)}`)).toBe(true);
    expect(isGenerated(proseOf(1, 30_000).replaceAll('\n', ' '))).toBe(false);
    expect(isGenerated('今天天气很好，我们去公园散步。'.repeat(300))).toBe(false);
  });
  test('figures', () => {
    expect(readsLikeProse('12 13 14.5\n0.3 0.9 1.1 x')).toBe(false);
    expect(readsLikeProse('In 1999 it was 12 % of 400, and rising.')).toBe(true);
    expect(readsLikeProse('नमस्ते दुनिया')).toBe(true);
  });
});
