import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { openModelFolder } from '../../../src/model/modelFolder.ts';
import { resolveTrainingOptions } from '../../../src/protocol/trainingOptions.ts';
import { optimizerStep } from '../../../src/training/loop/optimizer.ts';
import { newTrainingState } from '../../../src/training/loop/trainingState.ts';
import { type FrozenBase, openFrozenBase } from '../../../src/training/session/frozenBase.ts';
import { GradientSession } from '../../../src/training/session/gradientSession.ts';
import { type MemoryLevel, sessionOptions } from '../../../src/training/session/trainingPlan.ts';
import { bundledModel, type LogitsGolden, readGolden } from '../goldenFiles.ts';
import { plainSequence } from './goldenTraining.ts';

const { ids } = readGolden<LogitsGolden>('logits.json');
const [steps, sequenceLength] = [3, 48];

const model = openModelFolder(bundledModel());
const cache = mkdtempSync(join(tmpdir(), 'inkling-test-'));
afterAll(() => rmSync(cache, { recursive: true, force: true }));
const options = resolveTrainingOptions({ learningRate: 5e-3 });

async function open(base: FrozenBase, level: MemoryLevel, length = sequenceLength) {
  const shape = { level, sequenceLength: length, threads: 2 };
  const session = await GradientSession.create(base, sessionOptions(base, options, shape));
  return { session, ...newTrainingState(session.parameters, options).weights };
}

/** @returns the losses of some steps on the same text */
async function learn(base: FrozenBase, level: MemoryLevel): Promise<number[]> {
  const { session, values, optimizer: state } = await open(base, level);
  const found: number[] = [];
  for (let step = 0; step < steps; step++) {
    const sequence = plainSequence(ids.slice(0, sequenceLength + 1));
    found.push(await session.run(sequence, { values, weight: 1 / sequenceLength, seed: 0 }));
    optimizerStep({ values, gradients: session.gradients, state }, options.learningRate, options);
  }
  await session.release();
  return found;
}

test.each(['float32', 'int8'] as const)(
  '%s: the bundled model learns the same at every memory level',
  async (precision) => {
    const base = await openFrozenBase(model, cache, precision);
    const fast = await learn(base, 'fast');
    expect(fast.at(-1)).toBeLessThan(fast[0]! - 0.1); // it does learn
    for (const level of ['lean', 'leanest'] as const) {
      const difference = (await learn(base, level)).map((loss, step) => Math.abs(loss - fast[step]!));
      expect(Math.max(...difference), level).toBeLessThan(1e-4);
    }
    base.release();
  },
  300_000,
);

test('8-bit products: nearly the loss of float32, and gradients that point the same way', async () => {
  const tokens = 256; // of a few, the loss depends on single words
  const results = [];
  for (const precision of ['float32', 'int8'] as const) {
    const base = await openFrozenBase(model, cache, precision);
    const { session, values } = await open(base, 'fast', tokens);
    const sequence = plainSequence(ids.slice(0, tokens + 1));
    const loss = await session.run(sequence, { values, weight: 1 / tokens, seed: 0 });
    results.push({ loss, gradients: session.gradients.flatMap((gradient) => [...gradient]) });
    await session.release();
    base.release();
  }
  const [exact, rounded] = results;
  expect(Math.abs(rounded!.loss - exact!.loss)).toBeLessThan(0.05);
  expect(cosine(rounded!.gradients, exact!.gradients)).toBeGreaterThan(0.95);
}, 300_000);

function cosine(a: readonly number[], b: readonly number[]): number {
  let [ab, aa, bb] = [0, 0, 0];
  a.forEach((value, i) => {
    ab += value * b[i]!;
    aa += value * value;
    bb += b[i]! * b[i]!;
  });
  return ab / Math.sqrt(aa * bb);
}
