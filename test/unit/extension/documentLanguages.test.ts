import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type * as vscode from 'vscode';
import type { EngineState } from '../../../src/client/engineState.ts';
import { DocumentLanguages } from '../../../src/extension/documentLanguages.ts';

const editor = await vi.hoisted(async () => {
  const { EventEmitter } = await import('../../support/fakeVscode.ts');
  return {
    changes: new EventEmitter<unknown>(),
    fronts: new EventEmitter<unknown>(),
    saves: new EventEmitter<unknown>(),
    other: new EventEmitter<unknown>(),
    document: undefined as unknown,
    item: undefined as undefined | { text: string; command: { tooltip: string } },
    announced: [] as string[],
  };
});

vi.mock('vscode', async () => {
  const { Disposable, EventEmitter } = await import('../../support/fakeVscode.ts');
  return {
    Disposable,
    EventEmitter,
    LanguageStatusSeverity: { Warning: 1 },
    env: { language: 'en' },
    l10n: { t: (text: string, ...parts: unknown[]) => text.replace(/\{(\d)\}/g, (_, index) => String(parts[index])) },
    languages: {
      createLanguageStatusItem: () => {
        editor.item = { text: '', command: { tooltip: '' } };
        return Object.assign(editor.item, { dispose: () => (editor.item = undefined) });
      },
    },
    window: {
      get activeTextEditor() {
        return editor.document && { document: editor.document };
      },
      onDidChangeActiveTextEditor: editor.fronts.event,
      setStatusBarMessage: (message: string) => editor.announced.push(message),
    },
    workspace: {
      onDidChangeTextDocument: editor.changes.event,
      onDidSaveTextDocument: editor.saves.event,
      onDidCloseTextDocument: editor.other.event,
      onDidChangeConfiguration: editor.other.event,
    },
  };
});

const german = 'Der Wärter stieg die Treppe hinauf und zündete das Licht an, denn der Abend kam früh. '.repeat(3);
const english = 'The keeper climbed the stairs and lit the lamp, because the evening came early that day. '.repeat(3);
const model = (name: string, ...languages: string[]) =>
  ({ kind: 'ready', model: { name, languages } }) as unknown as EngineState;
const ready = model('small', 'en');

function front(path: string, text: string) {
  const reads = vi.fn(() => text);
  const uri = { scheme: 'file', toString: () => `file://${path}` };
  editor.document = { uri, languageId: 'markdown', isClosed: false, getText: reads };
  editor.fronts.fire(undefined);
  return reads;
}

const isForeign = () => languages.isForeign(editor.document as vscode.TextDocument);
const key = () => editor.changes.fire({ document: editor.document, contentChanges: [{}] });
/** The code that reads documents is loaded meanwhile. */
const pause = async () => {
  await vi.advanceTimersByTimeAsync(600);
  await vi.dynamicImportSettled();
  await vi.advanceTimersByTimeAsync(0);
};

let isOn: boolean;
const modelFor = vi.fn(async () => 'A larger one');
let languages: DocumentLanguages;

beforeEach(() => {
  vi.useFakeTimers();
  isOn = true;
  modelFor.mockClear();
  Object.assign(editor, { document: undefined, item: undefined, announced: [] });
  languages = new DocumentLanguages({ isOn: () => isOn, languageSet: () => '', modelFor, onTold: () => undefined });
  languages.onEngineState(ready);
});
afterEach(() => {
  languages.dispose();
  vi.useRealTimers();
});

test('a language that the model does not know is said, with a model that does, and announced once', async () => {
  front('/a.md', german);
  await pause();
  expect(editor.item?.text).toBe('The model does not know German');
  expect(editor.item?.command.tooltip).toBe('A larger one knows it');
  front('/b.md', english);
  await pause();
  expect(editor.item).toBeUndefined();
  front('/a.md', german);
  expect(editor.item?.text).toBe('The model does not know German');
  expect(editor.announced).toEqual(['$(globe) Inkling: small does not know German']);
});

test('while one types nothing is read, and nobody is asked again for a model', async () => {
  const reads = front('/a.md', german);
  await pause();
  const before = reads.mock.calls.length;
  for (let keys = 0; keys < 20; keys++) {
    key();
    await vi.advanceTimersByTimeAsync(100);
  }
  expect(reads).toHaveBeenCalledTimes(before);
  await pause();
  editor.saves.fire(editor.document);
  await pause();
  expect(editor.item?.command.tooltip).toBe('A larger one knows it');
  expect(modelFor).toHaveBeenCalledTimes(1);
});

test('where nothing is suggested no text is read, and what was said goes', async () => {
  front('/a.md', german);
  await pause();
  isOn = false;
  key();
  await pause();
  expect(editor.item).toBeUndefined();
  const reads = front('/b.md', german);
  await pause();
  expect(reads).not.toHaveBeenCalled();
});

test('a text is foreign once it has been read after a pause, and stays so until it is read again', async () => {
  const reads = front('/a.md', german);
  expect(isForeign()).toBe(false);
  await pause();
  expect(isForeign()).toBe(true);
  const before = reads.mock.calls.length;
  editor.saves.fire(editor.document);
  for (let keys = 0; keys < 20; keys++) expect(isForeign()).toBe(true);
  expect(reads).toHaveBeenCalledTimes(before);
  front('/b.md', english);
  await pause();
  expect(isForeign()).toBe(false);
});

test('at a keystroke the names of the languages that a model knows are not read again', async () => {
  languages.onEngineState(model('of many', 'en', 'fr-CA', 'es', 'pt_BR', 'it'));
  front('/a.md', german);
  await pause();
  const locale = vi.spyOn(Intl, 'Locale');
  for (let keys = 0; keys < 20; keys++) expect(isForeign()).toBe(true);
  expect(locale).not.toHaveBeenCalled();
  locale.mockRestore();
});

test('a text that its writer goes on in another language is told anew after a pause', async () => {
  front('/a.md', german);
  await pause();
  const reads = vi.fn(() => english.repeat(3));
  Object.assign(editor.document as object, { getText: reads });
  key();
  expect(isForeign()).toBe(true);
  await pause();
  expect(isForeign()).toBe(false);
});

test('a text is foreign to the model that types, where its maker says what it knows, and nowhere else', async () => {
  front('/a.md', german);
  await pause();
  languages.onEngineState(model('larger', 'en', 'de'));
  expect(isForeign()).toBe(false);
  languages.onEngineState(model('silent'));
  expect(isForeign()).toBe(false);
  languages.onEngineState(ready);
  expect(isForeign()).toBe(true);
  isOn = false; // switched off, or a server suggests
  expect(isForeign()).toBe(false);
  isOn = true;
  editor.saves.fire(editor.document); // it will be read anew
  expect(isForeign()).toBe(true);
  languages.onEngineState(model('larger', 'en', 'de'));
  expect(isForeign()).toBe(false);
});
