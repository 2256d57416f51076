import type { Graph } from '../../model/onnx/graph.ts';

/**
 * `value`, but as something that needs `events` (all of them matrices): the runtime can neither compute it early nor
 * merge it with `value`. Without that it would leave gradients for the end and keep what they are computed from alive.
 */
export function readyAfter(graph: Graph, value: string, events: readonly string[]): string {
  const corners = events.map((event) =>
    graph.op('Slice', [event, graph.int64([0, 0]), graph.int64([1, 1]), graph.int64([0, 1])]),
  );
  return graph.op('Add', [value, graph.op('Mul', [graph.op('Sum', corners), graph.float32(0)])]);
}
