import type { Graph } from '../../model/onnx/graph.ts';
import type { GraphNode } from '../../model/onnx/operators.ts';
import { type BackwardPass, type Contribution, gradientRules, sumOfLastAxis } from './gradientRules.ts';

export interface Differentiation {
  /** the part of the graph to go back over, in the order in which it runs */
  readonly nodes: readonly GraphNode[];
  /** tensor → gradient of the loss with respect to it */
  readonly seeds: ReadonlyMap<string, string>;
  /** tensors whose gradients are wanted; nothing is emitted for what does not depend on one of them */
  readonly wanted: readonly string[];
}

/**
 * Reverse-mode differentiation (Griewank & Walther 2008): adds nodes to the graph that compute the wanted gradients.
 * @returns the names of the gradients, in the order of `wanted`
 * @throws Error naming the operator for which gradientRules.ts has no rule
 */
export function backward(graph: Graph, { nodes, seeds, wanted }: Differentiation): string[] {
  const needed = dependents(nodes, wanted);
  const gradients = new Map(seeds);
  const pass = backwardPass(graph);
  for (const node of nodes.toReversed()) {
    const [first, ...others] = node.outputs;
    const gradient = gradients.get(first!);
    if (others.some((output) => gradients.has(output)))
      throw new Error(`${node.type}: only its first output has a gradient`);
    if (gradient === undefined || !node.inputs.some((input) => needed.has(input))) continue;
    const rule = gradientRules[node.type];
    if (!rule) throw new Error(`${node.type} has no gradient rule: see graph/gradientRules.ts`);
    const contributions = rule(node, gradient, pass);
    node.inputs.forEach((input, index) => {
      if (!needed.has(input)) return;
      const contribution = contributions[index];
      if (!contribution) throw new Error(`${node.type} has no gradient rule for its input ${index}`);
      gradients.set(input, graph.describeLike(accumulate(graph, contribution, gradients.get(input)), input));
    });
  }
  return wanted.map((tensor) => {
    const gradient = gradients.get(tensor);
    if (gradient === undefined) throw new Error(`The loss does not depend on ${tensor}`);
    return gradient;
  });
}

/** Everything that is computed from one of `sources`, and they themselves. */
function dependents(nodes: readonly GraphNode[], sources: readonly string[]): ReadonlySet<string> {
  const found = new Set(sources);
  for (const { inputs, outputs } of nodes) {
    if (inputs.some((input) => found.has(input))) for (const output of outputs) found.add(output);
  }
  return found;
}

function accumulate(graph: Graph, contribution: Contribution, sum: string | undefined): string {
  if (typeof contribution === 'object') return contribution.plus(sum);
  const own = contribution();
  return sum === undefined ? own : graph.op('Add', [sum, own]);
}

function backwardPass(graph: Graph): BackwardPass {
  const rowDots = new Map<string, () => string>();
  return {
    graph,
    offerRowDot: (gradient, emit) => rowDots.set(gradient, emit),
    rowDot: (gradient, value) => rowDots.get(gradient)?.() ?? sumOfLastAxis(graph, graph.op('Mul', [gradient, value])),
  };
}

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
