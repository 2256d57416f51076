import { describe, expect, test } from 'vitest';
import { Emitter } from 'vscode-jsonrpc';
import type { InferenceClient } from '../../../src/client/inferenceClient.ts';
import { type FineTuningParts, FineTuningSession } from '../../../src/extension/fineTuning/fineTuningSession.ts';
import type { AdapterReport } from '../../../src/protocol/adapters.ts';
import { InklingError } from '../../../src/protocol/errors.ts';
import type { FineTuningView } from '../../../src/protocol/fineTuningPages.ts';
import type { LoadRequest, ScoreRequest } from '../../../src/protocol/inference.ts';
import type {
  HeldOutTexts,
  Preparation,
  TrainingEvent,
  TrainingOutcome,
  TrainRequest,
} from '../../../src/protocol/training.ts';

const text = Array.from({ length: 400 }, (_, day) => `On day ${day} the tide was out when she came home.`).join('\n');
const heldOut: HeldOutTexts = { split: 'test', texts: [{ path: 'a.md', languageId: 'markdown', text }] };
const plan = { event: 'plan', totalSteps: 10, notes: [] } as unknown as TrainingEvent;
const done = { event: 'done', adapter: '/adapters/mine', step: 10, epoch: 1, seconds: 400 };
const outcome = { kind: 'trained', done } as TrainingOutcome;

/** A session whose processes are stand-ins; the test says what comes of the run. */
function session({ gain = 0.5, resume = false, scoring = () => Promise.resolve() } = {}) {
  const events = new Emitter<TrainingEvent>();
  const preparations = new Emitter<Preparation>();
  const log: string[] = [];
  const reports: AdapterReport[] = [];
  const used: (string | undefined)[] = [];
  const remembered: (string | undefined)[] = [];
  const removed: string[] = [];
  let read: (texts: HeldOutTexts | null) => void = () => undefined;
  let end: (outcome: TrainingOutcome) => void = () => undefined;
  let fail: (error: unknown) => void = () => undefined;
  let rest: () => void = () => undefined;
  let isAdapted = false;
  const client = {
    use: ({ adapter }: LoadRequest) => {
      isAdapted = adapter !== undefined;
    },
    score: async ({ text: scored }: ScoreRequest) => {
      await scoring();
      const loss = 3 - (isAdapted ? gain : 0);
      const logprobs = Array.from({ length: Math.ceil(scored.length / 4) }, (_, i) =>
        i === 0 ? null : -loss - (i % 5) / 10,
      );
      return { tokens: logprobs.length, logprob: 0, logprobs };
    },
    generate: async () => ({ kind: 'none', reason: 'tooShort', usage: {} }),
  } as unknown as InferenceClient;
  const parts = {
    training: {
      onEvent: events.event,
      onPreparation: preparations.event,
      heldOut: () => new Promise((resolve) => (read = resolve)),
      train: () =>
        new Promise((resolve, reject) => {
          end = resolve;
          fail = reject;
        }),
      pause: () => new Promise<void>((resolve) => (rest = resolve)),
      resume: async () => null,
      stop: async () => null,
      dispose: async () => undefined,
    },
    writer: {
      load: { modelFolder: '/models/tiny', maxContextTokens: 1024 },
      lend: (work: (of: InferenceClient) => Promise<unknown>) => work(client),
      write: async (prompts: readonly unknown[], adapter: string | undefined) =>
        prompts.map((_, i) => `${adapter ?? 'base'} ${i}`),
      dispose: async () => undefined,
    },
    store: {
      saveReport: async (_: string, report: AdapterReport) => void reports.push(report),
      removeRun: async (folder: string) => void removed.push(folder),
    },
    log: { warn: (line: string) => log.push(line), error: (line: string) => log.push(line) },
    problemText: ({ message }: InklingError) => message,
    productFolder: process.cwd(),
    remember: (run: TrainRequest | undefined) => remembered.push(run?.name),
    useAdapter: async (folder: string | undefined) => void used.push(folder),
  } as unknown as FineTuningParts;
  const request = { modelFolder: '/models/tiny', name: 'mine', outputFolder: '/adapters/mine', options: {}, resume };
  const made = new FineTuningSession(request as unknown as TrainRequest, parts);
  const phases: string[] = [];
  made.onChange(({ phase }) => phases.at(-1) !== phase && phases.push(phase));
  const settled = made.run();
  return {
    session: made,
    settled,
    phases,
    log,
    reports,
    used,
    remembered,
    removed,
    tell: (event: TrainingEvent) => events.fire(event),
    prepare: (preparation: Preparation) => preparations.fire(preparation),
    read: async (texts: HeldOutTexts | null = heldOut) => {
      read(texts);
      await turn();
    },
    rest: async () => {
      rest();
      await turn();
    },
    end: async (how: TrainingOutcome = outcome) => {
      end(how);
      await turn();
    },
    fail: (error: unknown) => fail(error),
  };
}

