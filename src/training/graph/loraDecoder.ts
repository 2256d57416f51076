import type { LinearName, NormName } from '../../model/decoderParts.ts';
import type { ModelConfig } from '../../model/modelConfig.ts';
import type { Dimension, Graph } from '../../model/onnx/graph.ts';
import { type RotaryPositions, rotaryTables } from '../../model/rotaryTable.ts';
import type { ModelWeights } from '../../model/weights/modelWeights.ts';
import { type GraphBase, type LoraDecoderOptions, LoraLinears } from './loraLinears.ts';
import type { LoraParameter } from './loraParameters.ts';

/** Tables of one kind of positions, (rows, dimensions / 2): see rotaryTables */
interface RotaryTables {
  readonly cos: string;
  readonly sin: string;
}

/**
 * The frozen decoder with low-rank additions, over whole sequences: what the inference graph computes, without a cache.
 * Inputs: input_ids (S), position_ids (S): rows of the tables, attention_mask (G·S, S) added to the scores, window_mask of the same shape for
 * the layers that see a window only, and every LoraParameter.
 */
export class LoraDecoder {
  readonly #graph: Graph;
  readonly #config: ModelConfig;
  readonly #weights: ModelWeights;
  readonly #linears: LoraLinears;
  readonly #positions: string;
  readonly #positionRows: string;
  readonly #masks: { readonly all: string | undefined; readonly window: string | undefined };
  readonly #rotary = new Map<RotaryPositions, RotaryTables>();

