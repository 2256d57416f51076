import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import type * as vscode from 'vscode';
import { LastEdits } from '../../../src/providers/completion/lastEdits.ts';
import { SuggestionWatch } from '../../../src/providers/completion/suggestionWatch.ts';
import { EditedDocument } from '../../support/editorAtCaret.ts';
import { documentSaves, type Range, selectionChanges, window } from '../../support/fakeVscode.ts';

vi.mock('vscode', () => import('../../support/fakeVscode.ts'));

beforeEach(() => vi.useFakeTimers());
afterEach(() => void vi.restoreAllMocks());
afterEach(() => vi.useRealTimers());

/** The ways through the editor take a while: what is typed meanwhile comes first, and makes an edit too late. */
const editMs = 20;

/** An editor in front, in whose document `tion ` of `information` has just been taken. */
async function havingTaken(before = 'Some informa', text = 'tion ') {
  const document = new EditedDocument('a.md', 'markdown', before);
  const asDocument = document as unknown as vscode.TextDocument;
  const caret = () => document.positionAt(document.text.length);
  const replaced: string[] = [];
  const edit = async (make: (edit: { replace(place: Range, text: string): void }) => void): Promise<boolean> => {
    const { version } = document;
    await new Promise((resolve) => setTimeout(resolve, editMs));
    if (document.version !== version) return false;
    make({
      replace: (place, text) => {
        replaced.push(text);
        const offset = document.offsetAt(place.start);
        document.change([{ offset, removed: document.offsetAt(place.end) - offset, text }]);
      },
    });
    return true;
  };
  const editor = {
    document,
    edit,
    get selection() {
      return { active: caret() };
    },
  };
  vi.spyOn(window, 'activeTextEditor', 'get').mockReturnValue(editor);
  const watch = new SuggestionWatch();
  await watch.followBlanks();
  const lastEdits = new LastEdits((event) => watch.isOfBlank(event));
  const seen: string[] = [];
  watch.onVerdict(({ kind }) => seen.push(kind));
  watch.onEvent(({ kind }) => kind === 'blankWithdrawn' && seen.push(kind));
  const type = (typed: string) => document.change([{ offset: document.text.length, removed: 0, text: typed }]);
  const show = (suggestion: string, id = 1) =>
    watch.show({ id, documentId: document.uri.toString(), offset: document.text.length, text: suggestion }, asDocument);
  show(text);
  type(text);
  seen.length = 0;
  return { document, asDocument, editor, watch, lastEdits, seen, replaced, type, show };
}

const settled = () => vi.advanceTimersByTimeAsync(20 * editMs);

