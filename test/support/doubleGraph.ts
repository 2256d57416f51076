import { readFloat32Tensor, type TensorEntry } from '../../src/model/files/safetensors.ts';
import {
  type Attributes,
  type Dimension,
  type ElementType,
  elementTypeNumber,
  Graph,
  type GraphNode,
  type InitializerData,
} from '../../src/model/onnx/graph.ts';
import type { OperatorName } from '../../src/model/onnx/operators.ts';

/**
 * A graph that computes in float64 whatever the product's builders add to it as float32, so that finite differences
 * can be exact to many digits. The two operators that the runtime has in single precision only are run as standard
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
    const [a, b] = emit('Split', [one('Reshape', [x!, shape])], { axis: -1, num_outputs: 2 });
    const first = one('Sub', [one('Mul', [a!, c]), one('Mul', [b!, s])]);
    const second = one('Add', [one('Mul', [b!, c]), one('Mul', [a!, s])]);
    return [one('Reshape', [one('Concat', [first, second], { axis: -1 }), one('Shape', [x!])])];
  },
};
