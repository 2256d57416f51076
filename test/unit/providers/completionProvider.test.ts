import { describe, expect, test, vi } from 'vitest';
import type * as vscode from 'vscode';
import { CancellationTokenSource } from 'vscode-jsonrpc';
import {
  CompletionProvider,
  type CompletionProviderOptions,
  LastEdits,
} from '../../../src/providers/completion/completionProvider.ts';
import { SuggestionWatch } from '../../../src/providers/completion/suggestionWatch.ts';
import type { CaretRequest, CompletionOutcome } from '../../../src/writing/completion/completionRequest.ts';
import { defaultCompletionSettings } from '../../../src/writing/completion/completionSettings.ts';
import type { Decision } from '../../../src/writing/completion/decision.ts';
import { InlineCompletionTriggerKind, LineDocument, Position } from '../../support/fakeVscode.ts';

vi.mock('vscode', () => import('../../support/fakeVscode.ts'));

const text = (suggestion: string): CompletionOutcome => ({
  kind: 'text',
  suggestions: [{ text: suggestion, firstWordProbability: 1, logprob: 0 }],
  source: 'model',
});

/** A provider over a completer that answers with `outcome`, asked at the `|`. */
function ask(drawn: string, outcome: CompletionOutcome | Error, options: Partial<CompletionProviderOptions> = {}) {
  const [left = '', right = ''] = drawn.split('|');
  const document = new LineDocument(left + right);
  const requests: CaretRequest[] = [];
  const decisions: Decision[] = [];
  const watch = new SuggestionWatch();
  const cancellation = new CancellationTokenSource();
  const provider = new CompletionProvider({
    complete: async (request) => {
      requests.push(request);
      if (outcome instanceof Error) throw outcome;
      return outcome;
    },
    settings: () => defaultCompletionSettings,
    silence: () => undefined,
    lastEdits: new LastEdits(),
    watch,
    acceptedCommand: 'accepted',
    ...options,
  });
  provider.onDecision((decision) => decisions.push(decision));
  const request = async (triggerKind = InlineCompletionTriggerKind.Automatic, selectedCompletionInfo?: unknown) => {
    const items = await provider.provideInlineCompletionItems(
      document as unknown as vscode.TextDocument,
      new Position(0, left.length) as unknown as vscode.Position,
      { triggerKind, selectedCompletionInfo } as vscode.InlineCompletionContext,
      cancellation.token,
    );
    return items.map(({ insertText, range, command }) => ({
      insertText,
      from: range?.start.character,
      to: range?.end.character,
      command: command?.command,
    }));
  };
  return { provider, request, requests, decisions, cancellation, document };
}

describe('the completion provider', () => {
  test('hands over the text on both sides, and shows what comes back', async () => {
    const { request, requests, decisions } = ask('The quick |fox', text('brown '));
    expect(await request()).toEqual([{ insertText: 'brown ', from: 10, to: 10, command: 'accepted' }]);
    expect(requests).toEqual([
      {
        documentId: 'file:///notes/a.md',
        fileName: 'a.md',
        languageId: 'markdown',
        prefix: 'The quick ',
        suffix: 'fox',
        trigger: 'automatic',
        lastEdit: 'none',
      },
    ]);
    expect(decisions).toMatchObject([{ result: 'shown', line: 1, trigger: 'automatic' }]);
  });

  test('does not even read the document where it is to be silent', async () => {
    const { request, requests, document, decisions } = ask('The quick |', text('fox'), { silence: () => 'off' });
    expect(await request()).toEqual([]);
    expect(requests).toEqual([]);
    expect(document.reads).toBe(0);
    expect(decisions).toMatchObject([{ result: 'off' }]);
  });

  test('leaves the suggest widget alone', async () => {
    const { request, requests, decisions } = ask('The quick |', text('fox'));
    expect(await request(InlineCompletionTriggerKind.Automatic, { text: 'fix' })).toEqual([]);
    expect([requests, decisions]).toEqual([[], []]);
  });

  test('shows nothing when it was overtaken while it waited', async () => {
    const { request, cancellation, decisions } = ask('The quick |', { ...text('fox'), showDelayMs: 60_000 });
    const items = request();
    cancellation.cancel();
    expect(await items).toEqual([]);
    expect(decisions).toMatchObject([{ result: 'cancelled' }]);
  });

  test('shows nothing, and says why, when the completer fails', async () => {
    const { request, decisions } = ask('The quick |', new Error('no such file'));
    expect(await request()).toEqual([]);
    expect(decisions).toMatchObject([{ result: 'failed', detail: 'no such file' }]);
  });

  test('tells when a request begins to run, and when none runs any more', async () => {
    const { provider, request } = ask('The quick |', text('fox'));
    const states: boolean[] = [];
    provider.onWorkChange(() => states.push(provider.isWorking));
    await Promise.all([request(), request()]);
    expect(states).toEqual([true, false]);
  });

  test('takes a request where a suggestion stands as one for its rest', async () => {
    const { request, requests } = ask('The quick |', text('brown fox'));
    await request(InlineCompletionTriggerKind.Invoke);
    await request(InlineCompletionTriggerKind.Invoke);
    expect(requests.map(({ trigger }) => trigger)).toEqual(['explicit', 'automatic']);
  });
});