  constructor(graph: Graph, base: GraphBase, options: LoraDecoderOptions) {
    this.#graph = graph;
    this.#config = base.config;
    this.#weights = base.weights;
    this.#positions = graph.input('position_ids', 'int64', ['S']);
    this.#positionRows = graph.op('Unsqueeze', [this.#positions, graph.int64([0])]); // (1, S)
    const mask = (name: string) => graph.input(name, 'float32', ['GS', 'S']);
    const { windows, rotary } = base.config;
    this.#masks = {
      all: windows.some((window) => window === undefined) ? mask('attention_mask') : undefined,
      window: windows.some((window) => window !== undefined) ? mask('window_mask') : undefined,
    };
    for (const positions of rotary) if (positions) this.#addTables(positions, options.maxPositions);
    this.#linears = new LoraLinears(graph, base, options);
  }

  get parameters(): readonly LoraParameter[] {
    return this.#linears.parameters;
  }

  get dropoutMasks(): ReadonlyMap<string, number> {
    return this.#linears.dropoutMasks;
  }

  /** results of the layers' matrix products, except the scores of the attention */
  get products(): ReadonlySet<string> {
    return this.#linears.products;
  }

  /** () → (S, H) */
  embed(): string {
    const graph = this.#graph;
    const ids = graph.input('input_ids', 'int64', ['S']);
    const rows = graph.op('Gather', [this.#embedding(), ids], { axis: 0 });
    const scaled = this.#scaled(rows, this.#config.embeddingMultiplier);
    const table = this.#weights.positions();
    if (!table) return scaled;
    const positions = graph.op('Gather', [this.#linears.frozen('positions', table), this.#positions], { axis: 0 });
    return graph.op('Add', [scaled, positions]);
  }

  /** (S, H) → (S, H) */
  layer(residual: string, layer: number): string {
    const { heads, kvHeads, headDim, isGated } = this.#config;
    const graph = this.#graph;
    // attention
    const normed = this.#normBefore(residual, layer, 'attentionNorm');
    const q = this.#byHead(this.#turned(normed, layer, 'q'), heads); // (Q, S, D)
    const k = this.#byHead(this.#turned(normed, layer, 'k'), kvHeads); // (N, S, D)
    const v = this.#byHead(this.#linears.linear(normed, layer, 'v'), kvHeads);
    const grouped = this.#reshape(q, [kvHeads, 'GS', headDim]); // heads of a group are neighbors
    const attended = this.#reshape(this.#attention(grouped, k, v, layer), [heads, 'S', headDim]);
    const merged = this.#reshape(this.#swap(attended, ['S', heads, headDim]), ['S', heads * headDim]);
    const afterAttention = this.#added(merged, { layer, linear: 'o', norm: 'afterAttentionNorm', residual });
    // feed-forward: down(activation(gate) · up)
    const read = this.#normBefore(afterAttention, layer, 'mlpNorm');
    const activated = activation(graph, this.#config, this.#linears.linear(read, layer, isGated ? 'gate' : 'up'));
    const product = isGated ? graph.op('Mul', [activated, this.#linears.linear(read, layer, 'up')]) : activated;
    return this.#added(product, { layer, linear: 'down', norm: 'afterMlpNorm', residual: afterAttention });
  }

  /** (S, H) → (S, H), ready for the head */
  finalNorm(residual: string): string {
    return this.#scaled(this.#norm(residual, 'finalNorm'), this.#config.logitsMultiplier);
  }

  /** (vocabulary, H) */
  head(): string {
    return this.#config.tiedEmbeddings ? this.#embedding() : this.#linears.frozen('head', this.#weights.head());
  }

  #embedding(): string {
    return this.#linears.frozen('embedding', this.#weights.embedding());
  }

  /** What a linear map gives, added to the residual: by the product itself where nothing stands between. */
  #added(x: string, of: { layer: number; linear: LinearName; norm: NormName; residual: string }): string {
    const { normPlacement, residualMultiplier } = this.#config;
    const { layer, linear, norm, residual } = of;
    if (normPlacement === 'before' && residualMultiplier === 1) return this.#linears.linear(x, layer, linear, residual);
    const given = this.#linears.linear(x, layer, linear);
    const normed = normPlacement === 'before' ? given : this.#norm(given, norm, layer);
    const sum = this.#graph.op('Add', [this.#scaled(normed, residualMultiplier), residual]);
    return this.#linears.shaped(sum, ['S', this.#config.hiddenSize]);
  }

  /** q (N, G·S, D), k and v (N, S, D) → (N, G·S, D) */
  #attention(q: string, k: string, v: string, layer: number): string {
    const graph = this.#graph;
    const { kvHeads, headDim, attentionScale: alpha, attentionSoftcap, windows } = this.#config;
    const mask = windows[layer] === undefined ? this.#masks.all! : this.#masks.window!;
    const products = graph.op('FusedMatMul', [q, k], { transB: 1, alpha });
    const scores = attentionSoftcap === undefined ? products : this.#capped(products, attentionSoftcap);
    const probabilities = graph.op('Softmax', [graph.op('Add', [scores, mask])], { axis: -1 });
    const gathered = graph.op('FusedMatMul', [probabilities, v]);
    return this.#linears.product(this.#linears.shaped(gathered, [kvHeads, 'GS', headDim]));
  }

  /** The queries or keys of all heads, normed and turned by the positions: (1, S, n·D), or (S, n·D) if not turned */
  #turned(x: string, layer: number, name: 'q' | 'k'): string {
    const { heads, kvHeads, headDim, headNorm, rotary } = this.#config;
    const count = name === 'q' ? heads : kvHeads;
    const norm = name === 'q' ? 'qNorm' : 'kNorm';
    let value = this.#linears.linear(x, layer, name);
    if (headNorm === 'width') value = this.#norm(value, norm, layer);
    if (headNorm === 'head') {
      const normed = this.#norm(this.#reshape(value, ['S', count, headDim]), norm, layer);
      value = this.#reshape(this.#linears.shaped(normed, ['S', count, headDim]), ['S', count * headDim]);
    }
    const positions = rotary[layer];
    return positions ? this.#rotate(value, count, positions) : value;
  }

  #addTables(positions: RotaryPositions, maxPositions: number): void {
    if (this.#rotary.has(positions)) return;
    const name = this.#rotary.size === 0 ? 'rotary' : `rotary.${this.#rotary.size}`;
    const { cos, sin, rows } = rotaryTables(positions, { rotary: this.#config.rotary, maxPositions });
    const shape = [rows, positions.dimensions / 2];
    this.#rotary.set(positions, {
      cos: this.#graph.initializer(`${name}.cos`, 'float32', shape, cos),
      sin: this.#graph.initializer(`${name}.sin`, 'float32', shape, sin),
    });
  }

  /** (S, n·D) → (1, S, n·D), turned by the positions */
  #rotate(x: string, heads: number, positions: RotaryPositions): string {
    const graph = this.#graph;
    const { headDim } = this.#config;
    const { cos, sin } = this.#rotary.get(positions)!;
    const partly = positions.dimensions === headDim ? {} : { rotary_embedding_dim: positions.dimensions };
    const batched = graph.op('Unsqueeze', [x, graph.int64([0])]);
    const attributes = { num_heads: heads, interleaved: 0, ...partly };
    const turned = graph.op('RotaryEmbedding', [batched, this.#positionRows, cos, sin], attributes);
    return this.#linears.shaped(turned, [1, 'S', heads * headDim]);
  }

  /** (S, n·D) or (1, S, n·D) → (n, S, D) */
  #byHead(x: string, heads: number): string {
    const { headDim } = this.#config;
    return this.#swap(this.#reshape(x, ['S', heads, headDim]), [heads, 'S', headDim]);
  }

  /** Exchanges the first two of three axes. */
  #swap(x: string, shape: readonly Dimension[]): string {
    return this.#linears.shaped(this.#graph.op('Transpose', [x], { perm: [1, 0, 2] }), shape);
  }

  #normBefore(x: string, layer: number, name: NormName): string {
    return this.#config.normPlacement === 'after' ? x : this.#norm(x, name, layer);
  }

  /** Over the last axis: RMS norm (Zhang & Sennrich 2019), or layer norm (Ba et al. 2016) */
  #norm(x: string, name: NormName, layer?: number): string {
    const graph = this.#graph;
    const { weight, bias } = this.#weights.norm(name, layer);
    const key = layer === undefined ? name : `layers.${layer}.${name}`;
    const scale = graph.initializer(key, 'float32', [weight.length], weight);
    const epsilon = this.#config.normEpsilon;
    if (bias) {
      const shift = graph.initializer(`${key}.bias`, 'float32', [bias.length], bias);
      return graph.ops('LayerNormalization', [x, scale, shift], 3, { axis: -1, epsilon })[0]!;
    }
    return graph.ops('SimplifiedLayerNormalization', [x, scale], 2, { axis: -1, epsilon, stash_type: 1 })[0]!;
  }

  #scaled(x: string, factor: number): string {
    return factor === 1 ? x : this.#graph.op('Mul', [x, this.#graph.float32(factor)]);
  }

  #capped(x: string, cap: number): string {
    return this.#scaled(this.#graph.op('Tanh', [this.#scaled(x, 1 / cap)]), cap);
  }

  /** @param shape with at most one symbol, for what is left of x */
  #reshape(x: string, shape: readonly Dimension[]): string {
    const sizes = shape.map((size) => (typeof size === 'number' ? size : -1));
    return this.#linears.shaped(this.#graph.op('Reshape', [x, this.#graph.int64(sizes)]), shape);
  }
}

/** (S, I) → (S, I), of operators that have gradient rules */
function activation(graph: Graph, { activation: kind }: Pick<ModelConfig, 'activation'>, x: string): string {
  const scaled = (value: string, factor: number) => graph.op('Mul', [value, graph.float32(factor)]);
  switch (kind) {
    case 'silu':
      return graph.op('QuickGelu', [x], { alpha: 1 });
    case 'gelu': {
      const erf = graph.op('Erf', [scaled(x, Math.SQRT1_2)]);
      return graph.op('Mul', [scaled(x, 0.5), graph.op('Add', [erf, graph.float32(1)])]);
    }
    case 'geluTanh': {
      const cubed = graph.op('Mul', [graph.op('Mul', [x, x]), x]);
      const inner = graph.op('Add', [x, scaled(cubed, 0.044715)]);
      return graph.op('Mul', [x, graph.op('Sigmoid', [scaled(inner, 2 * Math.sqrt(2 / Math.PI))])]);
    }
  }
}
