import type { LinearName } from '../../model/decoderParts.ts';
import type { ModelConfig } from '../../model/modelConfig.ts';
import type { Dimension, Graph } from '../../model/onnx/graph.ts';
import type { MatrixWeights } from '../../model/weights/matrixWeights.ts';
import type { ModelWeights } from '../../model/weights/modelWeights.ts';
import type { QuantizedBase } from '../session/quantizedBase.ts';
import { type LoraParameter, type LoraShape, loraParameters, parameterName } from './loraParameters.ts';
import { quantizedProduct } from './quantizedProduct.ts';

export interface LoraDecoderOptions {
  readonly lora: LoraShape;
  /** probability that an input of an adapted map is dropped on its way into the adapter; 0 = no dropout */
  readonly loraDropout: number;
  /** rows of the rotary table: the longest sequence that the graph can run */
  readonly maxPositions: number;
}

/** The frozen base, dense float32, and the 8-bit numbers of its products where they are wanted. */
export interface GraphBase {
  readonly config: ModelConfig;
  readonly weights: ModelWeights;
  readonly quantized?: QuantizedBase | undefined;
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

/** The frozen linear maps with their low-rank additions. */
export class LoraLinears {
  readonly parameters: readonly LoraParameter[];
  /** (name, width): uint8 inputs (S, width), 1 = kept */
  readonly dropoutMasks = new Map<string, number>();
  /** results of the layers' matrix products, except the scores of the attention, which are as wide as the sequence */
  readonly products = new Set<string>();
  readonly #graph: Graph;
  readonly #base: GraphBase;
  readonly #options: LoraDecoderOptions;
  readonly #masks = new Map<string, string>();

  constructor(graph: Graph, base: GraphBase, options: LoraDecoderOptions) {
    this.#graph = graph;
    this.#base = base;
    this.#options = options;
    this.parameters = loraParameters(base.config, options.lora);
    for (const { name, shape } of this.parameters) graph.input(name, 'float32', shape);
  }

  product(result: string): string {
    this.products.add(result);
    return result;
  }

  /**
   * x (S, inputs) → x·Wᵀ + bias + residual + alpha/rank · dropout(x)·Aᵀ·Bᵀ, (S, outputs); each sum but the bias is the C
   * of a Gemm
   */
  linear(x: string, layer: number, name: LinearName, residual?: string): string {
    const graph = this.#graph;
    const bias = this.#base.weights.bias(layer, name);
    const sum = this.#withoutBias(x, layer, name, residual);
    if (!bias) return sum;
    const added = graph.initializer(`layers.${layer}.${name}.bias`, 'float32', [bias.length], bias);
    return this.shaped(graph.op('Add', [sum, added]), ['S', bias.length]);
  }

  #withoutBias(x: string, layer: number, name: LinearName, residual: string | undefined): string {
    const graph = this.#graph;
    const { rank, alpha, targets, firstLayer } = this.#options.lora;
    const matrix = this.#base.weights.linear(layer, name);
    const result = (product: string) => this.product(this.shaped(product, ['S', matrix.rows]));
    if (!targets.includes(name) || layer < firstLayer) return result(this.#frozenLinear(x, layer, name, residual));
    const { loraDropout } = this.#options;
    const kept = loraDropout > 0 ? this.#drop(x, `layers.${layer}.${sites[name]}.dropout`, matrix.columns) : x;
    // before the base: on the way back it comes after it, and its product adds what the base has given
    const low = this.product(graph.op('NarrowMatMul', [kept, parameterName(layer, name, 'A')])); // (S, rank)
    const base = this.#frozenLinear(x, layer, name, residual);
    const attributes = { transB: 1, alpha: alpha / rank / (1 - loraDropout) }; // inverted dropout (Srivastava et al. 2014)
    return result(graph.op('Gemm', [low, parameterName(layer, name, 'B'), base], attributes));
  }

  /** x·Wᵀ + residual */
  #frozenLinear(x: string, layer: number, name: LinearName, residual: string | undefined): string {
    const graph = this.#graph;
    const weightName = `layers.${layer}.${name}`;
    const quantized = this.#base.quantized?.linear(layer, name);
    const weight = () => this.frozen(weightName, this.#base.weights.linear(layer, name));
    if (!quantized) {
      return graph.op('Gemm', residual ? [x, weight(), residual] : [x, weight()], { transB: 1 });
    }
    const product = quantizedProduct(graph, x, { name: weightName, quantized, weight });
    return residual ? graph.op('Add', [product, residual]) : product;
  }

  #drop(x: string, name: string, width: number): string {
    const graph = this.#graph;
    let mask = this.#masks.get(name);
    if (!mask) {
      this.dropoutMasks.set(name, width);
      mask = graph.op('Cast', [graph.input(name, 'uint8', ['S', width])], { to: 1 });
      this.#masks.set(name, mask);
    }
    return graph.op('Mul', [x, mask]);
  }

  frozen(name: string, matrix: MatrixWeights): string {
    if (matrix.kind !== 'dense' || matrix.tensor.dtype !== 'F32' || matrix.isTransposed) {
      throw new Error(`${name} is not float32: open the model by frozenBase.ts`);
    }
    return this.#graph.initializer(name, 'float32', matrix.tensor.shape, matrix.tensor);
  }

  shaped(x: string, shape: readonly Dimension[]): string {
    return this.#graph.describe(x, 'float32', shape);
  }
}
