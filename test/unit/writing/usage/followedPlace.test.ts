import { describe, expect, test } from 'vitest';
import { movedBy } from '../../../../src/writing/usage/survives.ts';

/** The stretch that is followed stands between bars. */
const placeIn = (drawn: string) => ({ start: drawn.indexOf('|'), end: drawn.lastIndexOf('|') - 1 });

describe('a followed place', () => {
  /** @param change [from, to) of the undrawn text, and what is put there */
  const check = (name: string, drawn: string, change: [from: number, to: number, text: string], expected: string) =>
    test(name, () => {
      const [rangeOffset, to, text] = change;
      const plain = drawn.replaceAll('|', '');
      const moved = movedBy(placeIn(drawn), { rangeOffset, rangeLength: to - rangeOffset, text });
      const after = plain.slice(0, rangeOffset) + text + plain.slice(to);
      const parts = [after.slice(0, moved.start), after.slice(moved.start, moved.end), after.slice(moved.end)];
      expect(parts.join('|')).toBe(expected);
    });

  check('moves with what is written before it', 'on |the wall| here', [0, 2, 'under'], 'under |the wall| here');
  check('stays when something is written after it', 'on |the wall| here', [12, 16, 'there'], 'on |the wall| there');
  check('does not take in what is added at its end', 'on |the wall| here', [11, 11, 's'], 'on |the wall|s here');
  check('does not take in what is added at its start', 'on |the wall| here', [3, 3, 'all '], 'on all |the wall| here');
  check('grows with what is written within it', 'on |the wall| here', [7, 7, 'old '], 'on |the old wall| here');
  check('keeps what is written over its beginning', 'on |the wall| here', [0, 6, 'A'], '|A wall| here');
  check('keeps what is written over its end', 'on |the wall| here', [7, 16, 'pier'], 'on |the pier|');
  check('is empty when all of it is deleted', 'on |the wall| here', [3, 12, ''], 'on ||here');
});
