import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { InferenceClient } from '../../../src/client/inferenceClient.ts';
import type { OwnWordsRequest } from '../../../src/protocol/inference.ts';

type Listener = (event: unknown) => void;

const editor = vi.hoisted(() => ({
  listeners: new Map<string, (event: unknown) => void>(),
  include: [] as string[],
  isTrusted: true,
}));

vi.mock('vscode', () => {
  const uri = (path: string) => ({ scheme: 'file', path, fsPath: path, toString: () => `file://${path}` });
  const on = (name: string) => (listener: Listener) => {
    editor.listeners.set(name, listener);
    return { dispose: () => editor.listeners.delete(name) };
  };
  const names = ['SaveTextDocument', 'CreateFiles', 'DeleteFiles', 'RenameFiles', 'ChangeWorkspaceFolders'];
  return {
    Disposable: {
      from: (...parts: { dispose(): void }[]) => ({
        dispose: () => {
          for (const part of parts) part.dispose();
        },
      }),
    },
    Uri: { joinPath: ({ path }: { path: string }, below: string) => uri(`${path}/${below}`) },
    workspace: {
      ...Object.fromEntries(names.map((name) => [`onDid${name}`, on(name)])),
      onDidGrantWorkspaceTrust: on('GrantWorkspaceTrust'),
      onDidChangeConfiguration: on('ChangeConfiguration'),
      workspaceFolders: [{ uri: uri('/home/notes') }],
      getConfiguration: () => ({ get: () => editor.include }),
      get isTrusted() {
        return editor.isTrusted;
      },
    },
  };
});
vi.mock('../../../src/extension/settings/settings.ts', () => ({
  corpusSettings: () => ({ include: editor.include }),
}));
vi.mock('../../../src/providers/completion/completionProvider.ts', () => ({ isWritten: () => true }));

const { WorkspaceWords } = await import('../../../src/extension/workspaceWords.ts');

const file = (path: string) => ({ scheme: 'file', path, fsPath: path, toString: () => `file://${path}` });
const save = (path: string) => editor.listeners.get('SaveTextDocument')!({ uri: file(path) });

/** A workspace whose files hold their own paths. */
function watched(files: string[]) {
  const readings: string[][] = [];
  const told: OwnWordsRequest[] = [];
  const reader = {
    prose: async ({ corpus }: { corpus: { include: readonly string[] } }) => {
      const wanted = (path: string) => corpus.include.length === 0 || corpus.include.includes(`./${path}`);
      const found = files.filter(wanted);
      readings.push(found);
      return { texts: found.map((path) => ({ path, tokens: [path.length] })) };
    },
    dispose: async () => undefined,
  };
  const client = {
    useOwnWords: async (words: OwnWordsRequest) => {
      told.push(words);
      return { tokens: 1 };
    },
  } as unknown as InferenceClient;
  const options = {
    processes: { training: () => reader },
    log: { info: () => undefined },
    settings: { general: { ownWords: true } },
  };
  const words = new WorkspaceWords(client, options as never);
  return { words, files, readings, told };
}

beforeEach(() => {
  vi.useFakeTimers();
  Object.assign(editor, { include: [], isTrusted: true });
});
afterEach(() => vi.useRealTimers());

test('all files are read when the model is ready, later on only those that changed', async () => {
  const { words, readings, told } = watched(['a.md', 'sub/b.md', 'c.txt']);
  words.use('model');
  await vi.advanceTimersByTimeAsync(60_000);
  expect(readings).toEqual([['a.md', 'sub/b.md', 'c.txt']]);
  save('/home/notes/sub/b.md');
  await vi.advanceTimersByTimeAsync(60_000);
  expect(readings.slice(1)).toEqual([['sub/b.md']]);
  expect(told[1]).toMatchObject({ replaces: 'some', texts: [{ name: 'file:///home/notes/sub/b.md', tokens: [8] }] });
  words.use('model');
  await vi.advanceTimersByTimeAsync(60_000);
  expect(readings).toHaveLength(2);
  words.dispose();
});

