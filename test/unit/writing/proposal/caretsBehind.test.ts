import { describe, expect, test } from 'vitest';
import { caretsBehind } from '../../../../src/writing/proposal/caretsBehind.ts';
import { applyEdits, type Edit } from '../../../../src/writing/selection/wordChanges.ts';

/** Spans between two of a mark each, in the text without any marks. */
function spansBetween(mark: string, text: string): { start: number; end: number }[] {
  const parts = text.split(mark).map((part) => part.replaceAll(/[|¦]/gu, '').length);
  const offsets = parts.slice(0, -1).map((_, index) => parts.slice(0, index + 1).reduce((sum, length) => sum + length));
  return offsets.flatMap((start, index) => (index % 2 === 0 ? [{ start, end: offsets[index + 1]! }] : []));
}

/** Each `from>to` of a text is an edit. Selections stand between |, passages between ¦. */
function after(text: string, how: { readonly isInserted: boolean; readonly isAll: boolean }): string {
  const edits: Edit[] = [];
  let shift = 0;
  const withoutEdits = text.replaceAll(/\{([^>]*)>([^}]*)\}/gu, (whole, from: string, to: string, at: number) => {
    const start = text.slice(0, at).replaceAll(/[|¦]/gu, '').length - shift;
    edits.push({ start, end: start + from.length, replacement: to });
    shift += whole.length - from.length;
    return from;
  });
  const [selections, passages] = [spansBetween('|', withoutEdits), spansBetween('¦', withoutEdits)];
  const original = withoutEdits.replaceAll(/[|¦]/gu, '');
  const carets = caretsBehind(selections, { edits, passages, ...how });
  const changed = applyEdits(original, edits);
  return carets
    .filter((caret) => caret !== undefined)
    .sort((a, b) => b - a)
    .reduce((shown, caret) => `${shown.slice(0, caret)}|${shown.slice(caret)}`, changed);
}

describe('the caret after accepting', () => {
  test.each([
    ['a |¦{b>bb} c¦| d', 'a bb c| d'],
    ['a |¦{b>} c¦| d', 'a  c| d'],
    ['a |¦b {c>cc}¦| d', 'a b cc| d'],
    ['a ¦{b>bb} |c|¦ d', 'a bb c| d'],
    ['a |¦{b>bb}¦|\n\nc |¦{d>dd}¦|', 'a bb|\n\nc dd|'],
    ['a |¦{b>bb}\n¦\n| c', 'a bb\n|\n c'],
    ['|¦a {b>bb} c¦|', 'a bb c|'],
    ['a ¦{b>bb} c¦, |d|', 'a bb c, d'],
    ['a ¦||{b>bb} c¦ d', 'a bb c d'],
  ])('all of %j: %j', (before, expected) => {
    expect(after(before, { isInserted: false, isAll: true })).toBe(expected);
  });
  test.each([
    ['a |¦{b>bb} c¦| d', 'a bb| c d'],
    ['a |¦b {c>cc} e¦| d', 'a b cc| e d'],
    ['|¦{a>aa} b¦|\n\n|¦c d¦|', 'aa| b\n\nc d|'],
    ['a ¦||{b>bb} c¦ d', 'a bb c d'],
  ])('one change of %j: %j', (before, expected) => {
    expect(after(before, { isInserted: false, isAll: false })).toBe(expected);
  });
  test.each([
    ['|¦a b¦|{>\n\nc}', 'a b\n\nc|'],
    ['¦a|| b¦{>\n\nc}', 'a b\n\nc|'],
    ['{>c\n\n}|¦a b¦|', 'c|\n\na b'],
    ['|¦a¦|{>\n\nb}\n\n|¦c¦|{>\n\nd}', 'a\n\nb|\n\nc\n\nd|'],
    ['¦a¦{>\n\nb}\n\n|c|', 'a\n\nb\n\nc'],
  ])('put in, %j: %j', (before, expected) => {
    expect(after(before, { isInserted: true, isAll: true })).toBe(expected);
  });
});
