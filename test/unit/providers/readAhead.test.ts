import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { ReadAhead } from '../../../src/providers/completion/readAhead.ts';
import {
  editorChanges,
  TextEditorSelectionChangeKind as Kind,
  LineDocument,
  Position,
  selectionChanges,
  window,
} from '../../support/fakeVscode.ts';

vi.mock('vscode', () => import('../../support/fakeVscode.ts'));

beforeEach(() => vi.useFakeTimers());
afterEach(() => {
  vi.useRealTimers();
  vi.restoreAllMocks();
});

/** @returns the places that were read, as columns */
function reading({ isWritten = true, isEmpty = true } = {}) {
  const read: number[] = [];
  const ahead = new ReadAhead(
    (_, { character }) => read.push(character),
    () => isWritten,
  );
  let column = 0;
  const editorAt = () => ({ document: new LineDocument(''), selection: { isEmpty, active: new Position(0, column) } });
  let editor = editorAt();
  vi.spyOn(window, 'activeTextEditor', 'get').mockImplementation(() => editor);
  const goTo = (to: number, kind: number | undefined, textEditor?: unknown) => {
    column = to;
    editor = editorAt();
    selectionChanges.fire({ textEditor: textEditor ?? editor, kind });
  };
  return { read, ahead, goTo };
}

test('a click or a command that leads elsewhere is read once the caret rests', () => {
  const { read, goTo, ahead } = reading();
  goTo(10, Kind.Mouse);
  vi.advanceTimersByTime(200);
  goTo(20, Kind.Mouse);
  vi.advanceTimersByTime(299);
  expect(read).toEqual([]);
  vi.advanceTimersByTime(1);
  goTo(30, Kind.Command);
  vi.advanceTimersByTime(300);
  expect(read).toEqual([20, 30]);
  ahead.dispose();
});

test('another document that comes to the front is read, written or not', () => {
  const { read, ahead } = reading({ isWritten: false });
  editorChanges.fire(undefined);
  vi.advanceTimersByTime(300);
  expect(read).toEqual([0]);
  ahead.dispose();
});

test.each([
  ['keys', {}, Kind.Keyboard, undefined],
  ['what nobody did', {}, undefined, undefined],
  ['another editor', {}, Kind.Mouse, {}],
  ['selected text', { isEmpty: false }, Kind.Mouse, undefined],
  ['a document that is only read', { isWritten: false }, Kind.Mouse, undefined],
])('nothing is read for %s', (_, how, kind, textEditor) => {
  const { read, goTo, ahead } = reading(how);
  goTo(10, kind, textEditor);
  vi.advanceTimersByTime(1000);
  expect(read).toEqual([]);
  ahead.dispose();
});

test('who begins to write is not kept waiting, and after its end nothing is read', () => {
  const { read, goTo, ahead } = reading();
  goTo(10, Kind.Mouse);
  ahead.cancel();
  vi.advanceTimersByTime(300);
  goTo(10, Kind.Mouse);
  ahead.dispose();
  goTo(10, Kind.Mouse);
  vi.advanceTimersByTime(300);
  expect(read).toEqual([]);
});
