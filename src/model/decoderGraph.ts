/**
 * The decoder as an ONNX graph for one architecture: tokens’ embeddings in, logits and the new keys and values out.
 * Symbols: S new tokens · P rows of the cache (its capacity) · M rows of logits asked for · H hidden · D head size ·
 * Q heads · N key/value heads · G = Q / N heads that share a key/value head · g·r rows of queries per key/value head:
 * G·1 for a single token, 1·(G·S) for many.
 *
 * The cache is an input that the graph only reads. Scores against the cache and against the new tokens are computed
 * apart and joined before the softmax, so that no step copies the cache (attention with a concatenated cache does).
 * Who runs the graph says how the queries of a group lie (query_shape): as G products of one row, which the runtime
 * multiplies without repacking the cache, or as one product of many rows, which repacks it once.
 */
import type { Precision } from '../protocol/inference.ts';
import type { LinearName } from './architectures.ts';
import type { SafetensorsDtype, TensorEntry } from './files/safetensors.ts';
import type { ModelConfig } from './modelConfig.ts';
import { type Dimension, type ElementType, elementTypeNumber, Graph } from './onnx/graph.ts';
import { rotaryTable } from './rotaryTable.ts';
import { type MatrixWeights, type ModelWeights, readMatrix } from './weights/modelWeights.ts';

/** what the cache's numbers are: half precision takes half the memory */
export type CacheElement = 'float32' | 'float16';

export interface DecoderGraphOptions {
  readonly precision: Precision;
  /** `fused`: ONNX Runtime's own operators; `standard`: only operators that every device computes alike */
  readonly dialect: 'fused' | 'standard';
  readonly cacheElement: CacheElement;
  /** rows of the rotary table: the longest sequence that the graph can run */
  readonly maxPositions: number;
  /** linear maps that an adapter adds to, through the inputs lora_a.NAME (columns, R) and lora_b.NAME (R, rows) */
  readonly adaptedLinears?: ReadonlySet<string>;
}

/**
 * Inputs: embeddings (S, H), position (1) of the first of them, logit_rows (M), query_shape = (N, g, r, D),
 * attention_mask (g, r, P+S) added to the scores, past_key.L and past_value.L (N, 1, P, D) of the cache's element.
 * Outputs: logits (M, vocabulary), new_kv (2·layers·N, 1, S, D) ordered layer 0 keys, layer 0 values, layer 1 keys …,
 * of the cache's element.
 */
export function buildDecoderGraph(config: ModelConfig, weights: ModelWeights, options: DecoderGraphOptions): Graph {
  return new DecoderBuilder(config, weights, options).build();
}

class DecoderBuilder {
  private readonly graph = new Graph('decoder');
  private readonly blockSums = new Map<string, string>();

  constructor(
    private readonly config: ModelConfig,
    private readonly weights: ModelWeights,
    private readonly options: DecoderGraphOptions,
  ) {}

  build(): Graph {
    const { graph, config } = this;
    const { cacheElement } = this.options;
    const { heads, kvHeads, headDim, layers } = config;
    const embeddings = graph.input('embeddings', 'float32', ['S', config.hiddenSize]);
    const position = graph.input('position', 'int64', [1]);
    const rows = graph.input('logit_rows', 'int64', ['M']);
    const queryShape = graph.input('query_shape', 'int64', [4]);
    const mask = graph.input('attention_mask', 'float32', ['g', 'r', 'T']);
    const rope = this.rotary(position, embeddings);
    const newKeysAndValues: string[] = [];

    let residual = embeddings;
    let hidden = this.norm(residual, 'norm.0', this.weights.attentionNorm(0));
    for (let layer = 0; layer < layers; layer++) {
      // attention
      const [qk, v] = this.queryKeyValue(hidden, layer); // (Q+N, 1, S, D), (N, 1, S, D)
      const [q, k] = graph.ops('Split', [rope(qk!), graph.int64([heads, kvHeads])], 2, { axis: 0 });
      newKeysAndValues.push(k!, v!);
      const grouped = graph.describe(graph.op('Reshape', [q!, queryShape]), 'float32', [kvHeads, 'g', 'r', headDim]);
      let attended = this.attention({ q: grouped, k: k!, v: v!, mask, layer }); // (S, Q·D)
      if (layer === layers - 1) {
        // what follows the last attention concerns each token alone: only those whose logits are wanted go on
        attended = graph.op('Gather', [attended, rows], { axis: 0 });
        residual = graph.op('Gather', [residual, rows], { axis: 0 });
      }
      const projected = this.linear(attended, `layers.${layer}.o`, this.weights.linear(layer, 'o'));
      [hidden, residual] = this.addAndNorm(projected, residual, `norm.${2 * layer + 1}`, this.weights.mlpNorm(layer));
      // feed-forward: down(silu(gate) · up)
      const [gate, up] = this.gateAndUp(hidden, layer);
      const activated = graph.op('Mul', [graph.op('Mul', [gate!, graph.op('Sigmoid', [gate!])]), up!]);
      const down = this.linear(activated, `layers.${layer}.down`, this.weights.linear(layer, 'down'));
      const nextNorm = layer + 1 < layers ? this.weights.attentionNorm(layer + 1) : this.weights.finalNorm();
      [hidden, residual] = this.addAndNorm(down, residual, `norm.${2 * layer + 2}`, nextNorm);
    }
    const logits = this.linear(hidden, 'head', this.weights.head());
    graph.output('logits', logits, 'float32', ['M', config.vocabularySize]);
    const newKv = graph.op('Concat', newKeysAndValues, { axis: 0 });
    const toCache = cacheElement === 'float32' ? newKv : this.cast(newKv, cacheElement);
    graph.output('new_kv', toCache, cacheElement, [2 * layers * kvHeads, 1, 'S', headDim]);
    return graph;
  }

