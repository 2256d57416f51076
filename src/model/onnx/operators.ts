/** One operator that a graph may contain. */
export interface Operator {
  /** `inkling`: made of the runtime's operators when the graph is written, see composites.ts */
  readonly domain: '' | 'com.microsoft' | 'inkling';
  /** least and greatest number of inputs; '' stands for an omitted one */
  readonly inputs: readonly [number, number];
  readonly outputs: readonly [number, number];
  readonly attributes: Readonly<Record<string, 'int' | 'ints' | 'float'>>;
}

const op = (
  inputs: [number, number],
  attributes: Operator['attributes'] = {},
  outputs: [number, number] = [1, 1],
): Operator => ({
  domain: '',
  inputs,
  outputs,
  attributes,
});
const microsoft = (
  inputs: [number, number],
  attributes: Operator['attributes'],
  outputs: [number, number] = [1, 1],
): Operator => ({
  domain: 'com.microsoft',
  inputs,
  outputs,
  attributes,
});
const inkling = (inputs: [number, number]): Operator => ({
  domain: 'inkling',
  inputs,
  outputs: [1, 1],
  attributes: {},
});

/**
 * The legal operators: a graph that names another one, or one with a wrong attribute, is refused when it is built.
 * Standard: https://onnx.ai/onnx/operators (opset 21). Fused ones: ONNX Runtime's ContribOperators.md.
 */
export const operators = {
  Add: op([2, 2]),
  Cast: op([1, 1], { to: 'int' }),
  Concat: op([1, 1000], { axis: 'int' }),
  DequantizeLinear: op([2, 3], { axis: 'int' }),
  Div: op([2, 2]),
  Erf: op([1, 1]),
  Exp: op([1, 1]),
  Gather: op([2, 2], { axis: 'int' }),
  GatherElements: op([2, 2], { axis: 'int' }),
  Gemm: op([2, 3], { transA: 'int', transB: 'int', alpha: 'float', beta: 'float' }),
  Identity: op([1, 1]),
  LSTM: op([3, 8], { hidden_size: 'int' }, [1, 3]),
  LayerNormalization: op([3, 3], { axis: 'int', epsilon: 'float' }, [1, 3]),
  Log: op([1, 1]),
  MatMul: op([2, 2]),
  Max: op([1, 1000]),
  Mul: op([2, 2]),
  Neg: op([1, 1]),
  QuantizeLinear: op([2, 3], { axis: 'int' }),
  Reciprocal: op([1, 1]),
  ReduceMax: op([1, 2], { keepdims: 'int' }),
  ReduceMean: op([1, 2], { keepdims: 'int' }),
  ReduceMin: op([1, 2], { keepdims: 'int' }),
  ReduceSum: op([1, 2], { keepdims: 'int' }),
  Reshape: op([2, 2]),
  Shape: op([1, 1], { start: 'int', end: 'int' }),
  Sigmoid: op([1, 1]),
  Slice: op([3, 5]),
  Softmax: op([1, 1], { axis: 'int' }),
  Split: op([1, 2], { axis: 'int', num_outputs: 'int' }, [1, 1000]),
  Sqrt: op([1, 1]),
  Squeeze: op([1, 2]),
  Sub: op([2, 2]),
  Sum: op([1, 1000]),
  Tanh: op([1, 1]),
  Transpose: op([1, 1], { perm: 'ints' }),
  Unsqueeze: op([2, 2]),
  // known to ONNX Runtime in the default domain, not to the standard
  SimplifiedLayerNormalization: op([2, 2], { axis: 'int', epsilon: 'float', stash_type: 'int' }, [1, 2]),
  FastGelu: microsoft([1, 2], {}),
  FusedMatMul: microsoft([2, 2], { transA: 'int', transB: 'int', alpha: 'float' }),
  MatMulIntegerToFloat: microsoft([4, 7], {}),
  MatMulNBits: microsoft([3, 6], { K: 'int', N: 'int', bits: 'int', block_size: 'int', accuracy_level: 'int' }),
  QuickGelu: microsoft([1, 1], { alpha: 'float' }),
  RotaryEmbedding: microsoft([4, 4], { num_heads: 'int', interleaved: 'int', rotary_embedding_dim: 'int' }),
  SkipSimplifiedLayerNormalization: microsoft([3, 4], { epsilon: 'float' }, [1, 4]),
  NarrowMatMul: inkling([2, 2]),
  RowQuantizedMatMul: inkling([6, 6]),
} satisfies Readonly<Record<string, Operator>>;

export type OperatorName = keyof typeof operators;

export type Attributes = Readonly<Record<string, number | readonly number[]>>;

/** One application of an operator; inputs and outputs are names of tensors, '' stands for an omitted input. */
export interface GraphNode {
  readonly type: OperatorName;
  readonly inputs: readonly string[];
  readonly outputs: readonly string[];
  readonly attributes: Attributes;
}
