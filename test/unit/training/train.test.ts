import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { planNote } from '../../../src/protocol/training.ts';
import { readCheckpoint, writeCheckpoint } from '../../../src/training/loop/checkpoint.ts';
import { temporaryFolder } from '../../support/temporaryFolder.ts';
import { lossesOf, tinyRun, validationLossesOf } from './tinyRun.ts';

const identity = { base: 'base', data: 'data', options: 'options' };

test('the loss falls, on what is learnt and on what is held out', async () => {
  const { finish, events } = await tinyRun({ maxSteps: 40, evaluationSteps: 20, learningRate: 0.02 });
  expect(await finish()).toBe('completed');
  const losses = lossesOf(events);
  expect(losses).toHaveLength(40);
  expect(losses.at(-1)).toBeLessThan(losses[0]! - 2);
  const [before, , after] = validationLossesOf(events);
  expect(after).toBeLessThan(before! - 2);
});

test('the same seed gives the same run, another seed another one', async () => {
  const losses = async (seed: number) => {
    const { finish, events } = await tinyRun({ maxSteps: 4, seed, loraDropout: 0.2 });
    await finish();
    return lossesOf(events);
  };
  const [first, again, other] = [await losses(1), await losses(1), await losses(2)];
  expect(again).toEqual(first);
  expect(other).not.toEqual(first);
});

describe('a run that is killed and resumed', () => {
  const options = { maxSteps: 12, checkpointSteps: 4, evaluationSteps: 3, loraDropout: 0.1, batchSize: 2 } as const;

  /** Every checkpoint, in turn, overwrites the one file; a copy of each is kept. */
  async function withCheckpoints() {
    const path = join(await temporaryFolder(), 'checkpoint.safetensors');
    const files: Buffer[] = [];
    const made = await tinyRun(options, {
      save: (state) => {
        writeCheckpoint(path, { state, identity, parameters: made.run.session.parameters });
        files.push(readFileSync(path));
      },
    });
    await made.finish();
    return { path, files, made };
  }

  test('goes on as if nothing had happened', async () => {
    const { path, files, made } = await withCheckpoints();
    expect(files).toHaveLength(3);
    writeFileSync(path, files[1]!); // as it lay there after step 8
    const { parameters } = made.run.session;
    const { state } = readCheckpoint(path, { identity, parameters })!;
    const resumed = await tinyRun(options, { state });
    await resumed.finish();
    expect(lossesOf(resumed.events)).toEqual(lossesOf(made.events).slice(8));
    expect(validationLossesOf(resumed.events)).toEqual(validationLossesOf(made.events).slice(3));
    expect(resumed.state.weights).toEqual(made.state.weights);
    expect(resumed.state.best).toEqual(made.state.best);
  });

  test('is refused when the checkpoint is damaged, cut off, or of another run', async () => {
    const { path, files, made } = await withCheckpoints();
    const { parameters } = made.run.session;
    const read = (expected = identity) => readCheckpoint(path, { identity: expected, parameters });
    const damaged = Buffer.from(files[2]!);
    damaged[damaged.length - 5]! ^= 64;
    rmSync(`${path}.before`);
    writeFileSync(path, damaged);
    expect(() => read()).toThrow('damaged');
    writeFileSync(path, files[2]!.subarray(0, 5000));
    expect(() => read()).toThrow('damaged');
    writeFileSync(path, files[2]!);
    expect(() => read({ ...identity, data: 'other' })).toThrow('other texts');
    expect(() => read({ ...identity, base: 'other' })).toThrow('other model');
    expect(read()).toMatchObject({ state: { step: 12 }, notes: [] });
  });

  test('goes on from the checkpoint before a damaged or missing one, and says so', async () => {
    const { path, files, made } = await withCheckpoints();
    const { parameters } = made.run.session;
    const read = () => readCheckpoint(path, { identity, parameters });
    expect(readFileSync(`${path}.before`)).toEqual(files[1]);
    writeFileSync(path, files[2]!.subarray(0, -1));
    expect(read()).toMatchObject({ state: { step: 8 }, notes: [planNote('damagedCheckpoint', 8)] });
    rmSync(path); // killed between the two renames
    expect(read()).toMatchObject({ state: { step: 8 }, notes: [] });
    rmSync(`${path}.before`);
    expect(read()).toBeUndefined();
  });
});

test('a loss that is no number: back to the last checkpoint with half the learning rate', async () => {
  const { run, state, events, finish } = await tinyRun({ maxSteps: 6, checkpointSteps: 2, lrSchedule: 'constant' });
  const good = run.session.run.bind(run.session);
  let atCheckpoint: readonly Float32Array[] = [];
  let calls = 0;
  run.session.run = async (...of) => {
    calls++;
    if (calls === 3) atCheckpoint = state.weights.values.map((values) => values.slice());
    const loss = await good(...of);
    if (calls === 5) expect(state.weights.values).toEqual(atCheckpoint);
    return calls === 4 ? Number.NaN : loss;
  };
  expect(await finish()).toBe('completed');
  expect(events).toContainEqual({ event: 'rollback', step: 4, learningRateFactor: 0.5 });
  const rates = events.flatMap((event) => (event.event === 'step' ? [event.learningRate] : []));
  expect(rates).toEqual([2.5e-3, 5e-3, 5e-3, 2.5e-3, 2.5e-3]);
});

test('a loss that stays no number: the run is given up', async () => {
  const { run, finish } = await tinyRun({ maxSteps: 20 });
  run.session.run = async () => Number.NaN;
  await expect(finish()).rejects.toThrow('does not converge');
});

test('early stopping keeps the best', async () => {
  const { finish, state, events } = await tinyRun({
    maxSteps: 200,
    evaluationSteps: 1,
    earlyStoppingPatience: 3,
    learningRate: 1,
    warmupSteps: 0,
    lrSchedule: 'constant',
  });
  expect(await finish()).toBe('earlyStopping');
  const afterTheFirst = validationLossesOf(events).slice(1);
  expect(state.best!.validationLoss).toBe(Math.min(...afterTheFirst));
  expect(state.step - state.best!.step).toBe(3);
});

test('a stop is obeyed before the next sequence', async () => {
  let asked = 0;
  const control = {
    pause: async () => {
      asked++;
    },
    get isStopped() {
      return asked >= 8;
    },
  };
  const { run, finish, events } = await tinyRun({ maxSteps: 50, batchSize: 3 }, { control });
  let runs = 0;
  const compute = run.session.run.bind(run.session);
  run.session.run = (...of) => {
    runs++;
    return compute(...of);
  };
  expect(await finish()).toBe('stopped');
  expect(asked).toBe(8); // 3 in the first evaluation, 4 in the first step, 1 in the second
  expect(runs).toBe(3);
  expect(lossesOf(events)).toHaveLength(1);
});

test('the time budget ends a run, with an evaluation of where it has come to', async () => {
  const { finish, state, events } = await tinyRun({ maxSteps: 1000, maxMinutes: 0.1 / 60, evaluationSteps: 1000 });
  expect(await finish()).toBe('timeBudget');
  expect(lossesOf(events).length).toBeLessThan(1000);
  expect(events.at(-1)).toMatchObject({ event: 'evaluation', step: state.step });
  const estimates = events.flatMap((event) => (event.event === 'step' ? [event.etaSeconds] : []));
  expect(Math.max(...estimates)).toBeLessThan(0.1);
});
