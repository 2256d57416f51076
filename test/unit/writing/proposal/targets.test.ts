import { describe, expect, test } from 'vitest';
import { targetsOf } from '../../../../src/writing/proposal/targets.ts';
import type { ActionOutput } from '../../../../src/writing/selection/selectionAction.ts';

/** Reads `[…]` as selections and `|` as a caret; draws what an action is given as `‹…›` and its place as `«…»`. */
function drawn(marked: string, output: ActionOutput = 'replace'): string {
  const selections: { start: number; end: number }[] = [];
  let text = '';
  let start = 0;
  for (const character of marked) {
    if (character === '[') start = text.length;
    else if (character === ']') selections.push({ start, end: text.length });
    else if (character === '|') selections.push({ start: text.length, end: text.length });
    else text += character;
  }
  const marks = targetsOf(text, selections, output).flatMap(({ request, place }, index) => [
    { at: place.start, mark: '«', order: index },
    { at: request.start, mark: '‹', order: index },
    { at: request.end, mark: '›', order: index },
    { at: place.end, mark: '»', order: index },
  ]);
  let drawing = '';
  let at = 0;
  for (const { at: position, mark } of marks) {
    drawing += text.slice(at, position) + mark;
    at = position;
  }
  return drawing + text.slice(at);
}

describe('what an action is given', () => {
  test.each<[string, string]>([
    ['a [b c] d', 'a «‹b c›» d'],
    ['a[ b c ]d', 'a «‹b c›» d'], // blanks stay where they are
    ['[a] b [c]', '«‹a›» b «‹c›»'],
    ['[c d] |e', '«‹c d›» e'], // the caret’s paragraph holds the selection already
    ['One\ntwo|.\n\nThree.', '«‹One\ntwo.›»\n\nThree.'],
    ['One.\n\n|Two\nthree.\n\nFour.', 'One.\n\n«‹Two\nthree.›»\n\nFour.'],
    ['One.\r\n\r\nTwo\r\nthree.|\r\n\r\nFour.', 'One.\r\n\r\n«‹Two\r\nthree.›»\r\n\r\nFour.'],
    ['One.\n \t\nTwo.|', 'One.\n \t\n«‹Two.›»'],
    ['|One.', '«‹One.›»'],
    ['One.\n|\nTwo.', 'One.\n\nTwo.'], // nothing on a blank line
    ['[ \n ]', ' \n '],
    ['|', ''],
  ])('%j', (marked, expected) => expect(drawn(marked)).toBe(expected));
});

describe('where its result goes', () => {
  test.each<[ActionOutput, string, string]>([
    ['insertBelow', 'One [two]\nthree.\n\nFour.', 'One «‹two›\nthree.»\n\nFour.'],
    ['insertBelow', '[One.]', '«‹One.›»'],
    ['insertAbove', 'Zero.\n\nOne\n[two].', 'Zero.\n\n«One\n‹two›».'],
  ])('%s of %j', (output, marked, expected) => expect(drawn(marked, output)).toBe(expected));

  test('two results for one place are one', () => {
    expect(drawn('[One] and [two].', 'insertBelow')).toBe('«‹One› and two.»');
  });
});
