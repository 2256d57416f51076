import { beforeEach, describe, expect, test, vi } from 'vitest';
import { ActionServer } from '../../../src/extension/actions/actionServer.ts';
import type { Settings } from '../../../src/extension/settings/settings.ts';
import { settingNames, settingsByName } from '../../../src/extension/settings/settingTable.ts';

const editor = vi.hoisted(() => ({
  trusted: true,
  shown: false,
  item: undefined as undefined | { text?: string; tooltip?: string; backgroundColor?: { id: string } },
  input: undefined as string | undefined,
  commands: [] as unknown[][],
  trust: new Set<() => void>(),
}));

vi.mock('vscode', () => {
  const filled = (text: string, ...values: unknown[]) =>
    text.replace(/\{(\d)\}/gu, (_, at) => String(values[Number(at)]));
  return {
    l10n: { t: filled },
    StatusBarAlignment: { Left: 1, Right: 2 },
    ThemeColor: class {
      constructor(readonly id: string) {}
    },
    Disposable: { from: () => ({ dispose: () => undefined }) },
    commands: { executeCommand: (...call: unknown[]) => void editor.commands.push(call) },
    window: {
      createStatusBarItem: () => {
        editor.item = {};
        return Object.assign(editor.item, {
          show: () => {
            editor.shown = true;
          },
          hide: () => {
            editor.shown = false;
          },
        });
      },
      showInputBox: async () => editor.input,
    },
    workspace: {
      get isTrusted() {
        return editor.trusted;
      },
      onDidGrantWorkspaceTrust: (listener: () => void) => void editor.trust.add(listener),
    },
  };
});

const secrets = new Map<string, string>();
const storage = {
  get: async (name: string) => secrets.get(name),
  store: async (name: string, value: string) => void secrets.set(name, value),
  delete: async (name: string) => void secrets.delete(name),
};

beforeEach(() => {
  Object.assign(editor, { trusted: true, shown: false, input: undefined, commands: [] });
  editor.trust.clear();
  secrets.clear();
});

/** The server that some settings name; `change` sets others, as a person does while the window is open. */
function serverOf(url: string, model = 'large', allowedHosts: readonly string[] = []) {
  const listeners = new Set<() => void>();
  const settings = {
    general: {
      'server.url': url,
      'server.model': model,
      'server.allowedHosts': allowedHosts,
      'server.suggestions': false,
      'server.contextTokens': 0,
    },
    onDidChange: (listener: () => void) => void listeners.add(listener),
  };
  const server = new ActionServer(settings as unknown as Settings, storage as never);
  const change = (changed: Partial<typeof settings.general>) => {
    Object.assign(settings.general, changed);
    for (const listener of listeners) listener();
  };
  return { server, change };
}

describe('a server for actions', () => {
  test('is none as long as nobody names one', () => {
    const { server } = serverOf('');
    expect(server.engine()).toBeUndefined();
    expect(editor.shown).toBe(false);
  });

  test('on this machine is used without a mark', () => {
    const { server } = serverOf('http://127.0.0.1:8000/v1');
    expect(server.engine()?.address.isLoopback).toBe(true);
    expect(editor.shown).toBe(false);
  });

  test('elsewhere is used where its host is allowed, and the mark stays as long as it is', () => {
    const { server, change } = serverOf('https://llm.example.org/v1', 'large', ['llm.example.org']);
    expect(server.engine()?.address.host).toBe('llm.example.org');
    expect(editor.shown).toBe(true);
    expect(editor.item).toMatchObject({
      text: '$(cloud-upload) llm.example.org',
      tooltip: 'Your text leaves this machine: actions send it to llm.example.org.',
      backgroundColor: { id: 'statusBarItem.warningBackground' },
    });
    change({ 'server.url': 'http://localhost:1/v1' });
    expect(editor.shown).toBe(false);
    change({ 'server.url': 'http://llm.example.org/v1' });
    expect(editor.item?.tooltip).toContain('not encrypted');
    change({ 'server.url': '' });
    expect([editor.shown, server.engine()]).toEqual([false, undefined]);
  });

  test.each([
    ['https://llm.example.org/v1', 'large', []],
    ['https://llm.example.org/v1', 'large', ['example.org']],
    ['http://127.0.0.1/v1', ' ', []],
    ['nonsense', 'large', []],
  ])(
    '%s with model “%s” and hosts %j is an error for the action, not a way to the model of this machine',
    (...named) => {
      const { server } = serverOf(...named);
      expect(() => server.engine()).toThrow(expect.objectContaining({ code: 'optionOutOfRange' }));
      expect(editor.shown).toBe(false);
    },
  );

  test('suggests while one types only where that is chosen, and the mark says so', () => {
    const { server, change } = serverOf('https://llm.example.org/v1', 'large', ['llm.example.org']);
    expect(server.suggestions()).toBeUndefined();
    change({ 'server.suggestions': true });
    expect(server.suggestions()).toBeDefined();
    expect(editor.item?.tooltip).toBe(
      'Your text leaves this machine: suggestions and actions send it to llm.example.org.',
    );
    change({ 'server.allowedHosts': [] });
    expect([server.suggestions(), editor.shown]).toEqual([undefined, false]);
    change({ 'server.url': '' });
    expect(server.suggestions()).toBeUndefined();
    editor.trusted = false;
    change({ 'server.url': 'http://127.0.0.1:8000/v1' });
    expect(server.suggestions()).toBeUndefined();
  });

  test('is not used, and not marked, before the workspace is trusted', () => {
    editor.trusted = false;
    const { server } = serverOf('https://llm.example.org/v1', 'large', ['llm.example.org']);
    expect([server.engine(), editor.shown]).toEqual([undefined, false]);
    editor.trusted = true;
    for (const listener of editor.trust) listener();
    expect(server.engine()).toBeDefined();
    expect(editor.shown).toBe(true);
  });

  test('has a key of its own, which another host never gets', async () => {
    const { server, change } = serverOf('http://127.0.0.1:8000/v1');
    editor.input = ' secret ';
    await server.enterKey();
    expect([...secrets]).toEqual([['key of server 127.0.0.1:8000', 'secret']]);
    change({ 'server.url': 'http://127.0.0.1:9000/v1' });
    editor.input = undefined; // given up
    await server.enterKey();
    expect(secrets.size).toBe(1);
    change({ 'server.url': 'http://127.0.0.1:8000/v1' });
    editor.input = '';
    await server.enterKey();
    expect(secrets.size).toBe(0);
  });

  test('that is not named has no key: the settings are shown', async () => {
    await serverOf('').server.enterKey();
    expect(editor.commands).toEqual([['workbench.action.openSettings', '@ext:inkling.inkling @tag:advanced server']]);
    const ofServer = settingNames.filter((name) => name.startsWith('server.'));
    expect(ofServer.filter((name) => !settingsByName[name].isAdvanced)).toEqual([]); // the editor would not show them then
  });
});
