import { describe, expect, test } from 'vitest';
import { seededRandom } from '../../../src/protocol/seededRandom.ts';
import { holdsSentences } from '../../../src/text/block.ts';
import { readText } from '../../../src/text/readText.ts';
import type { ZoneKind } from '../../../src/text/zone.ts';
import { outline } from './support/outline.ts';
import { typstNestings } from './support/typstNestings.ts';
import { TypstPages } from './support/typstPages.ts';
import { typstJudge } from './support/typstSyntax.ts';
import { zoneAt } from './support/zoneAt.ts';

/** What the caret stands in. */
const zones: readonly (readonly [drawn: string, zone: ZoneKind])[] = [
  ['The quick |', 'prose'],
  ['== The |', 'heading'],
  ['- The |', 'listItem'],
  ['+ The |', 'listItem'],
  ['12. The |', 'listItem'],
  ['- one\n  goes on |', 'listItem'],
  ['- one\n\n  The |', 'listItem'],
  ['- one\n\nThe |', 'prose'],
  ['/ Term: The |', 'prose'],
  ['#let x = |', 'command'],
  ['#set text(\n  size: |', 'command'],
  ['#set text(\n  size: 3pt,\n)\nThe |', 'prose'],
  ['#show heading: it => {\n  x |', 'command'],
  ['#show heading: it => {\n  x\n}\nThe |', 'prose'],
  ['#import "a.typ": |', 'command'],
  ['#figure(image("a.png"), caption: [The |', 'prose'],
  ['#emph[The |', 'prose'],
  ['#emph[The] and |', 'prose'],
  ['#text(red)[The |', 'prose'],
  ['#link("http://a.b")[The |', 'prose'],
  ['#f("]) |', 'command'],
  ['#na|', 'command'],
  ['Hello #name and |', 'prose'],
  ['Hello #na.me(x).y and |', 'prose'],
  ['#if x [The |', 'prose'],
  ['#if x [The] else |', 'command'],
  ['where $x |', 'math'],
  ['where $x$ and |', 'prose'],
  ['$ x\n + |', 'math'],
  ['costs \\$5 and |', 'prose'],
  ['call `np|', 'codeSpan'],
  ['call `npm` and |', 'prose'],
  ['```rust\nlet x |', 'code'],
  ['```rust\n\nlet x\n``` |', 'prose'],
  ['see @fig|', 'citation'],
  ['see @fig and |', 'prose'],
  ['The heading <in|', 'citation'],
  ['see https://exam|', 'linkTarget'],
  ['see https://a.b // c |', 'comment'],
  ['/* The\nquick |', 'comment'],
  ['/* a /* b */ c |', 'comment'],
  ['/* a */ The |', 'prose'],
];

describe('the zone at a caret', () => {
  test.each(zones)('%j is %s', (drawn, zone) => expect(zoneAt(drawn, 'typst')).toBe(zone));
});

/** A text, and its blocks drawn by `outline`. */
const readings: readonly (readonly [text: string, ...blocks: string[]])[] = [
  ['= One <one>\nTwo\nthree', 'heading@1: One', 'prose: Two\nthree'],
  ['#set text(\n  size: 3pt,\n)\n#let x = 1\n\nOne', 'markup: #set text(\n  size: 3pt,\n)\n#let x = 1', 'prose: One'],
  ['One\n```py\nx\n\ny\n```\nTwo', 'prose: One', 'code: ```py\nx\n\ny\n```', 'prose: Two'],
  ['One\n$ x + y $\nTwo', 'prose: One', 'math: $ x + y $', 'prose: Two'],
  [
    '- One\n  two\n  - Three\n+ Four',
    'listItem+ in listItem(-): One\n⟦  ⟧two',
    'listItem@1+ in listItem(-) listItem(-): Three',
    'listItem+ in listItem(+): Four',
  ],
  ['/ One: Two', 'prose in note(/ One:): Two'],
  ['// One\nTwo // three', 'comment: // One', 'prose: Two ⟦// three⟧'],
  ['One #emph[two] #f(x)[three $y$] `z` @a.', 'prose: One ⟦#emph[⟧two⟦]⟧ ⟦#f(x)[⟧three ⟦$y$⟧⟦]⟧ ⟦`z`⟧ ⟦@a⟧.'],
  [
    '#figure(\n  image("x.png"),\n  caption: [One two],\n)\nThree',
    'markup: #figure(\n  image("x.png"),',
    'prose: One two',
    'markup: )',
    'prose: Three',
  ],
  ['One [two] http://a.b/c.', 'prose: One [two⟦]⟧ ⟦http://a.b/c⟧.'],
];

describe('the blocks of a text', () => {
  test.each(readings)('%j', (text, ...blocks) => expect(outline(text, 'typst')).toEqual(blocks));
});

const judgeTypst = await typstJudge();

/** The runs of letters and digits at places of words, as we read them and as Typst itself does. */
function wordsOf(text: string) {
  const { letters, erroneous } = judgeTypst(text);
  const reading = readText(text, 'typst');
  const isOurs = (at: number) => {
    const block = reading.blocks.find(({ contentStart, contentEnd }) => contentStart <= at && at < contentEnd);
    if (block === undefined || !(holdsSentences(block) || block.kind === 'heading')) return false;
    return !reading.spansOf(block).some(({ start, end }) => start <= at && at < end);
  };
  const words = (isWord: (offset: number) => boolean) =>
    [...text.matchAll(/[\p{L}\p{N}]+/gu)].filter(({ index }) => isWord(index)).map(([word]) => word);
  return { ours: words(isOurs), theirs: words((at) => letters[at] === 'W' || letters[at] === 'H'), erroneous };
}

describe('the words within what is nested, as Typst itself reads them', () => {
  test.each(typstNestings)('%j', (text) => {
    const { ours, theirs, erroneous } = wordsOf(text);
    expect(erroneous).toBe(false);
    expect(ours).toEqual(theirs);
  });

  test('on pages that nest at random', () => {
    const pages = new TypstPages(seededRandom(7));
    for (let i = 0; i < 1_000; i++) {
      const text = pages.page();
      const { ours, theirs, erroneous } = wordsOf(text);
      if (!erroneous) expect({ text, words: ours }).toEqual({ text, words: theirs });
    }
  });
});
