import { groupMembers } from '../decoderParts.ts';
import type { DecoderOps } from './decoderOps.ts';

/** x (S, H) → down(activation(gate) · up) (S, H), or down(activation(up)) without a gate */
export function feedForward(ops: DecoderOps, hidden: string, layer: number): string {
  const { graph, config } = ops;
  if (!config.isGated) {
    const activated = activation(ops, ops.layerLinear(hidden, layer, 'up'));
    return ops.layerLinear(activated, layer, 'down');
  }
  const [gate, up] = gateAndUp(ops, hidden, layer);
  return ops.layerLinear(graph.op('Mul', [activation(ops, gate!), up!]), layer, 'down');
}

function gateAndUp(ops: DecoderOps, hidden: string, layer: number): string[] {
  const { graph, config, weights } = ops;
  const stacked = weights.stacked(layer, 'gateUp');
  if (!stacked) return groupMembers.gateUp.map((name) => ops.layerLinear(hidden, layer, name));
  const all = ops.biased(ops.linear(hidden, `layers.${layer}.gateUp`, stacked), layer, groupMembers.gateUp);
  const widths = graph.int64([config.intermediateSize, config.intermediateSize]);
  return graph.ops('Split', [all, widths], 2, { axis: -1 });
}

function activation(ops: DecoderOps, x: string): string {
  const { graph } = ops;
  switch (ops.config.activation) {
    case 'silu':
      return graph.op('Mul', [x, graph.op('Sigmoid', [x])]);
    case 'gelu': {
      // x/2 · (1 + erf(x/√2)): Hendrycks & Gimpel 2016
      const erf = graph.op('Erf', [ops.scaled(x, Math.SQRT1_2)]);
      return graph.op('Mul', [ops.scaled(x, 0.5), graph.op('Add', [erf, graph.float32(1)])]);
    }
    case 'geluTanh': {
      // its approximation by tanh; x/2 · (1 + tanh(y)) = x · σ(2y)
      if (ops.options.dialect === 'fused') return graph.op('FastGelu', [x]);
      const cubed = graph.op('Mul', [graph.op('Mul', [x, x]), x]);
      const inner = graph.op('Add', [x, ops.scaled(cubed, 0.044715)]);
      return graph.op('Mul', [x, graph.op('Sigmoid', [ops.scaled(inner, 2 * Math.sqrt(2 / Math.PI))])]);
    }
  }
}
