import { expect, test, vi } from 'vitest';
import type { EngineState } from '../../../src/client/engineState.ts';
import type { InferenceClient } from '../../../src/client/inferenceClient.ts';
import { ActionModel } from '../../../src/extension/actions/actionModel.ts';
import type { LoadRequest } from '../../../src/protocol/inference.ts';

vi.mock('vscode', () => ({}));

/** A client that only notes what is done to it, and whose state a test sets. */
class NotedClient {
  readonly used: string[] = [];
  isDisposed = false;
  readonly processId = undefined;
  #listener: (state: EngineState) => void = () => undefined;
  readonly onStateChange = (listener: (state: EngineState) => void) => {
    this.#listener = listener;
  };
  use = ({ modelFolder }: LoadRequest) => this.used.push(modelFolder);
  become = (kind: 'ready' | 'unloaded') => this.#listener({ kind } as EngineState);
  dispose = async () => {
    this.isDisposed = true;
  };
}

function actionModel() {
  const typing = new NotedClient() as unknown as InferenceClient;
  const started: NotedClient[] = [];
  const settings = { isOn: true, folder: undefined as string | undefined };
  const model = new ActionModel({
    typing: () => (settings.isOn ? typing : undefined),
    wanted: () => {
      if (settings.folder === 'missing') throw new Error('There is no such folder.');
      return settings.folder === undefined ? undefined : ({ modelFolder: settings.folder } as LoadRequest);
    },
    start: () => {
      started.push(new NotedClient());
      return started.at(-1) as unknown as InferenceClient;
    },
  });
  return { model, typing, started, settings };
}

test('actions share the process that types, unless they are to have another model', () => {
  const { model, typing, started, settings } = actionModel();
  expect(model.engine()).toBe(typing);
  settings.folder = 'large';
  model.follow();
  expect(started).toHaveLength(0); // nothing has been asked of it yet
  expect(model.engine()).toBe(started[0]);
  expect(model.engine()).toBe(started[0]);
  expect(started[0]!.used).toEqual(['large', 'large']);
});

test.each<[string, (made: ReturnType<typeof actionModel>) => void]>([
  ['it has been idle', ({ started }) => started[0]!.become('unloaded')],
  [
    'Inkling is turned off',
    ({ model, settings }) => {
      settings.isOn = false;
      model.follow();
    },
  ],
  [
    'the setting names no other model',
    ({ model, settings }) => {
      settings.folder = undefined;
      model.follow();
    },
  ],
  [
    'the setting names a model that is missing',
    ({ model, settings }) => {
      settings.folder = 'missing';
      model.follow();
    },
  ],
  ['everything ends', ({ model }) => model.dispose()],
])('the second process ends when %s', (_, happen) => {
  const made = actionModel();
  made.settings.folder = 'large';
  made.model.engine();
  made.started[0]!.become('ready');
  expect(made.started[0]!.isDisposed).toBe(false);
  happen(made);
  expect(made.started[0]!.isDisposed).toBe(true);
});

test('the next action after that starts another one', () => {
  const { model, started, settings } = actionModel();
  settings.folder = 'large';
  model.engine();
  started[0]!.become('unloaded');
  expect(model.engine()).toBe(started[1]);
  started[0]!.become('unloaded'); // a late word of the first one
  expect(started[1]!.isDisposed).toBe(false);
});

test('a model that is missing is told to whoever asks', () => {
  const { model, settings } = actionModel();
  settings.folder = 'missing';
  expect(() => model.engine()).toThrow('There is no such folder.');
  settings.isOn = false;
  expect(model.engine()).toBeUndefined();
});
