import { expect, test } from 'vitest';
import { openModelFolder } from '../../../src/model/modelFolder.ts';
import { initialValues } from '../../../src/training/graph/loraParameters.ts';
import { openFrozenBase } from '../../../src/training/session/frozenBase.ts';
import { EvaluationSession } from '../../../src/training/session/gradientSession.ts';
import { temporaryFolder } from '../../support/temporaryFolder.ts';
import { maxDifference } from '../decoders.ts';
import { bundledModel, type LogitsGolden, readGolden } from '../goldenFiles.ts';
import { goldenLora, plainSequence } from './goldenTraining.ts';

const golden = readGolden<LogitsGolden>('logits.json');

test('the frozen base of the bundled model: the log-probability of 400 tokens as PyTorch computes it', async () => {
  const folder = await temporaryFolder();
  const base = await openFrozenBase(openModelFolder(bundledModel()), folder);
  const ids = golden.ids.slice(0, 401);
  const session = await EvaluationSession.create(base, { lora: goldenLora, maxPositions: 400, threads: 2 });
  const untrained = initialValues(session.parameters, 1);
  const losses = await session.negativeLogLikelihoods(plainSequence(ids), untrained);
  await session.release();
  const expected = golden.logprobs.slice(1, 401) as number[];
  expect(losses).toHaveLength(expected.length);
  expect(
    maxDifference(
      losses.map((loss) => -loss),
      expected,
    ),
  ).toBeLessThan(1e-3);
  base.release();
});
