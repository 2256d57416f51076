/** The parts of a decoder that hold weights: their names in our own words, their shapes, and which of them a model has. */

/** The linear maps of one decoder layer; also the names of LoRA targets. */
export type LinearName = 'q' | 'k' | 'v' | 'o' | 'gate' | 'up' | 'down';

/** Linear maps with the same input may be stored stacked, to be computed by one product. */
export type LinearGroup = 'qkv' | 'gateUp';

export type NormName =
  | 'attentionNorm' // before the attention
  | 'afterAttentionNorm' // of what the attention gives, before it is added
  | 'mlpNorm' // before the feed-forward part
  | 'afterMlpNorm'
  | 'qNorm' // of the queries, per head or over their whole width
  | 'kNorm'
  | 'finalNorm';

export type PartName = LinearName | LinearGroup | NormName | 'embedding' | 'positions' | 'head';

export const linearNames: readonly LinearName[] = ['q', 'k', 'v', 'o', 'gate', 'up', 'down'];

export const groupMembers: Readonly<Record<LinearGroup, readonly LinearName[]>> = {
  qkv: ['q', 'k', 'v'],
  gateUp: ['gate', 'up'],
};

export interface Sizes {
  readonly hiddenSize: number;
  readonly intermediateSize: number;
  readonly heads: number;
  readonly kvHeads: number;
  readonly headDim: number;
}

/** (rows, columns) = (outputs, inputs) of a linear map. */
export function linearShape(config: Sizes, name: LinearName): { rows: number; columns: number } {
  const { hiddenSize, intermediateSize } = config;
  const q = config.heads * config.headDim;
  const kv = config.kvHeads * config.headDim;
  switch (name) {
    case 'q':
      return { rows: q, columns: hiddenSize };
    case 'k':
    case 'v':
      return { rows: kv, columns: hiddenSize };
    case 'o':
      return { rows: hiddenSize, columns: q };
    case 'gate':
    case 'up':
      return { rows: intermediateSize, columns: hiddenSize };
    case 'down':
      return { rows: hiddenSize, columns: intermediateSize };
  }
}

/** The same of several maps, one below the other. */
export function groupShape(config: Sizes, group: LinearGroup): { rows: number; columns: number } {
  const rows = groupMembers[group].reduce((sum, member) => sum + linearShape(config, member).rows, 0);
  return { rows, columns: config.hiddenSize };
}

/** What decides which parts there are. */
export interface PartTraits extends Sizes {
  readonly vocabularySize: number;
  readonly layers: number;
  readonly tiedEmbeddings: boolean;
  readonly contextTokens: number;
  readonly norm: 'rms' | 'layer';
  readonly normPlacement: 'before' | 'after' | 'both';
  readonly headNorm: 'none' | 'head' | 'width';
  readonly isGated: boolean;
  readonly biases: ReadonlySet<LinearName>;
  readonly learnedPositions: number;
}

/** The linear maps that a layer of the model has. */
export const linearsOf = ({ isGated }: Pick<PartTraits, 'isGated'>): readonly LinearName[] =>
  isGated ? linearNames : linearNames.filter((name) => name !== 'gate');

/** The norms of one layer, in the order in which they are applied. */
export function layerNorms({ normPlacement, headNorm }: PartTraits): NormName[] {
  const [before, after] = [normPlacement !== 'after', normPlacement !== 'before'];
  return [
    ...(before ? (['attentionNorm'] as const) : []),
    ...(headNorm === 'none' ? [] : (['qNorm', 'kNorm'] as const)),
    ...(after ? (['afterAttentionNorm'] as const) : []),
    ...(before ? (['mlpNorm'] as const) : []),
    ...(after ? (['afterMlpNorm'] as const) : []),
  ];
}

/** How many numbers a norm's weight has. */
export function normWidth(config: PartTraits, name: NormName): number {
  if (name !== 'qNorm' && name !== 'kNorm') return config.hiddenSize;
  if (config.headNorm === 'head') return config.headDim;
  return config.headDim * (name === 'qNorm' ? config.heads : config.kvHeads);
}

/** One tensor that the model must have. */
export interface Part {
  readonly name: PartName;
  /** undefined: not of a layer */
  readonly layer: number | undefined;
  readonly isBias: boolean;
  /** (rows, columns) of a matrix, (width) of a vector */
  readonly shape: readonly number[];
}

/** All tensors of a model, in the order in which they are read. */
export function decoderParts(config: PartTraits): Part[] {
  const { vocabularySize, hiddenSize, layers, learnedPositions } = config;
  const matrix = (name: PartName, rows: number, columns: number, layer?: number): Part[] => [
    { name, layer, isBias: false, shape: [rows, columns] },
  ];
  const norm = (name: NormName, layer?: number): Part[] =>
    (config.norm === 'layer' ? [false, true] : [false]).map((isBias) => ({
      name,
      layer,
      isBias,
      shape: [normWidth(config, name)],
    }));
  const linears = (names: readonly LinearName[], layer: number): Part[] => {
    const own = linearsOf(config).filter((name) => names.includes(name));
    const biased = own.filter((name) => config.biases.has(name));
    return [
      ...own.flatMap((name) => matrix(name, linearShape(config, name).rows, linearShape(config, name).columns, layer)),
      ...biased.map((name) => ({ name, layer, isBias: true, shape: [linearShape(config, name).rows] })),
    ];
  };
  const norms = (names: readonly NormName[], layer: number) =>
    layerNorms(config).flatMap((name) => (names.includes(name) ? norm(name, layer) : []));
  const ofLayers = Array.from({ length: layers }, (_, layer) => [
    ...norms(['attentionNorm', 'qNorm', 'kNorm'], layer),
    ...linears(['q', 'k', 'v', 'o'], layer),
    ...norms(['afterAttentionNorm', 'mlpNorm'], layer),
    ...linears(['gate', 'up', 'down'], layer),
    ...norms(['afterMlpNorm'], layer),
  ]);
  return [
    ...matrix('embedding', vocabularySize, hiddenSize),
    ...(learnedPositions > 0 ? matrix('positions', learnedPositions, hiddenSize) : []),
    ...ofLayers.flat(),
    ...norm('finalNorm'),
    ...(config.tiedEmbeddings ? [] : matrix('head', vocabularySize, hiddenSize)),
  ];
}
