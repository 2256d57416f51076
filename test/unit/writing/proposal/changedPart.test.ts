import { describe, expect, test } from 'vitest';
import {
  type ChangedPart,
  changedPart,
  changeInPart,
  fitsInPlace,
} from '../../../../src/writing/proposal/changedPart.ts';
import type { PlacedChange } from '../../../../src/writing/proposal/proposalSession.ts';
import { EditedDocument } from './editedDocument.ts';

/** Changes are drawn in the text: `[-what goes-]{+what comes+}`. */
function drawn(marked: string): { text: string; changes: PlacedChange[] } {
  const changes: PlacedChange[] = [];
  let text = '';
  let at = 0;
  for (const { index, 0: all, 1: original = '', 2: replacement = '' } of marked.matchAll(
    /\[-([\s\S]*?)-\](?:\{\+([\s\S]*?)\+\})?|\{\+[\s\S]*?\+\}/gu,
  )) {
    text += marked.slice(at, index);
    const put = all.startsWith('{') ? all.slice(2, -2) : replacement;
    const start = text.length;
    changes.push({
      id: changes.length,
      start,
      end: start + original.length,
      original,
      replacement: put,
      lost: [],
      invented: [],
    });
    text += original;
    at = index + all.length;
  }
  return { text: text + marked.slice(at), changes };
}

/** The part with its marks, in the same manner; `<` and `>` begin lines that stand there twice. */
function shown({ text, removed, added, oldLines, newLines }: ChangedPart): string {
  const marks = [
    ...removed.flatMap(
      ({ start, end }) =>
        [
          [start, '[-', 1],
          [end, '-]', 0],
        ] as const,
    ),
    ...added.flatMap(
      ({ start, end }) =>
        [
          [start, '{+', 1],
          [end, '+}', 0],
        ] as const,
    ),
    ...oldLines.map(({ start }) => [start, '<', -1] as const),
    ...newLines.map(({ start }) => [start, '>', -1] as const),
  ].sort((a, b) => b[0] - a[0] || b[2] - a[2]);
  return marks.reduce((all, [at, mark]) => all.slice(0, at) + mark + all.slice(at), text);
}

const partOf = (marked: string) => {
  const { text, changes } = drawn(marked);
  return changedPart(new EditedDocument(text), [{ start: 0, end: text.length }], changes);
};

const lines = (from: number, to: number) =>
  Array.from({ length: to - from + 1 }, (_, index) => `line ${from + index}\n`).join('');

describe('the changed part of a document', () => {
  test.each<[string, string, string]>([
    ['a short text is there whole', 'We [-recieved-]{+received+} it.\n', 'We [-recieved-]{+received+} it.\n'],
    ['what comes in alone', 'One.{+\n\nTwo.+}\n', 'One.{+\n\nTwo.+}\n'],
    ['what goes alone', 'One.[- Two.-] Three.\n', 'One.[- Two.-] Three.\n'],
    [
      'two lines around it, and a mark for the rest',
      `${lines(1, 9)}a [-b-]{+c+}\n${lines(11, 20)}`,
      `⋯\nline 8\nline 9\na [-b-]{+c+}\nline 11\nline 12\n⋯`,
    ],
    ['at the beginning nothing is above', `[-b-]{+c+}\n${lines(2, 9)}`, '[-b-]{+c+}\nline 2\nline 3\n⋯'],
    ['at the end nothing is below', `${lines(1, 9)}[-b-]{+c+}\n`, '⋯\nline 8\nline 9\n[-b-]{+c+}\n'],
    [
      'changes far apart',
      `[-a-]{+b+}\n${lines(2, 20)}[-c-]{+d+}\n${lines(22, 40)}`,
      '[-a-]{+b+}\nline 2\nline 3\n⋯\nline 19\nline 20\n[-c-]{+d+}\nline 22\nline 23\n⋯',
    ],
    ['changes close together are one', `[-a-]{+b+}\n${lines(2, 5)}[-c-]{+d+}`, `[-a-]{+b+}\n${lines(2, 5)}[-c-]{+d+}`],
    [
      'a list that becomes a table stands there before and after',
      '# Stores\n\n[-- Oil: 1\n- Rope: 2-]{+| Oil | 1 |\n|---|---|+}\n\nEnd.\n',
      '# Stores\n\n<[-- Oil: 1\n- Rope: 2-]\n>{+| Oil | 1 |\n|---|---|+}\n\nEnd.\n',
    ],
    [
      'the words around it in its lines, too',
      'See [-a\nb-]{+c\nd+} there.\nEnd.',
      '<See [-a\nb-] there.\n>See {+c\nd+} there.\nEnd.',
    ],
    [
      'many changes in one line',
      '[-a-]{+A+} and [-b-]{+B+} or [-cc-]{+CC+} nor [-dddd-]{+DDDD+}.\n',
      '<[-a-] and [-b-] or [-cc-] nor [-dddd-].\n>{+A+} and {+B+} or {+CC+} nor {+DDDD+}.\n',
    ],
    [
      'many small ones in a long line stay between the words',
      `[-a-]{+A+} [-b-]{+B+} [-c-]{+C+} [-d-]{+D+} ${'word '.repeat(20)}\n`,
      `[-a-]{+A+} [-b-]{+B+} [-c-]{+C+} [-d-]{+D+} ${'word '.repeat(20)}\n`,
    ],
    ['line ends of the document', 'x\r\n[-a\r\nb-]{+c+}\r\nz\r\n', 'x\r\n<[-a\r\nb-]\r\n>{+c+}\r\nz\r\n'],
    ['a long paragraph above is no context', `${'word '.repeat(300)}\n\n[-a-]{+b+}`, '⋯\n\n[-a-]{+b+}'],
  ])('%s', (_, marked, expected) => expect(shown(partOf(marked))).toBe(expected));

  test('with no change yet, where one is looked for', () => {
    const text = `${lines(1, 9)}here\n${lines(11, 20)}`;
    const at = text.indexOf('here');
    expect(changedPart(new EditedDocument(text), [{ start: at, end: at + 4 }], []).text).toBe(
      '⋯\nline 8\nline 9\nhere\nline 11\nline 12\n⋯',
    );
  });

  test('the gaps are marked', () => {
    const { text, gaps } = partOf(`${lines(1, 9)}a [-b-]{+c+}\n${lines(11, 20)}`);
    expect(gaps.map(({ start, end }) => text.slice(start, end))).toEqual(['⋯', '⋯']);
  });
});

describe('the change at an offset', () => {
  const part = partOf('One [-a-]{+b+} two [-c-]{+d+} three [-x\ny-]{+z+}.');
  test.each([
    [0, 0], // before the first: the next one
    [part.text.indexOf('b'), 0],
    [part.text.lastIndexOf('d') + 1, 1],
    [part.text.length, 2], // behind the last
  ])('%i is number %i', (offset, id) => expect(changeInPart(part, offset)?.id).toBe(id));

  test('none where nothing changes', () => {
    expect(changeInPart(changedPart(new EditedDocument('a'), [{ start: 0, end: 1 }], []), 0)).toBeUndefined();
  });
});

const change = (start: number, original: string, replacement: string): PlacedChange => ({
  id: start,
  start,
  end: start + original.length,
  original,
  replacement,
  lost: [],
  invented: [],
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
