import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { Decoder } from '../../../src/inference/decoder.ts';
import { adapterFeeds } from '../../../src/model/adapterFeeds.ts';
import { type Adapter, readAdapter, writeAdapter } from '../../../src/model/adapterFile.ts';
import { linearsOf } from '../../../src/model/decoderParts.ts';
import { writeSafetensors } from '../../../src/model/files/safetensors.ts';
import { type ModelFolder, openModelFolder } from '../../../src/model/modelFolder.ts';
import { seededRandom } from '../../../src/protocol/seededRandom.ts';
import { convertModel } from '../../../src/store/convertModel.ts';
import { initialValues, loraPairs } from '../../../src/training/graph/loraParameters.ts';
import { huggingFaceTensors } from '../../../src/training/session/denseWeights.ts';
import { openFrozenBase } from '../../../src/training/session/frozenBase.ts';
import { GradientSession } from '../../../src/training/session/gradientSession.ts';
import { temporaryFolder } from '../../support/temporaryFolder.ts';
import { logitsOf, logprobOf, maxDifference } from '../decoders.ts';
import { goldenPath, readGolden, type TinyLlamaGolden } from '../goldenFiles.ts';
import { plainOptions, plainSequence } from './goldenTraining.ts';

/** Learning on a GGUF that was added with --quantize 8: its matrices lie in blocks of 128 then (docs/adr/0039). */
const { ids } = readGolden<TinyLlamaGolden>('mixed.json');
const sequence = plainSequence(ids);
const folder = mkdtempSync(join(tmpdir(), 'inkling-test-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
const [wide, dense] = await models();

/** @returns the model, and the same numbers as a folder of float32, which is what PyTorch's gradients were compared with */
async function models(): Promise<[ModelFolder, ModelFolder]> {
  const [source, target, other] = [goldenPath('mixed.gguf'), join(folder, 'wide'), join(folder, 'dense')];
  await convertModel({ source, target, quantize: 8 }, () => {});
  const model = openModelFolder(target);
  cpSync(target, other, { recursive: true });
  for (const name of ['model.safetensors', 'inkling.json']) rmSync(join(other, name));
  writeSafetensors(join(other, 'model.safetensors'), huggingFaceTensors(model), { metadata: {} });
  return [model, openModelFolder(other)];
}

const lora = { rank: 4, alpha: 8, targets: linearsOf(wide.config), firstLayer: 0 };

async function sessionOf(model: ModelFolder, precision: 'float32' | 'int8' = 'float32') {
  const base = await openFrozenBase(model, await temporaryFolder(), precision);
  const session = await GradientSession.create(base, {
    lora,
    ...plainOptions,
  });
  const lossOf = (values: readonly Float32Array[]) =>
    session.run(sequence, { values: [...values], weight: 1 / sequence.targets.length, seed: 0 });
  const release = async () => {
    await session.release();
    base.release();
  };
  return { session, lossOf, release };
}

/** A and B both away from zero, so that each has a gradient. */
function someValues({ parameters }: GradientSession): Float32Array[] {
  const random = seededRandom(5);
  return initialValues(parameters, 3).map((values, i) =>
    parameters[i]!.matrix === 'A' ? values : values.map(() => 0.02 * (random() - 0.5)),
  );
}

/** What the engine says of the same text, in full precision or as the model runs. */
async function engineLoss(precision: 'fp32' | 'default', adapter?: Adapter): Promise<number> {
  const ways = { device: 'cpu', threads: 1, precision, dialect: 'fused', maxPositions: 64 } as const;
  const decoder = await Decoder.create(wide, {
    ...ways,
    ...(adapter && { adapter: adapterFeeds(adapter, wide, 1) }),
  });
  const rows = await logitsOf(decoder, ids.slice(0, -1), 64);
  await decoder.release();
  return -rows.reduce((sum, row, i) => sum + logprobOf(row, ids[i + 1]!), 0) / rows.length;
}

const adapterOf = ({ parameters }: GradientSession, values: readonly Float32Array[]): Adapter => ({
  name: 'wide',
  pairs: loraPairs({ parameters, lora }, values),
  provenance: undefined,
});

test('there are wide blocks in it', () => {
  const layers = [...wide.config.mixers.keys()];
  const matrices = layers.flatMap((layer) => [wide.weights.linear(layer, 'o'), wide.weights.linear(layer, 'down')]);
  expect(matrices.some((matrix) => matrix.kind === 'blocks' && matrix.blockSize === 128)).toBe(true);
});

test('loss and gradients are those of the same numbers in float32, and the loss is the engine’s', async () => {
  const [ours, reference] = [await sessionOf(wide), await sessionOf(dense)];
  const values = someValues(ours.session);
  const loss = await ours.lossOf(values);
  expect(Math.abs(loss - (await reference.lossOf(values)))).toBeLessThan(1e-4);
  expect(Math.abs(loss - (await engineLoss('fp32', adapterOf(ours.session, values))))).toBeLessThan(1e-4);
  for (const [i, expected] of reference.session.gradients.entries()) {
    const largest = Math.max(...expected.map(Math.abs));
    expect(largest).toBeGreaterThan(0);
    expect(maxDifference(ours.session.gradients[i]!, expected) / largest).toBeLessThan(1e-4);
  }
  await ours.release();
  await reference.release();
});

test.each(['float32', 'int8'] as const)('what was learnt with %s products applies afterwards', async (precision) => {
  const { session, lossOf, release } = await sessionOf(wide, precision);
  const values = initialValues(session.parameters, 3);
  const before = await lossOf(values);
  expect(Math.abs(before - (await engineLoss('fp32')))).toBeLessThan(precision === 'float32' ? 1e-4 : 0.05);
  for (let step = 0; step < 20; step++) {
    for (const [i, gradient] of session.gradients.entries())
      for (const [at, slope] of gradient.entries()) values[i]![at]! -= 0.5 * slope;
    await lossOf(values);
  }
  const after = await lossOf(values);
  expect(after).toBeLessThan(before - 0.1);
  const path = join(await temporaryFolder(), 'adapter');
  const about = { config: wide.config, rank: 4, alpha: 8, baseName: wide.name };
  writeAdapter(path, adapterOf(session, values), about);
  const learnt = readAdapter(path, { config: wide.config, fingerprint: '' });
  const gained = (await engineLoss('fp32')) - (await engineLoss('fp32', learnt));
  expect(Math.abs(gained - (before - after))).toBeLessThan(precision === 'float32' ? 2e-4 : 0.05);
  // as the model runs, its products rounded
  expect(await engineLoss('default', learnt)).toBeLessThan((await engineLoss('default')) - 0.05);
  await release();
});
