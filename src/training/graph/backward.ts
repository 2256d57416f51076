import type { Graph, GraphNode } from '../../model/onnx/graph.ts';
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
