/**
 * Grouped-query attention over cache and new tokens.
 * Symbols: S new tokens · P rows of the cache · T = P + S · D head size · Q heads · N key/value heads · G = Q / N heads that
 * share a key/value head · g·r rows of queries per key/value head: G·1 for a single token, 1·(G·S) for many.
 */
import { groupMembers } from '../decoderParts.ts';
import type { Dimension } from '../onnx/graph.ts';
import type { DecoderOps } from './decoderOps.ts';
import { isScaleInTables, type Turn } from './positions.ts';

export interface AttentionInputs {
  /** what the layer reads, (S, H) */
  readonly hidden: string;
  readonly layer: number;
  readonly turn: Turn | undefined;
  /** (4): N, g, r, D */
  readonly queryShape: string;
  /** (g, r, T), added to the scores */
  readonly mask: string;
}

/** The sizes of layers that see a window only have names of their own: their cache has other rows than that of the rest. */
const sizesOf = (window: number | undefined) =>
  window === undefined ? ({ P: 'P', T: 'T' } as const) : ({ P: 'PW', T: 'TW' } as const);

export class Attention {
  readonly #ops: DecoderOps;

  constructor(ops: DecoderOps) {
    this.#ops = ops;
  }

  /** What the heads gather (S, Q·D), and the new keys and values (N, 1, S, D). */
  run({ hidden, layer, turn, queryShape, mask }: AttentionInputs): { attended: string; k: string; v: string } {
    const { graph } = this.#ops;
    const { heads, kvHeads, headDim } = this.#ops.config;
    const [joined, v] = this.#queryKeyValue(hidden, layer); // (Q+N, 1, S, D), (N, 1, S, D)
    const normed = this.#headNorm(joined!, layer);
    const turned = turn ? turn(normed) : normed;
    const [q, k] = graph.ops('Split', [turned, graph.int64([heads, kvHeads])], 2, { axis: 0 });
    const grouped = graph.describe(graph.op('Reshape', [q!, queryShape]), 'float32', [kvHeads, 'g', 'r', headDim]);
    return { attended: this.#attend(grouped, { k: k!, v: v!, mask, layer }), k: k!, v: v! };
  }

  /** x (S, H) → queries and keys (Q+N, 1, S, D), values (N, 1, S, D) */
  #queryKeyValue(hidden: string, layer: number): string[] {
    const ops = this.#ops;
    const { graph, weights } = ops;
    const { heads, kvHeads, headDim } = ops.config;
    const stacked = weights.stacked(layer, 'qkv');
    const products = stacked
      ? ops.linear(hidden, `layers.${layer}.qkv`, stacked)
      : graph.op(
          'Concat',
          groupMembers.qkv.map((name) => ops.linear(hidden, `layers.${layer}.${name}`, weights.linear(layer, name))),
          { axis: -1 },
        );
    const all = this.#widthNorm(ops.biased(products, layer, groupMembers.qkv), layer);
    const heads4d = ops.reshape(all, [0, heads + 2 * kvHeads, 1, headDim]);
    const byHead = graph.op('Transpose', [heads4d], { perm: [1, 2, 0, 3] });
    return graph.ops('Split', [byHead, graph.int64([heads + kvHeads, kvHeads])], 2, { axis: 0 });
  }

