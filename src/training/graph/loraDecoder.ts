import type { LinearName } from '../../model/architectures.ts';
import type { ModelConfig } from '../../model/modelConfig.ts';
import type { Dimension, Graph } from '../../model/onnx/graph.ts';
import { rotaryTable } from '../../model/rotaryTable.ts';
import type { MatrixWeights, ModelWeights } from '../../model/weights/modelWeights.ts';
import { type LoraParameter, type LoraShape, loraParameters, parameterName } from '../lora/loraParameters.ts';
import type { QuantizedBase } from '../session/quantizedBase.ts';
import { quantizedProduct } from './quantizedProduct.ts';

export interface LoraDecoderOptions {
  readonly lora: LoraShape;
  /** probability that an input of an adapted map is dropped on its way into the adapter; 0 = no dropout */
  readonly loraDropout: number;
  /** rows of the rotary table: the longest sequence that the graph can run */
  readonly maxPositions: number;
}

/** What a map reads: its name tells which dropout mask belongs to it. */
type Site = 'attention' | 'o' | 'mlp' | 'down';
const sites: Readonly<Record<LinearName, Site>> = {
  q: 'attention',
  k: 'attention',
  v: 'attention',
  o: 'o',
  gate: 'mlp',
  up: 'mlp',
  down: 'down',
};

/**
 * The frozen decoder with low-rank additions, over whole sequences: what the inference graph computes, without a cache.
 * Inputs: input_ids (S), position_ids (S), attention_mask (G·S, S) added to the scores, and every LoraParameter.
 */
export class LoraDecoder {
  readonly parameters: readonly LoraParameter[];
  /** (name, width): uint8 inputs (S, width), 1 = kept */
  readonly dropoutMasks = new Map<string, number>();
  /** results of the layers' matrix products, except the scores of the attention, which are as wide as the sequence */
  readonly products = new Set<string>();
  private readonly positions: string;
  private readonly mask: string;
  private readonly cos: string;
  private readonly sin: string;

  constructor(
    private readonly graph: Graph,
    private readonly config: ModelConfig,
    private readonly weights: ModelWeights,
    private readonly options: LoraDecoderOptions,
    private readonly quantized?: QuantizedBase,
  ) {
    const positions = graph.input('position_ids', 'int64', ['S']);
    this.positions = graph.op('Unsqueeze', [positions, graph.int64([0])]); // (1, S)
    this.mask = graph.input('attention_mask', 'float32', ['GS', 'S']);
    const { cos, sin } = rotaryTable(config, options.maxPositions);
    const tableShape = [options.maxPositions, config.headDim / 2];
    this.cos = graph.initializer('rotary.cos', 'float32', tableShape, cos);
    this.sin = graph.initializer('rotary.sin', 'float32', tableShape, sin);
    this.parameters = loraParameters(config, options.lora);
    for (const { name, shape } of this.parameters) graph.input(name, 'float32', shape);
  }

  /** () → (S, H) */
  embed(): string {
    const ids = this.graph.input('input_ids', 'int64', ['S']);
    return this.graph.op('Gather', [this.embedding(), ids], { axis: 0 });
  }

  /** (S, H) → (S, H) */
  layer(residual: string, layer: number): string {
    const { graph, weights } = this;
    const { heads, kvHeads, headDim } = this.config;
    // attention
    const normed = this.norm(residual, `layers.${layer}.attentionNorm`, weights.attentionNorm(layer));
    const linear = (name: LinearName) => this.linear(normed, layer, name);
    const q = this.byHead(this.rotate(linear('q'), heads), heads); // (Q, S, D)
    const k = this.byHead(this.rotate(linear('k'), kvHeads), kvHeads); // (N, S, D)
    const v = this.byHead(linear('v'), kvHeads);
    const grouped = this.reshape(q, [kvHeads, 'GS', headDim]); // heads of a group are neighbours
    const attended = this.reshape(this.attention(grouped, k, v), [heads, 'S', headDim]);
    const merged = this.reshape(this.swap(attended, ['S', heads, headDim]), ['S', heads * headDim]);
    const afterAttention = this.linear(merged, layer, 'o', residual);
    // feed-forward: down(silu(gate) · up)
    const normedAgain = this.norm(afterAttention, `layers.${layer}.mlpNorm`, weights.mlpNorm(layer));
    const gate = graph.op('QuickGelu', [this.linear(normedAgain, layer, 'gate')], { alpha: 1 });
    const activated = graph.op('Mul', [gate, this.linear(normedAgain, layer, 'up')]);
    return this.linear(activated, layer, 'down', afterAttention);
  }

  /** (S, H) → (S, H), ready for the head */
  finalNorm(residual: string): string {
    return this.norm(residual, 'finalNorm', this.weights.finalNorm());
  }

  /** (vocabulary, H) */
  head(): string {
    return this.config.tiedEmbeddings ? this.embedding() : this.frozen('head', this.weights.head());
  }

  private embedding(): string {
    return this.frozen('embedding', this.weights.embedding());
  }

