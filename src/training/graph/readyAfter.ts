import type { Graph } from '../../model/onnx/graph.ts';

/**
 * `value`, but as something that needs `events` (all of them matrices): the runtime can neither compute it early nor
 * merge it with `value`. Without that it would leave gradients for the end and keep what they are computed from alive.
 */
export const readyAfter = (graph: Graph, value: string, events: readonly string[]): string =>
  graph.op('Add', [value, zeroAfter(graph, events)]);

/** A zero, (1, 1), that is there only after `events`; added to several values, it costs less than as many readyAfter. */
export function zeroAfter(graph: Graph, events: readonly string[]): string {
  const corners = events.map((event) =>
    graph.op('Slice', [event, graph.int64([0, 0]), graph.int64([1, 1]), graph.int64([0, 1])]),
  );
  const sum = corners.length === 1 ? corners[0]! : graph.op('Sum', corners);
  return graph.op('Mul', [sum, graph.float32(0)]);
}
