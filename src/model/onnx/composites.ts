import type { GraphNode, OperatorName } from './operators.ts';

/** Where a composite gets its constants from. */
interface Constants {
  int64(values: number | readonly number[]): string;
  float32(value: number): string;
  initializer(name: string, type: 'uint8', shape: readonly number[], data: Uint8Array): string;
}

type Expansion = (node: GraphNode, constants: Constants) => readonly GraphNode[];

const uint8 = 2; // TensorProto.DataType
/** What stands for 0 in bytes without a sign. */
export const zeroByte = 128;
/** keeps a row of zeros from being divided by zero; far below what a float32 gradient can hold with any precision */
const leastMagnitude = 1e-30;

/** `zeroByte` as a tensor, as products of bytes want it. */
export const zeroPoint = (constants: Pick<Constants, 'initializer'>): string =>
  constants.initializer(`uint8:${zeroByte}`, 'uint8', [], Uint8Array.of(zeroByte));

const node = (type: OperatorName, inputs: readonly string[], output: string, attributes = {}): GraphNode => ({
  type,
  inputs,
  outputs: [output],
  attributes,
});

/**
 * Operators of our own, and the runtime's operators that each stands for. Until the graph is written they are one node,
 * which is what a gradient rule wants to see. Tensors that depend on an input alone are named after it: two nodes that
 * read the same input share them.
 */
export const composites: Partial<Record<OperatorName, Expansion>> = {
  /** Y = X·Aᵀ, with so few rows in A that its gradient had better be computed the other way round. */
  NarrowMatMul: ({ inputs, outputs: [y] }) => [node('Gemm', inputs, y!, { transB: 1 })],

  /**
   * Y ≈ X·W with both rounded to 8 bits. Inputs: X (rows, K), W (K, N) in bytes, its scales (N); then the same matrix for
   * the way back, (N, K) in bytes and its scales (K), which only the gradient rule reads; last the byte that stands for 0
   * in both, '' where the bytes are signed. Without the first scales W is (N, K) float32, and only the way back is rounded.
   * Every row of X has a scale of its own, that its largest magnitude is 127: rows of very different size, as gradients
   * are, would vanish beside the largest if they shared one, and what a row becomes would depend on the others.
   */
  RowQuantizedMatMul: ({ inputs: [x, weight, scales, , , weightZero], outputs: [y] }, constants) => {
    if (!scales) return [node('Gemm', [x!, weight!], y!, { transB: 1 })];
    const rows = `${x}/rows`; // (rows): their scales
    const zeros = `${x}/zeros`; // (rows): what stands for 0
    return [
      // two passes that write nothing are faster than one over the magnitudes, which would have to be written first
      node('ReduceMax', [x!, constants.int64([-1])], `${x}/greatest`, { keepdims: 0 }),
      node('ReduceMin', [x!, constants.int64([-1])], `${x}/least`, { keepdims: 0 }),
      node('Neg', [`${x}/least`], `${x}/negated`),
      node('Max', [`${x}/greatest`, `${x}/negated`, constants.float32(leastMagnitude)], `${x}/largest`),
      node('Mul', [`${x}/largest`, constants.float32(1 / 127)], rows),
      node('Mul', [rows, constants.float32(0)], `${x}/nothing`),
      node('Add', [`${x}/nothing`, constants.float32(zeroByte)], `${x}/middle`),
      node('Cast', [`${x}/middle`], zeros, { to: uint8 }),
      node('QuantizeLinear', [x!, rows, zeros], `${x}/bytes`, { axis: 0 }),
      node(
        'MatMulIntegerToFloat',
        [`${x}/bytes`, weight!, constants.float32(1), scales, zeroPoint(constants), weightZero!],
        `${y}/product`,
      ),
      node('Unsqueeze', [rows, constants.int64([1])], `${x}/column`),
      node('Mul', [`${y}/product`, `${x}/column`], y!),
    ];
  },
};
