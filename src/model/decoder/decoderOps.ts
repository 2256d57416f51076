import type { Precision } from '../../protocol/engineOptions.ts';
import type { LinearName } from '../decoderParts.ts';
import type { SafetensorsDtype, TensorEntry } from '../files/safetensors.ts';
import type { ModelConfig } from '../modelConfig.ts';
import { type ElementType, elementTypeNumber, type Graph } from '../onnx/graph.ts';
import { type MatrixWeights, readMatrix } from '../weights/matrixWeights.ts';
import type { ModelWeights, NormWeights } from '../weights/modelWeights.ts';

/** what the cache's numbers are: half precision takes half the memory */
export type CacheElement = 'float32' | 'float16';

export interface DecoderGraphOptions {
  readonly precision: Precision;
  /** `fused`: ONNX Runtime's own operators; `standard`: only operators that every device computes alike */
  readonly dialect: 'fused' | 'standard';
  readonly cacheElement: CacheElement;
  /** of products with blocks: 4 (default) rounds what is multiplied to 8 bits, 1 does not and is slower by far */
  readonly accuracyLevel?: 1 | 4;
  /** rows of the rotary table: the longest sequence that the graph can run */
  readonly maxPositions: number;
  /** linear maps that an adapter adds to, through the inputs lora_a.NAME (columns, R) and lora_b.NAME (R, rows) */
  readonly adaptedLinears?: ReadonlySet<string>;
}

/** The operations that all parts of a decoder are made of: linear maps, norms, constants. */
export class DecoderOps {
  readonly graph: Graph;
  readonly config: ModelConfig;
  readonly weights: ModelWeights;
  readonly options: DecoderGraphOptions;
  readonly #blockSums = new Map<string, string>();

  constructor(graph: Graph, config: ModelConfig, weights: ModelWeights, options: DecoderGraphOptions) {
    this.graph = graph;
    this.config = config;
    this.weights = weights;
    this.options = options;
  }

  /** x (S, columns) → x·Wᵀ (S, rows) of one map of a layer, with its bias */
  layerLinear(x: string, layer: number, name: LinearName): string {
    return this.biased(this.linear(x, `layers.${layer}.${name}`, this.weights.linear(layer, name)), layer, [name]);
  }

  /** Adds the biases of maps that lie side by side in x; where none of them has one, x is as it was. */
  biased(x: string, layer: number, names: readonly LinearName[]): string {
    const { graph, config, weights } = this;
    if (!names.some((name) => config.biases.has(name))) return x;
    const parts = names.map((name) => {
      const bias = weights.bias(layer, name);
      return bias ?? new Float32Array(weights.linear(layer, name).rows);
    });
    const all = Float32Array.from(parts.flatMap((part) => [...part]));
    const bias = graph.initializer(`layers.${layer}.${names.join('')}.bias`, 'float32', [all.length], all);
    return graph.op('Add', [x, bias]);
  }

  /** x (M, H) → logits (M, vocabulary), with the head's bias */
  head(x: string): string {
    const { graph, config, weights } = this;
    const product = this.linear(this.scaled(x, config.logitsMultiplier), 'head', weights.head());
    const bias = weights.headBias();
    const sum = bias
      ? graph.op('Add', [product, graph.initializer('head.bias', 'float32', [bias.length], bias)])
      : product;
    return this.capped(sum, config.logitsSoftcap);
  }

  /** x (S, columns) → x·Wᵀ (S, rows), with what the adapter adds */
  linear(x: string, name: string, matrix: MatrixWeights): string {
    const { graph } = this;
    const product = this.#product(x, name, matrix);
    if (!this.options.adaptedLinears?.has(name)) return product;
    const a = graph.input(`lora_a.${name}`, 'float32', [matrix.columns, `R:${name}`]);
    const b = graph.input(`lora_b.${name}`, 'float32', [`R:${name}`, matrix.rows]);
    return graph.op('Gemm', [graph.op('MatMul', [x, a]), b, product]);
  }

