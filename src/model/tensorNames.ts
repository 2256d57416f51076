import type { PartName } from './decoderParts.ts';

/** What a layout calls the parts; `{}` stands for the number of the layer. A part that it does not have is left out. */
export interface TensorNames {
  readonly modules: Readonly<Partial<Record<PartName, string>>>;
  /** what follows a module's name: `.weight`, or nothing in our own layout */
  readonly weightSuffix: string;
}

/** The tensor's name, or undefined where the layout has none for the part. */
export function tensorName(
  { modules, weightSuffix }: TensorNames,
  of: { readonly name: PartName; readonly layer?: number | undefined; readonly isBias?: boolean },
): string | undefined {
  const module = modules[of.name]?.replace('{}', String(of.layer));
  return module === undefined ? undefined : module + (of.isBias ? '.bias' : weightSuffix);
}

/** Names of our own layout: `layers.3.q`, `layers.3.q.bias`. */
export const inklingNames: TensorNames = {
  weightSuffix: '',
  modules: {
    embedding: 'embedding',
    positions: 'positions',
    finalNorm: 'finalNorm',
    head: 'head',
    attentionNorm: 'layers.{}.attentionNorm',
    afterAttentionNorm: 'layers.{}.afterAttentionNorm',
    mlpNorm: 'layers.{}.mlpNorm',
    afterMlpNorm: 'layers.{}.afterMlpNorm',
    qNorm: 'layers.{}.qNorm',
    kNorm: 'layers.{}.kNorm',
    q: 'layers.{}.q',
    k: 'layers.{}.k',
    v: 'layers.{}.v',
    o: 'layers.{}.o',
    gate: 'layers.{}.gate',
    up: 'layers.{}.up',
    down: 'layers.{}.down',
    qkv: 'layers.{}.qkv',
    gateUp: 'layers.{}.gateUp',
    convolutionIn: 'layers.{}.convolutionIn',
    convolutionKernel: 'layers.{}.convolutionKernel',
    convolutionOut: 'layers.{}.convolutionOut',
    cellInput: 'layers.{}.cellInput',
    cellState: 'layers.{}.cellState',
  },
};
