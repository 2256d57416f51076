import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { CancellationTokenSource } from 'vscode-jsonrpc/node.js';
import { inSourceControl } from '../../../src/extension/actions/progressInSourceControl.ts';

interface Shown {
  readonly options: { readonly location: string; readonly cancellable?: boolean };
  readonly button: CancellationTokenSource;
}

const editor = vi.hoisted(() => ({ shown: [] as Shown[] }));

vi.mock('vscode', async () => {
  const { CancellationTokenSource } = await import('vscode-jsonrpc/node.js');
  return {
    CancellationTokenSource,
    ProgressLocation: { SourceControl: 'source control', Notification: 'notification' },
    window: {
      async withProgress(options: Shown['options'], task: (progress: object, token: object) => Promise<unknown>) {
        const button = new CancellationTokenSource();
        editor.shown.push({ options, button });
        return await task({}, button.token);
      },
    },
  };
});

beforeEach(() => {
  editor.shown = [];
  vi.useFakeTimers();
});
afterEach(() => vi.useRealTimers());

const places = () => editor.shown.map(({ options }) => options.location);

test('what is done soon is shown in the source control view alone', async () => {
  expect(await inSourceControl('Commit message', async () => 'done')).toBe('done');
  await vi.runAllTimersAsync();
  expect(places()).toEqual(['source control']);
});

test('what takes longer gets a notification, whose button cancels it', async () => {
  const outcome = inSourceControl(
    'Commit message',
    (token) => new Promise<string>((resolve) => token.onCancellationRequested(() => resolve('cancelled'))),
  );
  expect(places()).toEqual(['source control']);
  await vi.runAllTimersAsync();
  expect(places()).toEqual(['source control', 'notification']);
  expect(editor.shown[1]!.options.cancellable).toBe(true);
  editor.shown[1]!.button.cancel();
  expect(await outcome).toBe('cancelled');
});

test('what fails late is told to whoever waits, and to nobody else', async () => {
  const outcome = inSourceControl('Commit message', async () => {
    await new Promise((resolve) => setTimeout(resolve, 5_000));
    throw new Error('no memory');
  });
  const told = expect(outcome).rejects.toThrow('no memory');
  await vi.runAllTimersAsync(); // a promise that nobody handles fails the test
  await told;
  expect(places()).toEqual(['source control', 'notification']);
});
