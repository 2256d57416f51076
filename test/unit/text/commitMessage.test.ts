import { describe, expect, test } from 'vitest';
import { CaretReader } from '../../../src/text/caretReader.ts';
import type { ZoneKind } from '../../../src/text/zone.ts';
import { caretOf } from '../../../src/writing/completion/caret.ts';
import { atCaret } from '../writing/support/atCaret.ts';
import { outline } from './support/outline.ts';

const scissors = '# ------------------------ >8 ------------------------';

const zones: readonly (readonly [drawn: string, zone: ZoneKind])[] = [
  ['|', 'commitSubject'],
  ['\n|', 'commitSubject'],
  ['Fix the |', 'commitSubject'],
  ['# a comment\nFix the |', 'commitSubject'],
  ['Fix\n|', 'commitBody'],
  ['Fix\n\nIt was |', 'commitBody'],
  ['Fix\n\n- It was |', 'commitBody'],
  ['Fix\n\nBecause: it was |', 'commitBody'],
  ['Fix\n\nWell-known: it was |', 'directive'],
  ['Fix\n\nIt was\n# Please |', 'directive'],
  ['Fix\n#|', 'directive'],
  ['# Please enter the commit message for your |', 'directive'],
  ['; Please enter the commit message for your |', 'directive'],
  ['; Please enter the commit message for your changes. Lines starting\n; with |', 'directive'],
  ['Fix\n\n// Please enter the commit message for your\n// with |', 'directive'],
  ['Fix; and |', 'commitSubject'],
  ['; Please enter the commit message\n# one |', 'commitSubject'],
  ['Fix\n\nSigned-off-by: Jane |', 'directive'],
  ['Fix\n\nCo-authored-by: Jane |', 'directive'],
  ['Fix\n\nReviewed-by: Jane <ja|', 'directive'],
  ['Fix\n\nFixes: #1|', 'directive'],
  ['Fix\n\nCloses: |', 'directive'],
  ['Signed-off-by: Jane |', 'commitSubject'],
  ['fix: the |', 'commitSubject'],
  ['Fix `a|', 'codeSpan'],
  ['Fix `a` and |', 'commitSubject'],
  ['Fix\n\nsee https://a.b/|', 'linkTarget'],
  [`Fix\n${scissors}\n+ the |`, 'code'],
  [`Fix\n${scissors}\n\nthe |`, 'code'],
  [`Fix\n; ------------------------ >8 ------------------------\n+ the |`, 'commitBody'],
];

describe('commit messages', () => {
  test.each(zones)('%j is %s', (drawn, zone) => {
    const request = atCaret(drawn, { languageId: 'git-commit' });
    expect(new CaretReader().zoneAt(request, request.prefix, caretOf(request))).toBe(zone);
  });

  test.each([
    [
      'Fix it\n\nIt was\nbroken.\n\n- one\n- two\n\nSigned-off-by: Jane <j@x.org>\n# a\n# b\n',
      [
        'prose: Fix it',
        'prose: It was\nbroken.',
        'listItem+ in listItem(-): one',
        'listItem+ in listItem(-): two',
        'markup: Signed-off-by: Jane <j@x.org>',
        'comment: # a\n# b',
      ],
    ],
    ['Fix\nit all', ['prose: Fix\nit all']],
    ['Fix `a`\n\n    code\n    more\n\nIt', ['prose: Fix ⟦`a`⟧', 'code:     code\n    more', 'prose: It']],
    [`Fix\n${scissors}\n\n+ a`, ['prose: Fix', `comment: ${scissors}`, 'code: \n+ a']],
  ])('%j', (text, blocks) => expect(outline(text, 'git-commit')).toEqual(blocks));
});