  #product(x: string, name: string, matrix: MatrixWeights): string {
    const { graph } = this;
    if (!this.#staysInBlocks(matrix)) {
      const isTransposed = matrix.kind === 'dense' && matrix.isTransposed;
      return graph.op('Gemm', [x, this.#denseMatrix(name, matrix)], isTransposed ? {} : { transB: 1 });
    }
    const { columns, blockSize, centre } = matrix;
    const blocks = columns / blockSize;
    const pieces = piecesOf(matrix, this.options.accuracyLevel ?? 4);
    const isWhole = pieces.length === 1;
    const parts = pieces.map((piece, i) => this.#blockProduct(x, isWhole ? name : `${name}.${i}`, piece));
    const products = parts.map((part) => part.product);
    const product = isWhole ? products[0]! : graph.op('Concat', products, { axis: -1 });
    if (!matrix.mins) return product;
    // Σ x·(scale·(q − zero) + min + centre·scale): what is constant in a block multiplies the block's sum of x
    const scales = isWhole ? parts[0]!.scales : this.float32(`${name}.scales`, matrix.scales); // (rows, blocks)
    const mins = this.float32(`${name}.mins`, matrix.mins); // (blocks, rows)
    const centred = graph.op('Mul', [graph.op('Transpose', [scales], { perm: [1, 0] }), graph.float32(centre)]);
    const shifts = graph.op('Add', [mins, centred]);
    return graph.op('Gemm', [this.#sumsOfBlocks(x, blocks, blockSize), shifts, product]);
  }

  /** x (S, columns) → x·Wᵀ (S, rows), without what `mins` add; and the scales (rows, blocks) */
  #blockProduct(x: string, name: string, matrix: BlockWeights): { product: string; scales: string } {
    const { rows, columns, bits, blockSize } = matrix;
    const quants = this.#external(`${name}.quants`, matrix.quants);
    const scales = this.float32(`${name}.scales`, matrix.scales);
    const product = this.graph.op('MatMulNBits', [x, quants, scales], {
      K: columns,
      N: rows,
      bits,
      block_size: blockSize,
      accuracy_level: this.options.accuracyLevel ?? 4,
    });
    return { product, scales };
  }

  #staysInBlocks(matrix: MatrixWeights): matrix is BlockWeights {
    return matrix.kind === 'blocks' && this.options.precision !== 'fp32';
  }

  /** x (S, blocks·blockSize) → (S, blocks); shared by the linear maps that read the same x in the same blocks */
  #sumsOfBlocks(x: string, blocks: number, blockSize: number): string {
    const { graph } = this;
    const key = `${x}/${blockSize}`;
    const known = this.#blockSums.get(key);
    if (known) return known;
    const sums = graph.op('ReduceSum', [this.reshape(x, [0, blocks, blockSize]), graph.int64([2])], { keepdims: 0 });
    this.#blockSums.set(key, sums);
    return sums;
  }

  /**
   * Over the last axis. RMS norm (Zhang & Sennrich 2019): x / √(mean(x²) + ε) · weight; layer norm (Ba et al. 2016) takes
   * the mean away first and adds a bias.
   */
  norm(x: string, name: string, { weight, bias }: NormWeights): string {
    const { graph } = this;
    const scale = graph.initializer(name, 'float32', [weight.length], weight);
    const epsilon = this.config.normEpsilon;
    if (bias) {
      const shift = graph.initializer(`${name}.bias`, 'float32', [bias.length], bias);
      return graph.op('LayerNormalization', [x, scale, shift], { axis: -1, epsilon });
    }
    if (this.options.dialect === 'fused') {
      return graph.op('SimplifiedLayerNormalization', [x, scale], { axis: -1, epsilon, stash_type: 1 });
    }
    const meanSquare = graph.op('ReduceMean', [graph.op('Mul', [x, x]), graph.int64([-1])], { keepdims: 1 });
    const root = graph.op('Sqrt', [graph.op('Add', [meanSquare, graph.float32(epsilon)])]);
    return graph.op('Mul', [graph.op('Div', [x, root]), scale]);
  }

  /** Returns [norm(x + residual), x + residual]. */
  addAndNorm(x: string, residual: string, name: string, weights: NormWeights): [string, string] {
    const { graph } = this;
    if (this.options.dialect === 'standard' || weights.bias) {
      const sum = graph.op('Add', [x, residual]);
      return [this.norm(sum, name, weights), sum];
    }
    const scale = graph.initializer(name, 'float32', [weights.weight.length], weights.weight);
    const attributes = { epsilon: this.config.normEpsilon };
    const outputs = graph.ops('SkipSimplifiedLayerNormalization', [residual, x, scale], 4, attributes);
    return [outputs[0]!, outputs[3]!];
  }

  /** x · factor, or x itself for 1 */
  scaled(x: string, factor: number): string {
    return factor === 1 ? x : this.graph.op('Mul', [x, this.graph.float32(factor)]);
  }

  /** cap · tanh(x / cap), or x itself without a cap */
  capped(x: string, cap: number | undefined): string {
    if (cap === undefined) return x;
    return this.scaled(this.graph.op('Tanh', [this.scaled(x, 1 / cap)]), cap);
  }

  #denseMatrix(name: string, matrix: MatrixWeights): string {
    if (matrix.kind === 'dense') return this.float32(`${name}.weight`, matrix.tensor);
    return this.graph.initializer(`${name}.weight`, 'float32', [matrix.rows, matrix.columns], readMatrix(matrix));
  }

