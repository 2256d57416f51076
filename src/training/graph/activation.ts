import type { ModelConfig } from '../../model/modelConfig.ts';
import type { Graph } from '../../model/onnx/graph.ts';

/** (S, I) → (S, I), of operators that have gradient rules */
export function activation(graph: Graph, { activation: kind }: Pick<ModelConfig, 'activation'>, x: string): string {
  const scaled = (value: string, factor: number) => graph.op('Mul', [value, graph.float32(factor)]);
  switch (kind) {
    case 'silu':
      return graph.op('QuickGelu', [x], { alpha: 1 });
    case 'gelu': {
      const erf = graph.op('Erf', [scaled(x, Math.SQRT1_2)]);
      return graph.op('Mul', [scaled(x, 0.5), graph.op('Add', [erf, graph.float32(1)])]);
    }
    case 'geluTanh': {
      const cubed = graph.op('Mul', [graph.op('Mul', [x, x]), x]);
      const inner = graph.op('Add', [x, scaled(cubed, 0.044715)]);
      return graph.op('Mul', [x, graph.op('Sigmoid', [scaled(inner, 2 * Math.sqrt(2 / Math.PI))])]);
    }
  }
}
