import type { DecoderOps } from './decoder/decoderOps.ts';
import type { Graph } from './onnx/graph.ts';
import { readMatrix } from './weights/matrixWeights.ts';

/**
 * An LSTM language model (PyTorch's torch.nn.LSTM) as an ONNX graph. S new tokens · E embedding · H hidden · M rows of logits.
 * Inputs: embeddings (S, E), logit_rows (M), past_state.2l and past_state.2l+1 (1, 1, H): what layer l said last, and its
 * cell. Outputs: logits (M, vocabulary), and new_state.N of the same shapes.
 */
export function addLstm(graph: Graph, ops: DecoderOps): void {
  const { config, weights } = ops;
  const { embeddingSize, hiddenSize, layers } = config;
  const rows = graph.input('logit_rows', 'int64', ['M']);
  let hidden = ops.scaled(graph.input('embeddings', 'float32', ['S', embeddingSize]), config.embeddingMultiplier);
  for (let layer = 0; layer < layers; layer++) {
    const inputSize = layer === 0 ? embeddingSize : hiddenSize;
    const [said, cell] = [2 * layer, 2 * layer + 1];
    const past = [said, cell].map((n) => graph.input(`past_state.${n}`, 'float32', [1, 1, hiddenSize]));
    const name = `layers.${layer}`;
    const matrix = (part: 'cellInput' | 'cellState', columns: number) => {
      const values = onnxGates(readMatrix(weights.recurrentMatrix(layer, part)));
      return graph.initializer(`${name}.${part}`, 'float32', [1, 4 * hiddenSize, columns], values);
    };
    const byToken = ops.reshape(hidden, [0, 1, inputSize]);
    const inputs = [byToken, matrix('cellInput', inputSize), matrix('cellState', hiddenSize), biases(ops, layer), ''];
    const [all, lastSaid, lastCell] = graph.ops('LSTM', [...inputs, ...past], 3, { hidden_size: hiddenSize });
    graph.output(`new_state.${said}`, lastSaid!, 'float32', [1, 1, hiddenSize]);
    graph.output(`new_state.${cell}`, lastCell!, 'float32', [1, 1, hiddenSize]);
    hidden = ops.reshape(all!, [0, hiddenSize]); // of (S, 1, 1, H)
  }
  const wanted = graph.op('Gather', [hidden, rows], { axis: 0 });
  graph.output('logits', ops.head(wanted), 'float32', ['M', config.vocabularySize]);
}

/** (1, 8·H): those of what comes in, then those of what was said; '' where there are none */
function biases({ graph, config, weights }: DecoderOps, layer: number): string {
  const [ofInput, ofState] = (['cellInput', 'cellState'] as const).map((part) => weights.recurrentBias(layer, part));
  if (!ofInput || !ofState) return '';
  const both = new Float32Array(8 * config.hiddenSize);
  both.set(onnxGates(ofInput));
  both.set(onnxGates(ofState), 4 * config.hiddenSize);
  return graph.initializer(`layers.${layer}.cellBiases`, 'float32', [1, both.length], both);
}

/** PyTorch's gates are input, forget, cell, output; ONNX's are input, output, forget, cell. */
function onnxGates(rows: Float32Array): Float32Array {
  const quarter = rows.length / 4;
  const ordered = new Float32Array(rows.length);
  for (const [to, from] of [0, 3, 1, 2].entries()) {
    ordered.set(rows.subarray(from * quarter, (from + 1) * quarter), to * quarter);
  }
  return ordered;
}
