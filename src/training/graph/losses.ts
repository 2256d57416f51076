import type { Dimension, ElementType, Graph } from '../../model/onnx/graph.ts';
import type { QuantizedBase } from '../session/quantizedBase.ts';
import { readyAfter } from './backward.ts';
import { expectedRows, headRows, type QuantizedHead, quantizedHead, quantizedLogits } from './quantizedProduct.ts';

export interface LossOptions {
  /** share of the target's probability that is spread over the whole vocabulary (Szegedy et al. 2016); 0 = off */
  readonly labelSmoothing: number;
  /** share of the loss that is the mean squared difference from a teacher's logits (Ba & Caruana 2014); 0 = off */
  readonly distillation: number;
  /** the rows are worked on in so many parts, so that only one part's logits are in memory; S must exceed its square */
  readonly headChunks: number;
}

export interface LossInputs {
  /** (S, H), what the head reads */
  readonly hidden: string;
  /** (V, H), frozen */
  readonly head: string;
  /** the same rounded to 8 bits, for the logits and the way back from them */
  readonly quantizedHead?: QuantizedBase['head'] | undefined;
  /** (1, H), mean of the head's rows; needed for label smoothing and with a rounded head */
  readonly meanHead?: string;
  readonly hiddenSize: number;
  readonly vocabularySize: number;
  /** c in c · tanh(logit / c) */
  readonly logitsSoftcap?: number | undefined;
  /** no gradient will be asked for */
  readonly isForwardOnly?: boolean;
}

interface Loss {
  /** Σ weight · loss of a token, a scalar */
  readonly loss: string;
  /** (S, 1): −ln p(target), not weighted, not smoothed */
  readonly negativeLogLikelihoods: string;
  /** Emits d loss / d hidden, (S, H); the second call names the same tensor. */
  readonly gradient: () => string;
}

/** smallest probability whose logarithm is taken: a normal float32 */
const leastProbability = 1e-37;

/**
 * The weighted loss of the next tokens, and its gradient in closed form: with p = softmax(z), z = h·Eᵀ, target t and
 * smoothing ε it is d loss/dh = w · (p·E − (1 − ε)·E[t] − ε·mean(E)). Neither a one-hot row nor a gradient of the
 * logits is ever made.
 * Adds the inputs targets (S), loss_weights (S, 1) and, for distillation, teacher_logits (S, V).
 */
export function nextTokenLoss(graph: Graph, inputs: LossInputs, options: LossOptions): Loss {
  const { headChunks, distillation } = options;
  const targets = graph.input('targets', 'int64', ['S']);
  const weights = graph.input('loss_weights', 'float32', ['S', 1]);
  const teacher = distillation > 0 ? graph.input('teacher_logits', 'float32', ['S', inputs.vocabularySize]) : undefined;
  const split = (x: string, type: ElementType, rowShape: readonly Dimension[]) => {
    if (headChunks === 1) return [x];
    const parts = graph.ops('Split', [x], headChunks, { axis: 0, num_outputs: headChunks });
    // all parts are of one size but the last, which may be smaller
    return parts.map((part, i) => graph.describe(part, type, [i < headChunks - 1 ? 's' : 'lastS', ...rowShape]));
  };
  const teacherParts = teacher && split(teacher, 'float32', [inputs.vocabularySize]);
  const hiddenParts = split(inputs.hidden, 'float32', [inputs.hiddenSize]);
  const [targetParts, weightParts] = [split(targets, 'int64', []), split(weights, 'float32', [1])];
  const parts: Loss[] = [];
  hiddenParts.forEach((part, i) => {
    const before = parts[i - 1];
    const end = inputs.isForwardOnly ? before?.negativeLogLikelihoods : before?.gradient();
    const hidden = end ? readyAfter(graph, part, [end]) : part; // the part before has let go of its logits
    const rows = { ...inputs, hidden, targets: targetParts[i]!, weights: weightParts[i]!, teacher: teacherParts?.[i] };
    parts.push(lossOfRows(graph, rows, options));
  });
  const joined = (rows: readonly string[], width: number) =>
    rows.length === 1 ? rows[0]! : graph.describe(graph.op('Concat', rows, { axis: 0 }), 'float32', ['S', width]);
  return {
    loss: graph.op(
      'Sum',
      parts.map(({ loss }) => loss),
    ),
    negativeLogLikelihoods: joined(
      parts.map((part) => part.negativeLogLikelihoods),
      1,
    ),
    gradient: () =>
      joined(
        parts.map((part) => part.gradient()),
        inputs.hiddenSize,
      ),
  };
}

interface RowInputs extends LossInputs {
  readonly targets: string;
  readonly weights: string;
  readonly teacher: string | undefined;
}