  /** The tensor as float32: as it lies, or cast when the session is made. */
  float32(name: string, entry: TensorEntry): string {
    const value = this.#external(name, entry);
    return entry.dtype === 'F32' ? value : this.cast(value, 'float32');
  }

  cast(value: string, to: ElementType): string {
    return this.graph.op('Cast', [value], { to: elementTypeNumber(to) });
  }

  #external(name: string, entry: TensorEntry): string {
    return this.graph.initializer(name, onnxTypes[entry.dtype]!, entry.shape, entry);
  }

  /**
   * @param shape 0 keeps a dimension and its name, −1 loses the name: the runtime then cannot tell which buffers are of
   * one size, and compares all of them with all when it plans their use (half a second of loading)
   */
  reshape(x: string, shape: readonly number[]): string {
    return this.graph.op('Reshape', [x, this.graph.int64(shape)]);
  }
}

type BlockWeights = Extract<MatrixWeights, { kind: 'blocks' }>;

/** At level 1 the runtime takes the blocks of a product apart, all at once: of a large head more than half a gigabyte. */
const mostNumbersAtLevel1 = 8e6;

/** The matrix, or its rows in pieces where the runtime would need much memory for it. */
function piecesOf(matrix: BlockWeights, accuracyLevel: 1 | 4): BlockWeights[] {
  const { rows, columns, quants, scales } = matrix;
  if (accuracyLevel === 4 || rows * columns <= 2 * mostNumbersAtLevel1) return [matrix];
  const most = Math.ceil(mostNumbersAtLevel1 / columns);
  return Array.from({ length: Math.ceil(rows / most) }, (_, i) => {
    const from = i * most;
    const count = Math.min(most, rows - from);
    const cut = (entry: TensorEntry): TensorEntry => {
      const rowBytes = entry.length / rows;
      const [offset, length] = [entry.offset + from * rowBytes, count * rowBytes];
      return { ...entry, shape: [count, ...entry.shape.slice(1)], offset, length };
    };
    return { ...matrix, rows: count, quants: cut(quants), scales: cut(scales) };
  });
}

const onnxTypes: Partial<Record<SafetensorsDtype, ElementType>> = {
  F32: 'float32',
  F16: 'float16',
  BF16: 'bfloat16',
  U8: 'uint8',
  I8: 'int8',
};
