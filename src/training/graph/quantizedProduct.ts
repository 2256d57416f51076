import type { Graph } from '../../model/onnx/graph.ts';
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
export function quantizedLogits(graph: Graph, x: string, head: QuantizedFactor): string {
  const inputs = factor(graph, 'head.forward', head);
  return graph.op('RowQuantizedMatMul', [x, ...inputs, '', '']);
}

function factor(graph: Graph, name: string, { weight, scales }: QuantizedFactor): [string, string] {
  return [
    graph.initializer(name, 'int8', weight.shape, weight),
    graph.initializer(`${name}.scales`, 'float32', [scales.length], scales),
  ];
}
