import type { Graph, GraphNode } from '../../model/onnx/graph.ts';

/** A stretch of the graph from one tensor to another. */
export interface Pass {
  readonly input: string;
  readonly output: string;
  readonly nodes: readonly GraphNode[];
}

/**
 * Emits the nodes of a pass once more, for the way back, so that their first results need not be kept (Chen et al.
 * 2016). What is recomputed but read by nobody is left out when the graph is written.
 * @param kept tensors that are not computed again, such as the results of the expensive nodes
 * @param event a matrix that must be there first: without it the runtime would merge both computations
 * @returns the pass with its tensors as they are named on the way back; the nodes that gave kept tensors stand in it for
 * their gradients, but were not emitted
 */
export function computeAgain(graph: Graph, pass: Pass, kept: ReadonlySet<string>, event: string): Pass {
  const inner = new Set([pass.input, ...pass.nodes.flatMap(({ outputs }) => outputs)]);
  const names = new Map<string, string>();
  const zero = zeroAfter(graph, [event]);
  const nameOf = (tensor: string): string => {
    if (!inner.has(tensor)) return tensor; // a weight, an adapter, a mask
    const known = names.get(tensor);
    if (known !== undefined) return known;
    const name = graph.describeLike(graph.op('Add', [tensor, zero]), tensor);
    names.set(tensor, name);
    return name;
  };
  const nodes = pass.nodes.map((node): GraphNode => {
    const inputs = node.inputs.map(nameOf);
    if (!kept.has(node.outputs[0]!)) {
      const outputs = graph.ops(node.type, inputs, node.outputs.length, node.attributes);
      node.outputs.forEach((output, i) => {
        names.set(output, graph.describeLike(outputs[i]!, output));
      });
    }
    return { ...node, inputs, outputs: node.outputs.map(nameOf) };
  });
  return { input: nameOf(pass.input), output: nameOf(pass.output), nodes };
}

/**
 * `value`, but as something that needs `events` (all of them matrices): the runtime can neither compute it early nor
 * merge it with `value`. Without that it would leave gradients for the end and keep what they are computed from alive.
 */
export const readyAfter = (graph: Graph, value: string, events: readonly string[]): string =>
  graph.op('Add', [value, zeroAfter(graph, events)]);

/** A zero, (1, 1), that is there only after `events`; added to several values, it costs less than as many readyAfter. */
function zeroAfter(graph: Graph, events: readonly string[]): string {
  const corners = events.map((event) =>
    graph.op('Slice', [event, graph.int64([0, 0]), graph.int64([1, 1]), graph.int64([0, 1])]),
  );
  const sum = corners.length === 1 ? corners[0]! : graph.op('Sum', corners);
  return graph.op('Mul', [sum, graph.float32(0)]);
}