describe('a blank that came along', () => {
  test('stays before a word', async () => {
    const { document, type, seen, replaced } = await havingTaken();
    type('about');
    await settled();
    expect([document.text, seen, replaced]).toEqual(['Some information about', [], []]);
  });

  test.each([
    ['a full stop', '. ', 'Some information. '],
    ['Enter', '\n', 'Some information\n'],
    ['Enter in an indented line', '\n  ', 'Some information\n  '],
    ['another blank', ' ', 'Some information '],
  ])('goes before %s', async (_, typed, expected) => {
    const { document, type, seen } = await havingTaken();
    type(typed);
    await settled();
    expect([document.text, seen]).toEqual([expected, ['blankWithdrawn']]);
  });

  test('goes though more is typed while it goes', async () => {
    const { document, type } = await havingTaken();
    type(',');
    for (const key of ' and more') {
      await vi.advanceTimersByTimeAsync(editMs / 2);
      type(key);
    }
    await settled();
    expect(document.text).toBe('Some information, and more');
  });

  test.each([
    ['an apostrophe', "'", 's ', "Some information's "],
    ['a single quotation mark', "'", 'yes', "Some information 'yes"],
    ['a hyphen', '-', 'rich', 'Some information-rich'],
    ['a dash', '-', ' it', 'Some information - it'],
  ])('waits for what follows %s', async (_, first, second, expected) => {
    for (const isFast of [true, false]) {
      const { document, type, seen } = await havingTaken();
      type(first);
      if (!isFast) await settled();
      for (const key of second) type(key);
      await settled();
      expect(document.text).toBe(expected);
      expect(seen).toEqual(expected.includes('information ') ? [] : ['blankWithdrawn']);
    }
  });

  test('goes when the caret leaves its line, and stays when it moves within it', async () => {
    const { document, editor, type } = await havingTaken('One\nSome informa');
    selectionChanges.fire({ textEditor: editor });
    await settled();
    expect(document.text).toBe('One\nSome information ');
    vi.spyOn(editor, 'selection', 'get').mockReturnValue({ active: document.positionAt(0) });
    selectionChanges.fire({ textEditor: editor });
    await settled();
    expect(document.text).toBe('One\nSome information');
    type('.');
    await settled();
    expect(document.text).toBe('One\nSome information.');
  });

  test.each([
    ['an undo', (document: EditedDocument) => document.change([{ offset: 12, removed: 5, text: '' }], 1)],
    ['Backspace', (document: EditedDocument) => document.change([{ offset: 16, removed: 1, text: '' }])],
    ['Delete, at the line end', (document: EditedDocument) => document.change([{ offset: 17, removed: 1, text: '' }])],
  ])('is the writer’s own after %s', async (_, happens) => {
    const { document, type, replaced } = await havingTaken();
    document.text += '\n';
    happens(document);
    const { text } = document;
    type(' .');
    await settled();
    expect([document.text, replaced]).toEqual([`${text} .`, []]);
  });

  test('is let alone where another editor is in front', async () => {
    const elsewhere = await havingTaken();
    elsewhere.type('.');
    vi.spyOn(window, 'activeTextEditor', 'get').mockReturnValue(undefined);
    await settled();
    expect(elsewhere.replaced).toEqual([]);
  });

  test.each([
    ['before it', [{ offset: 0, removed: 4, text: 'More' }], 'More information.'],
    ['of another length', [{ offset: 0, removed: 4, text: 'A little' }], 'A little information.'],
    ['of its word, by a spelling checker', [{ offset: 5, removed: 11, text: 'news' }], 'Some news.'],
    ['of a line further on', [{ offset: 18, removed: 0, text: 'x' }], 'Some information.', '\nx'],
    [
      'with another caret',
      [
        { offset: 0, removed: 0, text: ',' },
        { offset: 17, removed: 0, text: ',' },
      ],
      ',Some information,.',
    ],
  ])('is followed through a change %s', async (_, edits, expected, behind = '') => {
    const { document } = await havingTaken();
    document.text += behind === '' ? '' : '\n';
    document.change(edits);
    document.change([{ offset: document.text.length - behind.length, removed: 0, text: '.' }]);
    await settled();
    expect(document.text).toBe(expected + behind);
  });

  test('goes though the text before it is changed while it goes', async () => {
    const { document, type } = await havingTaken();
    type('.');
    await vi.advanceTimersByTimeAsync(editMs / 2);
    document.change([{ offset: 0, removed: 0, text: 'Oh. ' }]);
    await settled();
    expect(document.text).toBe('Oh. Some information.');
  });

  test.each([
    ['a dead key', "'", 'é', 'Some information é'],
    ['one that stays as it is', "'", "'", "Some information'"],
    ['Backspace and a word', '-', '', 'Some information '],
  ])('waits for what replaces a mark: %s', async (_, first, second, expected) => {
    const { document, type } = await havingTaken();
    type(first);
    await settled();
    document.change([{ offset: document.text.length - 1, removed: 1, text: second }]);
    await settled();
    expect(document.text).toBe(expected);
  });

  test('goes before a footnote whose bracket the editor has closed', async () => {
    const { document, type } = await havingTaken();
    type('[]');
    await settled();
    document.change([{ offset: document.text.length - 1, removed: 0, text: '^' }]);
    await settled();
    expect(document.text).toBe('Some information[^]');
  });

  test('comes back with an undo, and goes before the next mark', async () => {
    const { document, type, seen } = await havingTaken();
    type('.');
    await settled();
    document.change([{ offset: 16, removed: 1, text: ' ' }], 1);
    type(', ');
    await settled();
    expect([document.text, seen]).toEqual(['Some information, ', ['blankWithdrawn']]);
  });

  test('comes back with a redo, and goes before the next mark', async () => {
    const { document, type } = await havingTaken();
    document.change([{ offset: 12, removed: 5, text: '' }], 1);
    document.change([{ offset: 12, removed: 0, text: 'tion ' }], 2);
    type('.');
    await settled();
    expect(document.text).toBe('Some information.');
  });

  test('typed once more leaves the suggestion behind it where it stood', async () => {
    const { asDocument, document, watch, show, type, seen } = await havingTaken();
    show('about the weather ', 2);
    vi.advanceTimersByTime(1000);
    type(' ');
    await settled();
    const end = document.positionAt(document.text.length) as unknown as vscode.Position;
    expect([document.text, watch.at(asDocument, end)?.text]).toEqual(['Some information ', 'about the weather ']);
    expect(seen).toEqual(['blankWithdrawn']);
  });

  test('is gone before the text is saved', async () => {
    const { document, type } = await havingTaken();
    const waits: Promise<void>[] = [];
    let saved = '';
    type('\n');
    documentSaves.fire({ document, waitUntil: (edits: Promise<void>) => waits.push(edits) });
    void Promise.all(waits).then(() => {
      saved = document.text;
    });
    await settled();
    expect(saved).toBe('Some information\n');
  });

  test('is no deletion of the writer’s: suggestions go on', async () => {
    const { asDocument, lastEdits, type } = await havingTaken();
    type('.');
    await settled();
    expect(lastEdits.of(asDocument)).toBe('insert');
  });
});

test.each([
  [' and', 'Some information and'],
  [', and', 'Some information, and'],
  ['and', 'Some information and'],
])('%j, typed while the word was on its way, stands behind it with one blank', async (behind, expected) => {
  const { asDocument, document, watch, show } = await havingTaken('Some', ' ');
  show('information ', 2);
  const { text } = document;
  document.text += behind;
  document.change([{ offset: text.length, removed: 0, text: 'information ' }]);
  watch.taken(asDocument, text.length + 'information'.length);
  await settled();
  expect(document.text).toBe(expected);
});

test.each([
  [' and', 'Some information and'],
  ['. ', 'Some information. '],
  ['and', 'Some information and'],
])('%j, typed before the word and told of at once, too', async (behind, expected) => {
  const { asDocument, document, watch, show, type } = await havingTaken('Some', ' ');
  show('information ', 2);
  const { length } = document.text;
  for (const key of behind) type(key); // it is rejected by that
  document.change([{ offset: length, removed: 0, text: 'information ' }]);
  watch.taken(asDocument, length + 'information'.length);
  await settled();
  expect(document.text).toBe(expected);
});

test('a blank of a suggestion that was typed by hand is the writer’s', async () => {
  const { document, type, show, replaced } = await havingTaken('', 'x');
  show('yz ', 2);
  for (const key of 'yz .') type(key);
  await settled();
  expect([document.text, replaced]).toEqual(['xyz .', []]);
});

test('of a suggestion that is typed to its end nothing is left standing', async () => {
  const { asDocument, document, watch, type, show } = await havingTaken('', 'x');
  show('yz ', 2);
  for (const key of 'yz') type(key);
  expect(watch.at(asDocument, document.positionAt(3) as unknown as vscode.Position)).toBeUndefined();
});
