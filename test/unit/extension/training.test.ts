import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { beforeEach, expect, test, vi } from 'vitest';
import { Training, type TrainingParts } from '../../../src/extension/fineTuning/training.ts';
import type { FineTuningPageAction } from '../../../src/protocol/fineTuningPages.ts';
import type { TrainRequest } from '../../../src/protocol/training.ts';
import { Memory } from '../../support/fakeVscode.ts';

/** The editor: settings, the folder that a person chooses, and the page, by which a test acts as they would. */
const editor = vi.hoisted(() => ({
  settings: new Map<string, unknown>(),
  chosenFolder: '/elsewhere',
  errors: [] as string[],
  act: (_: FineTuningPageAction) => undefined as void,
  bringToFront: () => undefined as void,
}));

vi.mock('vscode', async () => {
  const fake = await import('../../support/fakeVscode.ts');
  const panel = () => {
    const [closed, views, messages] = [0, 1, 2].map(() => new fake.EventEmitter<unknown>()) as [
      InstanceType<typeof fake.EventEmitter<unknown>>,
      InstanceType<typeof fake.EventEmitter<unknown>>,
      InstanceType<typeof fake.EventEmitter<unknown>>,
    ];
    editor.act = (action) => messages.fire(action);
    const made = {
      active: true,
      webview: { asWebviewUri: String, onDidReceiveMessage: messages.event, postMessage: async () => true },
      onDidDispose: closed.event,
      onDidChangeViewState: views.event,
      reveal: () => undefined,
      dispose: () => closed.fire(undefined),
    };
    editor.bringToFront = () => views.fire({ webviewPanel: made });
    return made;
  };
  const item = { show: () => undefined, hide: () => undefined, dispose: () => undefined };
  return {
    ...fake,
    l10n: { t: (text: string) => text },
    env: { language: 'en' },
    Uri: { joinPath: (...parts: unknown[]) => parts.join('/') },
    ViewColumn: { Active: -1 },
    StatusBarAlignment: { Right: 2 },
    window: {
      createWebviewPanel: panel,
      createStatusBarItem: () => item,
      showOpenDialog: async () => [{ fsPath: editor.chosenFolder }],
      showInformationMessage: async () => undefined,
      showErrorMessage: async (message: string) => void editor.errors.push(message),
    },
    workspace: {
      ...fake.workspace,
      isTrusted: true,
      name: 'essays',
      workspaceFolders: [{ uri: { scheme: 'file', fsPath: '/essays' } }],
      getConfiguration: () => ({ get: (name: string, fallback?: unknown) => editor.settings.get(name) ?? fallback }),
    },
  };
});

beforeEach(() => {
  editor.settings.clear();
  editor.errors.length = 0;
  process.env['INKLING_ADAPTERS'] = mkdtempSync(path.join(tmpdir(), 'inkling-adapters-'));
});

/** The page of a fine-tuning whose process rests before its first step; with what was asked of processes so far. */
async function opened() {
  const requests: TrainRequest[] = [];
  const started: TrainRequest[] = [];
  const process = () => ({
    onEvent: () => ({ dispose: () => undefined }),
    onPreparation: () => ({ dispose: () => undefined }),
    heldOut: async () => ({ split: 'test', texts: [] }),
    train: (request: TrainRequest) => {
      requests.push(request);
      return new Promise(() => undefined);
    },
    pause: async () => null,
    resume: async () => void started.push(requests.at(-1)!),
    stop: async () => null,
    dispose: async () => undefined,
  });
  const training = new Training({
    context: { workspaceState: new Memory(), extensionPath: '/inkling', extensionUri: '/inkling' },
    processes: {
      training: process,
      inference: () => ({ onStateChange: () => undefined, dispose: async () => undefined }),
      findModel: (name: string) => `/models/${name}`,
    },
    settings: { general: { model: 'tiny' } },
    store: { removeDeadRuns: async () => null, removeRun: async () => null, runState: async () => 'none' },
    log: { error: () => undefined, warn: () => undefined },
    keptExamples: async () => [],
  } as unknown as TrainingParts);
  await training.fineTune();
  await turns();
  return { requests, started };
}

/** All that waits for stand-ins is done by then: they answer at once. */
async function turns(): Promise<void> {
  for (let n = 0; n < 10; n++) await new Promise<void>((resolve) => setImmediate(resolve));
}
const act = async (action: FineTuningPageAction) => {
  editor.act(action);
  await turns();
};

test('what was set before is what is started', async () => {
  editor.settings.set('training.epochs', 7);
  const { requests, started } = await opened();
  await act({ kind: 'start' });
  expect(started.map(({ options }) => options.epochs)).toEqual([7]);
  expect(requests).toHaveLength(1);
});

test.each([
  ['training.epochs', 7],
  ['training.learningRate', 0.0001],
  ['training.maxMinutes', 1],
  ['training.include', ['essays/**/*.md']],
  ['training.stripCode', false],
])('a page that comes back after %s was changed prepares anew, once', async (name, value) => {
  const { requests } = await opened();
  editor.bringToFront();
  await turns();
  expect(requests).toHaveLength(1);
  editor.settings.set(name, value);
  editor.bringToFront();
  editor.bringToFront();
  await turns();
  expect(requests).toHaveLength(2);
  expect(requests[1]).not.toEqual({ ...requests[0], outputFolder: requests[1]!.outputFolder });
});

test('a start that comes before the page has followed the settings starts nothing old', async () => {
  const { requests, started } = await opened();
  editor.settings.set('training.epochs', 7);
  editor.bringToFront();
  await act({ kind: 'start' });
  expect(started).toEqual([]);
  await act({ kind: 'start' });
  expect(started.map(({ options }) => options.epochs)).toEqual([7]);
  expect(requests).toHaveLength(2);
});

test('a setting that is out of its range is told, and what was prepared stays', async () => {
  const { requests, started } = await opened();
  editor.settings.set('training.epochs', -1);
  await act({ kind: 'start' });
  expect(editor.errors).toHaveLength(1);
  editor.settings.delete('training.epochs');
  await act({ kind: 'start' });
  expect([requests.length, started.length]).toEqual([1, 1]);
});

test('the folder that a person chose stays chosen when settings change, and not beyond', async () => {
  const { requests } = await opened();
  await act({ kind: 'chooseFolder' });
  editor.settings.set('training.epochs', 7);
  editor.bringToFront();
  await turns();
  expect(requests.map(({ paths }) => paths)).toEqual([['/essays'], ['/elsewhere'], ['/elsewhere']]);
});
