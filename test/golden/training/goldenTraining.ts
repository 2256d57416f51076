import { readAdapter } from '../../../src/model/adapterFile.ts';
import { linearNames } from '../../../src/model/decoderParts.ts';
import { readFloat32Tensor, readSafetensorsHeader } from '../../../src/model/files/safetensors.ts';
import { modelFingerprint } from '../../../src/model/modelFingerprint.ts';
import { openModelFolder } from '../../../src/model/modelFolder.ts';
import type { TrainingSequence } from '../../../src/training/dataset/packedDataset.ts';
import type { LoraParameter } from '../../../src/training/graph/loraParameters.ts';
import { openFrozenBase } from '../../../src/training/session/frozenBase.ts';
import { goldenPath } from '../goldenFiles.ts';

export const tinyLlama = openModelFolder(goldenPath('tiny-llama'));
export const tinyBase = await openFrozenBase(tinyLlama, ''); // float32 already: nothing is written
export const fingerprint = modelFingerprint(tinyLlama.config, tinyLlama.weights);
export const goldenLora = { rank: 4, alpha: 8, targets: linearNames, firstLayer: 0 } as const;

/** Everything kept and nothing dropped: a session's options but for what it learns, which tests change one at a time. */
export const plainOptions = {
  loraDropout: 0,
  maxPositions: 64,
  recompute: 'nothing',
  headChunks: 1,
  labelSmoothing: 0,
  distillation: 0,
  threads: 1,
} as const;

export interface GradientsGolden {
  readonly inputIds: readonly number[];
  readonly targets: readonly number[];
  readonly segments: readonly number[];
  readonly positions: readonly number[];
  readonly lossWeights: readonly number[];
  readonly loss: number;
  readonly smoothedLoss: number;
  readonly negativeLogLikelihoods: readonly number[];
}

export const sequenceOf = (golden: GradientsGolden): TrainingSequence => ({
  inputIds: Int32Array.from(golden.inputIds),
  targets: Int32Array.from(golden.targets),
  lossWeights: Float32Array.from(golden.lossWeights),
  positions: Int32Array.from(golden.positions),
  segments: Int32Array.from(golden.segments),
});

/** One document, every target of which counts. */
export const plainSequence = (ids: readonly number[]): TrainingSequence => ({
  inputIds: Int32Array.from(ids.slice(0, -1)),
  targets: Int32Array.from(ids.slice(1)),
  lossWeights: new Float32Array(ids.length - 1).fill(1),
  positions: Int32Array.from({ length: ids.length - 1 }, (_, i) => i),
  segments: new Int32Array(ids.length - 1),
});

/** The matrices of an adapter that PEFT wrote, in the parameters' order. */
export function adapterValues(folder: string, parameters: readonly LoraParameter[]): Float32Array[] {
  const { pairs } = readAdapter(folder, { config: tinyLlama.config, fingerprint });
  return parameters.map(({ layer, target, matrix }) => {
    const pair = pairs.find((one) => one.layer === layer && one.target === target)!;
    return matrix === 'A' ? pair.a : pair.b;
  });
}

/** Gradients as PyTorch names them, in the parameters' order. */
export function goldenGradients(prefix: string, parameters: readonly LoraParameter[]): Float32Array[] {
  const { tensors } = readSafetensorsHeader(goldenPath('training/gradients.safetensors'));
  return parameters.map(({ layer, target, matrix }) => {
    const module = tinyLlama.config.architecture.huggingFace.modules[target]!.replace('{}', String(layer));
    return readFloat32Tensor(tensors.get(`${prefix}base_model.model.${module}.lora_${matrix}.weight`)!);
  });
}
