import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { Decoder } from '../../../src/inference/decoder.ts';
import { adapterFeeds } from '../../../src/model/adapterFeeds.ts';
import { type Adapter, readAdapter, writeAdapter } from '../../../src/model/adapterFile.ts';
import { type AdapterModule, adapterModules } from '../../../src/model/adapterModules.ts';
import { linearsOf } from '../../../src/model/decoderParts.ts';
import {
  readFloat32Tensor,
  readSafetensorsHeader,
  readTensorBytes,
  type TensorEntry,
} from '../../../src/model/files/safetensors.ts';
import { openModelFolder } from '../../../src/model/modelFolder.ts';
import type { LoraParameter } from '../../../src/training/graph/loraParameters.ts';
import { openFrozenBase } from '../../../src/training/session/frozenBase.ts';
import { GradientSession, type GradientSessionOptions } from '../../../src/training/session/gradientSession.ts';
import { temporaryFolder } from '../../support/temporaryFolder.ts';
import { logitsOf, logprobOf, maxDifference } from '../decoders.ts';
import { goldenPath } from '../goldenFiles.ts';
import { plainOptions, plainSequence } from './goldenTraining.ts';

/** Cases of scripts/make_architectures.py with an adapter of PEFT, the loss of one text and the adapter's gradients. */
const cases = readdirSync(goldenPath('architectures'))
  .filter((name) => existsSync(goldenPath(join('architectures', name, 'gradients.safetensors'))))
  .sort();

function goldenOf(name: string) {
  const { tensors } = readSafetensorsHeader(goldenPath(join('architectures', name, 'gradients.safetensors')));
  const ids = readTensorBytes(tensors.get('ids')!);
  const number = (key: string) => readFloat32Tensor(tensors.get(key)!)[0]!;
  return {
    ids: [...new Int32Array(ids.buffer, ids.byteOffset, ids.length / 4)],
    loss: number('loss'),
    smoothedLoss: number('smoothedLoss'),
    tensors,
  };
}

const openCase = (name: string) => {
  const model = openModelFolder(goldenPath(join('architectures', name)));
  const adapter = readAdapter(goldenPath(join('architectures', name, 'adapter')), {
    config: model.config,
    fingerprint: '',
  });
  return { model, adapter, golden: goldenOf(name) };
};

/** An adapter's matrices in the parameters' order. */
const valuesOf = ({ pairs }: Adapter, parameters: readonly LoraParameter[]) =>
  parameters.map(({ layer, target, matrix }) => {
    const pair = pairs.find((one) => one.layer === layer && one.target === target)!;
    return Float32Array.from(matrix === 'A' ? pair.a : pair.b);
  });

/** Our gradients of a module as PEFT has them: maps that share A add theirs up, B lies one below the other. */
function moduleGradients(
  module: AdapterModule,
  parameters: readonly LoraParameter[],
  gradients: readonly Float32Array[],
) {
  const of = (matrix: 'A' | 'B') =>
    module.targets.map(
      (target) =>
        gradients[
          parameters.findIndex((one) => one.layer === module.layer && one.target === target && one.matrix === matrix)
        ]!,
    );
  const a = of('A').reduce((sum, part) => sum.map((value, i) => value + part[i]!));
  return { A: a, B: Float32Array.from(of('B').flatMap((part) => [...part])) };
}

const goldenGradient = (tensors: ReadonlyMap<string, TensorEntry>, { path }: AdapterModule, matrix: 'A' | 'B') =>
  readFloat32Tensor(tensors.get(`base_model.model.${path}.lora_${matrix}.weight`)!);

describe.each(cases)('%s', (name) => {
  const { model, adapter, golden } = openCase(name);
  const options: GradientSessionOptions = {
    lora: { rank: 2, alpha: 4, targets: linearsOf(model.config), firstLayer: 0 },
    ...plainOptions,
  };
  const sequence = plainSequence(golden.ids);

  test.each<[string, Partial<GradientSessionOptions>]>([
    ['everything kept', {}],
    ['activations computed again', { recompute: 'activations', headChunks: 4 }],
    ['layers computed again', { recompute: 'layers', headChunks: 4 }],
  ])('loss and gradients as PyTorch and PEFT compute them: %s', async (_, changes) => {
    const base = await openFrozenBase(model, await temporaryFolder());
    const session = await GradientSession.create(base, { ...options, ...changes });
    const values = valuesOf(adapter, session.parameters);
    const loss = await session.run(sequence, { values, weight: 1 / sequence.targets.length, seed: 0 });
    expect(Math.abs(loss - golden.loss)).toBeLessThan(1e-4);
    for (const module of adapterModules(model.config)) {
      const ours = moduleGradients(module, session.parameters, session.gradients);
      for (const matrix of ['A', 'B'] as const) {
        const expected = goldenGradient(golden.tensors, module, matrix);
        const largest = Math.max(...expected.map(Math.abs));
        expect(maxDifference(ours[matrix], expected) / largest, `${module.path} ${matrix}`).toBeLessThan(1e-4);
      }
    }
    await session.release();
    base.release();
  });

  test('the loss with label smoothing', async () => {
    const base = await openFrozenBase(model, await temporaryFolder());
    const session = await GradientSession.create(base, { ...options, labelSmoothing: 0.1 });
    const values = valuesOf(adapter, session.parameters);
    const loss = await session.run(sequence, { values, weight: 1 / sequence.targets.length, seed: 0 });
    expect(Math.abs(loss - golden.smoothedLoss)).toBeLessThan(1e-4);
    await session.release();
    base.release();
  });

  test('what runs with the adapter has the loss that PyTorch and PEFT compute', async () => {
    const ways = { device: 'cpu', threads: 1, precision: 'fp32', dialect: 'fused', maxPositions: 64 } as const;
    const decoder = await Decoder.create(model, { ...ways, adapter: adapterFeeds(adapter, model, 1) });
    const rows = await logitsOf(decoder, golden.ids.slice(0, -1), 64);
    const loss = -rows.reduce((sum, row, i) => sum + logprobOf(row, golden.ids[i + 1]!), 0) / rows.length;
    expect(Math.abs(loss - golden.loss)).toBeLessThan(1e-4);
    await decoder.release();
  });

  test('an adapter that was written is the adapter that was trained', async () => {
    const folder = join(await temporaryFolder(), 'again');
    const about = { config: model.config, rank: 2, alpha: 4, baseName: name };
    writeAdapter(folder, adapter, about);
    const again = readAdapter(folder, { config: model.config, fingerprint: '' });
    expect(again.pairs).toHaveLength(adapter.pairs.length);
    for (const [i, pair] of adapter.pairs.entries()) {
      expect(maxDifference(additionOf(again.pairs[i]!), additionOf(pair))).toBeLessThan(1e-6);
    }
  });
});

/** scale · B·A, (outputs, inputs) */
function additionOf({ a, b, rank, scale }: Adapter['pairs'][number]): Float32Array {
  const [rows, columns] = [b.length / rank, a.length / rank];
  const sum = new Float32Array(rows * columns);
  for (let row = 0; row < rows; row++) {
    for (let r = 0; r < rank; r++) {
      const factor = scale * b[row * rank + r]!;
      for (let column = 0; column < columns; column++)
        sum[row * columns + column]! += factor * a[r * columns + column]!;
    }
  }
  return sum;
}