const turn = () => new Promise<void>((resolve) => setImmediate(resolve));
const until = (isIt: (view: FineTuningView) => boolean, of: FineTuningSession) =>
  expect.poll(() => isIt(of.view)).toBe(true);

/** As far as a person's start. */
async function ready(given: Parameters<typeof session>[0] = {}) {
  const made = session(given);
  await made.read();
  made.tell(plan);
  await made.rest();
  return made;
}

describe('a session', () => {
  test('plans, rests until a person starts it, learns, compares, and switches on what helps', async () => {
    const { session: made, phases, end, used, reports, remembered, removed, settled } = await ready();
    expect(made.view.phase).toBe('ready');
    await made.start();
    expect(remembered).toEqual(['mine']);
    await end();
    await until(({ phase, proof }) => phase === 'done' && proof === undefined, made);
    await settled;
    expect(phases).toEqual(['planning', 'ready', 'running', 'proving', 'done']);
    expect(used).toEqual(['/adapters/mine']);
    expect(made.view).toMatchObject({ isSwitchedOn: true, report: { model: 'tiny', split: 'test', texts: 1 } });
    expect(reports[0]!.heldOut.isBetter).toBe(true);
    expect(remembered.at(-1)).toBe(undefined);
    expect(removed).toEqual(['/adapters/mine']);
  });

  test('leaves off what does not help', async () => {
    const { session: made, end, used } = await ready({ gain: 0 });
    await made.start();
    await end();
    await until(({ phase }) => phase === 'done', made);
    expect(used).toEqual([]);
    expect(made.view).toMatchObject({ isSwitchedOn: false, report: { heldOut: { isBetter: false } } });
  });

  test('goes on at once when it is resumed', async () => {
    const { session: made, read } = session({ resume: true });
    await read();
    expect(made.view.phase).toBe('running');
  });

  test('pauses and goes on', async () => {
    const { session: made, rest, phases } = await ready();
    await made.start();
    const paused = made.pause();
    expect(made.view.isBusy).toBe(true);
    await rest();
    await paused;
    expect(made.view).toMatchObject({ phase: 'paused', isBusy: false });
    await made.resume();
    expect(phases).toEqual(['planning', 'ready', 'running', 'paused', 'running']);
  });

  test('tells how far planning is, and is cancelled there', async () => {
    const { session: made, prepare, removed, fail, read } = session();
    prepare({ stage: 'texts', fraction: 0.4 });
    expect(made.view.preparation).toEqual({ stage: 'texts', fraction: 0.4 });
    await read();
    await made.stop(false);
    fail(new InklingError('processDied', 'The training process was stopped.'));
    await turn();
    expect(made.view).toMatchObject({ phase: 'discarded' });
    expect(made.view.problem).toBeUndefined();
    expect(removed).toEqual(['/adapters/mine']);
  });

  test.each<[string, InklingError, Partial<FineTuningView>]>([
    ['too little text', new InklingError('tooLittleText', 'too little'), { isTooLittle: true, canResume: false }],
    ['another window', new InklingError('trainsElsewhere', 'another window'), { isTooLittle: false }],
  ])('that fails for %s says so', async (_, error, expected) => {
    const { session: made, read, fail } = session();
    await read();
    fail(error);
    await turn();
    expect(made.view).toMatchObject({ phase: 'failed', problem: error.message, ...expected });
  });

  test('whose comparison fails has its adapter all the same', async () => {
    const { session: made, end } = await ready({
      scoring: () => Promise.reject(new InklingError('outOfMemory', 'no memory')),
    });
    await made.start();
    await end();
    await until(({ phase }) => phase === 'done', made);
    expect(made.view).toMatchObject({ problem: 'no memory', done });
    expect(made.view.report).toBeUndefined();
  });

  test('whose comparison is stopped keeps what is known', async () => {
    let scored = 0;
    let stop: () => void = () => undefined;
    const {
      session: made,
      end,
      reports,
    } = await ready({
      scoring: async () => {
        if (++scored === 11) stop();
      },
    });
    stop = () => made.stopProof();
    await made.start();
    await end();
    await until(({ phase, proof }) => phase === 'done' && proof === undefined, made);
    expect(scored).toBe(11);
    expect(reports).toHaveLength(1);
    expect(reports[0]!.comparedShare).toBeLessThan(1);
    expect(made.view.isSwitchedOn).toBe(true);
  });

  test('lets a person judge, and keeps the judgement', async () => {
    const { session: made, end, reports } = await ready();
    await made.start();
    await end();
    await until(({ phase }) => phase === 'done', made);
    await made.startBlindTest();
    while (made.view.blindTest?.kind === 'asking') await made.prefer('neither');
    expect(reports.at(-1)?.blindTest).toEqual({ adapted: 0, base: 0, undecided: 8 });
    await until(({ proof }) => proof === undefined, made);
    expect(made.view.report?.blindTest).toEqual({ adapted: 0, base: 0, undecided: 8 });
  });
});