function lossOfRows(graph: Graph, of: RowInputs, { labelSmoothing, distillation }: LossOptions): Loss {
  const { hidden, head, targets, weights, teacher } = of;
  const scaled = (x: string, factor: number) => (factor === 1 ? x : graph.op('Mul', [x, graph.float32(factor)]));
  const products = of.quantizedHead // (s, V)
    ? quantizedLogits(graph, hidden, of.quantizedHead.forward)
    : graph.op('Gemm', [hidden, head], { transB: 1 });
  const cap = of.logitsSoftcap;
  const bent = cap === undefined ? undefined : graph.op('Tanh', [scaled(products, 1 / cap)]);
  const logits = bent === undefined ? products : scaled(bent, cap!);
  /** d logit / d product, (s, V) */
  const slope = () => graph.op('Sub', [graph.float32(1), graph.op('Mul', [bent!, bent!])]);
  const probabilities = graph.op('Softmax', [logits], { axis: -1 });
  const columns = graph.op('Unsqueeze', [targets, graph.int64([1])]);
  const ofTarget = (rows: string) => graph.op('GatherElements', [rows, columns], { axis: 1 }); // (s, 1)
  const safe = graph.op('Max', [ofTarget(probabilities), graph.float32(leastProbability)]);
  const nll = graph.op('Neg', [graph.op('Log', [safe])]);

  const smoothed = () => {
    const logSumExp = graph.op('Add', [ofTarget(logits), nll]);
    const meanLogit = bent
      ? graph.op('ReduceMean', [logits, graph.int64([-1])], { keepdims: 1 })
      : graph.op('Gemm', [hidden, of.meanHead!], { transB: 1 });
    const ofAll = graph.op('Sub', [logSumExp, meanLogit]); // mean over the vocabulary of −ln p
    return graph.op('Add', [scaled(nll, 1 - labelSmoothing), scaled(ofAll, labelSmoothing)]);
  };
  const crossEntropy = labelSmoothing > 0 ? smoothed() : nll;
  const difference = teacher && graph.op('Sub', [logits, teacher]);
  const withTeacher = (gap: string) => {
    const squared = graph.op('ReduceMean', [graph.op('Mul', [gap, gap]), graph.int64([-1])], { keepdims: 1 });
    return graph.op('Add', [scaled(crossEntropy, 1 - distillation), scaled(squared, distillation)]);
  };
  const perToken = difference ? withTeacher(difference) : crossEntropy;
  const loss = graph.op('ReduceSum', [graph.op('Mul', [perToken, weights])], { keepdims: 0 });

  let made: string | undefined;
  const gradient = () => {
    const exact = () => {
      const ofTargets = graph.op('Gather', [head, targets], { axis: 0 });
      return graph.op('Gemm', [probabilities, head, ofTargets], { beta: labelSmoothing - 1 });
    };
    const rounded = (given: QuantizedHead) => {
      const ofTargets = scaled(headRows(graph, given, targets), 1 - labelSmoothing); // rounded, too, or it would drift
      return graph.op('Sub', [expectedRows(graph, probabilities, given), ofTargets]);
    };
    if (bent) return cappedGradient();
    let rows = of.quantizedHead ? rounded(quantizedHead(graph, of.quantizedHead.backward, of.meanHead!)) : exact();
    if (labelSmoothing > 0) rows = graph.op('Sub', [rows, scaled(of.meanHead!, labelSmoothing)]);
    if (difference) {
      const alpha = (2 * distillation) / of.vocabularySize;
      rows = graph.op('Gemm', [difference, head, scaled(rows, 1 - distillation)], { alpha });
    }
    return readyAfter(graph, graph.op('Mul', [rows, weights]), [nll]); // the loss would keep the probabilities alive
  };
  // with a soft cap every logit has a slope of its own: w · ((p − ε/V) ⊙ slope)·E − w · (1 − ε) · slope[t] · E[t]
  const cappedGradient = () => {
    const slopes = slope();
    const share = graph.float32(labelSmoothing / of.vocabularySize);
    const toAll = labelSmoothing > 0 ? graph.op('Sub', [probabilities, share]) : probabilities;
    const ofLoss = graph.op('Mul', [toAll, slopes]);
    const target = scaled(ofTarget(slopes), 1 - labelSmoothing);
    const ofTargets = graph.op('Mul', [graph.op('Gather', [head, targets], { axis: 0 }), target]);
    let rows = graph.op('Sub', [graph.op('Gemm', [ofLoss, head]), ofTargets]);
    if (difference) {
      const alpha = (2 * distillation) / of.vocabularySize;
      const bentGap = graph.op('Mul', [difference, slopes]);
      rows = graph.op('Gemm', [bentGap, head, scaled(rows, 1 - distillation)], { alpha });
    }
    return readyAfter(graph, graph.op('Mul', [rows, weights]), [nll]);
  };
  return {
    loss,
    negativeLogLikelihoods: nll,
    gradient: () => {
      made ??= gradient();
      return made;
    },
  };
}
