import { groupMembers, groupShape, type LinearGroup, type Part, type Sizes } from './decoderParts.ts';
import type { TensorNames } from './tensorNames.ts';

/** A stack of linear maps, or of their biases, that a layout has under one name only. */
export interface FusedPart {
  readonly name: LinearGroup;
  readonly layer: number | undefined;
  readonly shape: readonly number[];
}

/** The stack that a part belongs to; undefined where the layout has the part under a name of its own. */
export function fusedPart(
  config: Sizes,
  { modules }: TensorNames,
  { name, layer, isBias }: Pick<Part, 'name' | 'layer' | 'isBias'>,
): FusedPart | undefined {
  if (modules[name] !== undefined) return undefined;
  const group = (['qkv', 'gateUp'] as const).find((one) => groupMembers[one].some((member) => member === name));
  if (!group || modules[group] === undefined) return undefined;
  const { rows, columns } = groupShape(config, group);
  return { name: group, layer, shape: isBias ? [rows] : [rows, columns] };
}
