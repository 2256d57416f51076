import { describe, expect, test } from 'vitest';
import type { ZoneKind } from '../../../src/text/zone.ts';
import { outline } from './support/outline.ts';
import { zoneAt } from './support/zoneAt.ts';

/** What the caret stands in. */
const zones: Readonly<Record<string, readonly (readonly [drawn: string, zone: ZoneKind])[]>> = {
  'delimited blocks': [
    ['----\nThank you|', 'code'],
    ['....\nThank you|', 'code'],
    ['++++\nThank you|', 'code'],
    ['```ruby\nThank you|', 'code'],
    ['////\nThank you|', 'comment'],
    ['====\nThank you|', 'prose'],
    ['****\nThank you|', 'prose'],
    ['____\nThank you|', 'quote'],
    ['--\nThank you|', 'prose'],
    ['[source]\n--\nThank you|', 'code'],
    ['[source,ruby]\n----\nThank you|', 'code'],
    ['[stem]\n++++\nx|', 'math'],
    ['[NOTE]\n====\nThank you|', 'prose'],
    ['[verse]\n____\nThank you|', 'prose'],
    ['====\n----\nThank you|', 'code'],
    ['====\n----\nx\n----\nThank you|', 'prose'],
    ['====\n----\nx\n====\nThank you|', 'prose'],
    ['-----\n----\nThank you|', 'code'],
    ['~~~~\nThank you|', 'prose'],
    ['----\nx\n----\nThank you|', 'prose'],
    ['----\n\n\nThank you|', 'code'],
    ['* one\n+\n----\nThank you|', 'code'],
    ['* one\n+\n----\nx\n----\n+\nThank you|', 'listItem'],
  ],
  paragraphs: [
    ['Text\n goes on|', 'prose'],
    [' Thank you|', 'code'],
    ['Text\n\n  Thank you|', 'code'],
    ['* one\n  goes on|', 'listItem'],
    ['* one\ngoes on|', 'listItem'],
    ['* one\n\n  Thank you|', 'code'],
    ['* one\n\nThank you|', 'prose'],
    ['* one\n+\nThank you|', 'listItem'],
    ['* one\n** two\n   goes on|', 'listItem'],
    ['. one\n   goes on|', 'listItem'],
    ['term:: Thank you|', 'prose'],
    ['term::\n  Thank you|', 'prose'],
    ['term::\n\n  Thank you|', 'prose'],
    ['<1> Thank you|', 'listItem'],
    ['* [ ] Thank you|', 'listItem'],
    ['NOTE: Thank you|', 'prose'],
    ['[NOTE]\nThank you|', 'prose'],
    ['[source]\nThank you|', 'code'],
    ['[quote]\nThank you|', 'quote'],
    ['> Thank you|', 'quote'],
    ['Text\n// a comment\nThank you|', 'prose'],
    ['Text\n== no heading|', 'prose'],
    ['Text\n* no item|', 'prose'],
  ],
  'markup and headings': [
    ['== The |', 'heading'],
    ['## The |', 'heading'],
    ['= Title\nMe|', 'directive'],
    ['= Title\n:toc: le|', 'directive'],
    ['= Title\n\nThank you|', 'prose'],
    ['.The title of |', 'heading'],
    ['image::a.png[The |', 'linkTarget'],
    ['include::ch|', 'linkTarget'],
    [':name: val|', 'directive'],
    [':na|', 'directive'],
    ['[source,ru|', 'directive'],
    ['[[an|', 'directive'],
    ['// Thank you|', 'comment'],
    ['ifdef::a[]\nThank you|', 'prose'],
    ['Title\n-----\nThank you|', 'prose'],
    ['Title\n~~~~~\n\n----\nx|', 'code'],
    ['* one\n\nTitle\n-----\nThank you|', 'prose'],
    ["'''\nThank you|", 'prose'],
    ['|===\n‖', 'tableCell'],
    ['|===\nx\n|===\nThank you‖', 'prose'],
  ],
  'inline markup': [
    ['call `np|', 'codeSpan'],
    ['call `npm` and |', 'prose'],
    ["it's `here |", 'codeSpan'],
    ['a``b|', 'codeSpan'],
    ['see <<sec|', 'citation'],
    ['see <<sec,text>> and |', 'prose'],
    ['stem:[x|', 'math'],
    ['latexmath:[x] and |', 'prose'],
    ['see http://exa|', 'linkTarget'],
    ['see http://example.com[The |', 'prose'],
    ['link:fi|', 'linkTarget'],
    ['xref:a.adoc[The |', 'prose'],
    ['footnote:[The |', 'prose'],
    ['1 << 2 |', 'citation'],
    ['C++ and {cpp} |', 'prose'],
  ],
};

