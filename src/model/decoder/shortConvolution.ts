import { readMatrix } from '../weights/matrixWeights.ts';
import type { DecoderOps } from './decoderOps.ts';

/** What a layer reads, and the inputs and outputs of its state. */
export interface ConvolutionInputs {
  /** (S, H) */
  readonly hidden: string;
  readonly layer: number;
  /** input of what the last W − 1 tokens left, (W − 1, H) */
  readonly past: string;
}

/**
 * LFM2's gated convolution (Liquid AI 2025): b · x of the last W tokens, weighted number by number, times c.
 * @returns what is mixed (S, H), and what the last W − 1 tokens leave (W − 1, H)
 */
export function shortConvolution(ops: DecoderOps, { hidden, layer, past }: ConvolutionInputs): [string, string] {
  const { graph, weights } = ops;
  const { hiddenSize, convolutionWidth: width } = ops.config;
  const all = ops.linear(hidden, `layers.${layer}.convolutionIn`, weights.recurrentMatrix(layer, 'convolutionIn'));
  const [b, c, x] = graph.ops('Split', [all, graph.int64([hiddenSize, hiddenSize, hiddenSize])], 3, { axis: -1 });
  const gated = graph.op('Mul', [b!, x!]);
  const joined = graph.op('Concat', [past, gated], { axis: 0 }); // (W − 1 + S, H)
  const kernel = readMatrix(weights.recurrentMatrix(layer, 'convolutionKernel')); // (H, W)
  const rowsFrom = (start: number, end: number) =>
    graph.op('Slice', [joined, graph.int64([start]), graph.int64([end]), graph.int64([0])]);
  const weighted = Array.from({ length: width }, (_, i) => {
    const column = Float32Array.from({ length: hiddenSize }, (__, row) => kernel[row * width + i]!);
    const factor = graph.initializer(`layers.${layer}.convolution.${i}`, 'float32', [hiddenSize], column);
    const shifted = graph.describeLike(rowsFrom(i, i + 1 === width ? endOfAll : i + 1 - width), gated);
    return graph.op('Mul', [shifted, factor]);
  });
  const mixed = graph.op('Mul', [c!, graph.op('Sum', weighted)]);
  return [mixed, rowsFrom(1 - width, endOfAll)];
}

const endOfAll = 2 ** 31 - 1;
