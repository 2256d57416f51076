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
import { shortConvolution } from './decoder/shortConvolution.ts';
import type { NormName } from './decoderParts.ts';
import { addLstm } from './lstmGraph.ts';
import type { ModelConfig } from './modelConfig.ts';
import { type Dimension, Graph } from './onnx/graph.ts';
import type { ModelWeights, NormWeights } from './weights/modelWeights.ts';

/**
 * Inputs: embeddings (S, H), position (1) of the first of them, logit_rows (M), query_shape = (N, g, r, D),
 * attention_mask (g, r, P+S) added to the scores, past_key.L and past_value.L (N, 1, P, D) of the cache's element; where long
 * texts are turned otherwise, rotary_offset (1): 0, or the length of a table.
 * Outputs: logits (M, vocabulary), new_kv (2·layers·N, 1, S, D) ordered layer 0 keys, layer 0 values, layer 1 keys …,
 * of the cache's element. Layers that see a window only have a mask, rows PW and an output of their own: window_mask
 * (g, r, PW+S), new_window_kv. Keys and values are those of the layers with attention; each layer with a short convolution
 * has an input past_state.N and an output new_state.N (W − 1, H), counted by themselves. An LSTM: see lstmGraph.ts.
 */
export function buildDecoderGraph(config: ModelConfig, weights: ModelWeights, options: DecoderGraphOptions): Graph {
  const graph = new Graph('decoder');
  const ops = new DecoderOps(graph, config, weights, options);
  if (config.mixers.includes('lstm')) {
    addLstm(graph, ops);
    return graph;
  }
  const given = graph.input('embeddings', 'float32', ['S', config.hiddenSize]);
  const position = graph.input('position', 'int64', [1]);
  const rows = graph.input('logit_rows', 'int64', ['M']);
  const queryShape = graph.input('query_shape', 'int64', [4]);
  const masks = maskInputs(graph, config);
  const embeddings = addLearnedPositions(ops, ops.scaled(given, config.embeddingMultiplier), position);
  const turns = rotaryTurns(ops, position, embeddings);
  const attention = new Attention(ops);
  const newKeysAndValues: { readonly all: string[]; readonly window: string[] } = { all: [], window: [] };
  const newStates: string[] = [];
  const mix = (x: string, layer: number): string => {
    if (config.mixers[layer] === 'shortConvolution') {
      const shape = [config.convolutionWidth - 1, config.hiddenSize];
      const past = graph.input(`past_state.${newStates.length}`, 'float32', shape);
      const [mixed, state] = shortConvolution(ops, { hidden: x, layer, past });
      newStates.push(state);
      return mixed;
    }
    const kind = config.windows[layer] === undefined ? 'all' : 'window';
    const of = attention.run({ hidden: x, layer, turn: turns[layer], queryShape, mask: masks[kind]! });
    newKeysAndValues[kind].push(of.k, of.v);
    return of.attended;
  };

  let residual = embeddings;
  let hidden = embeddings;
  const firstNorm = normBefore(config, weights, 'attentionNorm', 0);
  if (firstNorm) hidden = ops.norm(residual, 'norm.0', firstNorm);
  for (let layer = 0; layer < config.layers; layer++) {
    let mixed = mix(hidden, layer);
    if (layer === config.layers - 1) {
      // what follows the last mixing concerns each token alone: only those whose logits are wanted go on
      mixed = graph.op('Gather', [mixed, rows], { axis: 0 });
      residual = graph.op('Gather', [residual, rows], { axis: 0 });
    }
    const projected = added(ops, projection(ops, mixed, layer), 'afterAttentionNorm', layer);
    const mlpNorm = normBefore(config, weights, 'mlpNorm', layer);
    [hidden, residual] = joined(ops, projected, { residual, name: `norm.${2 * layer + 1}`, norm: mlpNorm });

    const down = added(ops, feedForward(ops, hidden, layer), 'afterMlpNorm', layer);
    const isLast = layer + 1 === config.layers;
    const next = isLast ? weights.norm('finalNorm') : normBefore(config, weights, 'attentionNorm', layer + 1);
    [hidden, residual] = joined(ops, down, { residual, name: `norm.${2 * layer + 2}`, norm: next });
  }
  graph.output('logits', ops.head(hidden), 'float32', ['M', config.vocabularySize]);
  addNewKv(ops, 'new_kv', newKeysAndValues.all);
  addNewKv(ops, 'new_window_kv', newKeysAndValues.window);
  for (const [i, state] of newStates.entries()) {
    graph.output(`new_state.${i}`, state, 'float32', [config.convolutionWidth - 1, config.hiddenSize]);
  }
  return graph;
}

/** Keys and values of some layers (N, 1, S, D) → an output (2·layers·N, 1, S, D), where there are such layers */
function addNewKv(ops: DecoderOps, name: string, parts: readonly string[]): void {
  if (parts.length === 0) return;
  const { graph, config, options } = ops;
  const newKv = graph.op('Concat', parts, { axis: 0 });
  const toCache = options.cacheElement === 'float32' ? newKv : ops.cast(newKv, options.cacheElement);
  graph.output(name, toCache, options.cacheElement, [parts.length * config.kvHeads, 1, 'S', config.headDim]);
}

/** What is mixed (S, H or heads) → what is added to the residual (S, H) */
function projection(ops: DecoderOps, mixed: string, layer: number): string {
  if (ops.config.mixers[layer] === 'attention') return ops.layerLinear(mixed, layer, 'o');
  const matrix = ops.weights.recurrentMatrix(layer, 'convolutionOut');
  return ops.linear(mixed, `layers.${layer}.convolutionOut`, matrix);
}

/** The masks that the model's layers read. */
function maskInputs(graph: Graph, { windows }: ModelConfig): { all: string | undefined; window: string | undefined } {
  const mask = (name: string, width: Dimension) => graph.input(name, 'float32', ['g', 'r', width]);
  return {
    all: windows.some((window) => window === undefined) ? mask('attention_mask', 'T') : undefined,
    window: windows.some((window) => window !== undefined) ? mask('window_mask', 'TW') : undefined,
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
