import { describe, expect, test, vi } from 'vitest';
import type * as vscode from 'vscode';
import { CancellationTokenSource } from 'vscode-jsonrpc';
import { InklingError } from '../../../src/protocol/errors.ts';
import type { Reason } from '../../../src/protocol/reasons.ts';
import {
  CompletionProvider,
  type CompletionProviderOptions,
  isWritten,
} from '../../../src/providers/completion/completionProvider.ts';
import { LastEdits } from '../../../src/providers/completion/lastEdits.ts';
import { SuggestionWatch } from '../../../src/providers/completion/suggestionWatch.ts';
import type { CaretRequest, CompletionOutcome } from '../../../src/writing/completion/completionRequest.ts';
import { defaultCompletionSettings } from '../../../src/writing/completion/completionSettings.ts';
import type { Decision } from '../../../src/writing/completion/decision.ts';
import {
  documentChanges,
  InlineCompletionTriggerKind,
  LineDocument,
  Position,
  window,
} from '../../support/fakeVscode.ts';

vi.mock('vscode', () => import('../../support/fakeVscode.ts'));

const text = (suggestion: string): CompletionOutcome => ({
  kind: 'text',
  suggestions: [{ text: suggestion, firstWordProbability: 1, logprob: 0 }],
  source: 'model',
});

/** What is left of an answer once some of it was typed. */
const rest = (left: string, typedChars: number): CompletionOutcome => ({
  kind: 'text',
  suggestions: [{ text: left, firstWordProbability: 1, logprob: 0, typedChars }],
  source: 'cache',
});

