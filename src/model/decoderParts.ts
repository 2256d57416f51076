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

/** Matrices of layers without attention. */
export type RecurrentName =
  | 'convolutionIn' // of a short convolution: two gates and what is convolved, stacked
  | 'convolutionKernel' // (hidden, width): one filter per number
  | 'convolutionOut'
  | 'cellInput' // of an LSTM: the four gates of what comes in, stacked as input, forget, cell, output
  | 'cellState'; // the same of what the cell said before

export type PartName = LinearName | LinearGroup | NormName | RecurrentName | 'embedding' | 'positions' | 'head';

/**
 * What carries something from token to token in a layer: attention (Vaswani et al. 2017); a gated convolution over the last
 * few tokens (LFM2); an LSTM (Hochreiter & Schmidhuber 1997), which is the whole layer.
 */
export type Mixer = 'attention' | 'shortConvolution' | 'lstm';

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
  readonly embeddingSize: number;
  readonly mixers: readonly Mixer[];
  readonly convolutionWidth: number;
  readonly cellBiases: boolean;
  readonly headBias: boolean;
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

/** The linear maps that a layer with attention has. */
export const linearsOf = ({ isGated }: Pick<PartTraits, 'isGated'>): readonly LinearName[] =>
  isGated ? linearNames : linearNames.filter((name) => name !== 'gate');

const ofAttention: readonly LinearName[] = ['q', 'k', 'v', 'o'];

/** The linear maps that the layer has besides those of a mixer other than attention. */
export function linearsOfLayer(config: Pick<PartTraits, 'isGated' | 'mixers'>, layer: number): readonly LinearName[] {
  const mixer = config.mixers[layer];
  if (mixer === 'lstm') return [];
  return linearsOf(config).filter((name) => mixer === 'attention' || !ofAttention.includes(name));
}

/** The norms of one layer, in the order in which they are applied. */
export function layerNorms({ normPlacement, headNorm, mixers }: PartTraits, layer: number): NormName[] {
  if (mixers[layer] === 'lstm') return [];
  const ofHeads = mixers[layer] === 'attention' && headNorm !== 'none';
  const [before, after] = [normPlacement !== 'after', normPlacement !== 'before'];
  return [
    ...(before ? (['attentionNorm'] as const) : []),
    ...(ofHeads ? (['qNorm', 'kNorm'] as const) : []),
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

/** Does the model end with a norm? */
export const hasFinalNorm = ({ mixers }: Pick<PartTraits, 'mixers'>): boolean => !mixers.includes('lstm');

/** The matrices and biases of a mixer other than attention. */
export function mixerParts(config: PartTraits, layer: number): Part[] {
  const { hiddenSize, embeddingSize, convolutionWidth, cellBiases } = config;
  const part = (name: RecurrentName, ...shape: number[]): Part => ({ name, layer, isBias: shape.length === 1, shape });
  switch (config.mixers[layer]) {
    case 'shortConvolution':
      return [
        part('convolutionIn', 3 * hiddenSize, hiddenSize),
        part('convolutionKernel', hiddenSize, convolutionWidth),
        part('convolutionOut', hiddenSize, hiddenSize),
      ];
    case 'lstm':
      return [
        part('cellInput', 4 * hiddenSize, layer === 0 ? embeddingSize : hiddenSize),
        part('cellState', 4 * hiddenSize, hiddenSize),
        ...(cellBiases ? [part('cellInput', 4 * hiddenSize), part('cellState', 4 * hiddenSize)] : []),
      ];
    default:
      return [];
  }
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
  const { vocabularySize, embeddingSize, hiddenSize, layers, learnedPositions } = config;
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
    const own = linearsOfLayer(config, layer).filter((name) => names.includes(name));
    const biased = own.filter((name) => config.biases.has(name));
    return [
      ...own.flatMap((name) => matrix(name, linearShape(config, name).rows, linearShape(config, name).columns, layer)),
      ...biased.map((name) => ({ name, layer, isBias: true, shape: [linearShape(config, name).rows] })),
    ];
  };
  const norms = (names: readonly NormName[], layer: number) =>
    layerNorms(config, layer).flatMap((name) => (names.includes(name) ? norm(name, layer) : []));
  const ofLayers = Array.from({ length: layers }, (_, layer) => [
    ...norms(['attentionNorm', 'qNorm', 'kNorm'], layer),
    ...linears(ofAttention, layer),
    ...mixerParts(config, layer),
    ...norms(['afterAttentionNorm', 'mlpNorm'], layer),
    ...linears(['gate', 'up', 'down'], layer),
    ...norms(['afterMlpNorm'], layer),
  ]);
  return [
    ...matrix('embedding', vocabularySize, embeddingSize),
    ...(learnedPositions > 0 ? matrix('positions', learnedPositions, hiddenSize) : []),
    ...ofLayers.flat(),
    ...(hasFinalNorm(config) ? norm('finalNorm') : []),
    ...(config.tiedEmbeddings ? [] : matrix('head', vocabularySize, hiddenSize)),
    ...(config.headBias ? [{ name: 'head', layer: undefined, isBias: true, shape: [vocabularySize] } as const] : []),
  ];
}
