import { readFloat32Tensor, type TensorEntry } from '../../src/model/files/safetensors.ts';
import {
  type Dimension,
  type ElementType,
  elementTypeNumber,
  Graph,
  type InitializerData,
} from '../../src/model/onnx/graph.ts';
import type { Attributes, GraphNode, OperatorName } from '../../src/model/onnx/operators.ts';

/**
 * A graph that computes in float64 whatever the product's builders add to it as float32, so that finite differences
 * can be exact to many digits. The operators that the runtime has in single precision only are run as standard
 * ones; `nodes` still shows them whole, so that it is the product's own rules that are differentiated by.
 */
export class DoubleGraph extends Graph {
  private readonly whole: GraphNode[] = [];

  override get nodes(): readonly GraphNode[] {
    return this.whole;
  }

  override input(name: string, type: ElementType, shape: readonly Dimension[]): string {
    return super.input(name, doubled(type), shape);
  }

  override output(name: string, value: string, type: ElementType, shape: readonly Dimension[]): void {
    super.output(name, value, doubled(type), shape);
  }

  override describe(value: string, type: ElementType, shape: readonly Dimension[]): string {
    return super.describe(value, doubled(type), shape);
  }

  override initializer(name: string, type: ElementType, shape: readonly number[], data: InitializerData): string {
    if (type !== 'float32') return super.initializer(name, type, shape, data);
    const values = data instanceof Float32Array ? data : readFloat32Tensor(data as TensorEntry);
    return super.initializer(name, 'float64', shape, Float64Array.from(values));
  }

  override float32(value: number): string {
    return super.initializer(`float64:${value}`, 'float64', [], Float64Array.of(value));
  }

  override ops(
    type: OperatorName,
    inputs: readonly string[],
    outputCount: number,
    attributes: Attributes = {},
  ): string[] {
    const emit = standardForms[type];
    const outputs = emit
      ? emit((name, of, with_) => super.ops(name, of, name === 'Split' ? 2 : 1, with_), {
          inputs,
          attributes,
          graph: this,
        })
      : super.ops(type, inputs, outputCount, type === 'Cast' ? { to: elementTypeNumber('float64') } : attributes);
    this.whole.push({ type, inputs, outputs, attributes });
    return outputs;
  }
}

const doubled = (type: ElementType): ElementType => (type === 'float32' ? 'float64' : type);

type Emit = (type: OperatorName, inputs: readonly string[], attributes?: Attributes) => string[];
interface Application {
  readonly inputs: readonly string[];
  readonly attributes: Attributes;
  readonly graph: Graph;
}

const standardForms: Partial<Record<OperatorName, (emit: Emit, of: Application) => string[]>> = {
  SimplifiedLayerNormalization: (emit, { inputs: [x, weight], attributes, graph }) => {
    const one = (...of: Parameters<Emit>) => emit(...of)[0]!;
    const meanSquare = one('ReduceMean', [one('Mul', [x!, x!]), graph.int64([-1])], { keepdims: 1 });
    const epsilon = graph.float32(attributes['epsilon'] as number);
    const r = one('Reciprocal', [one('Sqrt', [one('Add', [meanSquare, epsilon])])]);
    return [one('Mul', [one('Mul', [x!, r]), weight!]), r];
  },
  RotaryEmbedding: (emit, { inputs: [x, positions, cos, sin], attributes, graph }) => {
    const one = (...of: Parameters<Emit>) => emit(...of)[0]!;
    const rows = (table: string) =>
      one('Unsqueeze', [one('Gather', [table, positions!], { axis: 0 }), graph.int64([2])]); // (1, S, 1, D/2)
    const [c, s] = [rows(cos!), rows(sin!)];
    const shape = graph.int64([1, 0, attributes['num_heads'] as number, -1]); // 0 = as it is
    const heads = one('Reshape', [x!, shape]);
    const turned = (attributes['rotary_embedding_dim'] as number | undefined) ?? 0;
    const part = (from: number, to: number) =>
      one('Slice', [heads, graph.int64([from]), graph.int64([to]), graph.int64([3])]);
    const [a, b] = turned
      ? [part(0, turned / 2), part(turned / 2, turned)]
      : emit('Split', [heads], { axis: -1, num_outputs: 2 });
    const first = one('Sub', [one('Mul', [a!, c]), one('Mul', [b!, s])]);
    const second = one('Add', [one('Mul', [b!, c]), one('Mul', [a!, s])]);
    const rest = turned ? [part(turned, 1000)] : [];
    return [one('Reshape', [one('Concat', [first, second, ...rest], { axis: -1 }), one('Shape', [x!])])];
  },
  LayerNormalization: (emit, { inputs: [x, weight, bias], attributes, graph }) => {
    const one = (...of: Parameters<Emit>) => emit(...of)[0]!;
    const mean = (of: string) => one('ReduceMean', [of, graph.int64([-1])], { keepdims: 1 });
    const m = mean(x!);
    const centred = one('Sub', [x!, m]);
    const variance = mean(one('Mul', [centred, centred]));
    const r = one('Reciprocal', [
      one('Sqrt', [one('Add', [variance, graph.float32(attributes['epsilon'] as number)])]),
    ]);
    return [one('Add', [one('Mul', [one('Mul', [centred, r]), weight!]), bias!]), m, r];
  },
  // Taylor's series, exact to double precision for the small arguments of a test
  Erf: (emit, { inputs: [x], graph }) => {
    const one = (...of: Parameters<Emit>) => emit(...of)[0]!;
    const squared = one('Neg', [one('Mul', [x!, x!])]);
    let sum = graph.float32(0);
    for (let n = 40; n >= 0; n--) {
      const coefficient = 1 / ((2 * n + 1) * factorial(n));
      sum = one('Add', [one('Mul', [sum, squared]), graph.float32(coefficient)]);
    }
    return [one('Mul', [one('Mul', [sum, x!]), graph.float32(2 / Math.sqrt(Math.PI))])];
  },
};

const factorial = (n: number): number => (n < 2 ? 1 : n * factorial(n - 1));