  private staysInBlocks(matrix: MatrixWeights): matrix is Extract<MatrixWeights, { kind: 'blocks' }> {
    return matrix.kind === 'blocks' && this.options.precision !== 'fp32';
  }

  /** Grouped-query attention over cache and new tokens; q (N, g, r, D), k and v (N, 1, S, D); returns (S, Q·D). */
  private attention({
    q,
    k,
    v,
    mask,
    layer,
  }: {
    q: string;
    k: string;
    v: string;
    mask: string;
    layer: number;
  }): string {
    const { graph } = this;
    const { heads, kvHeads, headDim } = this.config;
    const pastKey = this.fromCache(`past_key.${layer}`);
    const pastValue = this.fromCache(`past_value.${layer}`);
    const ofQueries = (value: string, width: Dimension) => graph.describe(value, 'float32', [kvHeads, 'g', 'r', width]);
    const onKeys = (keys: string, width: Dimension) => ofQueries(this.scores(q, keys), width);
    const scores = ofQueries(graph.op('Concat', [onKeys(pastKey, 'P'), onKeys(k, 'S')], { axis: -1 }), 'T'); // T = P + S
    const masked = ofQueries(graph.op('Add', [scores, mask]), 'T');
    const probabilities = ofQueries(graph.op('Softmax', [masked], { axis: -1 }), 'T');
    const [onPast, onNew] = graph.ops('Split', [probabilities, this.pastAndNewLengths(pastKey, k)], 2, { axis: -1 });
    const fromPast = ofQueries(graph.op('MatMul', [ofQueries(onPast!, 'P'), pastValue]), headDim);
    const fromNew = ofQueries(graph.op('MatMul', [ofQueries(onNew!, 'S'), v]), headDim);
    const context = ofQueries(graph.op('Add', [fromPast, fromNew]), headDim);
    const byHead = graph.describe(this.reshape(context, [heads, -1, headDim]), 'float32', [heads, 'S', headDim]);
    return this.reshape(graph.op('Transpose', [byHead], { perm: [1, 0, 2] }), [0, heads * headDim]);
  }

  /** (N, 1, P, D) as float32 */
  private fromCache(name: string): string {
    const { cacheElement } = this.options;
    const shape = [this.config.kvHeads, 1, 'P', this.config.headDim];
    const input = this.graph.input(name, cacheElement, shape);
    return cacheElement === 'float32' ? input : this.graph.describe(this.cast(input, 'float32'), 'float32', shape);
  }

  /** q·kᵀ; the division by √D is in the rotary tables */
  private scores(q: string, k: string): string {
    const { graph } = this;
    if (this.options.dialect === 'fused') return graph.op('FusedMatMul', [q, k], { transB: 1 });
    return graph.op('MatMul', [q, graph.op('Transpose', [k], { perm: [0, 1, 3, 2] })]);
  }

  private lengths: string | undefined;