test('a file that is saved every second is read three times a minute, and not for ever after', async () => {
  const { words, readings } = watched(['a.md']);
  words.use('model');
  await vi.advanceTimersByTimeAsync(60_000);
  for (let second = 0; second < 60; second++) {
    save('/home/notes/a.md');
    await vi.advanceTimersByTimeAsync(1000);
  }
  expect(readings.length - 1).toBeGreaterThanOrEqual(2);
  expect(readings.length - 1).toBeLessThanOrEqual(4);
  await vi.advanceTimersByTimeAsync(60_000);
  const { length } = readings;
  await vi.advanceTimersByTimeAsync(3_600_000);
  expect(readings).toHaveLength(length);
  words.dispose();
});

test('a file that is gone says nothing any more; one that was renamed speaks under its new name', async () => {
  const { words, files, told } = watched(['a.md', 'b.md']);
  words.use('model');
  await vi.advanceTimersByTimeAsync(60_000);
  files.splice(0, 2, 'c.md');
  editor.listeners.get('RenameFiles')!({
    files: [{ oldUri: file('/home/notes/b.md'), newUri: file('/home/notes/c.md') }],
  });
  editor.listeners.get('DeleteFiles')!({ files: [file('/home/notes/a.md')] });
  await vi.advanceTimersByTimeAsync(60_000);
  expect(told.at(-1)!.texts.map(({ name, tokens }) => [name.split('/').at(-1), tokens.length])).toEqual([
    ['b.md', 0],
    ['c.md', 1],
    ['a.md', 0],
  ]);
  words.dispose();
});

test('a folder that is renamed or deleted has all files read again', async () => {
  const { words, readings, told } = watched(['sub/a.md', 'b.md']);
  words.use('model');
  await vi.advanceTimersByTimeAsync(60_000);
  editor.listeners.get('DeleteFiles')!({ files: [file('/home/notes/sub')] });
  await vi.advanceTimersByTimeAsync(60_000);
  expect(readings).toHaveLength(2);
  expect(told.map(({ replaces }) => replaces)).toEqual(['all', 'all']);
  words.dispose();
});

test('a clock that is set back by a year changes nothing', async () => {
  const { words, readings } = watched(['a.md']);
  words.use('model');
  await vi.advanceTimersByTimeAsync(60_000);
  vi.setSystemTime(Date.now() - 365 * 86_400_000);
  save('/home/notes/a.md');
  await vi.advanceTimersByTimeAsync(60_000);
  expect(readings).toHaveLength(2);
  words.dispose();
});

const unread = ['/elsewhere/a.md', '/home/notes/a.ts', '/home/notes/image.png', '/home/notesother/a.md', '/home/a.md'];

test.each(unread)('%s is not read when it is saved', async (path) => {
  const { words, readings } = watched(['a.md']);
  words.use('model');
  await vi.advanceTimersByTimeAsync(60_000);
  save(path);
  await vi.advanceTimersByTimeAsync(60_000);
  expect(readings).toHaveLength(1);
  words.dispose();
});

test('where patterns of the settings say which files there are, they are read by them, seldom', async () => {
  editor.include = ['./a.md'];
  const { words, readings, told } = watched(['a.md', 'b.md']);
  words.use('model');
  await vi.advanceTimersByTimeAsync(60_000);
  for (let minute = 0; minute < 20; minute++) {
    save('/home/notes/b.md');
    await vi.advanceTimersByTimeAsync(60_000);
  }
  expect(readings.flat()).not.toContain('b.md');
  expect(readings.length).toBeLessThanOrEqual(3);
  expect(told.every(({ replaces }) => replaces === 'all')).toBe(true);
  words.dispose();
});

test('nothing is read in a workspace that is not trusted', async () => {
  editor.isTrusted = false;
  const { words, readings } = watched(['a.md']);
  words.use('model');
  save('/home/notes/a.md');
  await vi.advanceTimersByTimeAsync(60_000);
  expect(readings).toEqual([]);
  words.dispose();
});
