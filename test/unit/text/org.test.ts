import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { holdsSentences } from '../../../src/text/block.ts';
import { readText } from '../../../src/text/readText.ts';
import type { ZoneKind } from '../../../src/text/zone.ts';
import { outline } from './support/outline.ts';
import { zoneAt } from './support/zoneAt.ts';

/** What the caret stands in. */
const zones: readonly (readonly [drawn: string, zone: ZoneKind])[] = [
  ['The quick |', 'prose'],
  ['* The |', 'heading'],
  ['** TODO The |', 'heading'],
  ['- The |', 'listItem'],
  ['+ The |', 'listItem'],
  ['  * The |', 'listItem'],
  ['1. The |', 'listItem'],
  ['- [ ] The |', 'listItem'],
  ['- one\n  goes on |', 'listItem'],
  ['- one\n\n  The |', 'listItem'],
  ['- one\n\nThe |', 'prose'],
  ['[fn:1] The |', 'prose'],
  ['#+begin_src c\nint |', 'code'],
  ['#+BEGIN_EXAMPLE\nThe |', 'code'],
  ['#+begin_src c\nx\n#+end_src\nThe |', 'prose'],
  ['#+begin_export html\n<b>The |', 'code'],
  ['#+begin_comment\nThe |', 'comment'],
  ['#+begin_quote\nThe |', 'quote'],
  ['#+begin_verse\nThe |', 'prose'],
  ['#+begin_center\nThe |', 'prose'],
  ['#+title: The |', 'heading'],
  ['#+options: toc|', 'frontMatter'],
  ['Text\n#+attr_html: :width |', 'directive'],
  ['* A\n:PROPERTIES:\n:ID: the |', 'frontMatter'],
  ['* A\n:PROPERTIES:\n:ID: x\n:END:\nThe |', 'prose'],
  ['# The |', 'comment'],
  [': code |', 'code'],
  ['| a ‖', 'tableCell'],
  ['\\begin{align}\nx |', 'math'],
  ['\\begin{align}\nx\n\\end{align}\nThe |', 'prose'],
  ['where $x |', 'math'],
  ['where \\(x |', 'math'],
  ['where $x$ and |', 'prose'],
  ['call ~np|', 'codeSpan'],
  ['call =npm= and |', 'prose'],
  ['see [[htt|', 'linkTarget'],
  ['see [[http://a.b][The |', 'prose'],
  ['see [[http://a.b][The]] and |', 'prose'],
  ['see https://exam|', 'linkTarget'],
  ['SCHEDULED: <2026|', 'directive'],
];

describe('the zone at a caret', () => {
  test.each(zones)('%j is %s', (drawn, zone) => expect(zoneAt(drawn, 'org')).toBe(zone));
});

/** A text, and its blocks drawn by `outline`. */
const readings: readonly (readonly [text: string, ...blocks: string[]])[] = [
  [
    '#+title: One\n#+author: Me\n\n* TODO [#A] Two :a:b:\nThree',
    'heading: One',
    'frontMatter: #+author: Me',
    'heading@1: Two',
    'prose: Three',
  ],
  ['One\n#+begin_src c\nx\n\ny\n#+end_src\nTwo', 'prose: One', 'code: #+begin_src c\nx\n\ny\n#+end_src', 'prose: Two'],
  ['#+begin_quote\nOne\n#+end_quote', 'markup: #+begin_quote', 'quote in quote(): One', 'markup: #+end_quote'],
  [
    '- [X] One\n  two\n  1. Three\n- Four',
    'listItem+ in listItem(- [X] task): One\n⟦  ⟧two',
    'listItem@1+ in listItem(- [X] task) listItem(1.): Three',
    'listItem+ in listItem(-): Four',
  ],
  ['| a | b |\n|---+---|\nOne', 'table: | a | b |\n|---+---|', 'prose: One'],
  ['# One\n: two\nThree', 'comment: # One', 'code: : two', 'prose: Three'],
  ['[fn:1] One\ntwo', 'prose in note([fn:1]): One\ntwo'],
  ['One\n#+caption: Two\n[[a.png]]', 'prose: One', 'prose in note(#+caption:): Two', 'prose: ⟦[[a.png]]⟧'],
  [
    '- One\n  - Two\n    #+caption: Three\n    Four',
    'listItem+ in listItem(-): One',
    'listItem@1+ in listItem(-) listItem(-): Two',
    'listItem@1 in listItem(-) listItem(-) note(#+caption:): Three',
    'listItem@1 in listItem(-) listItem(-): Four',
  ],
  [
    '#+begin_center\n#+caption: One\nTwo\n#+end_center',
    'markup: #+begin_center',
    'prose in note() note(#+caption:): One',
    'prose in note(): Two',
    'markup: #+end_center',
  ],
  ['One [[a][two]], [[b]], ~c d~, $e$ and [fn:1].', 'prose: One ⟦[[a][⟧two⟦]]⟧, ⟦[[b]]⟧, ⟦~c d~⟧, ⟦$e$⟧ and ⟦[fn:1]⟧.'],
  ['a = b and 5 ~ 6 at http://a.b/c.', 'prose: a = b and 5 ~ 6 at ⟦http://a.b/c⟧.'],
  [':LOGBOOK:\nx\n:END:\nOne', 'frontMatter: :LOGBOOK:\nx\n:END:', 'prose: One'],
];

describe('the blocks of a text', () => {
  test.each(readings)('%j', (text, ...blocks) => expect(outline(text, 'org')).toEqual(blocks));
});

interface Recorded {
  readonly text: string;
  /** those that are a person's to Org's own parser; record.mjs beside it asked Emacs */
  readonly words: readonly string[];
}
const recorded = readFileSync(join(import.meta.dirname, '../../fixtures/org/recorded.jsonl'), 'utf8')
  .trimEnd()
  .split('\n')
  .map((line) => JSON.parse(line) as Recorded);

/** The runs of letters and digits that stand in words. */
function wordsOf(text: string): string[] {
  const reading = readText(text, 'org');
  const isWord = (at: number) => {
    const block = reading.blocks.find(({ contentStart, contentEnd }) => contentStart <= at && at < contentEnd);
    if (block === undefined || !(holdsSentences(block) || block.kind === 'heading')) return false;
    return !reading.spansOf(block).some(({ start, end }) => start <= at && at < end);
  };
  return [...text.matchAll(/[\p{L}\p{N}]+/gu)].filter(({ index }) => isWord(index)).map(([word]) => word);
}

describe('the words, as Org itself reads them', () => {
  test.each(recorded)('$text', ({ text, words }) => expect(wordsOf(text)).toEqual(words));
});
