import { expect, test } from 'vitest';
import { type KindOfEdit, kindOfEdit } from '../../../src/writing/completion/textChange.ts';

test.each<[string, string[], boolean, KindOfEdit]>([
  ['a typed character', ['a'], false, 'insert'],
  ['backspace', [''], false, 'delete'],
  ['backspace at two carets', ['', ''], false, 'delete'],
  ['one deleted and one replaced', ['', 'b'], false, 'insert'],
  ['undo of an insertion', [''], true, 'undo'],
  ['redo of it', ['a'], true, 'undo'],
])('%s', (_, texts, isUndoOrRedo, expected) => {
  const changes = texts.map((text) => ({ rangeOffset: 0, rangeLength: 1, text }));
  expect(kindOfEdit(changes, isUndoOrRedo)).toBe(expected);
});
