import { describe, expect, test } from 'vitest';
import { shown } from './support/shownText.ts';

/** Editors put the end of a pair right of the caret as soon as it is begun. */
describe('within a pair that is closed right of the caret', () => {
  const pairs = '() [] {} "" “” „“ „” «» »« ‘’ \'\' ‚‘ （） 「」 『』 【】 《》 〈〉 ** __ ``'
    .split(' ')
    .map((pair) => [...pair]);
  const wide = [['**', '**'] as const, ['~~', '~~'] as const, ['("', '")'] as const, ['([', '])'] as const];
  const rests = ['', '.', ', and left.', '.)', '” he said'];
  const all = [...pairs.map(([open, close]) => [open!, close!] as const), ...wide];
  test.each(all)('%s…%s: words come, and no second end', (open, close) => {
    for (const rest of rests) {
      const within = (text: string) => `We looked at ${open}${text}‖${close}${rest}`;
      const behindWord = rest.startsWith('.') ? '–unlikelySuffix' : ' first page'; // the sentence is written to its end
      expect(shown(within('the '), 'first page')).toBe('first page');
      expect(shown(within('the'), ' first page')).toBe(behindWord);
      expect(shown(within('the fi'), 'rst page')).toBe('rst');
      expect(shown(within('the '), `first page${close}${rest} of it`)).toBe('first page');
      expect(shown(within('the'), ` first page${close} of it`)).toBe(behindWord);
      expect(shown(within('the fi'), `rst page${close}. Then`)).toBe('rst');
      expect(shown(within('the first page'), `${close} of it`)).toMatch(/^–(repeatsSuffix|empty|unlikelySuffix)$/);
    }
  });
  test.each([
    ['(see |) now', 'page (two) of it', 'page (two) of it'],
    ['(see |).', 'page (two) of it). Then', 'page (two) of it'],
    ['(see |) and (more)', 'page two) of it', 'page two'],
    ['(see |the map) now', 'page two) of it', 'page two '],
    ['[see (page |)]', 'two) of it', 'two'],
    ['[see (page |)]', 'two of it', 'two of it'],
    ['He said "|"', 'hello "there" you', 'hello'],
    ['He said ‘I |’', 'don’t know’ and', 'don’t know'],
    ["He said 'I |'", "don't know' and", "don't know"],
    ["He didn't say 'I|'", " don't know", " don't know"],
    ['Er sagte „Ich |“ und', 'komme“ und ging', 'komme'],
    ['Er sagte „Ich|“', ' komme', ' komme'],
    ['Il dit « Je |»', 'viens » et', 'viens'],
    ['(see [the |]) now', 'page] of it) and', 'page'],
    ['Er sagte ‚ich |‘ und', 'komme‘ dann', 'komme'],
    ['Sie rief »komm |« und', 'her« und ging', 'her'],
    ['Il dit « je viens | » et', 'demain » et', 'demain'],
    ['彼は「|」と', '行く」と言った', '行く'],
    ['他说：“|”', '你好”然后', '你好'],
    ['We use **`npm |`** here', 'install`** there', 'install'],
    ['See [the |](https://a.b)', 'page](http', 'page'],
    ['The keepers|’ house', ' of the', '–unlikelySuffix'],
    ["The keepers|' house", ' of the', '–unlikelySuffix'],
    ["He didn't|'", ' know', '–unlikelySuffix'],
    ['(He left) and went|)', ' home', '–unlikelySuffix'],
    ['He said "hello" and went|"', ' home', '–unlikelySuffix'],
  ])('%j + %j shows %j', (drawn, said, text) => expect(shown(drawn.replace('|', '‖'), said)).toBe(text));
  test.each([
    ['\\emph{the |}', 'first page} of', 'first page'],
    ['\\emph{the|}', ' first page', ' first page'],
    ["He said ``the|''", ' first page', ' first page'],
    ['He said `the|’', ' first page', ' first page'],
  ])('LaTeX: %j + %j shows %j', (drawn, said, text) => {
    expect(shown(drawn.replace('|', '‖'), said, { languageId: 'latex' })).toBe(text);
  });
});

