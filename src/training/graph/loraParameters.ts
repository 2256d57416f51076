import type { LoraPair } from '../../model/adapterFile.ts';
import { type LinearName, linearShape, linearsOf } from '../../model/decoderParts.ts';
import type { ModelConfig } from '../../model/modelConfig.ts';
import { seededRandom } from '../../protocol/seededRandom.ts';

/** Which linear maps get a low-rank addition, and of what size (Hu et al. 2021). */
export interface LoraShape {
  readonly rank: number;
  /** the addition is scaled by alpha / rank */
  readonly alpha: number;
  readonly targets: readonly LinearName[];
  /** layers below it stay as they are; 0 = all layers are adapted */
  readonly firstLayer: number;
}

/** One trained matrix: A (rank, inputs) or B (outputs, rank), as PEFT stores them; y += alpha/rank · B·A·x */
export interface LoraParameter {
  /** also the name of the graph's input */
  readonly name: string;
  readonly layer: number;
  readonly target: LinearName;
  readonly matrix: 'A' | 'B';
  readonly shape: readonly [number, number];
}

/** Every trained matrix, in a fixed order. */
export function loraParameters(config: ModelConfig, lora: LoraShape): LoraParameter[] {
  const parameters: LoraParameter[] = [];
  for (let layer = lora.firstLayer; layer < config.layers; layer++) {
    for (const target of linearsOf(config)) {
      if (!lora.targets.includes(target)) continue;
      const { rows, columns } = linearShape(config, target);
      parameters.push(
        { name: parameterName(layer, target, 'A'), layer, target, matrix: 'A', shape: [lora.rank, columns] },
        { name: parameterName(layer, target, 'B'), layer, target, matrix: 'B', shape: [rows, lora.rank] },
      );
    }
  }
  return parameters;
}

export const parameterName = (layer: number, target: LinearName, matrix: 'A' | 'B') =>
  `layers.${layer}.${target}.lora_${matrix}`;

/** Values before training, as PEFT chooses them: A uniform in ±1/√inputs, B zero, so that the model is unchanged. */
export function initialValues(parameters: readonly LoraParameter[], seed: number): Float32Array[] {
  const random = seededRandom(seed);
  return parameters.map(({ matrix, shape: [rows, columns] }) => {
    const values = new Float32Array(rows * columns);
    if (matrix === 'B') return values;
    const bound = 1 / Math.sqrt(columns);
    return values.map(() => (2 * random() - 1) * bound);
  });
}

/** The trained matrices as an adapter's pairs; A and B of a map are neighbors in the parameters' order. */
export function loraPairs(
  { parameters, lora }: { readonly parameters: readonly LoraParameter[]; readonly lora: LoraShape },
  values: readonly Float32Array[],
): LoraPair[] {
  return parameters.flatMap(({ matrix, layer, target }, i) =>
    matrix === 'A'
      ? [{ layer, target, rank: lora.rank, scale: lora.alpha / lora.rank, a: values[i]!, b: values[i + 1]! }]
      : [],
  );
}