  /** [P, S] as int64, for splitting the probabilities; the same for all layers. */
  private pastAndNewLengths(past: string, fresh: string): string {
    const { graph } = this;
    const rows = (tensor: string) => graph.op('Gather', [graph.op('Shape', [tensor]), graph.int64([2])], { axis: 0 });
    this.lengths ??= graph.op('Concat', [rows(past), rows(fresh)], { axis: 0 });
    return this.lengths;
  }

  /** x (S, H) → queries and keys (Q+N, 1, S, D), values (N, 1, S, D) */
  private queryKeyValue(hidden: string, layer: number): string[] {
    const { graph, weights } = this;
    const { heads, kvHeads, headDim } = this.config;
    const stacked = weights.stacked(layer, 'qkv');
    const all = stacked
      ? this.linear(hidden, `layers.${layer}.qkv`, stacked)
      : graph.op('Concat', this.linears(hidden, layer, ['q', 'k', 'v']), { axis: -1 });
    const heads4d = this.reshape(all, [0, heads + 2 * kvHeads, 1, headDim]);
    const byHead = graph.op('Transpose', [heads4d], { perm: [1, 2, 0, 3] });
    return graph.ops('Split', [byHead, graph.int64([heads + kvHeads, kvHeads])], 2, { axis: 0 });
  }

  private gateAndUp(hidden: string, layer: number): string[] {
    const { graph, config, weights } = this;
    const stacked = weights.stacked(layer, 'gateUp');
    if (stacked) {
      const all = this.linear(hidden, `layers.${layer}.gateUp`, stacked);
      return graph.ops('Split', [all, graph.int64([config.intermediateSize, config.intermediateSize])], 2, {
        axis: -1,
      });
    }
    return this.linears(hidden, layer, ['gate', 'up']);
  }

  private linears(x: string, layer: number, names: readonly LinearName[]): string[] {
    return names.map((name) => this.linear(x, `layers.${layer}.${name}`, this.weights.linear(layer, name)));
  }

  /** x (S, columns) → x·Wᵀ (S, rows), with what the adapter adds */
  private linear(x: string, name: string, matrix: MatrixWeights): string {
    const { graph } = this;
    const product = this.product(x, name, matrix);
    if (!this.options.adaptedLinears?.has(name)) return product;
    const a = graph.input(`lora_a.${name}`, 'float32', [matrix.columns, `R:${name}`]);
    const b = graph.input(`lora_b.${name}`, 'float32', [`R:${name}`, matrix.rows]);
    return graph.op('Gemm', [graph.op('MatMul', [x, a]), b, product]);
  }

  private product(x: string, name: string, matrix: MatrixWeights): string {
    const { graph } = this;
    if (!this.staysInBlocks(matrix)) {
      return graph.op('Gemm', [x, this.denseMatrix(name, matrix)], { transB: 1 });
    }
    const { rows, columns, bits, blockSize, centre } = matrix;
    const blocks = columns / blockSize;
    const quants = this.external(`${name}.quants`, matrix.quants);
    const scales = this.float32(`${name}.scales`, matrix.scales); // (rows, blocks)
    const product = graph.op('MatMulNBits', [x, quants, scales], {
      K: columns,
      N: rows,
      bits,
      block_size: blockSize,
      accuracy_level: 4,
    });
    if (!matrix.mins) return product;
    // Σ x·(scale·(q − zero) + min + centre·scale): what is constant in a block multiplies the block's sum of x
    const mins = this.float32(`${name}.mins`, matrix.mins); // (blocks, rows)
    const centred = graph.op('Mul', [graph.op('Transpose', [scales], { perm: [1, 0] }), graph.float32(centre)]);
    const shifts = graph.op('Add', [mins, centred]);
    return graph.op('Gemm', [this.sumsOfBlocks(x, blocks, blockSize), shifts, product]);
  }

  /** x (S, blocks·blockSize) → (S, blocks); shared by the linear maps that read the same x */
  private sumsOfBlocks(x: string, blocks: number, blockSize: number): string {
    const { graph } = this;
    const known = this.blockSums.get(x);
    if (known) return known;
    const sums = graph.op('ReduceSum', [this.reshape(x, [0, blocks, blockSize]), graph.int64([2])], { keepdims: 0 });
    this.blockSums.set(x, sums);
    return sums;
  }

