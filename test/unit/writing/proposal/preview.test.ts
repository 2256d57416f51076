import { describe, expect, test } from 'vitest';
import { changeOnRightSide, fitsInPlace, previewSides } from '../../../../src/writing/proposal/previewSides.ts';
import type { PlacedChange } from '../../../../src/writing/proposal/proposalSession.ts';
import { EditedDocument } from './editedDocument.ts';

const change = (start: number, original: string, replacement: string): PlacedChange => ({
  id: start,
  start,
  end: start + original.length,
  original,
  replacement,
  lost: [],
  invented: [],
});

describe('both sides of a comparison', () => {
  test('hold the whole of a short document', () => {
    const document = new EditedDocument('One.\nTwo.\nThree.\n');
    expect(previewSides(document, [{ start: 5, end: 9 }], [change(5, 'Two', '2')])).toEqual({
      before: 'One.\nTwo.\nThree.\n',
      after: 'One.\n2.\nThree.\n',
      start: 0,
      line: 1,
    });
  });

  test('hold whole lines around the passages of a long one', () => {
    const line = `${'word '.repeat(20).trim()}\n`;
    const lines = line.repeat(2000);
    const document = new EditedDocument(`${lines}Here.\n${lines}`);
    const {
      before,
      after,
      line: shown,
    } = previewSides(
      document,
      [{ start: lines.length, end: lines.length + 5 }],
      [change(lines.length, 'Here', 'There')],
    );
    expect(before.length).toBeLessThan(110_000);
    expect(
      before
        .split('\n')
        .slice(0, -1)
        .every((each) => each === 'Here.' || `${each}\n` === line),
    ).toBe(true);
    expect(before.split('\n')[shown]).toBe('Here.');
    expect(after).toBe(before.replace('Here', 'There'));
  });
});

test.each<[number, number]>([
  [0, 10], // before the first: the next one
  [3, 10], // within what it puts in
  [4, 20],
  [7, 20],
  [99, 20], // behind the last
])('at offset %i of the right side stands the change of offset %i', (offset, start) => {
  // From offset 8 on, the right side has 2 characters, "a", 4 characters, and nothing where "z" was.
  const changes = [change(10, 'xyzxyz', 'a'), change(20, 'z', '')];
  expect(changeOnRightSide(changes, 8, offset)?.start).toBe(start);
});

describe('changes fit between the words', () => {
  const room = { lineAt: (offset: number) => Math.floor(offset / 100), maxCharsPerLine: 20 };
  test.each<[string, PlacedChange[], boolean]>([
    ['when they are short', [change(0, 'teh', 'the'), change(50, 'recieve', 'receive')], true],
    ['when they only take away, however much', [change(0, 'x'.repeat(90), '')], true],
    ['not when one line would hold too much', [change(0, 'a', 'b'.repeat(12)), change(50, 'a', 'b'.repeat(12))], false],
    ['in two lines', [change(0, 'a', 'b'.repeat(12)), change(150, 'a', 'b'.repeat(12))], true],
    ['not with line breaks', [change(0, 'a', 'b\nc')], false],
    ['not by the hundred', Array.from({ length: 100 }, (_, line) => change(100 * line, 'a', 'b')), false],
  ])('%s', (_, changes, expected) => expect(fitsInPlace(changes, room)).toBe(expected));

  test('not where the editor shows no hints', () => {
    expect(fitsInPlace([change(0, 'a', 'b')], { ...room, maxCharsPerLine: 0 })).toBe(false);
  });
});
