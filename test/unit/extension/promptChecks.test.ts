import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import type * as vscode from 'vscode';
import { PromptChecks, PromptCompletions } from '../../../src/extension/prompts/promptFiles.ts';
import { Position } from '../../support/fakeVscode.ts';

const editor = await vi.hoisted(async () => {
  const { EventEmitter } = await import('../../support/fakeVscode.ts');
  return {
    isTrusted: true,
    documents: [] as unknown[],
    marked: new Map<unknown, readonly unknown[]>(),
    opened: new EventEmitter<unknown>(),
    changed: new EventEmitter<unknown>(),
    closed: new EventEmitter<unknown>(),
    granted: new EventEmitter<void>(),
  };
});

vi.mock('vscode', async () => {
  const fake = await import('../../support/fakeVscode.ts');
  return {
    ...fake,
    l10n: { t: (text: string) => text },
    Diagnostic: class {},
    CompletionItem: class {
      insertText = '';
    },
    CompletionItemKind: {},
    DiagnosticSeverity: { Error: 0 },
    languages: {
      createDiagnosticCollection: () => ({
        set: (uri: unknown, problems: readonly unknown[]) => editor.marked.set(uri, problems),
        delete: (uri: unknown) => editor.marked.delete(uri),
        dispose: () => undefined,
      }),
      match: (_: unknown, { uri }: { uri: { path: string } }) => (uri.path.includes('.inkling/prompts/') ? 10 : 0),
    },
    workspace: {
      get isTrusted() {
        return editor.isTrusted;
      },
      get textDocuments() {
        return editor.documents;
      },
      onDidOpenTextDocument: editor.opened.event,
      onDidChangeTextDocument: editor.changed.event,
      onDidCloseTextDocument: editor.closed.event,
      onDidGrantWorkspaceTrust: editor.granted.event,
    },
  };
});

class PromptDocument {
  reads = 0;
  readonly uri: { readonly path: string };
  constructor(readonly path: string) {
    this.uri = { path };
  }
  getText(): string {
    this.reads++;
    return 'Use {{nothing}} known.';
  }
  positionAt = (offset: number) => ({ line: 0, character: offset });
}

describe('the check of prompt files', () => {
  const prompt = new PromptDocument('/notes/.inkling/prompts/plain.md');
  const note = new PromptDocument('/notes/plain.md');
  let checks: PromptChecks;

  beforeEach(() => {
    vi.useFakeTimers();
    Object.assign(editor, { isTrusted: true, documents: [prompt, note] });
    editor.marked.clear();
    prompt.reads = 0;
    note.reads = 0;
  });
  afterEach(() => {
    checks.dispose();
    vi.useRealTimers();
  });

  const start = (isTrusted: boolean) => {
    editor.isTrusted = isTrusted;
    checks = new PromptChecks();
  };

  test('marks what is wrong, in prompt files only', () => {
    start(true);
    vi.runAllTimers();
    expect(editor.marked.get(prompt.uri)).toHaveLength(1);
    expect([prompt.reads, note.reads]).toEqual([1, 0]);
  });

  test('reads nothing while somebody types, and once when they pause', () => {
    start(true);
    for (let key = 0; key < 50; key++) {
      editor.changed.fire({ document: prompt });
      vi.advanceTimersByTime(80);
    }
    expect(prompt.reads).toBe(0);
    vi.runAllTimers();
    expect(prompt.reads).toBe(1);
  });

  test('reads nothing in a workspace that is not trusted, until it is', () => {
    start(false);
    editor.opened.fire(prompt);
    editor.changed.fire({ document: prompt });
    vi.runAllTimers();
    expect(prompt.reads).toBe(0);
    editor.isTrusted = true;
    editor.granted.fire();
    vi.runAllTimers();
    expect(prompt.reads).toBe(1);
  });

  test('forgets what was closed', () => {
    start(true);
    editor.closed.fire(prompt);
    vi.runAllTimers();
    expect([prompt.reads, editor.marked.size]).toEqual([0, 0]);
  });
});

describe('completions in a prompt file', () => {
  /** What the rows at `|` would put in. */
  function offered(text: string): string[] {
    const offset = text.indexOf('|');
    const whole = text.replace('|', '');
    const before = whole.slice(0, offset).split('\n');
    const document = {
      getText: () => whole.slice(0, offset), // up to the caret is all that is read
      lineAt: (line: number) => ({ text: whole.split('\n')[line] }),
    } as unknown as vscode.TextDocument;
    const position = new Position(before.length - 1, before.at(-1)!.length) as unknown as vscode.Position;
    return new PromptCompletions()
      .provideCompletionItems(document, position)
      .map(({ insertText }) => String(insertText));
  }

  test.each([
    ['Say it in {{|', 'wish}}'],
    ['Say it in {{|}}', 'wish'],
    ['Say it in {{|}', 'wish}'],
    ['Say it in {{w|', 'wish}}'],
    ['Say it in {{w|}} words.', 'wish'],
    ['Say it in {{ |}}', 'wish'],
    ['Say it in {{ w| }}', 'wish'],
    ['Say it in {{| words.', 'wish}}'],
    ['---\ntitle: a\n---\n\nSay it in {{|}}', 'wish'],
  ])('%s: the braces are closed once', (text, first) => expect(offered(text)[0]).toBe(first));

  test.each(['Say it in {|', 'Say it in {{wish}}|', 'Say it| in', '|'])('%s: nothing is to be put in', (text) =>
    expect(offered(text)).toEqual([]),
  );
});