  /** (S, (Q+2N)·D): the norm of all queries together, and of all keys */
  #widthNorm(all: string, layer: number): string {
    const { graph, config, weights } = this.#ops;
    if (config.headNorm !== 'width') return all;
    const { heads, kvHeads, headDim } = config;
    const widths = graph.int64([heads * headDim, kvHeads * headDim, kvHeads * headDim]);
    const [q, k, v] = graph.ops('Split', [all, widths], 3, { axis: -1 });
    const normed = [q!, k!].map((x, i) => {
      const name = i === 0 ? 'qNorm' : 'kNorm';
      return this.#ops.norm(x, `layers.${layer}.${name}`, weights.norm(name, layer));
    });
    return graph.op('Concat', [...normed, v!], { axis: -1 });
  }

  /** (Q+N, 1, S, D): the norm of each head; queries and keys have weights of their own */
  #headNorm(joined: string, layer: number): string {
    const { graph, config, weights } = this.#ops;
    if (config.headNorm !== 'head') return joined;
    const { heads, kvHeads, headDim } = config;
    const ones = new Float32Array(headDim).fill(1);
    const normed = this.#ops.norm(joined, 'norm.ones', { weight: ones, bias: undefined });
    const perHead = new Float32Array((heads + kvHeads) * headDim);
    const [ofQueries, ofKeys] = [weights.norm('qNorm', layer).weight, weights.norm('kNorm', layer).weight];
    for (let head = 0; head < heads + kvHeads; head++) {
      perHead.set(head < heads ? ofQueries : ofKeys, head * headDim);
    }
    const shape = [heads + kvHeads, 1, 1, headDim];
    return graph.op('Mul', [normed, graph.initializer(`layers.${layer}.headNorm`, 'float32', shape, perHead)]);
  }

  /** q (N, g, r, D), k and v (N, 1, S, D); returns (S, Q·D). */
  #attend(q: string, { k, v, mask, layer }: { k: string; v: string; mask: string; layer: number }): string {
    const ops = this.#ops;
    const { graph } = ops;
    const { heads, kvHeads, headDim, attentionSoftcap, windows } = ops.config;
    const { P, T } = sizesOf(windows[layer]);
    const pastKey = this.#fromCache(`past_key.${layer}`, P);
    const pastValue = this.#fromCache(`past_value.${layer}`, P);
    const ofQueries = (value: string, width: Dimension) => graph.describe(value, 'float32', [kvHeads, 'g', 'r', width]);
    const onKeys = (keys: string, width: Dimension) => ofQueries(this.#scores(q, keys), width);
    const joined = ofQueries(graph.op('Concat', [onKeys(pastKey, P), onKeys(k, 'S')], { axis: -1 }), T); // T = P + S
    const scores = attentionSoftcap === undefined ? joined : ofQueries(ops.capped(joined, attentionSoftcap), T);
    const masked = ofQueries(graph.op('Add', [scores, mask]), T);
    const probabilities = ofQueries(graph.op('Softmax', [masked], { axis: -1 }), T);
    const [onPast, onNew] = graph.ops('Split', [probabilities, this.#lengthsOf(P, pastKey, k)], 2, { axis: -1 });
    const fromPast = ofQueries(graph.op('MatMul', [ofQueries(onPast!, P), pastValue]), headDim);
    const fromNew = ofQueries(graph.op('MatMul', [ofQueries(onNew!, 'S'), v]), headDim);
    const context = ofQueries(graph.op('Add', [fromPast, fromNew]), headDim);
    const byHead = graph.describe(ops.reshape(context, [heads, -1, headDim]), 'float32', [heads, 'S', headDim]);
    return ops.reshape(graph.op('Transpose', [byHead], { perm: [1, 0, 2] }), [0, heads * headDim]);
  }

  /** (N, 1, P, D) as float32 */
  #fromCache(name: string, rows: Dimension): string {
    const { graph, config, options } = this.#ops;
    const shape = [config.kvHeads, 1, rows, config.headDim];
    const input = graph.input(name, options.cacheElement, shape);
    return options.cacheElement === 'float32'
      ? input
      : graph.describe(this.#ops.cast(input, 'float32'), 'float32', shape);
  }

  /** q·kᵀ, scaled here or by the tables that turned both */
  #scores(q: string, k: string): string {
    const { graph, config, options } = this.#ops;
    const scale = isScaleInTables(config) ? 1 : config.attentionScale;
    if (options.dialect === 'fused') {
      return graph.op('FusedMatMul', [q, k], { transB: 1, ...(scale === 1 ? {} : { alpha: scale }) });
    }
    return this.#ops.scaled(graph.op('MatMul', [q, graph.op('Transpose', [k], { perm: [0, 1, 3, 2] })]), scale);
  }

  readonly #lengths = new Map<Dimension, string>();

  /** [P, S] as int64, for splitting the probabilities; the same for all layers whose caches have as many rows. */
  #lengthsOf(kind: Dimension, past: string, fresh: string): string {
    const { graph } = this.#ops;
    const known = this.#lengths.get(kind);
    if (known !== undefined) return known;
    const rows = (tensor: string) => graph.op('Gather', [graph.op('Shape', [tensor]), graph.int64([2])], { axis: 0 });
    const lengths = graph.op('Concat', [rows(past), rows(fresh)], { axis: 0 });
    this.#lengths.set(kind, lengths);
    return lengths;
  }
}
