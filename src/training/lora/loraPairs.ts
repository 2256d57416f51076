import type { LoraPair } from '../../model/adapterFile.ts';
import type { LoraParameter, LoraShape } from './loraParameters.ts';

/** The trained matrices as an adapter's pairs; A and B of a map are neighbours in the parameters' order. */
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