  /**
   * Returns a function (heads, 1, S, D) → rotated (Su et al. 2021, rotate-half layout). Both queries and keys come out
   * divided by the fourth root of D, so their products are divided by √D without a node of their own.
   */
  private rotary(position: string, embeddings: string): (x: string) => string {
    const { graph } = this;
    const tables = rotaryTable(this.config, this.options.maxPositions, this.config.headDim ** -0.25);
    const tableShape = [this.options.maxPositions, this.config.headDim / 2];
    const cosTable = graph.initializer('rotary.cos', 'float32', tableShape, tables.cos);
    const sinTable = graph.initializer('rotary.sin', 'float32', tableShape, tables.sin);
    if (this.options.dialect === 'fused') {
      return (x) => graph.op('RotaryEmbedding', [x, position, cosTable, sinTable], { interleaved: 0 });
    }
    const end = graph.op('Add', [position, graph.op('Shape', [embeddings], { end: 1 })]);
    const rowsOf = (table: string) => graph.op('Slice', [table, position, end, graph.int64([0])]); // (S, D/2)
    const cosRows = rowsOf(cosTable);
    const sinRows = rowsOf(sinTable);
    return (x) => {
      const [a, b] = graph.ops('Split', [x], 2, { axis: -1, num_outputs: 2 });
      const first = graph.op('Sub', [graph.op('Mul', [a!, cosRows]), graph.op('Mul', [b!, sinRows])]);
      const second = graph.op('Add', [graph.op('Mul', [b!, cosRows]), graph.op('Mul', [a!, sinRows])]);
      return graph.op('Concat', [first, second], { axis: -1 });
    };
  }

  /** RMS norm (Zhang & Sennrich 2019): x / √(mean(x²) + ε) · weight */
  private norm(x: string, name: string, weight: Float32Array): string {
    const { graph } = this;
    const scale = graph.initializer(name, 'float32', [this.config.hiddenSize], weight);
    const epsilon = this.config.normEpsilon;
    if (this.options.dialect === 'fused') {
      return graph.op('SimplifiedLayerNormalization', [x, scale], { axis: -1, epsilon, stash_type: 1 });
    }
    const meanSquare = graph.op('ReduceMean', [graph.op('Mul', [x, x]), graph.int64([-1])], { keepdims: 1 });
    const root = graph.op('Sqrt', [graph.op('Add', [meanSquare, graph.float32(epsilon)])]);
    return graph.op('Mul', [graph.op('Div', [x, root]), scale]);
  }

  /** Returns [norm(x + residual), x + residual]. */
  private addAndNorm(x: string, residual: string, name: string, weight: Float32Array): [string, string] {
    const { graph } = this;
    if (this.options.dialect === 'standard') {
      const sum = graph.op('Add', [x, residual]);
      return [this.norm(sum, name, weight), sum];
    }
    const scale = graph.initializer(name, 'float32', [this.config.hiddenSize], weight);
    const attributes = { epsilon: this.config.normEpsilon };
    const outputs = graph.ops('SkipSimplifiedLayerNormalization', [residual, x, scale], 4, attributes);
    return [outputs[0]!, outputs[3]!];
  }

  private denseMatrix(name: string, matrix: MatrixWeights): string {
    if (matrix.kind === 'dense') return this.float32(`${name}.weight`, matrix.tensor);
    return this.graph.initializer(`${name}.weight`, 'float32', [matrix.rows, matrix.columns], readMatrix(matrix));
  }

  /** The tensor as float32: as it lies, or cast when the session is made. */
  private float32(name: string, entry: TensorEntry): string {
    const value = this.external(name, entry);
    return entry.dtype === 'F32' ? value : this.cast(value, 'float32');
  }

  private cast(value: string, to: ElementType): string {
    return this.graph.op('Cast', [value], { to: elementTypeNumber(to) });
  }

  private external(name: string, entry: TensorEntry): string {
    return this.graph.initializer(name, onnxTypes[entry.dtype]!, entry.shape, entry);
  }

  /**
   * @param shape 0 keeps a dimension and its name, −1 loses the name: the runtime then cannot tell which buffers are of
   * one size, and compares all of them with all when it plans their use (half a second of loading)
   */
  private reshape(x: string, shape: readonly number[]): string {
    return this.graph.op('Reshape', [x, this.graph.int64(shape)]);
  }
}

const onnxTypes: Partial<Record<SafetensorsDtype, ElementType>> = {
  F32: 'float32',
  F16: 'float16',
  BF16: 'bfloat16',
  U8: 'uint8',
  I8: 'int8',
};
