import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import type * as vscode from 'vscode';
import { SuggestionWatch } from '../../../src/providers/completion/suggestionWatch.ts';
import type { Verdict } from '../../../src/writing/completion/textChange.ts';
import {
  commandsRun,
  documentChanges,
  LineDocument,
  Position,
  selectionChanges,
  window,
} from '../../support/fakeVscode.ts';

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

  test('goes from the screen when it is taken away; what others show stays', () => {
    const { watch, restAt } = watching();
    commandsRun.length = 0;
    watch.takeAway();
    expect(restAt(10)).toBeUndefined();
    watch.takeAway();
    expect(commandsRun).toEqual(['editor.action.inlineSuggest.hide']);
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

  test.each<[string, { at: number; removed?: number; text: string }[], number | undefined, string]>([
    ['a word before it', [{ at: 0, text: 'Oh, ' }], 14, 'brown fox'],
    ['a word taken out before it', [{ at: 4, removed: 6, text: '' }], undefined, ''],
    ['a blank line taken out above', [{ at: 0, removed: 4, text: '' }], 6, 'brown fox'],
    ['a change behind it', [{ at: 12, text: 's' }], 10, 'brown fox'],
    [
      'changes before and behind it',
      [
        { at: 20, text: 's' },
        { at: 1, removed: 1, text: 'HH' },
      ],
      11,
      'brown fox',
    ],
    [
      'its first letter, typed at two places',
      [
        { at: 10, text: 'b' },
        { at: 2, text: 'b' },
      ],
      12,
      'rown fox',
    ],
    [
      'its first letter, typed at two places, told from the first',
      [
        { at: 2, text: 'b' },
        { at: 10, text: 'b' },
      ],
      12,
      'rown fox',
    ],
    [
      'a word of it, put in at two places',
      [
        { at: 10, text: 'brown' },
        { at: 30, text: 'brown' },
      ],
      15,
      ' fox',
    ],
    [
      'another letter, typed at two places',
      [
        { at: 10, text: 'x' },
        { at: 2, text: 'x' },
      ],
      undefined,
      '',
    ],
    [
      'a deletion at two places',
      [
        { at: 9, removed: 1, text: '' },
        { at: 2, removed: 1, text: '' },
      ],
      undefined,
      '',
    ],
  ])('%s: it moves with the text, or goes', (_, edits, offset, rest) => {
    const { watch, restAt } = watching();
    const left: unknown[] = [];
    watch.onEvent((event) => left.push(event));
    const contentChanges = edits.map(({ at, removed = 0, text }) => ({ rangeOffset: at, rangeLength: removed, text }));
    documentChanges.fire({ document, contentChanges });
    if (offset === undefined) for (let at = 0; at < 30; at++) expect(restAt(at)).toBeUndefined();
    else expect(restAt(offset)).toBe(rest);
  });

  test('goes when the caret goes elsewhere, and stays while it moves along', () => {
    const { watch, insert, restAt } = watching();
    const events: string[] = [];
    watch.onEvent(({ kind }) => events.push(kind));
    const caretAt = (character: number, of: unknown = document) =>
      selectionChanges.fire({ textEditor: { document: of, selection: { active: new Position(0, character) } } });
    caretAt(3, { ...(document as object), uri: { toString: () => 'file:///notes/other.md' } });
    insert(10, 'b');
    caretAt(11);
    expect(restAt(11)).toBe('rown fox');
    caretAt(3);
    expect(restAt(11)).toBeUndefined();
    expect(events).toEqual(['left']);
  });

  test('stays when the caret moves in an editor beside, where the same document stands', () => {
    const { restAt } = watching();
    const editorAt = (character: number) => ({ document, selection: { active: new Position(0, character) } });
    const inFront = editorAt(10);
    vi.spyOn(window, 'activeTextEditor', 'get').mockReturnValue(inFront);
    selectionChanges.fire({ textEditor: inFront });
    selectionChanges.fire({ textEditor: editorAt(3) });
    expect(restAt(10)).toBe('brown fox');
    vi.restoreAllMocks();
  });
});