/** A provider over a completer that answers with `outcome`, asked at the `|`. */
function ask(drawn: string, outcome: CompletionOutcome | Error, options: Partial<CompletionProviderOptions> = {}) {
  const [left = '', right = ''] = drawn.split('|');
  const document = new LineDocument(left + right);
  const requests: CaretRequest[] = [];
  const decisions: Decision[] = [];
  const watch = new SuggestionWatch();
  const lastEdits = new LastEdits();
  const cancellation = new CancellationTokenSource();
  const provider = new CompletionProvider({
    complete: async (request) => {
      requests.push(request);
      if (outcome instanceof Error) throw outcome;
      return outcome;
    },
    settings: () => defaultCompletionSettings,
    silence: () => undefined,
    isForeign: () => false,
    onShow: () => undefined,
    lastEdits,
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
  return { provider, request, requests, decisions, cancellation, document, lastEdits };
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
        isForeign: false,
        handRuns: false,
      },
    ]);
    expect(decisions).toMatchObject([{ result: 'shown', line: 1, trigger: 'automatic' }]);
  });

  test.each([
    ['its editor is in front', 1, true, 'fox '],
    ['there are several carets', 2, true, 'fox'],
    ['extensions cannot edit, as in the commit box', 1, false, 'fox'],
  ])('what is suggested where %s', async (_, carets, isEditor, seen) => {
    const { request, document } = ask('The quick |', { ...text('fox'), zone: 'prose' } as CompletionOutcome);
    const editor = { document: isEditor ? document : new LineDocument(''), selections: Array.from({ length: carets }) };
    const front = vi.spyOn(window, 'activeTextEditor', 'get').mockReturnValue(editor);
    expect((await request()).map(({ insertText }) => insertText)).toEqual([seen]);
    front.mockRestore();
  });

  test('does not even read the document where it is to be silent', async () => {
    const { request, requests, document, decisions } = ask('The quick |', text('fox'), { silence: () => 'off' });
    expect(await request()).toEqual([]);
    expect(requests).toEqual([]);
    expect(document.reads).toBe(0);
    expect(decisions).toMatchObject([{ result: 'off', detail: 'markdown' }]); // what was turned off: the language
  });

  test('leaves the suggest widget alone, and says so', async () => {
    const { request, requests, decisions } = ask('The quick |', text('fox'));
    expect(await request(InlineCompletionTriggerKind.Automatic, { text: 'fix' })).toEqual([]);
    expect(requests).toEqual([]);
    expect(decisions).toMatchObject([{ result: 'editorList', line: 1, trigger: 'automatic' }]);
  });

  test('shows nothing when it was overtaken while it waited', async () => {
    const { request, cancellation, decisions } = ask('The quick |', { ...text('fox'), showDelayMs: 60_000 });
    const items = request();
    cancellation.cancel();
    expect(await items).toEqual([]);
    expect(decisions).toMatchObject([{ result: 'cancelled' }]);
  });

  test('an answer that comes after everything was switched off, or paused, is not shown', async () => {
    let reason: Reason | undefined;
    const paused = ask('The quick |', text('fox'), { silence: () => reason });
    const answered = paused.request();
    reason = 'paused';
    expect(await answered).toEqual([]);
    const off = ask('The quick |', text('fox'));
    const late = off.request();
    off.provider.dispose();
    expect(await late).toEqual([]);
  });

  test('shows nothing, and says why, when the completer fails', async () => {
    const { request, decisions } = ask('The quick |', new Error('no such file'));
    expect(await request()).toEqual([]);
    expect(decisions).toMatchObject([{ result: 'failed', detail: 'no such file' }]);
  });

  test('says why also where the failure is final, and nothing more is asked of the model', async () => {
    let reason: Reason | undefined;
    const failed = { kind: 'failed', error: new InklingError('processDied', 'it crashed') } as const;
    const { request, decisions } = ask('The quick |', failed, { silence: () => reason });
    const answered = request();
    reason = 'modelUnavailable';
    expect(await answered).toEqual([]);
    expect(decisions).toMatchObject([{ result: 'failed', detail: 'it crashed' }]);
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

  const none = (reason: Reason): CompletionOutcome => ({ kind: 'none', reason });
  const several = (...texts: string[]): CompletionOutcome => ({
    kind: 'text',
    suggestions: texts.map((one) => ({ text: one, firstWordProbability: 1, logprob: 0 })),
    source: 'model',
  });
  test.each<[string, CompletionOutcome, string[]]>([
    ['stays when it is found again', text('brown fox'), ['brown fox']],
    ['grows', text('brown fox jumps'), ['brown fox jumps']],
    [
      'does not grow by what was not worth showing',
      { ...text('brown fox jumps'), source: 'cache' } as CompletionOutcome,
      ['brown fox'],
    ],
    ['stays when another is found', text('red hen'), ['brown fox']],
    ['stays when less of it is found', text('brown'), ['brown fox']],
    ['stays in front of others', several('red hen', 'brown fox'), ['brown fox', 'red hen']],
    ['stays alone before others', several('red hen', 'grey goose'), ['brown fox']],
    ...(
      ['zone', 'composing', 'lowConfidence', 'sentenceStart', 'headless', 'tooShort', 'misspelt', 'snoozed'] as const
    ).map((reason): [string, CompletionOutcome, string[]] => [`stays: ${reason}`, none(reason), ['brown fox']]),
    ...(['repeatsText', 'chatter', 'invented', 'empty'] as const).map(
      (reason): [string, CompletionOutcome, string[]] => [
        `stays: ${reason} of another answer`,
        none(reason),
        ['brown fox'],
      ],
    ),
    ...(['off', 'paused', 'unsupportedDocument', 'tooLarge', 'justDeleted', 'modelUnavailable'] as const).map(
      (reason): [string, CompletionOutcome, string[]] => [`goes: ${reason}`, none(reason), []],
    ),
    ['goes where it would repeat what follows', none('repeatsSuffix'), []],
    ['goes where what follows would not fit', none('unlikelySuffix'), []],
    ['goes when it is given up', { kind: 'cancelled' }, []],
  ])('what is on screen %s', async (_, next, shown) => {
    const answers = [text('brown fox'), next];
    const { request } = ask('The quick |', text(''), { complete: async () => answers.shift()! });
    await request();
    expect((await request()).map(({ insertText }) => insertText)).toEqual(shown);
  });

  test('what went does not come back when nothing new is found', async () => {
    const answers = [text('brown fox'), none('modelUnavailable'), none('lowConfidence')];
    const { request, decisions } = ask('The quick |', text(''), { complete: async () => answers.shift()! });
    for (let asked = 0; asked < 3; asked++) await request();
    expect(decisions.map(({ result }) => result)).toEqual(['shown', 'modelUnavailable', 'lowConfidence']);
  });

  test('an answer that is there already comes up with its alternatives', async () => {
    const found = { ...several('brown fox', 'red hen'), source: 'cache' } as CompletionOutcome;
    expect((await ask('The quick |', found).request()).map(({ insertText }) => insertText)).toEqual([
      'brown fox',
      'red hen',
    ]);
  });

  test('what is put into another document is not typed in this one', () => {
    const { document, lastEdits } = ask('The quick |', text('brown fox'));
    const log = { ...document, uri: { toString: () => 'output:log' } };
    for (let line = 0; line < 4; line++)
      documentChanges.fire({ document: log, contentChanges: [{ rangeOffset: 3, rangeLength: 0, text: 'x' }] });
    expect(lastEdits.untilRestMs(document as unknown as vscode.TextDocument)).toBe(0);
    expect(lastEdits.of(document as unknown as vscode.TextDocument)).toBe('none');
  });

  test.each<[string, number[], number]>([
    ['one key', [], 0],
    ['two keys', [100], 0],
    ['a run of keys', [100, 120], 200],
    ['a run of keys, 100 ms ago', [100, 120, -100], 100],
    ['a run of keys, 200 ms ago', [100, 120, -200], 0],
    ['keys that take their time', [300, 260, 240, 300], 0],
    ['a run, a pause and a key', [100, 120, 90, 900], 200],
    ['a run, a pause and a key, 100 ms ago', [100, 120, 90, 900, -100], 100],
    ['a run, a pause and two keys that take their time', [100, 120, 90, 900, 300], 0],
    ['two runs, each after a pause, and a key', [100, 120, 90, 900, 100, 900], 200],
    ['a short run, a pause and a key', [100, 120, 900], 0],
    ['a short run, a pause and two keys', [100, 120, 900, 100], 0],
    ['a run, a pause and a run', [100, 120, 900, 100, 110], 200],
  ])('after %s the hand rests in time', (_, gaps, restsInMs) => {
    vi.useFakeTimers();
    const { document, lastEdits } = ask('The quick |', text('brown fox'));
    const key = () =>
      documentChanges.fire({ document, contentChanges: [{ rangeOffset: 3, rangeLength: 0, text: 'x' }] });
    key();
    for (const gap of gaps) {
      vi.advanceTimersByTime(Math.abs(gap));
      if (gap > 0) key();
    }
    expect(lastEdits.untilRestMs(document as unknown as vscode.TextDocument)).toBeCloseTo(restsInMs, 0);
    vi.useRealTimers();
  });

  type Typed = readonly [gapMs: number, text: string, rangeLength?: number];
  test.each<[string, readonly Typed[], number]>([
    ['what is taken from a suggestion after a pause', [[900, ' brown fox']], 0],
    ['what is taken from a suggestion at once', [[100, ' brown fox']], 0],
    ['a word that is pasted over', [[900, 'brown fox', 4]], 0],
    [
      'what an input method has composed',
      [
        [900, 'ni', 1],
        [100, 'nih', 2],
        [100, 'nihao', 4],
      ],
      200,
    ],
    ['what it makes of that', [[900, '你好吗', 6]], 200],
    ['a new line that is indented', [[900, '\n      ']], 200],
    ['brackets that close by themselves', [[900, '()']], 200],
  ])('after a run %s', (_, edits, restsInMs) => {
    vi.useFakeTimers();
    const { document, lastEdits } = ask('The quick |', text('brown fox'));
    const run: Typed[] = [...'quick'].map((key) => [100, key]);
    for (const [gapMs, typed, rangeLength = 0] of [...run, ...edits]) {
      vi.advanceTimersByTime(gapMs);
      documentChanges.fire({ document, contentChanges: [{ rangeOffset: 3, rangeLength, text: typed }] });
    }
    expect(lastEdits.untilRestMs(document as unknown as vscode.TextDocument)).toBeCloseTo(restsInMs, 0);
    vi.useRealTimers();
  });

  test.each<[CompletionOutcome, number]>([
    [text('brown fox'), 200],
    [rest('ickest fox', 2), 0],
    [rest('ick', 2), 200],
    [rest('ickest', 2), 0],
    [rest('icker', 2), 0],
    [rest('ack', 2), 200],
    [rest('ick', 0), 200],
  ])('under a running hand %j comes up after %i ms', async (outcome, expectedMs) => {
    vi.useFakeTimers();
    const { request, document } = ask('The qu|', { ...outcome, showDelayMs: 0 });
    for (let key = 0; key < 4; key++) {
      documentChanges.fire({ document, contentChanges: [{ rangeOffset: 3, rangeLength: 0, text: 'x' }] });
      if (key < 3) vi.advanceTimersByTime(100);
    }
    const startMs = performance.now();
    const cameAt = request().then(() => performance.now());
    await vi.advanceTimersByTimeAsync(1000);
    expect((await cameAt) - startMs).toBeCloseTo(expectedMs, 0);
    vi.useRealTimers();
  });

  test('the rest of an answer that nobody saw comes up only where it is worth a glance', async () => {
    expect(await ask('The qu|', rest('ick', 2)).request()).toHaveLength(1);
    const { request, decisions } = ask('The quic|', rest('k', 4));
    expect(await request()).toEqual([]);
    expect(decisions).toMatchObject([{ result: 'tooShort' }]);
    expect(await ask('The quic|', rest('k', 4)).request(InlineCompletionTriggerKind.Invoke)).toHaveLength(1);
  });

  test('what follows an accept is computed of what is on screen, and of nothing else', async () => {
    const seenOf = async (...answers: CompletionOutcome[]) => {
      const ahead: string[] = [];
      const { request } = ask('The qu|', text(''), {
        complete: async () => answers.shift()!,
        onShow: (shown, { request: { prefix } }) => ahead.push(`${prefix}|${shown.text}`),
      });
      while (answers.length > 0) await request();
      return ahead;
    };
    expect(await seenOf(text('ick fox'))).toEqual(['The qu|ick fox']);
    expect(await seenOf(text('ick fox'), text('iet hen'))).toEqual(['The qu|ick fox', 'The qu|ick fox']);
    expect(await seenOf(text('ick fox'), text('ick fox jumps'))).toEqual(['The qu|ick fox', 'The qu|ick fox jumps']);
    expect(await seenOf(text('ick fox'), none('lowConfidence'))).toEqual(['The qu|ick fox', 'The qu|ick fox']);
    expect(await seenOf(none('lowConfidence'))).toEqual([]);
    expect(await seenOf(rest('k', 2))).toEqual([]);
    expect(await seenOf({ kind: 'cancelled' })).toEqual([]);
  });

  test('in a language that the model does not know, it takes more letters to be worth a glance', async () => {
    const foreign = { isForeign: () => true };
    expect(await ask('The qu|', rest('ick', 2)).request()).toHaveLength(1);
    const { request, requests, decisions } = ask('The qu|', rest('ick', 2), foreign);
    expect(await request()).toEqual([]);
    expect(decisions).toMatchObject([{ result: 'tooShort' }]);
    expect(requests).toMatchObject([{ isForeign: true }]);
    expect(await ask('The q|', rest('uick', 1), foreign).request()).toHaveLength(1);
    expect(await ask('The qu|', rest('ick', 2), foreign).request(InlineCompletionTriggerKind.Invoke)).toHaveLength(1);
  });
});

test.each(
  Object.entries({
    file: true,
    untitled: true,
    'vscode-remote': true,
    'vscode-vfs': true,
    'vscode-userdata': true,
    'vscode-notebook-cell': true,
    'vscode-scm': true,
    memfs: true, // another extension's
    archive: false, // can only be read
    git: false,
    'vscode-settings': false,
    'vscode-chat-code-block': false,
    chatSessionInput: false,
    comment: false,
    output: false,
    debug: false,
    'search-editor': false,
    walkThrough: false,
    'inkling-preview': false,
    unheard: false,
  }),
)('a document of the scheme %s is one that a person writes: %s', async (scheme, expected) => {
  expect(isWritten({ uri: { scheme } })).toBe(expected);
  const { decisions, requests, request, document } = ask('Once upon |', text('a time'));
  Object.assign(document.uri, { scheme });
  expect(await request()).toHaveLength(expected ? 1 : 0);
  expect([requests.length, decisions.length]).toEqual(expected ? [1, 1] : [0, 0]);
});
