import { expect, test } from 'vitest';
import { openModelFolder } from '../../../src/model/modelFolder.ts';
import { planNote } from '../../../src/protocol/training.ts';
import { resolveTrainingOptions } from '../../../src/protocol/trainingOptions.ts';
import { openFrozenBase } from '../../../src/training/session/frozenBase.ts';
import { availableMb, planTraining } from '../../../src/training/session/trainingPlan.ts';
import { goldenPath } from '../../golden/goldenFiles.ts';

const base = await openFrozenBase(openModelFolder(goldenPath('tiny-llama')), '');
const plan = async (options: Parameters<typeof resolveTrainingOptions>[0], machineMb?: number) => {
  const resolved = resolveTrainingOptions({ sequenceLength: 128, ...options });
  const machine = machineMb === undefined ? undefined : () => machineMb;
  const { session, ...rest } = await planTraining(base, resolved, 1, machine);
  await session.release();
  return rest;
};

test.each([
  ['auto', 0, 'fast'],
  ['lean', 0, 'lean'],
  ['auto', 100_000, 'fast'],
  ['lean', 100_000, 'lean'],
  ['fast', 100_000, 'fast'],
] as const)('%s within %i MB: %s', async (memoryMode, maxMemoryMb, expected) => {
  const made = await plan({ memoryMode, maxMemoryMb });
  expect(made).toMatchObject({ memoryMode: expected, sequenceLength: 128, notes: [] });
  expect(made.secondsPerSequence).toBeGreaterThan(0);
  expect(made.residentMb).toBeGreaterThan(20);
});

test.each(['auto', 'fast', 'lean'] as const)('%s within 1 MB is refused with what it needs', async (memoryMode) => {
  await expect(plan({ memoryMode, maxMemoryMb: 1 })).rejects.toThrow(/needs \d+ MB of memory, 1 MB are allowed/u);
});

test.each([0, 0.01])(
  'on a machine with %d MB to give nothing is refused, as nobody has set a budget',
  async (machineMb) => {
    const made = await plan({}, machineMb);
    expect(made).toMatchObject({ memoryMode: 'lean', sequenceLength: 64 });
    expect(made.notes).toEqual([planNote('littleMemory', made.residentMb, 0, 64)]);
  },
);

test('what the machine can give counts what the process has already', () => {
  const { rss } = process.memoryUsage();
  expect(availableMb()).toBeGreaterThan(rss / 2e6);
  expect(Number.isFinite(availableMb())).toBe(true);
});

test('a share of the layers is adapted, counted from the last', async () => {
  const { session } = await planTraining(
    base,
    resolveTrainingOptions({ sequenceLength: 64, loraLayerFraction: 0.5 }),
    1,
  );
  expect(new Set(session.parameters.map(({ layer }) => layer))).toEqual(new Set([1]));
  await session.release();
});
