/**
 * The decoder as an ONNX graph for one architecture: tokens’ embeddings in, logits and the new keys and values out.
 * Symbols: S new tokens · P rows of the cache (its capacity) · M rows of logits asked for · H hidden · D head size ·
 * N key/value heads · g·r rows of queries per key/value head, see decoder/attention.ts.
 *
 * The cache is an input that the graph only reads. Scores against the cache and against the new tokens are computed
 * apart and joined before the softmax, so that no step copies the cache (attention with a concatenated cache does).
 * Who runs the graph says how the queries of a group lie (query_shape): as G products of one row, which the runtime
 * multiplies without repacking the cache, or as one product of many rows, which repacks it once.
 */
import { Attention } from './decoder/attention.ts';
import { type DecoderGraphOptions, DecoderOps } from './decoder/decoderOps.ts';
import { feedForward } from './decoder/feedForward.ts';
import { addLearnedPositions, rotaryTurns } from './decoder/positions.ts';
import type { NormName } from './decoderParts.ts';
import type { ModelConfig } from './modelConfig.ts';
import { Graph } from './onnx/graph.ts';
import type { ModelWeights, NormWeights } from './weights/modelWeights.ts';

/**
 * Inputs: embeddings (S, H), position (1) of the first of them, logit_rows (M), query_shape = (N, g, r, D),
 * attention_mask (g, r, P+S) added to the scores, window_mask of the same shape for the layers that see a window only
 * (either of them only where a layer reads it), past_key.L and past_value.L (N, 1, P, D) of the cache's element.
 * Outputs: logits (M, vocabulary), new_kv (2·layers·N, 1, S, D) ordered layer 0 keys, layer 0 values, layer 1 keys …,
 * of the cache's element.
 */
export function buildDecoderGraph(config: ModelConfig, weights: ModelWeights, options: DecoderGraphOptions): Graph {
  const graph = new Graph('decoder');
  const ops = new DecoderOps(graph, config, weights, options);
  const given = graph.input('embeddings', 'float32', ['S', config.hiddenSize]);
  const position = graph.input('position', 'int64', [1]);
  const rows = graph.input('logit_rows', 'int64', ['M']);
  const queryShape = graph.input('query_shape', 'int64', [4]);
  const masks = maskInputs(graph, config);
  const embeddings = addLearnedPositions(ops, ops.scaled(given, config.embeddingMultiplier), position);
  const turns = rotaryTurns(ops, position, embeddings);
  const attention = new Attention(ops);
  const newKeysAndValues: string[] = [];

  let residual = embeddings;
  let hidden = embeddings;
  const firstNorm = normBefore(config, weights, 'attentionNorm', 0);
  if (firstNorm) hidden = ops.norm(residual, 'norm.0', firstNorm);
  for (let layer = 0; layer < config.layers; layer++) {
    const mask = config.windows[layer] === undefined ? masks.all! : masks.window!;
    const of = attention.run({ hidden, layer, turn: turns[layer], queryShape, mask });
    newKeysAndValues.push(of.k, of.v);
    let attended = of.attended;
    if (layer === config.layers - 1) {
      // what follows the last attention concerns each token alone: only those whose logits are wanted go on
      attended = graph.op('Gather', [attended, rows], { axis: 0 });
      residual = graph.op('Gather', [residual, rows], { axis: 0 });
    }
    const projected = added(ops, ops.layerLinear(attended, layer, 'o'), 'afterAttentionNorm', layer);
    const mlpNorm = normBefore(config, weights, 'mlpNorm', layer);
    [hidden, residual] = joined(ops, projected, { residual, name: `norm.${2 * layer + 1}`, norm: mlpNorm });

    const down = added(ops, feedForward(ops, hidden, layer), 'afterMlpNorm', layer);
    const isLast = layer + 1 === config.layers;
    const next = isLast ? weights.norm('finalNorm') : normBefore(config, weights, 'attentionNorm', layer + 1);
    [hidden, residual] = joined(ops, down, { residual, name: `norm.${2 * layer + 2}`, norm: next });
  }
  const product = ops.linear(ops.scaled(hidden, config.logitsMultiplier), 'head', weights.head());
  graph.output('logits', ops.capped(product, config.logitsSoftcap), 'float32', ['M', config.vocabularySize]);
  const newKv = graph.op('Concat', newKeysAndValues, { axis: 0 });
  const toCache = options.cacheElement === 'float32' ? newKv : ops.cast(newKv, options.cacheElement);
  const kvShape = [2 * config.layers * config.kvHeads, 1, 'S', config.headDim];
  graph.output('new_kv', toCache, options.cacheElement, kvShape);
  return graph;
}

/** The masks that the model's layers read. */
function maskInputs(graph: Graph, { windows }: ModelConfig): { all: string | undefined; window: string | undefined } {
  const mask = (name: string) => graph.input(name, 'float32', ['g', 'r', 'T']);
  return {
    all: windows.some((window) => window === undefined) ? mask('attention_mask') : undefined,
    window: windows.some((window) => window !== undefined) ? mask('window_mask') : undefined,
  };
}

function normBefore(
  { normPlacement }: ModelConfig,
  weights: ModelWeights,
  name: NormName,
  layer: number,
): NormWeights | undefined {
  return normPlacement === 'after' ? undefined : weights.norm(name, layer);
}

/** What attention or feed-forward part give, as it is added to the residual. */
function added(ops: DecoderOps, x: string, name: NormName, layer: number): string {
  const { config, weights } = ops;
  const normed =
    config.normPlacement === 'before' ? x : ops.norm(x, `layers.${layer}.${name}`, weights.norm(name, layer));
  return ops.scaled(normed, config.residualMultiplier);
}

interface Joining {
  readonly residual: string;
  readonly name: string;
  /** of what reads the sum next; undefined: it reads the sum itself */
  readonly norm: NormWeights | undefined;
}

/** [what is read next, x + residual] */
function joined(ops: DecoderOps, x: string, { residual, name, norm }: Joining): [string, string] {
  if (norm) return ops.addAndNorm(x, residual, name, norm);
  const sum = ops.graph.op('Add', [x, residual]);
  return [sum, sum];
}
