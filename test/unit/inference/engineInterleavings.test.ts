import { setImmediate as nextTurn, setTimeout as sleep } from 'node:timers/promises';
import { expect, test, vi } from 'vitest';
import { CancellationToken } from 'vscode-jsonrpc/node.js';
import { Engine } from '../../../src/inference/engine.ts';
import { moveModel, openModel, withStrength } from '../../../src/inference/runningModel.ts';
import { seededRandom } from '../../../src/protocol/seededRandom.ts';
import { loadRequest } from '../../support/tinyEngine.ts';
import { FakeModels } from './support/fakeModels.ts';

vi.mock('../../../src/inference/runningModel.ts', () => ({
  openModel: vi.fn(),
  moveModel: vi.fn(),
  withStrength: vi.fn(),
}));

/** What a load or a request was answered with: the name of a model, or the code of an error. */
interface Answer {
  /** the newest load when it was asked */
  readonly asked: number;
  /** how many loads there had been until it was answered */
  readonly loadsUntil: number;
  readonly answer: string;
}

/** Loads, requests, unloads and failing devices in a random order, each some turns of the event loop after the last. */
async function live(seed: number) {
  const random = seededRandom(seed);
  const below = (limit: number) => Math.floor(random() * limit);
  const models = new FakeModels();
  vi.mocked(openModel).mockImplementation(models.openModel as typeof openModel);
  vi.mocked(moveModel).mockImplementation(models.moveModel);
  vi.mocked(withStrength).mockImplementation(models.withStrength);
  const engine = new Engine({ onProgress: () => undefined, onMoved: () => undefined, onUnloaded: () => undefined });
  const turns = async (count: number) => {
    for (let turn = 0; turn < count; turn++) await nextTurn();
  };
  models.opening = () => turns(below(6));
  models.broken.add('7');
  const wanted: number[] = [];
  const loads: Promise<Answer>[] = [];
  const requests: Promise<Answer>[] = [];
  const unloads: Promise<boolean>[] = [];
  const answered = (work: Promise<string>): Promise<Answer> => {
    const asked = wanted.length - 1;
    return work
      .catch((error) => error.code ?? String(error))
      .then((answer: string) => ({ asked, loadsUntil: wanted.length, answer }));
  };
  const load = () => {
    // half of the loads ask for another strength of the adapter alone
    const name = wanted.length > 0 && below(2) === 0 ? wanted.at(-1)! % 10 : 1 + below(8);
    const strength = below(3);
    wanted.push(name + 10 * strength);
    const device = name % 2 === 0 ? 'webgpu' : 'cpu';
    const request = loadRequest(String(name), { device, adapter: { folder: 'voice', strength } });
    loads.push(answered(engine.load(request).then(({ modelFolder }) => modelFolder)));
  };
  const score = () => {
    const request = { text: 'a'.repeat(2 + below(150)), windowTokens: 64, withTokens: true };
    const done = engine.score(request, CancellationToken.None);
    requests.push(answered(done.then(({ ids }) => String(ids![0]))));
  };
  const tokenize = () => requests.push(answered(engine.tokenize('a').then(([id]) => String(id))));
  const deeds = [
    load,
    load,
    score,
    score,
    tokenize,
    () => unloads.push(engine.unload()),
    () => models.failuresToCome++,
  ];
  load();
  for (let step = 0; step < 25; step++) {
    await turns(below(5));
    deeds[below(deeds.length)]!();
  }
  const ended = Promise.all([Promise.all(loads), Promise.all(requests), Promise.all(unloads)]);
  const stuck = sleep(8000).then(() => Promise.reject(new Error('somebody still waits for an answer after 8 s')));
  const [loadAnswers, requestAnswers] = await Promise.race([ended, stuck]);
  models.broken.clear();
  const last = await engine.tokenize('a');
  return { models, wanted, loadAnswers, requestAnswers, last };
}

test.each(Array.from({ length: 100 }, (_, seed) => seed))(
  'interleaving %i: nobody is answered by a model that was not asked for',
  async (seed) => {
    const { models, wanted, loadAnswers, requestAnswers, last } = await live(seed);
    for (const [at, { answer }] of loadAnswers.entries()) {
      const own = [wanted[at]! % 10 === 7 ? 'modelBroken' : String(wanted[at])];
      // an equal load that follows at once is the same wish
      expect([...own, ...(at < wanted.length - 1 ? ['superseded'] : [])], `load ${at}`).toContain(answer);
    }
    for (const { asked, loadsUntil, answer } of requestAnswers) {
      const models = wanted.slice(asked, loadsUntil).map(String);
      expect([...models, 'modelBroken'], `asked when ${wanted[asked]} was wanted`).toContain(answer);
    }
    expect(last).toEqual([wanted.at(-1)]);
    expect(models.mostOpen).toBe(1);
    expect(models.open).toEqual([String(wanted.at(-1)! % 10)]);
  },
);