describe('the zone at a caret', () => {
  for (const [kind, rows] of Object.entries(zones)) {
    test.each(rows)(`${kind}: %j is %s`, (drawn, zone) => expect(zoneAt(drawn, 'asciidoc')).toBe(zone));
  }
});

/** A text, and its blocks drawn by `outline`. */
const readings: readonly (readonly [text: string, ...blocks: string[]])[] = [
  ['= One\nMe\n:a: b\n\n== Two\n\nThree', 'heading: One', 'frontMatter: Me\n:a: b', 'heading@1: Two', 'prose: Three'],
  ['One\n===\n\nTwo\n---\nThree', 'heading: One', 'heading@1: Two', 'prose: Three'],
  [
    'One\n\n[source,python]\n----\n# x\n\ny\n----\n\nTwo',
    'prose: One',
    'markup: [source,python]',
    'code: ----\n# x\n\ny\n----',
    'prose: Two',
  ],
  ['....\nOne\n....\n\n Two\nthree', 'code: ....\nOne\n....', 'code:  Two\nthree'],
  [
    '====\nOne\n\n----\nx\n----\n====',
    'markup in note(): ====',
    'prose in note(): One',
    'code in note(): ----\nx\n----',
    'markup: ====',
  ],
  ['____\nOne\n____', 'markup in quote(): ____', 'quote in quote(): One', 'markup: ____'],
  [
    '* One\n  two\n** Three\n* Four\n+\nFive\n\nSix',
    'listItem+ in listItem(*): One\n⟦  ⟧two',
    'listItem@1+ in listItem(*) listItem(**): Three',
    'listItem+ in listItem(*): Four',
    'markup in listItem(*): +',
    'listItem in listItem(*): Five',
    'prose: Six',
  ],
  ['* [x] One\n* [ ] Two', 'listItem+ in listItem(* [x] task): One', 'listItem+ in listItem(* [ ] task): Two'],
  [
    '. One\n.. Two\n. Three',
    'listItem+ in listItem(.): One',
    'listItem@1+ in listItem(.) listItem(..): Two',
    'listItem+ in listItem(.): Three',
  ],
  [
    'One:: Two\nThree::\n  Four',
    'prose in note(One::): Two',
    'markup in note(Three::): Three::',
    'prose in note(Three::): Four',
  ],
  ['NOTE: One\ntwo', 'prose in note(NOTE:): One\ntwo'],
  ['|===\n|One |two\n\n|three\n|===\n\nFour', 'table: |===\n|One |two\n\n|three\n|===', 'prose: Four'],
  ['////\nOne\n////\n// two\nThree', 'comment: ////\nOne\n////\n// two', 'prose: Three'],
  ['One\n// two\nthree', 'prose: One', 'comment: // two', 'prose: three'],
  ['.One\nTwo\n\nimage::x.png[Three]', 'markup: .One', 'prose: Two', 'markup: image::x.png[Three]'],
  ['See `a b`, <<c,d>>, {e} and +f+.', 'prose: See ⟦`a b`⟧, ⟦<<c,d>>⟧, ⟦{e}⟧ and ⟦+f+⟧.'],
  [
    'See link:a[b c], http://d[e], stem:[x] and footnote:[f g].',
    'prose: See ⟦link:a[⟧b c⟦]⟧, ⟦http://d[⟧e⟦]⟧, ⟦stem:[x]⟧ and ⟦footnote:[⟧f g⟦]⟧.',
  ],
  ['At http://a.b/c, a`b and 2 + 3.', 'prose: At ⟦http://a.b/c⟧, a`b and 2 + 3.'],
  ['[NOTE]\n====\nOne\n====', 'markup: [NOTE]', 'markup in note(): ====', 'prose in note(): One', 'markup: ===='],
];

describe('the blocks of a text', () => {
  test.each(readings)('%j', (text, ...blocks) => expect(outline(text, 'asciidoc')).toEqual(blocks));
  test.each(readings)('with CRLF: %j', (text, ...blocks) =>
    expect(outline(text.replaceAll('\n', '\r\n'), 'asciidoc')).toEqual(
      blocks.map((block) => block.replaceAll('\n', '\r\n')),
    ),
  );
});
