import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import type * as vscode from 'vscode';
import { Usage } from '../../../../src/extension/usage/usage.ts';
import { UsageFile } from '../../../../src/extension/usage/usageFile.ts';
import type { Verdict } from '../../../../src/writing/completion/textChange.ts';
import { noUsage, type UsageByDay } from '../../../../src/writing/usage/usageCounts.ts';
import { documentChanges, documentClosings } from '../../../support/fakeVscode.ts';
import { temporaryFolder } from '../../../support/temporaryFolder.ts';

const editor = vi.hoisted(() => ({ isTrusted: true, learnFromUse: true }));

vi.mock('vscode', async () => {
  const fake = await import('../../../support/fakeVscode.ts');
  const workspace = {
    ...fake.workspace,
    get isTrusted() {
      return editor.isTrusted;
    },
    getWorkspaceFolder: ({ path }: { path: string }) => (path.startsWith('/notes/') ? {} : undefined),
    asRelativePath: ({ path }: { path: string }) => path.slice('/notes/'.length),
  };
  return { ...fake, workspace };
});

beforeEach(() => {
  Object.assign(editor, { isTrusted: true, learnFromUse: true });
  vi.useFakeTimers({ toFake: ['Date', 'setTimeout', 'clearTimeout'] });
});
afterEach(() => vi.useRealTimers());

/** A document that is written in, and what becomes of suggestions there. */
async function writing(path = '/notes/a.md') {
  const folder = await temporaryFolder();
  const uri = (name: string) => ({ fsPath: join(folder, name) });
  const context = {
    globalStorageUri: uri('global'),
    storageUri: uri('workspace'),
  } as unknown as vscode.ExtensionContext;
  const usage = new Usage(
    context,
    { warn: () => undefined } as unknown as vscode.LogOutputChannel,
    () => editor.learnFromUse,
  );
  let text = 'The tide is ';
  const document = {
    uri: { path, scheme: 'file' },
    languageId: 'markdown',
    version: 1,
    getText: () => text,
  };
  const insert = (at: number, written: string, length = 0) => {
    text = text.slice(0, at) + written + text.slice(at + length);
    document.version += 1;
    documentChanges.fire({ document, contentChanges: [{ rangeOffset: at, rangeLength: length, text: written }] });
  };
  const judge = (verdict: Verdict, suggested: string, inserted: string) => {
    const offset = text.length;
    insert(offset, inserted);
    const shown = { id: 1, documentId: path, offset, text: suggested };
    usage.onJudgement({ verdict, shown, inserted, document: document as unknown as vscode.TextDocument });
  };
  const counts = async (): Promise<UsageByDay[string] | undefined> => {
    usage.dispose();
    await vi.waitFor(() => expect(existsSync(join(folder, 'global/usage.json'))).toBe(true));
    return Object.values(await new UsageFile(join(folder, 'global/usage.json')).read())[0];
  };
  const close = () => documentClosings.fire(document);
  return { usage, insert, judge, counts, close, keepsText: () => existsSync(join(folder, 'workspace')) };
}

describe('what becomes of suggestions', () => {
  test('is counted, and looked at again after 30 s, 2 min and 10 min', async () => {
    const { judge, insert, counts } = await writing();
    judge({ kind: 'acceptedAll' }, 'going out', 'going out');
    vi.advanceTimersByTime(30_000);
    insert(12, 'coming in', 9); // over what was accepted
    vi.advanceTimersByTime(600_000);
    const { accepted, characters, survival } = (await counts())!;
    expect({ accepted, characters }).toEqual({ accepted: 1, characters: 9 });
    expect(survival).toEqual({ 30: { kept: 1, gone: 0 }, 120: { kept: 0, gone: 1 }, 600: { kept: 0, gone: 1 } });
  });

  test('is not looked at any more in a document that is closed', async () => {
    const { judge, close, counts } = await writing();
    judge({ kind: 'acceptedAll' }, 'going out', 'going out');
    close();
    vi.advanceTimersByTime(600_000);
    expect((await counts())!.survival).toEqual(noUsage.survival);
  });

  test('parts that are accepted one after the other are looked at as one', async () => {
    const { judge, counts } = await writing();
    judge({ kind: 'acceptedPart', chars: 6 }, 'going out', 'going ');
    judge({ kind: 'acceptedAll' }, 'out', 'out');
    vi.advanceTimersByTime(600_000);
    const { accepted, acceptedParts, survival } = (await counts())!;
    expect({ accepted, acceptedParts }).toEqual({ accepted: 1, acceptedParts: 1 });
    expect(survival[30]).toEqual({ kept: 1, gone: 0 });
  });
});

describe('learning from use', () => {
  const accept = async (path?: string) => {
    const parts = await writing(path);
    parts.judge({ kind: 'acceptedAll' }, 'going out', 'going out');
    return parts;
  };

  test('keeps what was accepted, and what was written instead', async () => {
    const { usage, judge, insert } = await accept();
    insert(21, '. She was ');
    judge({ kind: 'rejected' }, 'late', 'e');
    insert(32, 'arly.');
    const examples = await usage.examples();
    expect(examples).toMatchObject([
      { kind: 'accepted', path: 'a.md', before: 'The tide is ', suggested: 'going out', written: 'going out' },
      { kind: 'rejected', path: 'a.md', suggested: 'late', written: 'early.' },
    ]);
  });

  test('keeps what stands there when a document is closed, and each suggestion once', async () => {
    const { usage, close } = await accept();
    close();
    vi.advanceTimersByTime(600_000);
    expect(await usage.examples()).toHaveLength(1);
    const { usage: other } = await accept();
    await other.examples();
    vi.advanceTimersByTime(600_000);
    expect(await other.examples()).toHaveLength(1);
  });

  test('is off unless a person switches it on', async () => {
    editor.learnFromUse = false;
    const { usage, keepsText } = await accept();
    expect(await usage.examples()).toEqual([]);
    expect(keepsText()).toBe(false);
  });

  test('keeps nothing in a workspace that is not trusted', async () => {
    editor.isTrusted = false;
    const { usage, keepsText } = await accept();
    vi.advanceTimersByTime(30_000);
    expect(await usage.examples()).toEqual([]);
    expect(keepsText()).toBe(false);
  });

  test('keeps nothing of documents outside the workspace', async () => {
    const { usage, keepsText } = await accept('/elsewhere/a.md');
    expect(await usage.examples()).toEqual([]);
    expect(keepsText()).toBe(false);
  });
});
