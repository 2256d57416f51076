import { zeroByte, zeroPoint } from '../../model/onnx/composites.ts';
import { elementTypeNumber, type Graph } from '../../model/onnx/graph.ts';
import { byteTypeOf, type QuantizedFactor, type QuantizedMatrix } from '../session/quantizedBase.ts';

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
  const backward = factor(graph, `${name}.backward`, quantized.backward);
  return graph.op('RowQuantizedMatMul', [x, ...forward, ...backward, zeroOf(graph, quantized.backward)]);
}

/** The same for a product that no gradient goes back through. */
export function quantizedLogits(graph: Graph, hidden: string, head: QuantizedFactor): string {
  const inputs = factor(graph, 'head.forward', head);
  return graph.op('RowQuantizedMatMul', [hidden, ...inputs, '', '', zeroOf(graph, head)]);
}

/** The head in 8 bits, for the way back from the logits. */
export interface QuantizedHead {
  /** (V, H) */
  readonly weight: string;
  /** (H) */
  readonly scales: string;
  /** the byte that stands for 0; '' where bytes are signed */
  readonly zero: string;
  /** (1, H): the mean of its rows */
  readonly mean: string;
  /** V */
  readonly words: number;
}

export function quantizedHead(graph: Graph, head: QuantizedFactor, mean: string): QuantizedHead {
  const [weight, scales] = factor(graph, 'head.backward', head);
  return { weight, scales, zero: zeroOf(graph, head), mean, words: head.weight.shape[0]! };
}

/** Rows of the head as `expectedRows` sees them, (s, H) */
export function headRows(graph: Graph, { weight, scales, zero }: QuantizedHead, indices: string): string {
  const bytes = graph.op('Gather', [weight, indices], { axis: 0 });
  const toFloat32 = (value: string) => graph.op('Cast', [value], { to: elementTypeNumber('float32') });
  const whole = zero ? graph.op('Sub', [toFloat32(bytes), toFloat32(zero)]) : toFloat32(bytes);
  return graph.op('Mul', [whole, scales]);
}

/**
 * Probabilities (s, V) → ≈ p·E, (s, H). Most probabilities of a row are far below a 255th of the largest, and together
 * they count: so what the first 8 bits leave over is multiplied by 8 bits of its own, and what these leave over is given
 * to all rows of E alike. Without that a hundredth of the probability would never be pushed down, and would grow.
 * @param p rows that add up to 1
 */
export function expectedRows(graph: Graph, p: string, { weight, scales, zero, mean, words }: QuantizedHead): string {
  const largest = graph.op('ReduceMax', [p, graph.int64([-1])], { keepdims: 0 });
  const coarse = graph.op('Mul', [largest, graph.float32(1 / 255)]);
  const fine = graph.op('Mul', [coarse, graph.float32(1 / 254)]); // what is left lies between −coarse/2 and coarse/2
  const middle = graph.op('Add', [graph.op('Mul', [largest, graph.float32(0)]), graph.float32(zeroByte)]);
  const zeros = graph.op('Cast', [middle], { to: elementTypeNumber('uint8') });
  const bytes = graph.op('QuantizeLinear', [p, coarse], { axis: 0 });
  const rest = graph.op('Sub', [p, graph.op('DequantizeLinear', [bytes, coarse], { axis: 0 })]);
  const restBytes = graph.op('QuantizeLinear', [rest, fine, zeros], { axis: 0 });
  const column = graph.op('Unsqueeze', [coarse, graph.int64([1])]);
  const times = (matrix: string, scale: string, zeroOfMatrix: string) => {
    const product = (of: string, unit: number, zeroOfBytes: string) =>
      graph.op('MatMulIntegerToFloat', [of, matrix, graph.float32(unit), scale, zeroOfBytes, zeroOfMatrix]);
    const both = graph.op('Add', [product(bytes, 1, ''), product(restBytes, 1 / 254, zeroPoint(graph))]);
    return graph.op('Mul', [both, column]);
  };
  const ones = graph.initializer('int8:ones', 'int8', [words, 1], new Int8Array(words).fill(1));
  const lost = graph.op('Sub', [graph.float32(1), times(ones, graph.float32(1), '')]); // (s, 1)
  return graph.op('Add', [times(weight, scales, zero), graph.op('Mul', [lost, mean])]);
}

/** What stands for 0 in a matrix of bytes, as RowQuantizedMatMul and MatMulIntegerToFloat want it. */
const zeroOf = (graph: Graph, { weight }: QuantizedFactor) => (byteTypeOf(weight) === 'uint8' ? zeroPoint(graph) : '');

function factor(graph: Graph, name: string, { weight, scales }: QuantizedFactor): [string, string] {
  return [
    graph.initializer(name, byteTypeOf(weight), weight.shape, weight),
    graph.initializer(`${name}.scales`, 'float32', [scales.length], scales),
  ];
}
