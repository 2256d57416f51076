import type { Graph } from '../../model/onnx/graph.ts';
import type { GraphNode, OperatorName } from '../../model/onnx/operators.ts';

/** What a rule sees of the pass that goes backward over the graph. */
export interface BackwardPass {
  readonly graph: Graph;
  /** Declares another way to get Σⱼ gradient[i,j] · value[i,j], which the softmax asks for; emitted only if it does. */
  offerRowDot(gradient: string, emit: () => string): void;
  /** Σⱼ gradient[i,j] · value[i,j] over the last axis, kept as an axis of size 1 */
  rowDot(gradient: string, value: string): string;
}

/**
 * Emits the gradient of one input. The form with `plus` gets what other readers of that input have contributed so far
 * and adds to it in the same node; the plain form is added by an Add node.
 */
export type Contribution = (() => string) | { readonly plus: (sum: string | undefined) => string };

/**
 * @param gradient of the loss with respect to the node's first output
 * @returns one contribution per input; undefined where no gradient can flow (indices, shapes, constants)
 */
type GradientRule = (node: GraphNode, gradient: string, pass: BackwardPass) => readonly (Contribution | undefined)[];

/**
 * Operator → how the gradient of its output reaches its inputs. Inputs that need a gradient must have the output's
 * shape where a rule passes it on elementwise; what is broadcast (masks, norms' weights) is constant here.
 */
export const gradientRules: Readonly<Partial<Record<OperatorName, GradientRule>>> = {
  Add: (_, d) => [() => d, () => d],

  Mul: ({ inputs: [a, b] }, d, { graph }) => [() => graph.op('Mul', [d, b!]), () => graph.op('Mul', [d, a!])],

  // y = x · σ(x)  →  dx = d · (σ + y · (1 − σ))
  QuickGelu: ({ inputs: [x], outputs: [y], attributes }, d, { graph }) => {
    if (attributes['alpha'] !== 1) throw new Error('QuickGelu has a gradient rule for alpha = 1 (SiLU) only');
    return [
      () => {
        const sigmoid = graph.op('Sigmoid', [x!]);
        const rest = graph.op('Mul', [y!, graph.op('Sub', [graph.float32(1), sigmoid])]);
        return graph.op('Mul', [d, graph.op('Add', [sigmoid, rest])]);
      },
    ];
  },

  // y = σ(x)  →  dx = d · y · (1 − y)
  Sigmoid: ({ outputs: [y] }, d, { graph }) => [
    () => graph.op('Mul', [d, graph.op('Mul', [y!, graph.op('Sub', [graph.float32(1), y!])])]),
  ],

  // y = tanh(x)  →  dx = d · (1 − y²)
  Tanh: ({ outputs: [y] }, d, { graph }) => [
    () => graph.op('Mul', [d, graph.op('Sub', [graph.float32(1), graph.op('Mul', [y!, y!])])]),
  ],

  // y = erf(x)  →  dx = d · 2/√π · exp(−x²)
  Erf: ({ inputs: [x] }, d, { graph }) => [
    () => {
      const bell = graph.op('Exp', [graph.op('Neg', [graph.op('Mul', [x!, x!])])]);
      return graph.op('Mul', [d, graph.op('Mul', [bell, graph.float32(2 / Math.sqrt(Math.PI))])]);
    },
  ],

  Reshape: ({ inputs: [x] }, d, { graph }) => [() => reshapedLike(graph, d, x!), undefined],
  Unsqueeze: ({ inputs: [x] }, d, { graph }) => [() => reshapedLike(graph, d, x!), undefined],

  Transpose: ({ attributes }, d, { graph }) => {
    const perm = attributes['perm'] as readonly number[];
    return [() => graph.op('Transpose', [d], { perm: perm.map((_, axis) => perm.indexOf(axis)) })];
  },

  // y = softmax(x) over the last axis  →  dx = y ⊙ (d − Σⱼ d·y)
  Softmax: ({ outputs: [y] }, d, pass) => [
    () => pass.graph.op('Mul', [pass.graph.op('Sub', [d, pass.rowDot(d, y!)]), y!]),
  ],

  // Y = α·op(A)·op(B) + C; C must have Y's shape. A gradient that already exists goes in as the C of the next product.
  Gemm: ({ inputs: [a, b], attributes }, d, { graph }) => {
    if ((attributes['beta'] ?? 1) !== 1) throw new Error('Gemm has a gradient rule for beta = 1 only');
    const [forA, forB] = factorsOfProductGradients({ a: a!, b: b!, d, ...transposes(attributes) });
    const product = ({ left, right, transA, transB }: Product): Contribution => ({
      plus: (sum) =>
        graph.op('Gemm', sum ? [left, right, sum] : [left, right], { transA, transB, alpha: alphaOf(attributes) }),
    });
    return [product(forA), product(forB), () => d];
  },

  // The same for a batch of products, (batch, rows, columns)
  FusedMatMul: ({ inputs: [a, b], outputs: [y], attributes }, d, pass) => {
    const { graph } = pass;
    const { transA, transB } = transposes(attributes);
    const [forA, forB] = factorsOfProductGradients({ a: a!, b: b!, d, transA, transB });
    const product = (of: Product) =>
      graph.op('FusedMatMul', [of.left, of.right], {
        transA: of.transA,
        transB: of.transB,
        alpha: alphaOf(attributes),
      });
    const gradientOfA = () => {
      const gradient = product(forA);
      // Y is linear in the rows of A: Σⱼ dA[i,j]·A[i,j] = Σₖ d[i,k]·Y[i,k], which is much narrower in an attention
      if (!transA) pass.offerRowDot(gradient, () => sumOfLastAxis(graph, graph.op('Mul', [d, y!])));
      return gradient;
    };
    return [gradientOfA, () => product(forB)];
  },

  // Y = X·Aᵀ with a narrow A  →  dA = (Xᵀ·d)ᵀ: the runtime packs the right factor, which is small this way round
  NarrowMatMul: ({ inputs: [x, a] }, d, { graph }) => [
    { plus: (sum) => graph.op('Gemm', sum ? [d, a!, sum] : [d, a!]) },
    () => graph.op('Transpose', [graph.op('FusedMatMul', [x!, d], { transA: 1 })], { perm: [1, 0] }),
  ],

  // Y ≈ X·W, W frozen: the rounding is passed over as if it were not there (Bengio et al. 2013), and dX = d·Wᵀ is
  // rounded in the same way
  RowQuantizedMatMul: ({ inputs: [, w, scales, back, backScales, zero] }, d, { graph }) => [
    () => graph.op('RowQuantizedMatMul', [d, back!, backScales!, w!, scales!, zero!]),
    undefined,
    undefined,
    undefined,
    undefined,
    undefined,
  ],

  // y = x · r · w with r = 1/√(mean(x²) + ε), the second output  →  dx = r · (d·w − x · r² · mean(d·w·x))
  SimplifiedLayerNormalization: ({ inputs: [x, weight], outputs: [, r] }, d, { graph }) => {
    if (!r) throw new Error('SimplifiedLayerNormalization needs its second output for its gradient');
    return [
      () => {
        const weighted = graph.op('Mul', [d, weight!]);
        const mean = graph.op('ReduceMean', [graph.op('Mul', [weighted, x!]), graph.int64([-1])], { keepdims: 1 });
        const along = graph.op('Mul', [mean, graph.op('Mul', [r, r])]);
        return graph.op('Mul', [graph.op('Sub', [weighted, graph.op('Mul', [x!, along])]), r]);
      },
      undefined, // the weight is frozen
    ];
  },

  // y = (x − m) · r · w + b with the mean m and r = 1/√(variance + ε), the second and third output
  // →  with h = (x − m) · r and g = d·w: dx = r · (g − mean(g) − h · mean(g·h))
  LayerNormalization: ({ inputs: [x, weight], outputs: [, m, r] }, d, { graph }) => {
    if (!m || !r) throw new Error('LayerNormalization needs its second and third output for its gradient');
    const mean = (value: string) => graph.op('ReduceMean', [value, graph.int64([-1])], { keepdims: 1 });
    return [
      () => {
        const weighted = graph.op('Mul', [d, weight!]);
        const centred = graph.op('Mul', [graph.op('Sub', [x!, m]), r]);
        const along = graph.op('Mul', [centred, mean(graph.op('Mul', [weighted, centred]))]);
        const rest = graph.op('Sub', [graph.op('Sub', [weighted, mean(weighted)]), along]);
        return graph.op('Mul', [rest, r]);
      },
      undefined, // weight and bias are frozen
      undefined,
    ];
  },

  // A rotation; its transpose turns by the opposite angle
  RotaryEmbedding: ({ inputs: [, positions, cos, sin], attributes }, d, { graph }) => [
    () => graph.op('RotaryEmbedding', [d, positions!, cos!, graph.op('Neg', [sin!])], attributes),
    undefined,
    undefined,
    undefined,
  ],
};

