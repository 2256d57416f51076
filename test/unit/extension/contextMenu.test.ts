import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, expect, test, vi } from 'vitest';
import { InstalledPipelines, type PipelinesClient } from '../../../src/client/pipelinesClient.ts';
import type { StoreClient } from '../../../src/client/storeClient.ts';
import { Actions, type ActionsOptions } from '../../../src/extension/actions/actions.ts';
import type { ModelSummary } from '../../../src/protocol/store.ts';
import type { ActionEngine } from '../../../src/writing/selection/selectionAction.ts';
import { temporaryFolder } from '../../support/temporaryFolder.ts';

/** The context keys by which the menu leaves actions out. */
const keys = vi.hoisted(() => new Map<string, boolean>());

vi.mock('vscode', () => {
  /** Whatever is asked of the editor beside its context keys is there, and does nothing. */
  const nothing: object = new Proxy(class {}, {
    get: (_, name) => (name === Symbol.toPrimitive ? () => 'nothing' : name === 'then' ? undefined : nothing),
    set: () => true,
    apply: () => nothing,
    construct: () => nothing,
  });
  const commands = {
    executeCommand: async (_: string, key: string, value: boolean) => void keys.set(key, value),
  };
  const parts: Record<string, unknown> = { commands, window: { activeTextEditor: undefined, __proto__: nothing } };
  return new Proxy(parts, {
    has: () => true,
    get: (_, name) => (name === 'then' ? undefined : (parts[String(name)] ?? nothing)),
  });
});

beforeEach(() => keys.clear());

/** Actions of a window whose small model is known, with a folder of models that holds some files. */
async function windowWith(files: readonly string[], models: readonly ModelSummary[] = []) {
  const user = await temporaryFolder();
  for (const file of files) {
    mkdirSync(join(user, file, '..'), { recursive: true });
    writeFileSync(join(user, file), '');
  }
  const list = vi.fn(async () => models);
  const pipelines = new InstalledPipelines({} as PipelinesClient, { list } as unknown as StoreClient, {
    user,
    bundled: user,
  });
  const load = vi.fn();
  const engine = { knownParameters: () => 135e6, load } as unknown as ActionEngine;
  const actions = new Actions({ engine: () => engine, pipelines } as unknown as ActionsOptions);
  return { actions, pipelines, started: () => list.mock.calls.length + load.mock.calls.length };
}

const isLeftOut = (action: string) => keys.get(`inkling.withheld.${action}`);

test.each<[what: string, files: string[], translates: boolean]>([
  ['no models', [], false],
  ['a larger decoder', ['large/config.json', 'large/model.safetensors'], false],
  ['a model for one task', ['en-de/config.json', 'en-de/encoder_model.onnx'], true],
])('following the document in front starts no process: a folder with %s', async (_, files, translates) => {
  const { actions, started } = await windowWith(files);
  for (let switches = 0; switches < 5; switches++) await actions.followMenu();
  expect(started()).toBe(0);
  expect(isLeftOut('translate')).toBe(!translates);
  expect(isLeftOut('expand')).toBe(true); // no model for one task does it
});

test('once somebody has asked for an action, the menu has exactly what is installed', async () => {
  const marian = { name: 'en-de', modelFolder: '/en-de', pipeline: { kind: 'text2text', uses: ['translate'] } };
  const { actions, pipelines, started } = await windowWith(
    ['en-de/encoder_model.onnx'],
    [marian as unknown as ModelSummary],
  );
  await actions.followMenu();
  expect([isLeftOut('translate'), isLeftOut('rewrite')]).toEqual([false, false]);
  await pipelines.find({ kind: 'text2text', use: 'translate' });
  await actions.followMenu();
  expect([isLeftOut('translate'), isLeftOut('rewrite')]).toEqual([false, true]);
  expect(started()).toBe(1);
});
