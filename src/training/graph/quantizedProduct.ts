import { elementTypeNumber, type Graph } from '../../model/onnx/graph.ts';
import type { QuantizedFactor, QuantizedMatrix } from '../session/quantizedBase.ts';

/**
 * x (rows, inputs) → ≈ x·Wᵀ, (rows, outputs), in 8-bit numbers: see RowQuantizedMatMul.
 * @param of `weight`: emits W as float32, for a matrix that is rounded on the way back only
 */
export function quantizedProduct(
  graph: Graph,
  x: string,
  of: { readonly name: string; readonly quantized: QuantizedMatrix; readonly weight: () => string },
): string {
  const { name, quantized, weight } = of;
  const forward = quantized.forward ? factor(graph, `${name}.forward`, quantized.forward) : [weight(), ''];
  return graph.op('RowQuantizedMatMul', [x, ...forward, ...factor(graph, `${name}.backward`, quantized.backward)]);
}

/** The same for a product that no gradient goes back through. */
export function quantizedLogits(graph: Graph, hidden: string, head: QuantizedFactor): string {
  const inputs = factor(graph, 'head.forward', head);
  return graph.op('RowQuantizedMatMul', [hidden, ...inputs, '', '']);
}

/** Probabilities (rows, V) → ≈ the mean row of the head by them, (rows, H) */
export function quantizedMeanRows(graph: Graph, probabilities: string, head: QuantizedFactor): string {
  return twoStepProduct(graph, probabilities, factor(graph, 'head.backward', head));
}

/**
 * p (rows, V) → ≈ p·E, (rows, H). Most probabilities of a row are far below a 255th of the largest, and together they
 * count: so what the first 8 bits leave over is multiplied by 8 bits of its own.
 * @param p not negative, no row all zeros
 * @param factor E (V, H) in 8 bits, and its scales (H)
 */
export function twoStepProduct(graph: Graph, p: string, [weight, scales]: readonly [string, string]): string {
  const largest = graph.op('ReduceMax', [p, graph.int64([-1])], { keepdims: 0 });
  const coarse = graph.op('Mul', [largest, graph.float32(1 / 255)]);
  const fine = graph.op('Mul', [coarse, graph.float32(1 / 254)]); // what is left lies between −coarse/2 and coarse/2
  const middle = graph.op('Add', [graph.op('Mul', [largest, graph.float32(0)]), graph.float32(128)]);
  const zeros = graph.op('Cast', [middle], { to: elementTypeNumber('uint8') });
  const bytes = graph.op('QuantizeLinear', [p, coarse], { axis: 0 });
  const rest = graph.op('Sub', [p, graph.op('DequantizeLinear', [bytes, coarse], { axis: 0 })]);
  const restBytes = graph.op('QuantizeLinear', [rest, fine, zeros], { axis: 0 });
  const zero = graph.initializer('uint8:128', 'uint8', [], Uint8Array.of(128));
  const ofBytes = graph.op('MatMulIntegerToFloat', [bytes, weight, graph.float32(1), scales]);
  const ofRest = graph.op('MatMulIntegerToFloat', [restBytes, weight, graph.float32(1 / 254), scales, zero]);
  return graph.op('Mul', [graph.op('Add', [ofBytes, ofRest]), graph.op('Unsqueeze', [coarse, graph.int64([1])])]);
}

function factor(graph: Graph, name: string, { weight, scales }: QuantizedFactor): [string, string] {
  return [
    graph.initializer(name, 'int8', weight.shape, weight),
    graph.initializer(`${name}.scales`, 'float32', [scales.length], scales),
  ];
}