/** Reading the shape of x when the graph runs would keep x in memory until then. */
function reshapedLike(graph: Graph, value: string, x: string): string {
  const shape = graph.shapeOf(x)?.map((size) => (typeof size === 'number' ? size : -1));
  const isClear = shape && shape.filter((size) => size < 0).length <= 1;
  return graph.op('Reshape', [value, isClear ? graph.int64(shape) : graph.op('Shape', [x])]);
}

interface Product {
  readonly left: string;
  readonly right: string;
  readonly transA: number;
  readonly transB: number;
}

/** For Y = op(A)·op(B): the products that give dA and dB. */
function factorsOfProductGradients(of: {
  readonly a: string;
  readonly b: string;
  readonly d: string;
  readonly transA: number;
  readonly transB: number;
}): readonly [Product, Product] {
  const { a, b, d, transA, transB } = of;
  return [
    transA
      ? { left: b, right: d, transA: transB, transB: 1 } // op(B)·dᵀ
      : { left: d, right: b, transA: 0, transB: 1 - transB }, // d·op(B)ᵀ
    transB
      ? { left: d, right: a, transA: 1, transB: transA } // dᵀ·op(A)
      : { left: a, right: d, transA: 1 - transA, transB: 0 }, // op(A)ᵀ·d
  ];
}

const transposes = (attributes: GraphNode['attributes']) => ({
  transA: (attributes['transA'] ?? 0) as number,
  transB: (attributes['transB'] ?? 0) as number,
});

const alphaOf = (attributes: GraphNode['attributes']) => (attributes['alpha'] ?? 1) as number;

export const sumOfLastAxis = (graph: Graph, x: string): string =>
  graph.op('ReduceSum', [x, graph.int64([-1])], { keepdims: 1 });
