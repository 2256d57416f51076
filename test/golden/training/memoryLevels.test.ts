import { expect, test } from 'vitest';
import { openModelFolder } from '../../../src/model/modelFolder.ts';
import { resolveTrainingOptions } from '../../../src/protocol/trainingOptions.ts';
import { newTrainingState } from '../../../src/training/loop/trainingState.ts';
import { optimizerStep } from '../../../src/training/optimization/optimizer.ts';
import { openFrozenBase } from '../../../src/training/session/frozenBase.ts';
import { GradientSession } from '../../../src/training/session/gradientSession.ts';
import { type MemoryLevel, sessionOptions } from '../../../src/training/session/trainingPlan.ts';
import { temporaryFolder } from '../../support/temporaryFolder.ts';
import { bundledModel, type LogitsGolden, readGolden } from '../goldenFiles.ts';
import { plainSequence } from './goldenTraining.ts';

const { ids } = readGolden<LogitsGolden>('logits.json');
const [steps, sequenceLength] = [3, 48];

test('the bundled model learns the same at every memory level: three steps, equal losses', async () => {
  const base = await openFrozenBase(openModelFolder(bundledModel()), await temporaryFolder());
  const options = resolveTrainingOptions({ learningRate: 5e-3 });
  const losses = async (level: MemoryLevel) => {
    const session = await GradientSession.create(
      base,
      sessionOptions(base, options, { level, sequenceLength, threads: 2 }),
    );
    const { weights } = newTrainingState(session.parameters, options);
    const { values, optimizer: state } = weights;
    const found: number[] = [];
    for (let step = 0; step < steps; step++) {
      const sequence = plainSequence(ids.slice(0, sequenceLength + 1));
      found.push(await session.run(sequence, { values, weight: 1 / sequenceLength, seed: 0 }));
      optimizerStep({ values, gradients: session.gradients, state }, options.learningRate, options);
    }
    await session.release();
    return found;
  };
  const fast = await losses('fast');
  expect(fast.at(-1)).toBeLessThan(fast[0]! - 0.1); // it does learn
  for (const level of ['lean', 'leanest'] as const) {
    const difference = (await losses(level)).map((loss, step) => Math.abs(loss - fast[step]!));
    expect(Math.max(...difference), level).toBeLessThan(1e-4);
  }
  base.release();
}, 300_000);