  /** q (N, G·S, D), k and v (N, S, D) → (N, G·S, D) */
  private attention(q: string, k: string, v: string): string {
    const { graph } = this;
    const alpha = 1 / Math.sqrt(this.config.headDim);
    const scores = graph.op('FusedMatMul', [q, k], { transB: 1, alpha });
    const probabilities = graph.op('Softmax', [graph.op('Add', [scores, this.mask])], { axis: -1 });
    const { kvHeads, headDim } = this.config;
    return this.product(this.shaped(graph.op('FusedMatMul', [probabilities, v]), [kvHeads, 'GS', headDim]));
  }

  private product(result: string): string {
    this.products.add(result);
    return result;
  }

  /** x (S, inputs) → x·Wᵀ + residual + alpha/rank · dropout(x)·Aᵀ·Bᵀ, (S, outputs); each sum is the C of a Gemm */
  private linear(x: string, layer: number, name: LinearName, residual?: string): string {
    const { graph } = this;
    const { rank, alpha, targets, firstLayer } = this.options.lora;
    const matrix = this.weights.linear(layer, name);
    const result = (product: string) => this.product(this.shaped(product, ['S', matrix.rows]));
    if (!targets.includes(name) || layer < firstLayer) return result(this.frozenLinear(x, layer, name, residual));
    const { loraDropout } = this.options;
    const kept = loraDropout > 0 ? this.drop(x, `layers.${layer}.${sites[name]}.dropout`, matrix.columns) : x;
    // before the base: on the way back it comes after it, and its product adds what the base has given
    const low = this.product(graph.op('NarrowMatMul', [kept, parameterName(layer, name, 'A')])); // (S, rank)
    const base = this.frozenLinear(x, layer, name, residual);
    const attributes = { transB: 1, alpha: alpha / rank / (1 - loraDropout) }; // inverted dropout (Srivastava et al. 2014)
    return result(graph.op('Gemm', [low, parameterName(layer, name, 'B'), base], attributes));
  }

  /** x·Wᵀ + residual */
  private frozenLinear(x: string, layer: number, name: LinearName, residual: string | undefined): string {
    const { graph } = this;
    const weightName = `layers.${layer}.${name}`;
    const quantized = this.quantized?.linear(layer, name);
    const weight = () => this.frozen(weightName, this.weights.linear(layer, name));
    if (!quantized) {
      return graph.op('Gemm', residual ? [x, weight(), residual] : [x, weight()], { transB: 1 });
    }
    const product = quantizedProduct(graph, x, { name: weightName, quantized, weight });
    return residual ? graph.op('Add', [product, residual]) : product;
  }

  private readonly masks = new Map<string, string>();

  private drop(x: string, name: string, width: number): string {
    const { graph } = this;
    let mask = this.masks.get(name);
    if (!mask) {
      this.dropoutMasks.set(name, width);
      mask = graph.op('Cast', [graph.input(name, 'uint8', ['S', width])], { to: 1 });
      this.masks.set(name, mask);
    }
    return graph.op('Mul', [x, mask]);
  }

  /** (S, n·D) → (1, S, n·D), turned by the positions */
  private rotate(x: string, heads: number): string {
    const { graph } = this;
    const batched = graph.op('Unsqueeze', [x, graph.int64([0])]);
    const attributes = { num_heads: heads, interleaved: 0 };
    const turned = graph.op('RotaryEmbedding', [batched, this.positions, this.cos, this.sin], attributes);
    return this.shaped(turned, [1, 'S', heads * this.config.headDim]);
  }

  /** (S, n·D) or (1, S, n·D) → (n, S, D) */
  private byHead(x: string, heads: number): string {
    const { headDim } = this.config;
    return this.swap(this.reshape(x, ['S', heads, headDim]), [heads, 'S', headDim]);
  }

  /** Exchanges the first two of three axes. */
  private swap(x: string, shape: readonly Dimension[]): string {
    return this.shaped(this.graph.op('Transpose', [x], { perm: [1, 0, 2] }), shape);
  }

  /** RMS norm (Zhang & Sennrich 2019) */
  private norm(x: string, name: string, weight: Float32Array): string {
    const { graph } = this;
    const scale = graph.initializer(name, 'float32', [weight.length], weight);
    const attributes = { axis: -1, epsilon: this.config.normEpsilon, stash_type: 1 };
    return graph.ops('SimplifiedLayerNormalization', [x, scale], 2, attributes)[0]!;
  }

  private frozen(name: string, matrix: MatrixWeights): string {
    if (matrix.kind !== 'dense' || matrix.tensor.dtype !== 'F32') {
      throw new Error(`${name} is not float32: open the model by frozenBase.ts`);
    }
    return this.graph.initializer(name, 'float32', matrix.tensor.shape, matrix.tensor);
  }

  /** @param shape with at most one symbol, for what is left of x */
  private reshape(x: string, shape: readonly Dimension[]): string {
    const sizes = shape.map((size) => (typeof size === 'number' ? size : -1));
    return this.shaped(this.graph.op('Reshape', [x, this.graph.int64(sizes)]), shape);
  }

  private shaped(x: string, shape: readonly Dimension[]): string {
    return this.graph.describe(x, 'float32', shape);
  }
}
