import { setTimeout as sleep } from 'node:timers/promises';
import { beforeEach, expect, test, vi } from 'vitest';
import { CancellationToken } from 'vscode-jsonrpc/node.js';
import { Engine } from '../../../src/inference/engine.ts';
import { moveModel, openModel, withStrength } from '../../../src/inference/runningModel.ts';
import type { LoadRequest } from '../../../src/protocol/inference.ts';
import { loadRequest } from '../../support/tinyEngine.ts';
import { FakeModels } from './support/fakeModels.ts';

vi.mock('../../../src/inference/runningModel.ts', () => ({
  openModel: vi.fn(),
  moveModel: vi.fn(),
  withStrength: vi.fn(),
}));

let models: FakeModels;
let engine: Engine;
beforeEach(() => {
  models = new FakeModels();
  vi.mocked(openModel).mockImplementation(models.openModel as typeof openModel);
  vi.mocked(moveModel).mockImplementation(models.moveModel);
  vi.mocked(withStrength).mockImplementation(models.withStrength);
  engine = new Engine({ onProgress: () => undefined, onMoved: () => undefined, onUnloaded: () => undefined });
});

/** The folder that a load was answered with, or the code of its error. */
const load = (name: number, changes: Partial<LoadRequest> = {}): Promise<string> =>
  engine.load(loadRequest(String(name), changes)).then(
    ({ modelFolder }) => modelFolder,
    (error) => error.code,
  );

/** Whatever waits for `opened` goes on when `open` is called. */
function gate(): { opened: Promise<void>; open: () => void } {
  let open: () => void = () => undefined;
  const opened = new Promise<void>((resolve) => {
    open = resolve;
  });
  return { opened, open };
}

/** The model that scores a text; its decoder runs once. */
async function scoringModel(): Promise<number> {
  const { ids } = await engine.score({ text: 'abc', windowTokens: 64, withTokens: true }, CancellationToken.None);
  return ids![0]!;
}

test('of loads in quick succession the newest wins, and none is answered with another model', async () => {
  const { opened, open } = gate();
  models.opening = () => opened;
  const answers: Promise<string>[] = [];
  for (const name of [2, 20, 204, 2048]) {
    answers.push(load(name));
    await sleep(10);
  }
  open();
  expect(await Promise.all(answers)).toEqual(['superseded', 'superseded', 'superseded', '2048']);
  expect(engine.modelFolder).toBe('2048');
  expect(await engine.tokenize('a')).toEqual([2048]);
  expect(models.open).toEqual(['2048']);
  expect(models.mostOpen).toBe(1);
});

test('a request that comes while a load waits for another request runs on the new model', async () => {
  await load(2);
  const { opened, open } = gate();
  models.gate = opened;
  const before = scoringModel();
  await sleep(10);
  const loaded = load(20);
  await sleep(10);
  const tokens = engine.tokenize('a');
  await sleep(10);
  open();
  expect(await before).toBe(2);
  expect(await tokens).toEqual([20]);
  expect(await loaded).toBe('20');
  expect(models.open).toEqual(['20']);
});

test('a model that cannot be opened is told to who asked for it, not to who asked for the next one', async () => {
  models.broken.add('2');
  const { opened, open } = gate();
  models.opening = () => opened;
  const answers = [load(2)];
  await sleep(5);
  answers.push(load(20));
  open();
  expect(await Promise.all(answers)).toEqual(['superseded', '20']);
  expect(await load(2)).toBe('modelBroken');
  await expect(engine.tokenize('a')).rejects.toMatchObject({ code: 'modelBroken' });
  models.broken.clear();
  expect(await engine.tokenize('a')).toEqual([2]); // it was mended meanwhile
});

test('another strength of the same adapter opens nothing; without the adapter the model is opened anew and says why', async () => {
  const voice = (strength: number) => ({ adapter: { folder: 'voice', strength } });
  expect(await load(2, voice(1))).toBe('12');
  expect(await load(2, voice(2))).toBe('22');
  expect(await engine.tokenize('a')).toEqual([22]);
  expect(models.openings).toBe(1);
  expect(models.open).toEqual(['2']);
  models.isAdapterGone = true;
  expect(await load(2, voice(0))).toBe('2');
  expect(models.openings).toBe(2);
  models.isAdapterGone = false;
  expect(await load(2, { adapter: { folder: 'another', strength: 1 } })).toBe('12');
  expect(models.openings).toBe(3);
  expect(models.changesOfStrength).toBe(1);
  expect(models.mostOpen).toBe(1);
});
