import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import type * as vscode from 'vscode';
import { SuggestionWatch } from '../../../src/providers/completion/suggestionWatch.ts';
import type { Verdict } from '../../../src/writing/completion/textChange.ts';
import { documentChanges, LineDocument, Position } from '../../support/fakeVscode.ts';

vi.mock('vscode', () => import('../../support/fakeVscode.ts'));

beforeEach(() => vi.useFakeTimers());
afterEach(() => vi.useRealTimers());

const document = new LineDocument('The quick ') as unknown as vscode.TextDocument;
const shown = { id: 1, documentId: 'file:///notes/a.md', offset: 10, text: 'brown fox' };

/** Types or inserts at an offset, and notes what the watch says about it. */
function watching() {
  const watch = new SuggestionWatch();
  const verdicts: Verdict['kind'][] = [];
  watch.onVerdict(({ kind }) => verdicts.push(kind));
  watch.show(shown, document);
  const insert = (offset: number, text: string) =>
    documentChanges.fire({ document, contentChanges: [{ rangeOffset: offset, rangeLength: 0, text }] });
  const restAt = (offset: number) => watch.at(document, new Position(0, offset) as unknown as vscode.Position)?.text;
  return { watch, verdicts, insert, restAt };
}

describe('the suggestion on screen', () => {
  test('shrinks while it is typed and accepted in parts', () => {
    const { verdicts, insert, restAt } = watching();
    insert(10, 'b');
    insert(11, 'rown');
    expect(verdicts).toEqual(['typedThrough', 'acceptedPart']);
    expect(restAt(15)).toBe(' fox');
    expect(restAt(10)).toBeUndefined();
  });

  test('is counted once when both the change and the command say that all was accepted', () => {
    const { watch, verdicts, insert } = watching();
    insert(10, 'brown fox');
    watch.acceptedAll(1);
    expect(verdicts).toEqual(['acceptedAll']);
  });

  test('is rejected by other words, once there was time to read it', () => {
    const { verdicts, insert, restAt } = watching();
    vi.advanceTimersByTime(1000);
    insert(10, 'red');
    expect(verdicts).toEqual(['rejected']);
    expect(restAt(10)).toBeUndefined();
  });

  test('is not rejected by somebody who types on faster than one reads', () => {
    const { verdicts, insert, restAt } = watching();
    vi.advanceTimersByTime(100);
    insert(10, 'red');
    expect(verdicts).toEqual([]);
    expect(restAt(10)).toBeUndefined();
  });
});