describe('what a suggestion opens it closes, or it ends before it', () => {
  test.each([
    ['markdown', 'at point $x$ and then', 'at point $x$ and then'],
    ['markdown', 'at point $x and then', 'at point'],
    ['markdown', 'at point $$x and then', 'at point'],
    ['markdown', 'see (the (first) page) and', 'see (the (first) page) and'],
    ['markdown', 'see (the (first page) and', 'see'],
    ['markdown', 'pay $5 and then go', 'pay'],
    ['markdown', 'use v2 and then go', 'use'],
    ['markdown', String.raw`cost \$x and more`, String.raw`cost \$x and more`],
    ['plaintext', 'set $HOME and then go', 'set $HOME and then go'],
    ['latex', 'at point $x$ and then', 'at point $x$ and then'],
    ['latex', 'at point $x', 'at point'],
    ['latex', 'at time $2t', 'at time'],
    ['latex', 'where $a$ and $b', 'where $a$ and'],
    ['typst', 'where $a$ and $b', 'where $a$ and'],
    ['latex', String.raw`in Chapter~\ref{`, 'in Chapter'],
    ['latex', String.raw`in Chapter~\ref{sec:a} and`, String.raw`in Chapter~\ref{sec:a} and`],
    ['latex', String.raw`is \emph{quite`, 'is'],
    ['latex', String.raw`is \textbf{\emph{quite`, 'is'],
    ['markdown', 'see [the page](https://a', 'see'],
    ['markdown', 'see ![a page](a', 'see'],
    ['markdown', 'see the page (now', 'see the page'],
    ['restructuredtext', 'see :ref:`the page', 'see'],
    ['restructuredtext', 'see :ref:`the page` and', 'see :ref:`the page` and'],
    ['typst', 'is #emph[quite', 'is'],
    ['latex', String.raw`see \frac{a}{b and`, 'see'],
    ['latex', String.raw`see \includegraphics[width=\textwidth]{fig`, 'see'],
    ['latex', String.raw`see \textcolor{red}{the page`, 'see'],
    ['latex', String.raw`use \(x + y and`, 'use'],
    ['latex', String.raw`use \[x + y`, 'use'],
    ['latex', String.raw`use \(x\) and`, String.raw`use \(x\) and`],
    ['latex', 'see the interval $[a, b)$ there', 'see the interval $[a, b)$ there'],
    ['markdown', 'see `a)` and', 'see `a)` and'],
    ['markdown', 'see {ref}`the page', 'see'],
    ['markdown', 'see [[Other page|the words', 'see'],
    ['markdown', 'see [^note', 'see'],
    ['typst', 'see #link("a")[the page', 'see'],
    ['asciidoc', 'see link:a[the page', 'see'],
    ['asciidoc', 'see xref:a.adoc#b[the page', 'see'],
    ['org', 'see [[file:a][the page', 'see'],
    ['restructuredtext', 'see `the page <a>`_ and', 'see `the page <a>`_ and'],
    ['restructuredtext', 'see the page_ and', 'see the page_ and'],
    ['markdown', 'go (as (they [always] did)) home', 'go (as (they [always] did)) home'],
    ['markdown', 'said “he said ‘no’ to me” and', 'said “he said ‘no’ to me” and'],
    ['markdown', 'sagten „nein“ und „ja', 'sagten „nein“ und'],
    ['markdown', 'dirent « oui » et « non', 'dirent « oui » et'],
    ['markdown', 'see **', 'see'],
    ['markdown', 'see **5** and', 'see'],
    ['markdown', 'owe ± 5 or', 'owe'],
    ['markdown', 'owe US$5 or', 'owe'],
    ['markdown', 'owe US$ 5 or', 'owe'],
    ['markdown', 'owe € 5 or', 'owe'],
    ['markdown', 'see § 5 and', 'see'],
    ['markdown', 'see <5 and', 'see'],
    ['markdown', 'have USB 3 there', 'have USB'],
  ])('%s: %j shows %j', (languageId, said, text) => {
    expect(shown('We |', said, { length: 'paragraph', languageId })).toBe(text);
  });
  test.each(['markdown', 'plaintext'])('a price that is known is no formula in %s', (languageId) => {
    expect(shown('It was $5 then. We |', 'pay $5 or so', { languageId })).toBe('pay $5 or so');
  });
  test.each([
    ['see `foo` and then', 'see `foo` and then'],
    ['see `foo and then some more words', 'see'],
    ['see ``a`b`` here', 'see ``a`b`` here'],
    ['see **foo** and', 'see **foo** and'],
    ['see **foo and then some more', 'see'],
    ['see *foo* and', 'see *foo* and'],
    ['see *foo and then some more', 'see'],
    ['see _foo_ and', 'see _foo_ and'],
    ['see _foo and then some more', 'see'],
    ['see snake_case_name and', 'see snake_case_name and'],
    ['see a * b and', 'see a * b and'],
    ['see ~~foo~~ and', 'see ~~foo~~ and'],
    ['see ~~foo and then some more', 'see'],
    ['say "foo" and', 'say "foo" and'],
    ['say "foo and then some more', 'say'],
    ['say “foo” and', 'say “foo” and'],
    ['say “foo and then some more', 'say'],
    ['see (foo) and', 'see (foo) and'],
    ['see (foo and then some more', 'see'],
    ['see [foo and then some more', 'see'],
    ['see «foo and then some more', 'see'],
    ['see (foo [bar] and then some', 'see'],
    ['see 「foo and then some', 'see'],
  ])('%j shows %j', (said, text) => {
    expect(shown('We |', said, { length: 'paragraph' })).toBe(text);
  });
  test.each([
    ['We see `|', 'foo` and', 'foo` and'],
    ['We see **|', 'foo** and', 'foo** and'],
    ['We say "|', 'foo" and', 'foo" and'],
    ['* We see |', 'foo and', 'foo and'],
    ['We *see |', 'foo* and', 'foo* and'],
  ])('%j + %j shows %j', (drawn, said, text) => expect(shown(drawn, said)).toBe(text));
});
