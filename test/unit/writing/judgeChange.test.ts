import { describe, expect, test } from 'vitest';
import { judgeChange, type Verdict } from '../../../src/writing/completion/textChange.ts';

/**
 * @param drawn text left of the caret, `|`, and the suggestion that stands there
 * @param change the text inserted at the caret, or an edit elsewhere
 */
function check(drawn: string, change: string | { at: number; removed?: number; text: string }, expected: Verdict) {
  const [left = '', text = ''] = drawn.split('|');
  const shown = { id: 1, documentId: 'file:///a.md', offset: left.length, text };
  const edit = typeof change === 'string' ? { at: left.length, text: change } : change;
  const changes = [{ rangeOffset: edit.at, rangeLength: ('removed' in edit ? edit.removed : 0) ?? 0, text: edit.text }];
  expect(judgeChange(shown, changes, false)).toEqual(expected);
}

describe('what a change says about the suggestion at the caret', () => {
  const rejected: Verdict = { kind: 'rejected' };
  const unrelated: Verdict = { kind: 'unrelated' };

  test('all of it came in at once', () => {
    check('The quick |brown fox', 'brown fox', { kind: 'acceptedAll' });
    check('a|\nb', '\r\nb', { kind: 'acceptedAll' });
  });

  test('a word of it came in at once', () => {
    check('The quick |brown fox', 'brown', { kind: 'acceptedPart', chars: 5 });
    check('今天|天气很好', '天气', { kind: 'acceptedPart', chars: 2 });
  });

  test('one character that it foretold', () => {
    check('The quick |brown fox', 'b', { kind: 'typedThrough', chars: 1 });
    check('so |😀 it is', '😀', { kind: 'typedThrough', chars: 2 });
  });

  test('something else', () => {
    check('The quick |brown fox', 'r', rejected);
    check('The quick |brown fox', '\n', rejected);
    check('The quick |brown fox', { at: 9, removed: 1, text: '' }, rejected);
  });

  test('changes elsewhere, and deletions right of the caret', () => {
    check('The quick |brown fox', { at: 0, text: 'b' }, unrelated);
    check('The quick |brown fox', { at: 3, removed: 2, text: '' }, unrelated);
    check('The quick |brown fox', { at: 10, removed: 3, text: '' }, unrelated);
  });

  test('undo, and edits at several places, say nothing', () => {
    const shown = { id: 1, documentId: 'file:///a.md', offset: 4, text: 'brown' };
    const change = { rangeOffset: 4, rangeLength: 0, text: 'brown' };
    expect(judgeChange(shown, [change], true)).toEqual(unrelated);
    expect(judgeChange(shown, [change, { ...change, rangeOffset: 9 }], false)).toEqual(unrelated);
  });
});
